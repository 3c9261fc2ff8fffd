"""The saved lines of a screen: the facts they depend on, a blank line, and the lines.

The lines are text and colours as the screens write them. A file that contains
any other control sequence is not painted, whoever wrote it.
"""

import os
from collections.abc import Mapping, Sequence

from annotator import __version__
from annotator.fastpath.paths import article_folder, settings_file, user_folder

_END = "end of page"  # missing if the file was cut short
_COLOUR = "\x1b["  # of the sequences that start so, only colours are accepted
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
    """Return the path of a snapshot; the name of an article's is its id."""
    return os.path.join(state, "pages", name)


def serialize(facts: str, lines: Sequence[str]) -> bytes:
    """Return the contents of a snapshot's file."""
    return "\n".join((facts, "", *lines, _END)).encode("utf-8", "replace")


def load(path: str, facts: str) -> list[str]:
    """Return the saved lines; none if the facts differ or a line is not safe to paint."""
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
    """Return whether a line contains nothing but text and colours."""
    first, *coloured = line.split(_COLOUR)
    parts = [part.partition("m") for part in coloured]
    text = first + "".join(after for _, _, after in parts)
    are_colours = all(end and not code.strip("0123456789;") for code, end, _ in parts)
    return are_colours and text.translate(_DANGEROUS) == text


_THEME_FILE = "theme"
_MARKS_FILE, _POSITIONS_FILE = "annotations.json", "positions.json"
_TERMINAL_VARIABLES = ("TERM", "COLORTERM", "COLORFGBG", "NO_COLOR", "FORCE_COLOR", "TERM_PROGRAM")
_TEXTUAL_PREFIX = "TEXTUAL_"


def facts(
    library: str,
    article_id: str,
    *,
    state: str,
    size: tuple[int, int],
    environment: Mapping[str, str],
) -> str:
    """Return everything that the first screen of an article depends on, as lines to compare.

    `library` is the real path of the library, `state` the folder of this
    machine's state of it, and `size` the columns and lines of the terminal.
    """
    folder = article_folder(library, article_id)
    ours = user_folder("state", environment)
    marks = fingerprint(os.path.join(folder, _MARKS_FILE))
    terminal = [environment.get(name) for name in _TERMINAL_VARIABLES]
    textual = sorted(
        variable for variable in environment.items() if variable[0].startswith(_TEXTUAL_PREFIX)
    )
    return "\n".join(
        (
            f"annotator {__version__}",
            f"terminal {size[0]}x{size[1]} {terminal} {textual}",
            f"settings {fingerprint(settings_file(environment))}",
            f"theme {fingerprint(os.path.join(ours, _THEME_FILE))}",
            f"library {library!r}",
            f"article {article_id} {marks} {_names(folder)}",
            f"position {_position(os.path.join(state, _POSITIONS_FILE), article_id)}",
        )
    )


def fingerprint(path: str) -> str:
    """Return a text that changes when the file is replaced or written to."""
    try:
        status = os.stat(path)
    except OSError:
        return "-"
    return f"{status.st_ino} {status.st_size} {status.st_mtime_ns}"


def _names(folder: str) -> list[str]:
    """Return the names in a folder, where a copy from another machine can change the article."""
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


def _position(path: str, article_id: str) -> str:
    """Return the saved reading position of one article, as the file spells it."""
    try:
        with open(path, "rb") as file:
            text = file.read().decode()
    except (OSError, UnicodeDecodeError):
        return ""
    start = text.find(f'"{article_id}"')
    return " ".join(text[start : text.find("}", start) + 1].split()) if start >= 0 else ""
