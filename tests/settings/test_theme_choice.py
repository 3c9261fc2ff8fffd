import pytest

from annotator.errors import LibraryError
from annotator.settings import Settings
from annotator.settings.theme_choice import chosen_theme, remember_theme

NORD = Settings(theme="nord")


def test_the_settings_name_the_theme_until_another_is_chosen(tmp_path):
    state = tmp_path / "state"
    assert chosen_theme(state, NORD) == "nord"
    remember_theme(state, NORD, "paper")
    assert chosen_theme(state, NORD) == "paper"


def test_a_theme_that_is_changed_in_the_settings_replaces_the_chosen_one(tmp_path):
    remember_theme(tmp_path, NORD, "paper")
    assert chosen_theme(tmp_path, Settings(theme="dracula")) == "dracula"
    assert chosen_theme(tmp_path, Settings()) == ""


@pytest.mark.parametrize("damaged", [b"", b"nord", b"nord\n", b"\xff\xfe"])
def test_a_damaged_choice_is_ignored(tmp_path, damaged):
    (tmp_path / "theme").write_bytes(damaged)
    assert chosen_theme(tmp_path, NORD) == "nord"


def test_a_theme_that_cannot_be_saved_is_an_error(tmp_path):
    (tmp_path / "state").write_text("a file in the way of the folder")
    with pytest.raises(LibraryError, match="save the theme"):
        remember_theme(tmp_path / "state", NORD, "paper")
