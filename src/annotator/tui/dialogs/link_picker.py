"""The dialog that links a mark to another mark or to a web page."""

import asyncio
from collections.abc import Sequence
from typing import ClassVar, cast, get_args

from textual.binding import Binding, BindingType
from textual.widget import Widget

from annotator.model import Annotation, Link, Relation
from annotator.model.identity import is_web_address
from annotator.model.labels import RELATIONS
from annotator.tui.context import AppContext
from annotator.tui.dialogs.picker import MAX_ROWS, Picker
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.mark_rows import Kinds, mark_row
from annotator.tui.lists.rows import Remark, Row
from annotator.tui.notifications import hint
from annotator.tui.widgets.cycle import Cycle
from annotator.usecases.search import Note, notes


class LinkPicker(Picker[Link]):
    """Returns a link: a relation, and the mark or web address that it leads to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "relation(1)", show=False, priority=True),
        Binding("shift+tab", "relation(-1)", show=False, priority=True),
    ]

    def __init__(self, keymap: Keymap, kinds: Kinds) -> None:
        super().__init__(keymap, "Link this mark, which …", "Search your marks, or paste a URL")
        self._kinds = kinds
        self._notes: tuple[Note, ...] = ()
        self._nothing = " Loading marks …"

    def parts(self) -> Sequence[Widget]:
        """Return the relation, the input and the list."""
        options = get_args(Relation)
        relation = Cycle(options, options[0], labels=RELATIONS)
        relation.can_focus = False
        return (relation, *super().parts())

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys that link, change the relation and cancel."""
        return (("enter", "link"), ("tab", "next relation"), ("dialog.leave", "cancel"))

    def rows(self, typed: str) -> Sequence[Row]:
        """Return the marks that contain all the words."""
        if is_web_address(typed):
            return [Remark(" Press Enter to link to this page.")]
        words = typed.casefold().split()
        found = [each for each in self._notes if _matches(each, words)][:MAX_ROWS]
        rows = [mark_row(each.annotation, self._kinds, each.record.title) for each in found]
        return rows or [Remark(self._nothing)]

    def offer(self, notes: Sequence[Note]) -> None:
        """Offer these marks."""
        self._notes = tuple(notes)
        self._nothing = " No other mark contains these words." if notes else " No other marks yet."
        self.refill(at="")

    def action_relation(self, by: int) -> None:
        """Select the next or previous relation."""
        self.query_one(Cycle).action_choose(by)

    def action_submit(self) -> None:
        """Return a link to the address that was typed, or to the mark under the cursor."""
        target = self.typed if is_web_address(self.typed) else self.key
        if target:
            self.dismiss(Link(cast("Relation", self.query_one(Cycle).value), target))
        else:
            hint(self, "Nothing to link to. Type words from a mark, or a web address.")


async def offer_marks(picker: LinkPicker, mark: Annotation, context: AppContext) -> None:
    """Load all marks of the library, and offer every one but `mark`."""
    found = await asyncio.to_thread(notes, context.library)
    picker.offer([each for each in found if each.annotation.id != mark.id])


def _matches(note: Note, words: Sequence[str]) -> bool:
    mark = note.annotation
    text = " ".join((mark.quote, mark.note, *mark.tags, note.record.title)).casefold()
    return all(word in text for word in words)
