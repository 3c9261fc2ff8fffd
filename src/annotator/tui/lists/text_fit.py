"""Truncating, padding and wrapping text to a width in terminal cells."""

from functools import lru_cache
from typing import Literal

from rich.cells import cell_len, set_cell_size

ELLIPSIS = "…"

_MOST = 20  # characters of a cell: more are not a text of any language, and a megabyte takes long

Side = Literal["left", "right"]


def truncate(text: str, width: int) -> str:
    """Return `text` in at most `width` cells, cut with an ellipsis if it is longer."""
    text = text[: _MOST * max(1, width)]
    if cell_len(text) <= width:
        return text
    if width <= 1:
        return ELLIPSIS[:width]
    return set_cell_size(text, width - 1).rstrip() + ELLIPSIS


def pad(text: str, width: int, side: Side = "left") -> str:
    """Return `text` in exactly `width` cells, truncated or padded, at one side of them."""
    truncated = truncate(text, width)
    gap = " " * (width - cell_len(truncated))
    return truncated + gap if side == "left" else gap + truncated


@lru_cache(maxsize=4096)  # lists wrap all rows again when one is added
def wrap(text: str, width: int, *, lines: int) -> tuple[str, ...]:
    """Return `text` in at most `lines` lines of `width` cells, broken between words if possible.

    White space is collapsed. The last line ends with an ellipsis if text is left over.
    """
    wrapped: list[str] = []
    rest = " ".join(text[: _MOST * max(1, width) * lines].split())
    while rest and len(wrapped) < lines - 1 and cell_len(rest) > width:
        line, rest = _first_line(rest, max(1, width))
        wrapped.append(line)
    return (*wrapped, truncate(rest, width)) if rest else tuple(wrapped)


def _first_line(text: str, width: int) -> tuple[str, str]:
    end = _characters_in(text, width)
    space = text.rfind(" ", 0, end + 1)
    if space > 0:
        return text[:space], text[space + 1 :]
    return text[:end], text[end:]


def _characters_in(text: str, width: int) -> int:
    """Return how many characters of `text` fit into `width` cells; at least one."""
    if text[:width].isascii():
        return min(len(text), width)
    cells = 0
    for index, character in enumerate(text[: width + 1]):
        cells += cell_len(character)
        if cells > width:
            return max(1, index)
    return min(len(text), max(1, width))
