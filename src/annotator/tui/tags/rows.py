"""Tags as a tree and speakers as a list, one line each, and which of them are listed."""

from collections.abc import Container, Mapping, Sequence
from typing import ClassVar, Literal

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len

from annotator.model import tags
from annotator.model.labels import count
from annotator.tui.lists.rows import Line, Piece, Remark, Row
from annotator.tui.lists.text_fit import pad, truncate
from annotator.usecases.tags.speakers import SpeakerUse, SuggestedMerge
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
Names = Literal["tags", "speakers"]
_NO_TAGS = " No article or mark has a tag. In the reader and the library, t gives one."
_NO_SPEAKERS = " No mark has a speaker. In the reader, e on a mark says who made the claim."


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
    def listed_tags(self) -> Sequence[TagNode]:
        """The tags that match the filter, in order."""
        wanted = tags.key(self.typed.strip().lstrip("#"))
        nodes = [node for node in self.tags if wanted in node.key]
        if self.is_by_number:
            nodes.sort(key=lambda node: -node.all_marks - node.all_articles)
        return nodes

    @property
    def listed_speakers(self) -> Sequence[SpeakerUse]:
        """The speakers that match the filter, in order."""
        wanted = tags.key(self.typed.strip())
        uses = [use for use in self.speakers if wanted in use.key]
        if self.is_by_number:
            uses.sort(key=lambda use: -use.count)
        return uses

    @property
    def listed(self) -> tuple[str, ...]:
        """The keys of the listed names."""
        rows = self.listed_tags if self.shows == "tags" else self.listed_speakers
        return tuple(row.key for row in rows)

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
        if self.shows == "speakers":
            return [
                SpeakerRow(use, self.alike.get(use.key, ""), use.key in selected)
                for use in self.listed_speakers
            ]
        is_tree = not (self.typed.strip() or self.is_by_number)
        return [TagRow(node, node.key in selected, is_tree) for node in self.listed_tags]

    def switched(self) -> "NamesView":
        """Return the view with speakers in place of tags, or the reverse."""
        other: Names = "speakers" if self.shows == "tags" else "tags"
        return replace(self, shows=other)

    def loaded(self, nodes: Sequence[TagNode], speakers: Sequence[SpeakerUse]) -> "NamesView":
        """Return the view of what the library has now."""
        return replace(self, tags=tuple(nodes), speakers=tuple(speakers), is_loaded=True)

    def suggesting(self, pairs: Sequence[SuggestedMerge]) -> "NamesView":
        """Return the view with the better name beside the other one of each pair."""
        return replace(self, alike={pair.other.key: pair.keep.name for pair in reversed(pairs)})

    def names(self, keys: Container[str]) -> tuple[str, ...]:
        """Return the listed names with these keys."""
        listed: Sequence[TagNode | SpeakerUse] = (
            self.listed_tags if self.shows == "tags" else self.listed_speakers
        )
        return tuple(name.name for name in listed if name.key in keys)


def _room(width: int, *, columns: int) -> int:
    """Return the cells of a name beside some columns of numbers."""
    return min(_WIDEST, width - _MARGIN - 2 - _NUMBER * columns)


def _margin(*, is_selected: bool) -> Piece:
    return Piece(pad(_SELECTED if is_selected else "", _MARGIN), "chosen")


def _number(number: int) -> Piece:
    return Piece(pad(f"{number:,}" if number else "", _NUMBER, "right"), "quiet")
