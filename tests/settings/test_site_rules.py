"""A person's own rules for sites: read, checked, and mistakes told by their lines."""

import pytest

from annotator.errors import SettingsError
from annotator.model.site_rules import Selector, SiteRule
from annotator.settings.site_rules import load_site_rules


@pytest.fixture
def write(tmp_path):
    def written(text):
        path = tmp_path / "sites.toml"
        path.write_text(text, "utf-8")
        return path

    return written


def test_no_file_means_no_rules(tmp_path):
    assert load_site_rules(tmp_path / "sites.toml") == ()


def test_rules_know_where_each_selector_was_written(write):
    path = write(
        '# mine\n["Example.org"]\nremove = [".promo",\n  "//aside"]\ntitle = "h1"\n'
        'strip = ["Read more: *"]\n\n["news.example"]\nkeep = [".promo"]\n'
    )
    first, second = load_site_rules(path)
    assert first == SiteRule(
        "example.org",
        remove=(
            Selector(".promo", f"{path}, line 3"),
            Selector("//aside", f"{path}, line 4"),
        ),
        strip=("Read more: *",),
        title=Selector("h1", f"{path}, line 5"),
    )
    assert second.keep == (Selector(".promo", f"{path}, line 9"),)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('["a.org"]\nremov = [".x"]\n', 'Line 2: unknown setting "remov" (did you mean "remove"?)'),
        ('["a.org"]\nremove = ".x"\n', "Line 2: remove is"),
        ('["a.org"]\n\ntitle = ["h1"]\n', "Line 3: title is"),
        ('["a.org"]\nstrip = [""]\n', "Line 2: strip is"),
        ('["https://a.org"]\nremove = [".x"]\n', "is not a host name"),
        ("width = 70\n", '"width" is not a host name'),
    ],
)
def test_a_mistake_is_told_with_its_line(text, words, write):
    with pytest.raises(SettingsError) as told:
        load_site_rules(write(text))
    assert words in told.value.message
    assert "sites.toml" in told.value.message


def test_what_is_no_toml_is_told_with_its_line(write):
    with pytest.raises(SettingsError, match=r"is not valid TOML: .*line 3.*example\.org"):
        load_site_rules(write('["a.org"]\nremove = [".x"\nx'))


def test_all_mistakes_are_told_at_once(write):
    with pytest.raises(SettingsError) as told:
        load_site_rules(write('["a.org"]\nremov = 1\ntitle = 2\n'))
    assert "Line 2" in told.value.message
    assert "Line 3" in told.value.message
