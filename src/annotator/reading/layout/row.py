"""What stands on one line of the page: passages of the text, and what is drawn around them."""

from typing import Literal, Protocol

from msgspec import Struct

from annotator.reading.layout.text_width import Measured, Run

Role = Literal[
    "title",
    "byline",
    "bar",  # beside a quotation
    "marker",  # of a list item or footnote
    "label",  # what an image or embed is
    "credit",
    "separator",  # between the columns of a table
    "rule",
    "fold",  # where a line of code goes on
    "removed",  # what is no part of the article
    "removed-reason",
    "removed-bar",
    "current-removed",
    "cursor-bar",
    "picture",  # cells that whoever draws the page has colours for
    "hint",  # the number of a link
    "beyond",  # at the edge of a window: there is more to its side
]


class Fragment(Struct, frozen=True):
    """Code points `start` to `end` of a text, from cell `column` of the page on."""

    start: int
    end: int
    column: int


class Decoration(Struct, frozen=True):
    """Characters that belong to the page and not to the text.

    `line` is which line of a picture they are.
    """

    text: str
    column: int
    role: Role
    line: int = 0


class Row(Struct, frozen=True):
    """A line of the page. Blank lines between blocks have neither part.

    `block` is the index of the block that it shows; -1 above the first one.
    `window` is the first column and the one past the last in which code or a
    wide table stands: what lies beyond it is reached by sliding.
    """

    fragments: tuple[Fragment, ...] = ()
    decorations: tuple[Decoration, ...] = ()
    block: int = -1
    is_header: bool = False  # of a table
    window: Run | None = None


class BlockLayout(Protocol):
    """A block on its lines. Offsets count from the block's start, lines from its top."""

    @property
    def text(self) -> Measured:
        """Its text with its cells."""

    @property
    def height(self) -> int:
        """How many lines it takes."""

    @property
    def overflow(self) -> int:
        """How many cells of it lie beyond its window, when that stands at its left end."""

    def row(self, line: int) -> Row:
        """Return what stands on a line."""

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and column of a code point, or of where it was swallowed."""

    def offset_at(self, line: int, column: int) -> int:
        """Return the start of the letter nearest to a cell."""
