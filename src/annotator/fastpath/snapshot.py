"""A page as it is kept: the facts that it depends on, a blank line, and its lines.

The lines are text with colours, as the screens would write them. Nothing else
in them reaches a terminal, whatever has become of the file.
"""

import os
from collections.abc import Mapping, Sequence

from annotator import __version__
from annotator.fastpath.paths import article_folder, user_folder

_END = "end of page"  # a file that was cut short lacks it
_COLOUR = "\x1b["
_DANGEROUS = dict.fromkeys(
    (
        *range(0x20),
        *range(0x7F, 0xA0),
        *(0x2028, 0x2029),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        *range(0xD800, 0xE000),
    )
)


def path_of(state: str, name: str) -> str:
    """Return where a page is kept: that of an article under its id."""
    return os.path.join(state, "pages", name)


def written(facts: str, lines: Sequence[str]) -> bytes:
    """Return what is to be kept."""
    return "\n".join((facts, "", *lines, _END)).encode("utf-8", "replace")


def read(path: str, facts: str) -> list[str]:
    """Return the lines of the page that is kept, if it was so under these facts; else none."""
    try:
        with open(path, "rb") as file:
            text = file.read().decode()
    except (OSError, UnicodeDecodeError):
        return []
    known, _, page = text.partition("\n\n")
    *lines, end = page.split("\n")
    is_right = known == facts and end == _END and all(map(_is_harmless, lines))
    return lines if is_right else []


def _is_harmless(line: str) -> bool:
    """Tell whether a line holds letters and colours alone."""
    first, *coloured = line.split(_COLOUR)
    parts = [each.partition("m") for each in coloured]
    text = first + "".join(after for _, _, after in parts)
    are_colours = all(end and not code.strip("0123456789;") for code, end, _ in parts)
    return are_colours and text.translate(_DANGEROUS) == text


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
