"""Accounts in the settings, which never hold a token."""

import pytest

from annotator.errors import SettingsError
from annotator.settings import load


def loaded(tmp_path, text):
    path = tmp_path / "settings.toml"
    path.write_text(text)
    return load(path)


def test_an_account_has_its_service_its_group_and_where_its_token_is(tmp_path):
    text = """
[[accounts]]
name = "hypothesis"
token_file = "/token"

[[accounts]]
name = "desk"
service = "hypothesis"
group = "g1"
marks = ["claim", "evidence"]
fields = ["note"]
"""
    first, second = loaded(tmp_path, text).accounts
    assert (first.service, str(first.token_file), first.marks) == (
        "hypothesis",
        "/token",
        ("claim",),
    )
    assert (second.group, second.marks, second.fields) == ("g1", ("claim", "evidence"), ("note",))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('token = "secret-9"', "A token does not belong here"),
        ('fields = ["everything"]', "fields"),
        ('address = "ftp://x"', "address"),
        ('nme = "x"', "nme"),
    ],
)
def test_a_mistake_is_named_and_a_token_is_not_repeated(tmp_path, line, problem):
    with pytest.raises(SettingsError) as caught:
        loaded(tmp_path, f'[[accounts]]\nname = "desk"\n{line}\n')
    assert problem in str(caught.value)
    assert "secret-9" not in str(caught.value)
