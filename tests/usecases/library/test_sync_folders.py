"""Settings of Syncthing by which one half of what two machines changed would be lost."""

import os

import pytest

from annotator.usecases.library.sync_folders import sync_warnings

FOLDER = '<folder id="a" path="{}" type="sendreceive">{}</folder>'


@pytest.fixture
def warned(tmp_path):
    """Return a function that writes settings of Syncthing, and gives the warnings."""

    def warned(inside, *, at=".local/state/syncthing", **environment):
        settings = tmp_path / at / "config.xml"
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(inside)
        folder = tmp_path / "books" / "library"
        folder.mkdir(parents=True, exist_ok=True)
        return sync_warnings(folder, {"HOME": str(tmp_path), **environment})

    return warned


def settings(path, conflicts=""):
    return f'<configuration version="37">{FOLDER.format(path, conflicts)}</configuration>'


@pytest.mark.parametrize(
    ("path", "conflicts", "is_warned"),
    [
        ("{}/books/library", "<maxConflicts>0</maxConflicts>", True),
        ("{}/books/library/", "<maxConflicts> 0\n</maxConflicts>", True),
        ("~/books/library", "", True),
        ("{}/books", "<maxConflicts>0</maxConflicts>", True),
        ("{}/books/library", "<maxConflicts>10</maxConflicts>", False),
        ("{}/books/library", "<maxConflicts>-1</maxConflicts>", False),
        ("{}/books/other", "<maxConflicts>0</maxConflicts>", False),
        ("", "<maxConflicts>0</maxConflicts>", False),
    ],
)
def test_a_folder_without_conflict_copies_is_named(warned, tmp_path, path, conflicts, is_warned):
    warnings = warned(settings(path.format(tmp_path), conflicts))
    assert len(warnings) == is_warned
    assert all("maxConflicts 0" in warning for warning in warnings)


@pytest.mark.parametrize(
    ("at", "environment"),
    [
        (".config/syncthing", {}),
        ("Library/Application Support/Syncthing", {}),
        ("elsewhere", {"STHOMEDIR": "{}/elsewhere"}),
        ("state/syncthing", {"XDG_STATE_HOME": "{}/state"}),
    ],
)
def test_the_settings_are_looked_for_where_they_may_be(warned, tmp_path, at, environment):
    named = {name: value.format(tmp_path) for name, value in environment.items()}
    assert len(warned(settings("~/books/library"), at=at, **named)) == 1


FILE = '<!DOCTYPE c [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
LEVELS = [(f"a{number}", f"a{number + 1}") for number in range(9)]
BOMB = "".join(f'<!ENTITY {above} "{f"&{below};" * 10}">' for below, above in LEVELS)


@pytest.mark.parametrize(
    "inside",
    [
        "",
        "no xml",
        "<configuration>",
        "<folder/>",
        f'{FILE}<configuration><folder path="&a;"/></configuration>',
        f'<!DOCTYPE c [<!ENTITY a0 "a">{BOMB}]><configuration>&a9;<folder/></configuration>',
        "<configuration>" + "<folder>" * 3_000,
        '<configuration><folder path="\0"/><folder path="/\ud7ff/b"/></configuration>',
        f'<configuration><folder path="/{"a/" * 5_000}"/></configuration>',
    ],
)
def test_settings_that_are_none_or_hostile_warn_of_nothing(warned, inside):
    assert warned(inside) == ()


def test_a_pipe_in_place_of_the_settings_is_not_waited_for(tmp_path):
    place = tmp_path / ".config" / "syncthing"
    place.mkdir(parents=True)
    os.mkfifo(place / "config.xml")
    assert sync_warnings(tmp_path, {"HOME": str(tmp_path)}) == ()
