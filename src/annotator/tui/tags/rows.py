"""Tags as a tree and speakers as a list, one line each, with the numbers at the right."""

from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct
from rich.cells import cell_len

from annotator.tui.lists.rows import Line, Piece
from annotator.tui.lists.text_fit import pad, truncate
from annotator.usecases.tags.speakers import SpeakerUse
from annotator.usecases.tags.tag_library import TagNode

SWATCH = "■"
_SELECTED = "▌"
_MARGIN = 2  # cells for the sign of a selected row
_INDENT = "  "
_WIDEST = 72  # cells of a name; the eye has to find its numbers
_NUMBER = 9  # cells of a column of numbers
_REMARK_FROM = 70  # cells of the line; below, the name needs them
_REMARK_SHARE = 0.4  # of the line
_ALIKE = "≈"


class TagRow(Struct, frozen=True):
    """A tag. In a tree it is indented, in any other order it has its full name."""

    HEIGHT: ClassVar = 1

    node: TagNode
    is_selected: bool = False
    is_in_tree: bool = True

    @property
    def key(self) -> str:
        """The tag without case."""
        return self.node.key

    def lines(self, width: int) -> Sequence[Line]:
        """Return the colour, the name, and the numbers of marks and articles."""
        node = self.node
        indent = _INDENT * node.depth if self.is_in_tree else ""
        name = node.label if self.is_in_tree else node.name
        is_used = bool(node.marks or node.articles)
        swatch = Piece(f"{SWATCH} ", node.colour) if node.colour else Piece("  ")
        room = _room(width, columns=2) - len(indent)
        return (
            (
                _margin(is_selected=self.is_selected),
                Piece(indent),
                swatch,
                Piece(pad(name, max(1, room)), "" if is_used else "quiet"),
                _number(node.all_marks),
                _number(node.all_articles),
            ),
        )


class SpeakerRow(Struct, frozen=True):
    """A speaker, with the name that may be of the same person."""

    HEIGHT: ClassVar = 1

    use: SpeakerUse
    alike: str = ""
    is_selected: bool = False

    @property
    def key(self) -> str:
        """The name without case."""
        return self.use.key

    def lines(self, width: int) -> Sequence[Line]:
        """Return the name, a similar one, and the number of marks."""
        is_wide = width >= _REMARK_FROM
        remark = (f"perhaps {self.alike}" if is_wide else _ALIKE) if self.alike else ""
        remark = truncate(remark, round(width * _REMARK_SHARE))
        room = _room(width, columns=1) - cell_len(remark)
        return (
            (
                _margin(is_selected=self.is_selected),
                Piece("  "),
                Piece(pad(self.use.name, max(1, room))),
                Piece(remark, "warning"),
                _number(self.use.count),
            ),
        )


def heads(width: int, *, is_tags: bool) -> Line:
    """Return the line above the rows: a margin, the title, and the heads of the numbers."""
    numbers = ("Marks", "Articles") if is_tags else ("Marks",)
    room = _room(width, columns=len(numbers))
    title = pad("Tags" if is_tags else "Speakers", max(1, _MARGIN + 1 + room))
    columns = "".join(pad(number, _NUMBER, "right") for number in numbers)
    return (Piece(" "), Piece(title, "heading"), Piece(columns, "quiet"))


def _room(width: int, *, columns: int) -> int:
    """Return the cells of a name beside some columns of numbers."""
    return min(_WIDEST, width - _MARGIN - 2 - _NUMBER * columns)


def _margin(*, is_selected: bool) -> Piece:
    return Piece(pad(_SELECTED if is_selected else "", _MARGIN), "chosen")


def _number(number: int) -> Piece:
    return Piece(pad(f"{number:,}" if number else "", _NUMBER, "right"), "quiet")
