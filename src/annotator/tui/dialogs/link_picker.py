"""Linking a mark to another one of the library, or to a page by its address."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast, get_args

from textual.binding import Binding, BindingType
from textual.widget import Widget

from annotator.model import Annotation, Link, Relation
from annotator.model.identity import is_web_address
from annotator.tui.context import AppContext
from annotator.tui.dialogs.picker import Picker
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.mark_rows import Kinds, mark_row
from annotator.tui.lists.rows import Remark, Row
from annotator.tui.notifications import hint
from annotator.tui.widgets.cycle import Cycle
from annotator.usecases.search import Note, notes

if TYPE_CHECKING:
    from annotator.tui.dialogs.tag_picker import TagPicker


_RELATIONS = get_args(Relation)
_MOST = 200  # rows; nobody looks further than that, and typing finds the rest


class LinkPicker(Picker[Link]):
    """Answers with a relation and what it is to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "relation(1)", show=False, priority=True),
        Binding("shift+tab", "relation(-1)", show=False, priority=True),
    ]

    def __init__(self, keymap: Keymap, kinds: Kinds) -> None:
        super().__init__(keymap, "Link this mark", "Words of a mark, or the address of a page")
        self._kinds = kinds
        self._notes: tuple[Note, ...] = ()
        self._nothing = " Looking for marks …"

    def parts(self) -> Sequence[Widget]:
        """Return relation, input and list."""
        relation = Cycle(_RELATIONS, _RELATIONS[0])
        relation.can_focus = False
        return (relation, *super().parts())

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys that choose and end."""
        return (("enter", "link"), ("tab", "relation"), ("dialog.leave", "leave"))

    def rows(self, typed: str) -> Sequence[Row]:
        """Return the marks that have the words."""
        if is_web_address(typed):
            return [Remark(" Enter links to this page.")]
        words = typed.casefold().split()
        found = [each for each in self._notes if _is_meant(each, words)][:_MOST]
        rows = [mark_row(each.annotation, self._kinds, each.record.title) for each in found]
        return rows or [Remark(self._nothing)]

    def offer(self, notes: Sequence[Note]) -> None:
        """Offer these marks."""
        self._notes = tuple(notes)
        self._nothing = " No other mark has these words." if notes else " There is no other mark."
        self.refill(at="")

    def action_relation(self, by: int) -> None:
        """Choose the next relation."""
        self.query_one(Cycle).action_choose(by)

    def action_keep(self) -> None:
        """Answer with the address that was typed, or the mark under the cursor."""
        target = self.typed if is_web_address(self.typed) else self.key
        if target:
            self.dismiss(Link(cast("Relation", self.query_one(Cycle).value), target))
        else:
            hint(self, "There is nothing to link to. Type words of a mark, or an address.")


def _is_meant(note: Note, words: Sequence[str]) -> bool:
    annotation = note.annotation
    said = " ".join((annotation.quote, annotation.note, *annotation.tags, note.record.title))
    return all(word in said.casefold() for word in words)


async def offer_tags(picker: "TagPicker", context: AppContext) -> None:
    """Offer the tags that were in use when last read, then those that are now."""
    if context.tags.latest:
        picker.offer(context.tags.latest)
    picker.offer(await asyncio.to_thread(context.tags.read))


async def offer_marks(picker: "LinkPicker", mark: Annotation, context: AppContext) -> None:
    """Offer every mark but that one."""
    found = await asyncio.to_thread(notes, context.library)
    picker.offer([each for each in found if each.annotation.id != mark.id])
