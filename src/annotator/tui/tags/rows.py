"""Tags as a tree and speakers as a list, one line each, and which of them are listed."""

from collections.abc import Container, Mapping, Sequence
from typing import ClassVar, Literal

from msgspec import Struct
from rich.cells import cell_len

from annotator.model import tags
from annotator.model.labels import count
from annotator.store import SpeakerUse, TagNode
from annotator.tui.lists.rows import SIGN_WIDTH, Line, Piece, Remark, Row, selection_sign
from annotator.tui.lists.text_fit import pad, truncate

SWATCH = "■"
_INDENT = "  "
_WIDEST = 72  # cells of a name; the eye has to find its numbers
_NUMBER = 9  # cells of a column of numbers
_REMARK_FROM = 70  # cells of the line; below, the name needs them
_REMARK_SHARE = 0.4  # of the line
_ALIKE = "≈"
Names = Literal["tags", "speakers"]
_NO_TAGS = " No article or mark has a tag. In the reader and the library, t gives one."
_NO_SPEAKERS = " No mark has a speaker. In the reader, e on a mark says who made the claim."


class NameRow(Struct, frozen=True):
    """A tag or a speaker: the name, another one that may be of the same person, its numbers."""

    HEIGHT: ClassVar = 1

    key: str  # the name without case
    name: str
    numbers: tuple[int, ...]
    colour: str = ""
    indent: str = ""
    role: str = ""
    alike: str = ""
    is_selected: bool = False

    def lines(self, width: int) -> Sequence[Line]:
        """Return the sign of a selected row, the colour, the name, the other one, the numbers."""
        is_wide = width >= _REMARK_FROM
        remark = (f"perhaps {self.alike}" if is_wide else _ALIKE) if self.alike else ""
        remark = truncate(remark, round(width * _REMARK_SHARE))
        room = _room(width, columns=len(self.numbers)) - len(self.indent) - cell_len(remark)
        numbers = (f"{number:,}" if number else "" for number in self.numbers)
        return (
            (
                selection_sign(is_selected=self.is_selected),
                Piece(self.indent),
                Piece(f"{SWATCH} ", self.colour) if self.colour else Piece("  "),
                Piece(pad(self.name, max(1, room)), self.role),
                Piece(remark, "warning"),
                *(Piece(pad(number, _NUMBER, "right"), "quiet") for number in numbers),
            ),
        )


def heads(width: int, *, is_tags: bool) -> Line:
    """Return the line above the rows: a margin, the title, and the heads of the numbers."""
    numbers = ("Marks", "Articles") if is_tags else ("Marks",)
    room = _room(width, columns=len(numbers))
    title = pad("Tags" if is_tags else "Speakers", max(1, SIGN_WIDTH + 1 + room))
    columns = "".join(pad(number, _NUMBER, "right") for number in numbers)
    return (Piece(" "), Piece(title, "heading"), Piece(columns, "quiet"))


class NamesView(Struct, frozen=True):
    """The tags and speakers, and how they are listed."""

    shows: Names = "tags"
    tags: tuple[TagNode, ...] = ()
    speakers: tuple[SpeakerUse, ...] = ()
    alike: Mapping[str, str] = {}  # a name that may be of the same person, by the speaker's key
    typed: str = ""
    is_by_number: bool = False
    is_loaded: bool = False

    @property
    def listed(self) -> Sequence[TagNode | SpeakerUse]:
        """The tags or speakers that match the filter, in order."""
        wanted = tags.key(self.typed.strip())
        names: Sequence[TagNode | SpeakerUse] = self.speakers
        if self.shows == "tags":
            wanted, names = wanted.lstrip("#"), self.tags
        matches = [name for name in names if wanted in name.key]
        return sorted(matches, key=_uses, reverse=True) if self.is_by_number else matches

    @property
    def is_empty(self) -> bool:
        """Whether the library has none of what is shown."""
        return not (self.tags if self.shows == "tags" else self.speakers)

    @property
    def counted(self) -> str:
        """The number of listed names."""
        words = count(len(self.listed), "tag" if self.shows == "tags" else "speaker")
        return f"“{self.typed.strip()}”: {words}" if self.typed.strip() else words

    def rows(self, selected: Container[str]) -> Sequence[Row]:
        """Return the rows of the list, some of them selected; a sentence if there are none."""
        if not self.is_loaded:
            return [Remark(" Loading …")]
        if self.is_empty:
            return [Remark(_NO_TAGS if self.shows == "tags" else _NO_SPEAKERS)]
        if not self.listed:
            return [Remark(f" Nothing matches “{self.typed.strip()}”.")]
        is_tree = not (self.typed.strip() or self.is_by_number)
        return [
            self._row(name, is_selected=name.key in selected, is_tree=is_tree)
            for name in self.listed
        ]

    def names(self, keys: Container[str]) -> tuple[str, ...]:
        """Return the listed names with these keys."""
        return tuple(name.name for name in self.listed if name.key in keys)

    def _row(self, name: TagNode | SpeakerUse, *, is_selected: bool, is_tree: bool) -> NameRow:
        """Return the row of a name; a tag is indented in the tree, else it has its full name."""
        if isinstance(name, SpeakerUse):
            alike = self.alike.get(name.key, "")
            return NameRow(name.key, name.name, (name.count,), alike=alike, is_selected=is_selected)
        return NameRow(
            name.key,
            name.label if is_tree else name.name,
            (name.all_marks, name.all_articles),
            colour=name.colour,
            indent=_INDENT * name.depth if is_tree else "",
            role="" if name.marks or name.articles else "quiet",
            is_selected=is_selected,
        )


def _uses(name: TagNode | SpeakerUse) -> int:
    return name.count if isinstance(name, SpeakerUse) else name.all_marks + name.all_articles


def _room(width: int, *, columns: int) -> int:
    """Return the cells of a name beside some columns of numbers."""
    return min(_WIDEST, width - SIGN_WIDTH - 2 - _NUMBER * columns)
