"""The dialog that links a mark to another mark or to a web page."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, cast, get_args

from msgspec import Struct
from textual import events, on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from annotator.model import Annotation, Link, Relation
from annotator.model.identity import is_web_address
from annotator.model.labels import BACK_RELATIONS, RELATIONS
from annotator.store import Marked
from annotator.tui.dialogs.dialog import Hints, text_input
from annotator.tui.dialogs.picker import MAX_ROWS, Picker
from annotator.tui.frame.context import AppContext
from annotator.tui.frame.notifications import hint
from annotator.tui.frame.workers import run_action
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.mark_rows import MARGIN, Kinds, LinkedRow, facts_of, kind_head
from annotator.tui.lists.rows import Heading, Piece, Remark, Row, wrap
from annotator.tui.textual_internals import show_text
from annotator.tui.widgets.fields import Cycle
from annotator.tui.widgets.typed_query import read_typed
from annotator.tui.wings import LINK_SUGGESTIONS
from annotator.usecases.marks.claims import list_marks, load_marks
from annotator.usecases.marks.links import Linked, links_of

_BACK = "back "  # before a relation that leads from the other end to this mark
_OPTIONS = ("supports", "opposes", f"{_BACK}supports", f"{_BACK}opposes", "same-as")
_LABELS = {
    **RELATIONS,
    **{f"{_BACK}{relation}": label for relation, label in BACK_RELATIONS.items()},
}

_WORDS = 75  # cells of a line, until its width is known
_AIR = 2  # cells: the closing quotation mark, and a second space after "This mark"
_TO_CHOOSE = "… the mark that you choose below"
_NONE_MATCH = " No other mark has these words."
_NO_MARKS = " No other marks yet. Mark something in another article, or paste a web address."

Search = Callable[[str], Sequence[Marked]]


class Offered(Struct, frozen=True):
    """A mark that is suggested, why, and the relation that is proposed for it."""

    marked: Marked
    reason: str
    relation: Relation = "supports"


class LinkPicker(Picker[Link]):
    """Returns a link: a relation, and the mark or web address that it leads to.

    It reads as a sentence: the words of this mark, the relation, and the words of the mark
    under the cursor. `search` is called in a thread with what is typed.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "relation(1)", show=False, priority=True),
        Binding("shift+tab", "relation(-1)", show=False, priority=True),
        Binding("ctrl+r", "note", show=False, priority=True),
    ]

    VERTICAL_BREAKPOINTS = [(0, "-low"), (24, "-short"), (32, "-tall")]  # noqa: RUF012  as Textual declares it
    HINTS: ClassVar[Hints] = (
        ("enter", "link"),
        ("tab", "next relation"),
        ("ctrl+r", "note"),
        ("dialog.leave", "cancel"),
    )

    def __init__(self, keymap: Keymap, kinds: Kinds, words: str, search: Search) -> None:
        super().__init__(
            keymap, "Link this mark", "Search your marks, or paste a web address", self._matching
        )
        self._kinds = kinds
        self._words = words
        self._search = search
        self._searched: str | None = None  # what was typed for the marks that are listed
        self._found: Sequence[Marked] = ()
        self._offered: Mapping[str, Offered] = {}  # by the marks
        self._linked: Mapping[str, str] = {}
        self._has_moved = False
        self._proposed = _OPTIONS[0]  # the relation, until another is chosen

    def parts(self) -> Sequence[Widget]:
        others = (arg for arg in get_args(Relation) if arg not in _OPTIONS)
        options = (*_OPTIONS, *(option for rare in others for option in (rare, f"{_BACK}{rare}")))
        relation = Cycle(options, options[0], labels=_LABELS)
        relation.can_focus = False
        note = text_input(placeholder="A note on the link, if you like", id="link-note")
        other = Static(Content(_TO_CHOOSE), id="link-other")
        return (Static(id="link-this"), relation, other, *super().parts(), note)

    def _matching(self, typed: str) -> Sequence[Row]:
        """Return the marks that were found, after those that are suggested."""
        if is_web_address(typed):
            return [Remark(" Press Enter to link to this page.")]
        rows: list[Row] = []
        offered = {} if typed else self._offered
        if offered:
            rows.append(Heading(" Similar claims", air=0))
            rows += [self._row(mark.marked, mark.reason) for mark in offered.values()]
            rows.append(Heading(" Your marks"))
        rows += [self._row(marked) for marked in self._found if marked.annotation.id not in offered]
        if self._searched is None:
            return [*rows, Remark(" Searching …")]
        return rows or [Remark(_NONE_MATCH if typed else _NO_MARKS)]

    def suggest(self, offered: Sequence[Offered]) -> None:
        """Suggest marks, each with a reason, at the top of the list while nothing is typed."""
        self._offered = {mark.marked.annotation.id: mark for mark in offered}
        self.refill(at=self._start)

    def show_linked(self, links: Sequence[Linked]) -> None:
        """Mark those that this mark is linked to already."""
        labels_by_target: dict[str, list[str]] = {}
        for link in links:
            labels = RELATIONS if link.is_outgoing else BACK_RELATIONS
            labels_by_target.setdefault(link.target, []).append(labels[link.relation])
        self._linked = {target: ", ".join(words) for target, words in labels_by_target.items()}
        self.refill()

    def refill(self, at: str | None = None) -> None:
        """Fill the list again, and let the sentence end with the mark under the cursor."""
        super().refill(at)
        self._finish_sentence()

    def on_mount(self) -> None:
        super().on_mount()
        self.narrow("")

    def narrow(self, typed: str) -> None:  # noqa: ARG002 - without the spaces around it
        """Search for what was typed."""
        self._has_moved = False
        if is_web_address(self.typed):
            self.refill(at="")
        else:
            run_action(self, self._list, self.typed)

    def action_move(self, by: int) -> None:
        """Move the cursor by rows."""
        self._has_moved = True
        super().action_move(by)
        self._finish_sentence()

    def action_page(self, by: int) -> None:
        """Move the cursor by pages."""
        self._has_moved = True
        super().action_page(by)
        self._finish_sentence()

    def action_relation(self, by: int) -> None:
        """Select the next or previous relation."""
        self.query_one(Cycle).action_choose(by)

    def action_note(self) -> None:
        """Go to the note, or back to the search."""
        self.led = None
        search, note = self.query(Input)
        (search if note.has_focus else note).focus()

    def action_submit(self) -> None:
        """Return a link to the address that was typed, or to the mark under the cursor."""
        target = self.typed if is_web_address(self.typed) else self.key
        if not target:
            hint(self, "Nothing to link to. Type words from a mark, or a web address.")
            return
        relation = self.query_one(Cycle).value
        note = self.query_one("#link-note", Input).value.strip()
        is_reversed = relation.startswith(_BACK)
        name = cast("Relation", relation.removeprefix(_BACK))
        self.dismiss(Link(name, target, note, is_reversed))

    @property
    def _start(self) -> str | None:
        """The place of the cursor when rows arrive: the first, or as it is if it was moved."""
        return None if self._has_moved else ""

    @on(Input.Changed, "#link-note")
    def _ignore(self, event: Input.Changed) -> None:
        event.prevent_default()

    async def _list(self, typed: str) -> None:
        marks = await asyncio.to_thread(self._search, typed)
        if self.is_mounted and typed == self.typed:  # else a later search is on its way
            self._searched, self._found = typed, marks
            self.refill(at=self._start)

    def _row(self, marked: Marked, reason: str = "") -> LinkedRow:
        mark = marked.annotation
        linked = self._linked.get(mark.id)
        notes = [Piece(f"⇄ {linked}", "tag")] if linked else []
        notes += [Piece(reason, "tag")] if reason else []
        facts, flexible = facts_of(marked, first=tuple(notes))
        head = kind_head(self._kinds[mark.kind])
        return LinkedRow(mark.id, head, mark.quote, facts, MARGIN, flexible)

    @on(events.Resize)
    def _fit(self) -> None:
        """Cut the sentence to its lines once they are as wide as the screen lets them be."""
        self.call_after_refresh(self._finish_sentence)

    def _quotation(self, before: str, words: str, line: Static) -> str:
        """Return words in quotation marks, cut with an ellipsis to the lines that they have."""
        lines = 1 if self.has_class("-low") else 2
        width = (line.content_size.width or _WORDS) - _AIR
        return "\n".join(wrap(f"{before}“{words}", width, lines=lines)) + "”"

    def _finish_sentence(self) -> None:
        # The relation that is proposed for a suggestion, unless one was chosen.
        offered = None if self.typed else self._offered.get(self.key)
        wanted = offered.relation if offered else _OPTIONS[0]
        for cycle in self.query(Cycle):
            if cycle.value == self._proposed != wanted:
                self._proposed = cycle.value = wanted
                cycle.refresh()
        for this in self.query("#link-this").results(Static):
            sentence = self._quotation("This mark ", self._words, this)
            words = sentence.removeprefix("This mark ")
            show_text(this, Content.assemble(("This mark  ", "$quiet"), words))
        for other in self.query("#link-other").results(Static):
            marks = {marked.annotation.id: marked for marked in self._found}
            marks |= {mark_id: mark.marked for mark_id, mark in self._offered.items()}
            if is_web_address(self.typed):
                words = self.typed
            elif self.key in marks:
                words = self._quotation("", marks[self.key].annotation.quote, other)
            else:
                words = _TO_CHOOSE
            show_text(other, Content(words))


def link_picker(context: AppContext, mark: Annotation) -> LinkPicker:
    """Return the dialog that links a mark."""
    library = context.library

    def search(typed: str) -> Sequence[Marked]:
        query, _ = read_typed(typed)
        listing = list_marks(library, query, grouping="none", limit=MAX_ROWS)
        marks = load_marks(library, listing.numbers[: MAX_ROWS + 1])
        return [marked for marked in marks if marked.annotation.id != mark.id]

    return LinkPicker(context.keymap, context.kinds, mark.quote, search)


async def show_links(picker: LinkPicker, context: AppContext, mark: Annotation) -> None:
    """Load the links of a mark, and marks that are suggested, and show both in the picker."""
    picker.show_linked(await asyncio.to_thread(links_of, context.library, mark))

    def suggested() -> Sequence[Offered]:
        return [other for suggest in LINK_SUGGESTIONS.parts() for other in suggest(context, mark)]

    picker.suggest(await asyncio.to_thread(suggested))
