"""What a page on the screen depends on, in lines that are compared and never read."""

import os
from collections.abc import Mapping

from annotator import __version__
from annotator.instant.places import article_folder, user_folder

_SETTINGS_FILE, _THEME_FILE = "settings.toml", "theme"
_MARKS_FILE, _POSITIONS_FILE = "annotations.json", "positions.json"
_OF_THE_TERMINAL = ("TERM", "COLORTERM", "COLORFGBG", "NO_COLOR", "FORCE_COLOR", "TERM_PROGRAM")
_OF_TEXTUAL = "TEXTUAL_"


def facts(
    library: str,
    article_id: str,
    *,
    state: str,
    size: tuple[int, int],
    environment: Mapping[str, str],
) -> str:
    """Return all that must be as it was for the page of an article to look as it did.

    `library` is the library's real folder, `state` that of what the machine
    remembers of it, `size` the columns and lines of the terminal.
    """
    folder = article_folder(library, article_id)
    config, ours = (user_folder(kind, environment) for kind in ("config", "state"))
    terminal = [environment.get(name) for name in _OF_THE_TERMINAL]
    textual = sorted(each for each in environment.items() if each[0].startswith(_OF_TEXTUAL))
    return "\n".join(
        (
            f"annotator {__version__}",
            f"terminal {size[0]}x{size[1]} {terminal} {textual}",
            f"settings {_stamp(os.path.join(config, _SETTINGS_FILE))}",
            f"theme {_stamp(os.path.join(ours, _THEME_FILE))}",
            f"library {library!r}",
            f"article {article_id} {_stamp(os.path.join(folder, _MARKS_FILE))} {_names(folder)}",
            f"position {_position(os.path.join(state, _POSITIONS_FILE), article_id)}",
        )
    )


def _stamp(path: str) -> str:
    """Return what differs once a file has been replaced or written to."""
    try:
        status = os.stat(path)
    except OSError:
        return "-"
    return f"{status.st_ino} {status.st_size} {status.st_mtime_ns}"


def _names(folder: str) -> list[str]:
    """Return what is in a folder: a copy that another machine left changes the article."""
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


def _position(path: str, article_id: str) -> str:
    """Return what the file of positions says of one article, as it is spelt there."""
    try:
        with open(path, "rb") as file:
            text = file.read().decode()
    except (OSError, UnicodeDecodeError):
        return ""
    start = text.find(f'"{article_id}"')
    return " ".join(text[start : text.find("}", start) + 1].split()) if start >= 0 else ""
