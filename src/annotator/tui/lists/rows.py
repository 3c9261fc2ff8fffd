"""Rows of a list. A row has lines, a line has pieces, and the role of a piece gives its style.

A stylesheet gives the styles to the roles, and `paint` paints a line in them. Text is cut, padded
and wrapped to a width in terminal cells.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import ClassVar, Literal, NamedTuple, Protocol

from msgspec import Struct
from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip

from annotator.tui.theming import PartStyles, readable

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


class Piece(NamedTuple):
    """A run of text; `role` is one of `ROLES`, a status, or a colour as `#rrggbb`."""

    text: str
    role: str = ""


Line = tuple[Piece, ...]


SIGN_WIDTH = 2  # cells, with the space behind the sign
ROLES = ("quiet", "strong", "marked", "heading", "tag", "warning", "key", "chosen", "gone", "new")


def selection_sign(*, is_selected: bool) -> Piece:
    """Return the sign before a row that can be selected, or spaces in its place."""
    return Piece(pad("▌" if is_selected else "", SIGN_WIDTH), "chosen")


def hashed(tags: Sequence[str]) -> str:
    """Return tags as they are shown, on one line."""
    return " ".join(f"#{tag}" for tag in tags)


def tag_pieces(tags: Sequence[str], role_of: Callable[[str], str]) -> Iterator[Piece]:
    """Yield the tags in their colours; all in one piece if none of them has a colour."""
    roles = [role_of(tag) for tag in tags]
    if set(roles) == {"tag"}:
        yield Piece(hashed(tags), "tag")
    else:
        yield from (Piece(f"#{tag}", role) for tag, role in zip(tags, roles, strict=True))


def without_colour(_tag: str) -> str:
    """Return the role of a tag without a colour of its own."""
    return "tag"


class Row(Protocol):
    """A row of a list. The cursor skips rows with an empty key, such as headings.

    One that has as many lines in any width says how many, as its `HEIGHT`: then a list is
    laid out without them.
    """

    @property
    def key(self) -> str:
        """The id of what the row shows."""
        ...

    def lines(self, width: int) -> Sequence[Line]:
        """Return the lines, none wider than `width` cells."""
        ...


class ChoiceRow(Struct, frozen=True):
    """Something to choose on one line: pieces, a label, and a remark at the right."""

    HEIGHT: ClassVar = 1

    key: str
    label: str
    remark: str = ""
    head: Line = (Piece(" "),)
    role: str = ""  # of the label
    remark_role: str = "quiet"

    def lines(self, width: int) -> Sequence[Line]:
        remark = truncate(self.remark, width // 2)
        room = width - sum(cell_len(text) for text, _ in self.head) - cell_len(remark) - 1
        label = pad(self.label, max(1, room))
        return ((*self.head, Piece(label, self.role), Piece(remark, self.remark_role), Piece(" ")),)


class Heading(Struct, frozen=True):
    """A heading, with `air` empty lines above it."""

    text: str
    air: int = 1
    key: str = ""

    def lines(self, width: int) -> Sequence[Line]:
        return (*[()] * self.air, (Piece(truncate(self.text, width), "heading"),))


class Remark(Struct, frozen=True):
    """A sentence in a list, which says for example why it is empty."""

    text: str
    key: str = ""

    def lines(self, width: int) -> Sequence[Line]:
        margin = len(self.text) - len(self.text.lstrip())
        wrapped = wrap(self.text, max(1, width - 2 * margin), lines=8) or ("",)
        return [(Piece(" " * margin), Piece(line, "quiet")) for line in wrapped]


class Stack:
    """Rows at a width: where each is, and on which the cursor can be. All of them are at hand."""

    def __init__(self, rows: Sequence[Row] = (), width: int = 0) -> None:
        self.rows = rows
        self.width = width
        self._tops = [
            0,
            *accumulate(getattr(row, "HEIGHT", 0) or len(row.lines(width)) for row in rows),
        ]

    @property
    def count(self) -> int:
        """The number of rows."""
        return len(self.rows)

    @property
    def height(self) -> int:
        """The lines of all rows together."""
        return self._tops[-1]

    def in_width(self, width: int) -> "Stack":
        """Return the same rows at another width."""
        return Stack(self.rows, width)

    def key(self, index: int) -> str:
        """Return the key of a row."""
        return self.rows[index].key

    def top(self, index: int) -> int:
        """Return the first line of a row."""
        return self._tops[index]

    def bottom(self, index: int) -> int:
        """Return the line below a row."""
        return self._tops[index + 1]

    def at(self, y: int) -> int | None:
        """Return the index of the row that line `y` belongs to."""
        return bisect_right(self._tops, y) - 1 if 0 <= y < self.height else None

    def near(self, y: int) -> int | None:
        """Return the row at line `y` or after it that the cursor can be on, or one before."""
        index = self.at(max(0, min(y, self.height - 1)))
        return None if index is None else self.nearest(index)

    def line(self, y: int) -> Line:
        """Return line `y`, counted over all rows."""
        index = self.at(y)
        return () if index is None else self.rows[index].lines(self.width)[y - self._tops[index]]

    def keyed(self, key: str) -> int | None:
        """Return the index of the row with that key."""
        return next((i for i, row in enumerate(self.rows) if row.key and row.key == key), None)

    def next(self, index: int, by: int) -> int | None:
        """Return the next row from `index`, in steps of `by`, that the cursor can be on."""
        index += by
        while 0 <= index < len(self.rows):
            if self.rows[index].key:
                return index
            index += by
        return None

    def nearest(self, index: int) -> int | None:
        """Return the row at `index` or after it that the cursor can be on, or else one before."""
        index = max(0, min(index, len(self.rows) - 1))
        after = self.next(index - 1, 1)
        return after if after is not None else self.next(index, -1)


def paint(widget: PartStyles, name: str, line: Line, style: Style | None = None) -> Strip:
    """Return `line` in the width of `widget`. The class of a role is `name--role`."""
    base = widget.rich_style if style is None else widget.rich_style + style
    styles = {role: _of_role(widget, name, role, base) for role in {role for _, role in line}}
    if base.reverse:  # the colours would become backgrounds
        styles = {role: style.without_color for role, style in styles.items()}
    segments = [Segment(text, base + styles[role]) for text, role in line]
    return Strip(segments).adjust_cell_length(widget.size.width, base)


def _of_role(widget: PartStyles, name: str, role: str, base: Style) -> Style:
    if not role:
        return Style.null()
    if role.startswith("#"):
        return _readable(role, base)
    return widget.get_component_rich_style(f"{name}--{role}", partial=True)


@lru_cache(maxsize=256)
def _readable(colour: str, base: Style) -> Style:
    """Return the colour of a kind, adjusted to be readable on a background."""
    if base.color is None or base.bgcolor is None:
        return Style(color=colour)
    background, fallback = map(Color.from_rich_color, (base.bgcolor, base.color))
    return Style(color=readable(Color.parse(colour), background, fallback=fallback).rich_color)


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
