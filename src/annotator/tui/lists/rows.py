"""What a list shows: rows of lines of pieces, each piece with the role that its style follows."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple, Protocol

from msgspec import Struct

from annotator.tui.lists.text_fit import truncate, wrap


class Piece(NamedTuple):
    """A run of text; `role` is one of `ROLES`, or a colour as `#rrggbb`."""

    text: str
    role: str = ""


Line = tuple[Piece, ...]

ROLES = ("quiet", "strong", "heading", "tag", "warning", "key", "chosen", "gone", "new")


class Row(Protocol):
    """Something that a list shows. A row without a key is a heading: the cursor passes it."""

    @property
    def key(self) -> str:
        """What the row stands for."""
        ...

    def height(self, width: int) -> int:
        """Return how many lines the row takes at `width` cells."""
        ...

    def lines(self, width: int) -> Sequence[Line]:
        """Return the lines of the row, none wider than `width` cells."""
        ...


class Heading(Struct, frozen=True):
    """A line that parts a list, with lines of air above it."""

    text: str
    air: int = 1
    key: str = ""

    def height(self, width: int) -> int:  # noqa: ARG002  a heading is as high in any width
        """Return the number of its lines."""
        return self.air + 1

    def lines(self, width: int) -> Sequence[Line]:
        """Return the heading under its air."""
        return (*[()] * self.air, (Piece(truncate(self.text, width), "heading"),))


class Remark(Struct, frozen=True):
    """A sentence in a list, for a reader who wonders why there is nothing more."""

    text: str
    key: str = ""

    def height(self, width: int) -> int:
        """Return the number of its lines."""
        return len(self.lines(width))

    def lines(self, width: int) -> Sequence[Line]:
        """Return the sentence, folded below its first letter."""
        margin = len(self.text) - len(self.text.lstrip())
        folded = wrap(self.text, max(1, width - 2 * margin), lines=8)
        return [(Piece(" " * margin), Piece(line, "quiet")) for line in folded]


class Stack:
    """Rows one below the other at a width: where each lies, and which the cursor can be on."""

    def __init__(self, rows: Sequence[Row] = (), width: int = 0) -> None:
        self.rows = rows
        self.width = width
        self.tops = [0, *accumulate(row.height(width) for row in rows)]

    @property
    def height(self) -> int:
        """The lines of all rows together."""
        return self.tops[-1]

    def at(self, y: int) -> int | None:
        """Return the row that line `y` belongs to."""
        return bisect_right(self.tops, y) - 1 if 0 <= y < self.height else None

    def line(self, y: int) -> Line:
        """Return line `y` of all the lines."""
        index = self.at(y)
        return () if index is None else self.rows[index].lines(self.width)[y - self.tops[index]]

    def keyed(self, key: str) -> int | None:
        """Return the row with that key."""
        return next((i for i, row in enumerate(self.rows) if row.key and row.key == key), None)

    def next(self, index: int, by: int) -> int | None:
        """Return the row that the cursor reaches from `index` by single steps of `by`."""
        index += by
        while 0 <= index < len(self.rows):
            if self.rows[index].key:
                return index
            index += by
        return None

    def nearest(self, index: int) -> int | None:
        """Return a row that the cursor can be on, at `index` or close to it."""
        index = max(0, min(index, len(self.rows) - 1))
        after = self.next(index - 1, 1)
        return after if after is not None else self.next(index, -1)
