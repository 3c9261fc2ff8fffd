"""Text made to fit columns, counted in the cells that a terminal gives it."""

from functools import lru_cache
from typing import Literal

from rich.cells import cell_len, set_cell_size

ELLIPSIS = "…"

Side = Literal["left", "right"]


def truncate(text: str, width: int) -> str:
    """Return `text` in at most `width` cells, with an ellipsis for what is cut."""
    if cell_len(text) <= width:
        return text
    if width <= 1:
        return ELLIPSIS[:width]
    return set_cell_size(text, width - 1).rstrip() + ELLIPSIS


def pad(text: str, width: int, side: Side = "left") -> str:
    """Return `text` in exactly `width` cells, its words at one side of them."""
    fitted = truncate(text, width)
    gap = " " * (width - cell_len(fitted))
    return fitted + gap if side == "left" else gap + fitted


@lru_cache(maxsize=4096)  # a list of marks is folded anew whenever one is added
def wrap(text: str, width: int, *, lines: int) -> tuple[str, ...]:
    """Return `text` in at most `lines` lines of `width` cells, broken between words."""
    folded: list[str] = []
    rest = " ".join(text.split())
    while rest and len(folded) < lines - 1 and cell_len(rest) > width:
        line, rest = _first_line(rest, max(1, width))
        folded.append(line)
    return (*folded, truncate(rest, width)) if rest else tuple(folded)


def _first_line(text: str, width: int) -> tuple[str, str]:
    end = _characters_in(text, width)
    space = text.rfind(" ", 0, end + 1)
    if space > 0:
        return text[:space], text[space + 1 :]
    return text[:end], text[end:]


def _characters_in(text: str, width: int) -> int:
    """Count the characters of `text` that `width` cells hold, at least one."""
    if text[:width].isascii():
        return min(len(text), width)
    cells = 0
    for index, character in enumerate(text[: width + 1]):
        cells += cell_len(character)
        if cells > width:
            return max(1, index)
    return min(len(text), max(1, width))
