"""A page as it is kept: the facts that it depends on, a blank line, and its lines.

The lines are text with colours, as the screens would write them. Nothing else
in them reaches a terminal, whatever has become of the file.
"""

import os
from collections.abc import Sequence

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
