"""Choosing tags: type one and press Enter, or pick a completion with the arrows; Tab for more."""

from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct
from textual.binding import Binding, BindingType
from textual.widgets import Input

from annotator.errors import InvalidTag
from annotator.model import tags
from annotator.tui.dialogs.picker import Picker
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.rows import Line, Piece, Row
from annotator.tui.lists.text_fit import pad, truncate
from annotator.usecases.tags import TagUse, matching

_SEPARATORS = (",", ";")


class TagPicker(Picker[tuple[str, ...]]):
    """Answers with the tags as they are to be."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "tick", show=False, priority=True),
    ]

    def __init__(self, keymap: Keymap, title: str, chosen: Sequence[str]) -> None:
        super().__init__(keymap, title, "Type a tag, such as energy/grid")
        self._chosen = tuple(chosen)
        self._uses: tuple[TagUse, ...] = ()

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys that tick and end."""
        return (("enter", "keep"), ("tab", "tick, go on"), ("dialog.leave", "leave"))

    def rows(self, typed: str) -> Sequence[Row]:
        """Return the tags that are meant, ticked or not, and a new one."""
        return tag_rows(self._chosen, self._uses, typed)

    def offer(self, uses: Sequence[TagUse]) -> None:
        """Offer the tags in use, most likely first."""
        self._uses = tuple(uses)
        self.refill()

    def narrow(self, typed: str) -> None:
        """List completions; a comma, which no tag contains, ticks what was typed before it."""
        super().narrow(typed)
        if typed.endswith(_SEPARATORS):
            self.action_tick()

    def chosen(self) -> None:
        """Tick the tag that was clicked on."""
        self.action_tick()

    def action_tick(self) -> None:
        """Tick the tag under the cursor, or untick it, and go on."""
        self._tick(self.key)
        self.query_one(Input).value = ""
        self.refill()

    def action_keep(self) -> None:
        """Answer with the tags that are ticked, and with the one that is typed."""
        if self.typed and tags.key(self.key) not in map(tags.key, self._chosen):
            self._tick(self.key)
        self.dismiss(self._chosen)

    def _tick(self, name: str) -> None:
        kept = tuple(each for each in self._chosen if tags.key(each) != tags.key(name))
        is_new = bool(name) and len(kept) == len(self._chosen)
        self._chosen = (*kept, name) if is_new else kept


_MOST = 200  # rows; nobody looks further than that, and typing finds the rest


class TagRow(Struct, frozen=True):
    """A tag with a box that is ticked or not, and how often it is in use."""

    name: str
    is_chosen: bool
    remark: str

    @property
    def key(self) -> str:
        """The tag."""
        return self.name

    def height(self, width: int) -> int:  # noqa: ARG002  one line in any width
        """Return one line."""
        return 1

    def lines(self, width: int) -> Sequence[Line]:
        """Return the box, the tag, and the remark at the right."""
        box = Piece(" ◉ ", "chosen") if self.is_chosen else Piece(" ○ ", "quiet")
        remark = truncate(self.remark, width // 2)
        name = pad(self.name, max(1, width - 3 - len(remark) - 1))
        return ((box, Piece(name, "strong" if self.is_chosen else ""), Piece(remark, "quiet")),)


def tag_rows(chosen: Sequence[str], uses: Sequence[TagUse], typed: str) -> list[Row]:
    """Return the tag that `typed` spells, in use or new, and the tags that it may be short for.

    If nothing is typed, the tags that are ticked come first.
    """
    ticked = {tags.key(name) for name in chosen}
    known = {tags.key(use.name) for use in uses}
    found = matching(uses, typed, limit=_MOST)
    rows = [TagRow(use.name, tags.key(use.name) in ticked, f"{use.count} ") for use in found]
    mine = [name for name in chosen if tags.key(name) not in known and _holds(name, typed)]
    rows += [TagRow(name, is_chosen=True, remark="") for name in mine]
    if not typed:
        rows.sort(key=lambda row: not row.is_chosen)
        return [*rows]
    try:
        spelled = tags.normalise(typed)
    except InvalidTag:
        return [*rows]
    rows.sort(key=lambda row: tags.key(row.name) != tags.key(spelled))
    if rows and tags.key(rows[0].name) == tags.key(spelled):
        return [*rows]
    return [TagRow(spelled, is_chosen=False, remark="new "), *rows]


def _holds(name: str, typed: str) -> bool:
    return tags.key(typed.strip()) in tags.key(name)
