"""The dialogs that change what is listed: how marks are grouped, and saved queries."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import ClassVar

from msgspec import Struct
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from annotator.model.query import as_filter
from annotator.tui.claims.view import GROUPINGS, ClaimsView
from annotator.tui.context import AppContext
from annotator.tui.dialogs.choice import ChoiceDialog, Option
from annotator.tui.dialogs.dialog import Dialog, quotation, text_input
from annotator.tui.dialogs.picker import MAX_ROWS, Picker
from annotator.tui.frame.screen_ui import ScreenUI
from annotator.tui.keys.keymap import Keymap, shown
from annotator.tui.lists.rows import Line, Piece, Remark, Row
from annotator.tui.lists.text_fit import pad, truncate
from annotator.usecases.articles.tagging import TagUse, matching
from annotator.usecases.queries.saved_queries import (
    SavedQuery,
    forget_query,
    save_query,
    saved_queries,
)
from annotator.usecases.tags.speakers import SpeakerUse, speaker_uses

Show = Callable[[ClaimsView], None]

_SAVED = "saved:"
_QUERY = "query:"
_LABEL_SHARE = 0.55  # of a row; the rest is for its query
_NOTHING = " No speaker, tag or saved query has these letters."
_FIRST = (  # offered when nothing is typed, since every library has them
    ("Open claims", "status:open"),
    ("Disputed claims", "status:disputed"),
    ("Marked in the last 7 days", "marked:week"),
    ("Marks with a note", "has:note"),
    ("Marks with a link", "has:link"),
)


class ViewActions:
    """Groups the marks, finds them by a query, and saves queries."""

    def __init__(self, ui: ScreenUI, context: AppContext) -> None:
        self._ui = ui
        self._app_context = context

    async def group(self, view: ClaimsView, show: Show) -> None:
        """Ask how to group the marks, and show them so."""
        options = [Option(name, letter, words) for name, letter, words in GROUPINGS]
        dialog = ChoiceDialog(self._app_context.keymap, "Group by", options, view.grouping)
        grouping = await self._ui.show_dialog(dialog)
        if grouping is not None:
            show(view.grouped(grouping))

    async def find(self, view: ClaimsView, show: Show) -> None:
        """Offer saved queries, speakers and tags, and show the marks of the one that is chosen."""
        context = self._app_context
        picker = QueryPicker(context.keymap)
        fill = partial(offer_queries, picker, context)
        query = await self._ui.show_dialog(picker, fill=fill)
        for name in picker.forgotten:
            await asyncio.to_thread(forget_query, context.library, name, now=context.now())
        if query is not None:
            show(view.typed(query))

    async def save(self, view: ClaimsView) -> None:
        """Ask for a name, and save the query."""
        context = self._app_context
        if not view.is_filtered or view.problem:
            why = f"This query is not finished. {view.problem}"
            self._ui.hint(why if view.problem else "Nothing to save: filter the marks first.")
            self._ui.pass_keys()
            return
        name = await self._ui.show_dialog(QueryNameDialog(context.keymap, view.text))
        if name is not None:
            await asyncio.to_thread(save_query, context.library, name, view.text, now=context.now())
            find = shown(context.keymap.key("claims.queries"))
            self._ui.tell(f"Saved as “{name}”. Press {find} to find it.")


class QueryPicker(Picker[str]):
    """Returns a query. The speakers and tags in the library make queries of their own."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+x", "forget", show=False, priority=True),
    ]

    def __init__(self, keymap: Keymap) -> None:
        super().__init__(
            keymap, "Find", "A speaker, a tag or the name of a saved query", self._matching
        )
        self._saved: tuple[SavedQuery, ...] = ()
        self._speakers: tuple[SpeakerUse, ...] = ()
        self._tags: tuple[TagUse, ...] = ()
        self.forgotten: list[str] = []

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys that find, remove a saved query and cancel."""
        remove = (("ctrl+x", "remove a saved query"),) if self._saved else ()
        return (("enter", "find"), *remove, ("dialog.leave", "cancel"))

    def offer(
        self, saved: Sequence[SavedQuery], speakers: Sequence[SpeakerUse], tags: Sequence[TagUse]
    ) -> None:
        """Offer saved queries, and those for speakers and tags."""
        self._saved, self._speakers, self._tags = tuple(saved), tuple(speakers), tuple(tags)
        self.refill(at="")

    def _matching(self, typed: str) -> Sequence[Row]:
        """Return the queries that match what was typed."""
        rows = [*self._rows(" ".join(typed.casefold().split()))]
        return rows[:MAX_ROWS] or [Remark(_NOTHING)]

    def action_submit(self) -> None:
        """Return the query under the cursor."""
        query = self._query(self.key)
        if query:
            self.dismiss(query)

    def action_forget(self) -> None:
        """Remove the saved query under the cursor; the screen does so when the dialog closes."""
        if self.key.startswith(_SAVED):
            name = self.key.removeprefix(_SAVED)
            self.forgotten.append(name)
            self._saved = tuple(saved for saved in self._saved if saved.name != name)
            self.refill()

    def _query(self, key: str) -> str:
        if key.startswith(_SAVED):
            name = key.removeprefix(_SAVED)
            return next((saved.query for saved in self._saved if saved.name == name), "")
        return key.removeprefix(_QUERY)

    def _rows(self, typed: str) -> Iterator[Row]:
        for saved in self._saved:
            if typed in saved.name.casefold():
                yield QueryRow(f"{_SAVED}{saved.name}", saved.name, saved.query)
        if not typed:
            for label, query in _FIRST:
                yield QueryRow(f"{_QUERY}{query}", label, query)
        else:
            yield from _of_speakers(self._speakers, typed)
            for tag in matching(self._tags, typed.removeprefix("#"), limit=MAX_ROWS):
                query = as_filter("tag", tag.name)
                yield QueryRow(f"{_QUERY}{query}", f"#{tag.name}", query)


async def offer_queries(picker: QueryPicker, context: AppContext) -> None:
    """Offer the saved queries, speakers and tags of the library."""
    library = context.library
    saved = await asyncio.to_thread(saved_queries, library)
    picker.offer(saved, (), context.tags.latest)
    speakers = await asyncio.to_thread(speaker_uses, library)
    picker.offer(saved, speakers, await asyncio.to_thread(context.tags.read))


class QueryRow(Struct, frozen=True):
    """A query with its name."""

    HEIGHT: ClassVar = 1

    key: str
    label: str
    query: str

    def lines(self, width: int) -> Sequence[Line]:
        """Return the name, and the query at the right."""
        label = pad(self.label, round((width - 3) * _LABEL_SHARE))
        query = truncate(self.query, width - 3 - len(label))
        return ((Piece(" "), Piece(label), Piece(" "), Piece(query, "quiet")),)


class QueryNameDialog(Dialog[str]):
    """Returns the name for a query that is saved."""

    def __init__(self, keymap: Keymap, query: str) -> None:
        super().__init__(keymap, "Save this query")
        self._query = query

    def parts(self) -> Sequence[Widget]:
        """Return the query, and the input."""
        return (quotation(self._query), text_input(placeholder="A name for it"))

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys that save and cancel."""
        return (("enter", "save"), ("dialog.leave", "cancel"))

    def action_submit(self) -> None:
        """Return the name; the query itself, if there is none."""
        self.dismiss(self.query_one(Input).value.strip() or self._query)


def _of_speakers(speakers: Sequence[SpeakerUse], typed: str) -> Iterator[Row]:
    matches = [speaker for speaker in speakers if typed in speaker.name.casefold()]
    starts = f" {typed}"
    matches.sort(key=lambda use: (starts not in f" {use.name.casefold()}", -use.count))
    for speaker in matches:
        query = as_filter("speaker", speaker.name)
        disputed = f"{query} status:disputed"
        yield QueryRow(f"{_QUERY}{query}", speaker.name, query)
        yield QueryRow(f"{_QUERY}{disputed}", f"{speaker.name}, disputed", disputed)
