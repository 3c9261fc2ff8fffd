"""The parts of a line: fragments of the text, and decorations drawn around them."""

from typing import Literal

from msgspec import Struct

from annotator.reading.layout.text_width import Run

Role = Literal[
    "title",
    "byline",
    "bar",  # beside a quotation
    "marker",  # of a list item or footnote
    "label",  # of an image or embed
    "credit",
    "separator",  # between the columns of a table
    "rule",
    "fold",  # before the continuation of a line of code
    "removed",  # text that is not part of the article
    "removed-reason",
    "removed-bar",
    "current-removed",
    "cursor-bar",
    "picture",  # cells of an image, which the renderer colours
    "hint",  # the number of a link
    "beyond",  # at the edge of a window: there is more beyond it
]


class Fragment(Struct, frozen=True):
    """Code points `start` to `end` of a text, drawn from cell `column` of the page."""

    start: int
    end: int
    column: int


class Decoration(Struct, frozen=True):
    """Characters that are not part of the text; `line` counts the lines of a picture."""

    text: str
    column: int
    role: Role
    line: int = 0


class TextRow(Struct, frozen=True):
    """A line of the page. Blank lines between blocks have no parts.

    `block` is the index of its block, -1 above the first one. `window` is the first
    column, and the one after the last, in which code or a table is shown; text
    beyond it is reached by scrolling sideways.
    """

    fragments: tuple[Fragment, ...] = ()
    decorations: tuple[Decoration, ...] = ()
    block: int = -1
    is_header: bool = False  # of a table
    window: Run | None = None
