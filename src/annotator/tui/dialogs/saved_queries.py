"""The dialogs of queries: one is chosen by speaker, tag or saved name, or is saved with a name."""

import asyncio
from collections.abc import Iterator, Sequence
from functools import partial
from typing import ClassVar

from msgspec import Struct
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from annotator.model.query import as_filter
from annotator.store import SpeakerUse
from annotator.tui.dialogs.dialog import Dialog, Hints, quotation, text_input
from annotator.tui.dialogs.picker import MAX_ROWS, Picker
from annotator.tui.frame.context import AppContext
from annotator.tui.frame.screen_ui import ScreenUI
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.rows import Line, Piece, Remark, Row, pad, truncate
from annotator.usecases.articles.tagging import TagUse, matching
from annotator.usecases.queries.saved_queries import (
    SavedQuery,
    forget_query,
    save_query,
    saved_queries,
)
from annotator.usecases.tags.speakers import speaker_uses

_SAVED = "saved:"
_QUERY = "query:"
_LABEL_SHARE = 0.55  # of a row; the rest is for its query
_NOTHING = " No speaker, tag or saved query has these letters."

Queries = Sequence[tuple[str, str]]  # each with its name


async def find_query(ui: ScreenUI, context: AppContext, first: Queries) -> str | None:
    """Offer saved queries, the `first` ones, speakers and tags, and return the chosen query."""
    picker = QueryPicker(context.keymap, first)
    query = await ui.show_dialog(picker, fill=partial(offer_queries, picker, context))
    for name in picker.forgotten:
        await asyncio.to_thread(forget_query, context.library, name, now=context.now())
    return query


async def name_query(
    ui: ScreenUI, context: AppContext, text: str, problem: str, *, find: str
) -> None:
    """Ask for a name, and save a query; `find` is the id of the key that finds it again."""
    if problem or not text.strip():
        why = f"This query is not finished. {problem}"
        ui.hint(why if problem else "Nothing to save: filter the list first.")
        ui.pass_keys()
        return
    name = await ui.show_dialog(QueryNameDialog(context.keymap, text))
    if name is not None:
        await asyncio.to_thread(save_query, context.library, name, text, now=context.now())
        ui.tell(f"Saved as “{name}”. Press {context.keymap.shown(find)} to find it.")


class QueryPicker(Picker[str]):
    """Returns a query. The speakers and tags in the library make queries of their own."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+x", "forget", show=False, priority=True)]

    def __init__(self, keymap: Keymap, first: Queries = ()) -> None:
        self._offered = first
        super().__init__(
            keymap, "Find", "A speaker, a tag or the name of a saved query", self._matching
        )
        self._saved: tuple[SavedQuery, ...] = ()
        self._speakers: tuple[SpeakerUse, ...] = ()
        self._tags: tuple[TagUse, ...] = ()
        self.forgotten: list[str] = []

    def hints(self) -> Sequence[tuple[str, str]]:
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
            for label, query in self._offered:
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
        label = pad(self.label, round((width - 3) * _LABEL_SHARE))
        query = truncate(self.query, width - 3 - len(label))
        return ((Piece(" "), Piece(label), Piece(" "), Piece(query, "quiet")),)


class QueryNameDialog(Dialog[str]):
    """Returns the name for a query that is saved."""

    HINTS: ClassVar[Hints] = (("enter", "save"), ("dialog.leave", "cancel"))

    def __init__(self, keymap: Keymap, query: str) -> None:
        super().__init__(keymap, "Save this query")
        self._query = query

    def parts(self) -> Sequence[Widget]:
        return (quotation(self._query), text_input(placeholder="A name for it"))

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
