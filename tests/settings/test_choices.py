import pytest

from annotator.errors import LibraryError
from annotator.settings import Settings
from annotator.settings.choices import (
    chosen,
    export_place,
    remember,
    remember_export_place,
)


def test_the_settings_name_the_theme_until_another_is_chosen(tmp_path):
    state = tmp_path / "state"
    assert chosen(state, "theme", "nord") == "nord"
    remember(state, "theme", "nord", "paper")
    assert chosen(state, "theme", "nord") == "paper"


def test_a_theme_that_is_changed_in_the_settings_replaces_the_chosen_one(tmp_path):
    remember(tmp_path, "theme", "nord", "paper")
    assert chosen(tmp_path, "theme", "dracula") == "dracula"
    assert chosen(tmp_path, "theme", "") == ""


@pytest.mark.parametrize("damaged", [b"", b"nord", b"nord\n", b"\xff\xfe"])
def test_a_damaged_choice_is_ignored(tmp_path, damaged):
    (tmp_path / "theme").write_bytes(damaged)
    assert chosen(tmp_path, "theme", "nord") == "nord"


def test_a_theme_that_cannot_be_saved_is_an_error(tmp_path):
    (tmp_path / "state").write_text("a file in the way of the folder")
    with pytest.raises(LibraryError, match="save the theme"):
        remember(tmp_path / "state", "theme", "nord", "paper")


def test_the_place_of_an_export_is_asked_once(tmp_path):
    state, vault, usual = tmp_path / "state", tmp_path / "vault", Settings()
    assert export_place(state, usual)[1] == "obsidian"
    remember_export_place(state, usual, vault, "logseq")
    assert export_place(state, usual) == (vault, "logseq")
    for settings in (Settings(export_folder=tmp_path / "b"), Settings(export_preset="org")):
        assert export_place(state, settings) != (vault, "logseq")
    assert export_place(state, Settings(export_folder=tmp_path / "b"))[0] == tmp_path / "b"
    (state / "export_preset").write_text("obsidian\nof-a-later-version")
    assert export_place(state, usual) == (vault, "obsidian")


def test_a_place_that_cannot_be_saved_stops_no_export(tmp_path):
    (tmp_path / "state").write_text("a file in the way of the folder")
    remember_export_place(tmp_path / "state", Settings(), tmp_path / "vault", "logseq")
    assert export_place(tmp_path / "state", Settings())[1] == "obsidian"
