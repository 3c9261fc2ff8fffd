"""Review: marks that were reworded or lost, each then and now, until a person has decided."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from annotator.errors import LibraryError
from annotator.model.labels import count
from annotator.store import Library
from annotator.tui.context import AppContext
from annotator.tui.keys.footers import footer_keys
from annotator.tui.keys.key import bindings
from annotator.tui.keys.keymap import shown
from annotator.tui.lists.list_view import Listing
from annotator.tui.notifications import describe_step, hint, short_quote, tell, warn
from annotator.tui.reader.open import open_reader
from annotator.tui.reader.reattach import MarkTarget
from annotator.tui.reader.session import Edits
from annotator.tui.review.keys import REVIEW_KEYS
from annotator.tui.review.rows import review_rows
from annotator.tui.theming.stylesheets import stylesheets
from annotator.tui.widgets.status_bar import ModeFooter
from annotator.tui.workers import run_action
from annotator.usecases import annotate
from annotator.usecases.review import Waiting, accept, articles_to_review, waiting_in
from annotator.usecases.undo import MarkEdit

Find = Callable[[], Sequence[str]]

_AT_ONCE = (1, 20)  # articles that are looked through before the list is shown again


class ReviewScreen(Screen[MarkTarget | None]):
    """The marks that wait in the articles that `find` names. Answers with one to go to."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings(REVIEW_KEYS))
    CSS_PATH: ClassVar = stylesheets("review/screen", "lists/list_view", "widgets/status_bar")
    PLACES: ClassVar[tuple[str, ...]] = ("review", "list")

    def __init__(
        self, context: AppContext, edits: Edits, *, find: Find, are_titled: bool = False
    ) -> None:
        super().__init__()
        self._app_context = context
        self._edits = edits
        self._find = find
        self._are_titled = are_titled
        self._waiting: dict[str, tuple[Waiting, ...]] = {}
        context.keymap.bind(self, REVIEW_KEYS)

    def compose(self) -> ComposeResult:
        """Give the title, the list, and the bottom line."""
        yield Static(Content("Review"), id="review-title")
        yield Listing(self._app_context.keymap, id="review-list")
        yield ModeFooter()

    @on(events.ScreenResume)
    def reload(self) -> None:
        """Look for marks that wait."""
        self.query_one(Listing).focus()
        run_action(self, self._load)

    def action_accept(self) -> None:
        """Put the mark on what stands there now, or may be what it was."""
        run_action(self, self._decide, "Accepted", accept)

    def action_delete(self) -> None:
        """Delete the mark."""
        run_action(self, self._decide, "Deleted", _delete)

    def action_move(self) -> None:
        """Take the mark to the text, to put it elsewhere."""
        self._go(is_in_hand=True)

    def action_history(self, step: str) -> None:
        """Undo or redo."""
        run_action(self, self._step, step)

    def action_back(self) -> None:
        """Go back."""
        self.dismiss(None)

    @on(Listing.Chosen)
    def _open(self, event: Listing.Chosen) -> None:
        event.stop()
        self._go(is_in_hand=False)

    def _go(self, *, is_in_hand: bool) -> None:
        waiting = self._chosen
        if waiting is not None:
            position = waiting.annotation.target.position.start
            offset = waiting.span.start if waiting.span else position
            length = len(waiting.article.text)
            self.leave_to(MarkTarget(waiting.annotation, min(offset, length), is_in_hand))

    def leave_to(self, errand: MarkTarget) -> None:
        """Answer with a mark to go to."""
        self.dismiss(errand)

    @property
    def _chosen(self) -> Waiting | None:
        key = self.query_one(Listing).key
        found = (each for group in self._waiting.values() for each in group)
        return next((each for each in found if each.annotation.id == key), None)

    async def _decide(self, done: str, story: Callable[..., MarkEdit]) -> None:
        waiting = self._chosen
        if waiting is None:
            hint(self, "There is no mark here.")
            return
        library, now = self._app_context.library, self._app_context.now()
        try:
            await self._edits.change(partial(story, library, waiting, now=now))
        finally:
            await self._read(waiting.record.id)
        undo = shown(self._app_context.keymap.key("review.undo"))
        tell(self, f"{done}: {short_quote(waiting.annotation.quote)}. Press {undo} to undo.")

    async def _step(self, step: str) -> None:
        taken = await (self._edits.undo() if step == "undo" else self._edits.redo())
        if taken is None:
            tell(self, f"There is nothing to {step}.")
            return
        tell(self, f"{'Undid' if step == 'undo' else 'Redid'}: {describe_step(taken)}")
        await self._read(taken.article_id)

    async def _load(self) -> None:
        """Look through the articles; what is found is shown as it comes."""
        self._show("Looking …")
        ids = list(await asyncio.to_thread(self._find))
        self._waiting = {each: self._waiting.get(each, ()) for each in ids}
        while ids:
            number = _AT_ONCE[len(ids) < len(self._waiting)]
            some, ids = ids[:number], ids[number:]
            await self._read(*some, is_last=not ids)
        self._show("")

    async def _read(self, *article_ids: str, is_last: bool = True) -> None:
        for each in article_ids:
            try:
                found = await asyncio.to_thread(waiting_in, self._app_context.library, each)
            except LibraryError as error:
                warn(self, error.message)
                found = ()
            self._waiting[each] = found
        self._show("" if is_last else "Looking …")

    def _show(self, progress: str) -> None:
        found = [each for group in self._waiting.values() for each in group]
        rows = review_rows(found, self._app_context.kinds, are_titled=self._are_titled)
        self.query_one(Listing).show(rows if found or not progress else ())
        keys = footer_keys("review", self._app_context.keymap)
        place = progress or (count(len(found), "mark") if found else "")
        self.query_one(ModeFooter).show("review", keys, place)


def _delete(library: Library, waiting: Waiting, *, now: datetime) -> MarkEdit:
    return annotate.delete(library, waiting.annotation, now=now)


class LibraryReview(ReviewScreen):
    """The marks that wait in any article."""

    def __init__(self, context: AppContext) -> None:
        library = context.library
        edits = Edits(library, now=context.now)
        super().__init__(context, edits, find=lambda: articles_to_review(library), are_titled=True)

    def leave_to(self, errand: MarkTarget) -> None:
        """Open the mark's article over the review; what is done there can be undone here."""
        run_action(self, self._visit, errand)

    async def _visit(self, errand: MarkTarget) -> None:
        await open_reader(
            self,
            self._app_context,
            errand.mark.article_id,
            history=self._edits.history,
            errand=errand,
        )
