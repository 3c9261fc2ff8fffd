"""Tags as a tree and speakers as a list, which of them are listed, and the dialogs about them."""

from collections.abc import Container, Mapping, Sequence
from functools import partial
from typing import ClassVar, Literal

from msgspec import Struct
from rich.cells import cell_len

from annotator.errors import InvalidTag
from annotator.model import tags
from annotator.model.labels import count
from annotator.store import SpeakerUse, TagNode
from annotator.tui.dialogs.picker import MAX_ROWS, Picker
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.rows import (
    SIGN_WIDTH,
    ChoiceRow,
    Line,
    Piece,
    Remark,
    Row,
    pad,
    selection_sign,
    truncate,
)
from annotator.usecases.tags.tag_library import COLOURS

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
NO_COLOUR = "\0none"  # no colour is like it
TOP_LEVEL = "\0top"  # and no tag like this one

_TITLE_WIDTH = 60  # cells
_NAME_WIDTH = 30  # cells of a name in a sentence


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


def named(names: Sequence[str], what: str = "tag") -> str:
    """Return the name, or how many there are."""
    return truncate(names[0], _NAME_WIDTH) if len(names) == 1 else count(len(names), what)


def quoted(names: Sequence[str], what: str = "tag") -> str:
    """Return the name in quotation marks, or how many there are."""
    words = named(names, what)
    return f"“{words}”" if len(names) == 1 else words


def choice_picker(
    keymap: Keymap, title: str, placeholder: str, *, choices: Sequence[ChoiceRow], at: str
) -> Picker[str]:
    """Return the dialog that returns the key of a choice; the cursor is on `at` at first."""
    rows = partial(_matching, choices)
    return Picker(keymap, truncate(title, _TITLE_WIDTH), placeholder, rows, at=at)


def colour_picker(keymap: Keymap, name: str, colour: str) -> Picker[str]:
    """Return the dialog that returns a colour, also one typed as #rrggbb; `NO_COLOUR` for none."""
    choices = [_choice(value, label, colour=value) for label, value in COLOURS.items()]
    if colour and colour not in COLOURS.values():
        choices.append(_choice(colour, colour, colour=colour))
    choices.append(_choice(NO_COLOUR, "no colour of its own"))

    def rows(typed: str) -> Sequence[Row]:
        if typed.startswith("#") and len(typed) == len("#rrggbb"):
            return [_choice(typed, typed)]
        return _matching(choices, typed)

    title = truncate(f"Colour of {name}", _TITLE_WIDTH)
    return Picker(keymap, title, "Type a colour, or #rrggbb", rows, at=colour)


def _matching(choices: Sequence[ChoiceRow], typed: str) -> Sequence[Row]:
    """Return the choices that match what was typed, those that begin so first."""
    wanted = tags.key(typed.lstrip("#"))
    matches = [choice for choice in choices if wanted in tags.key(choice.label)]
    matches.sort(key=lambda choice: not tags.key(choice.label).startswith(wanted))
    return matches[:MAX_ROWS]


def _choice(key: str, label: str, remark: str = "", *, colour: str = "") -> ChoiceRow:
    swatch = Piece(f" {SWATCH} ", colour) if colour else Piece("   ")
    return ChoiceRow(key, label, remark, (swatch,))


def top_level() -> ChoiceRow:
    """Return the choice to move tags below no other."""
    return _choice(TOP_LEVEL, "below no other tag")


def name_choices(
    names: Sequence[TagNode] | Sequence[SpeakerUse], *, without: Sequence[str]
) -> list[ChoiceRow]:
    """Return all tags or speakers but some, with numbers; speakers with most marks come first."""
    keys = set(map(tags.key, without))
    ranked: list[TagNode | SpeakerUse] = [*names]
    ranked.sort(key=lambda name: -name.count if isinstance(name, SpeakerUse) else 0)
    return [
        _choice(name.name, name.name, count(name.count, "mark"))
        if isinstance(name, SpeakerUse)
        else _choice(name.name, name.name, _numbers(name), colour=name.colour)
        for name in ranked
        if name.key not in keys
    ]


def explain_tag(nodes: Sequence[TagNode], old: str, new: str) -> str:
    """Return what renaming the tag `old` to `new` would do, in a sentence or two."""
    try:
        name = tags.normalise(new)
    except InvalidTag:
        return "A tag needs a letter or a digit."
    by_key = {tag.key: tag for tag in nodes}
    node = by_key[tags.key(old)]
    below = sum(tags.is_within(tag.name, old) for tag in nodes) - 1
    what = _numbers(node) + (f", with {count(below, 'tag')} below it" if below else "")
    other = by_key.get(tags.key(name))
    if other is not None and other.key != node.key:
        return f"{what}. “{other.name}” is in use ({_numbers(other)}): both become one."
    spelled = f" It becomes “{name}”." if name != new else ""
    return f"{what}.{spelled}"


def explain_speaker(uses: Sequence[SpeakerUse], old: str, new: str) -> str:
    """Return what renaming a speaker would do."""
    by_key = {speaker.key: speaker for speaker in uses}
    use, other = by_key[tags.key(old)], by_key.get(tags.key(new))
    marks = count(use.count, "mark")
    if other is not None and other.key != use.key:
        return f"{marks}. “{other.name}” has {count(other.count, 'mark')}: both become one."
    return f"{marks}."


def _uses(name: TagNode | SpeakerUse) -> int:
    return name.count if isinstance(name, SpeakerUse) else name.all_marks + name.all_articles


def _room(width: int, *, columns: int) -> int:
    """Return the cells of a name beside some columns of numbers."""
    return min(_WIDEST, width - SIGN_WIDTH - 2 - _NUMBER * columns)


def _numbers(node: TagNode) -> str:
    parts = []
    if node.all_marks:
        parts.append(count(node.all_marks, "mark"))
    if node.all_articles:
        parts.append(count(node.all_articles, "article"))
    return ", ".join(parts)
