"""Outputs that are kept: what is said when one of them changes."""

import pytest

from goldens import VERSION, check_goldens


@pytest.fixture
def said(request, tmp_path):
    """Return a function that says what is wrong with an output; nothing if all is well."""
    (tmp_path / "note.md").write_text("as it was", "utf-8")
    (tmp_path / VERSION).write_text("1\n", "utf-8")
    if request.config.getoption("--snapshot-update"):
        pytest.skip("it would be written")

    def check(text, version="1", numbers="NUMBER in note.py"):
        try:
            outputs = {"note.md": text}
            check_goldens(request, tmp_path, outputs, version=version, numbers=numbers)
        except pytest.fail.Exception as failure:
            return failure.msg
        return ""

    return check


def test_an_output_that_has_not_changed_is_well(said):
    assert said("as it was") == ""


def test_a_changed_output_asks_for_a_new_version(said):
    assert "Changed at version 1: note.md." in said("as it is")
    assert "raise NUMBER in note.py" in said("as it is")
    assert "--snapshot-update" in said("as it is")


def test_a_new_version_asks_for_the_outputs_to_be_written(said):
    assert said("as it was", version="2").startswith("The version is 2 now.")
    assert said("as it is", version="2").startswith("Changed: note.md.")


def test_an_output_without_a_version_may_change_once_it_is_seen(said):
    assert "raise" not in said("as it is", numbers="")
