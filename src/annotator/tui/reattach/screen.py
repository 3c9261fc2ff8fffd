"""Reattaching marks that were reworded or lost, each then and now, until the reader decides."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from textual import on

from annotator.errors import LibraryError
from annotator.model.labels import count
from annotator.store import Library
from annotator.tui.context import AppContext
from annotator.tui.frame.list_screen import ListScreen, Status
from annotator.tui.frame.mark_target import MarkTarget
from annotator.tui.keys.keymap import shown
from annotator.tui.keys.tables.reattach import REATTACH
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.rows import Row
from annotator.tui.notifications import hint, short_quote, tell, warn
from annotator.tui.reattach.rows import reattach_rows
from annotator.tui.workers import run_action, run_opening
from annotator.usecases.library.undo import Step
from annotator.usecases.marks import annotate
from annotator.usecases.marks.mark_edit import MarkEdit
from annotator.usecases.marks.reattach import Waiting, accept, articles_to_reattach, waiting_in

_FIRST_BATCH, _BATCH = 1, 20  # articles that are searched before the list is shown again


class ReattachScreen(ListScreen[MarkTarget | None], keys=REATTACH):
    """Lists the marks to reattach, in one article with an id or in all of them.

    Of one article its result is a mark to go to, or None; of all, it opens their articles.
    """

    TITLE = "Reattach marks"
    CLICKS = 1

    def __init__(self, context: AppContext, *, article_id: str | None = None) -> None:
        super().__init__(context)
        self._article_id = article_id
        self._waiting: dict[str, tuple[Waiting, ...]] = {}
        self._is_searching = False

    async def read(self) -> None:
        """Search the articles, and list marks as they are found."""
        self._is_searching = True
        self.refill()
        ids = [self._article_id] if self._article_id else await self._all_ids()
        self._waiting = {article_id: self._waiting.get(article_id, ()) for article_id in ids}
        size = _FIRST_BATCH
        while ids:
            batch, ids, size = ids[:size], ids[size:], _BATCH
            await self._search(*batch)
        self._is_searching = False

    def rows(self) -> Sequence[Row]:
        """Return the marks, or that there are none."""
        waiting = self._marks
        if self._is_searching and not waiting:
            return ()
        shows_titles = self._article_id is None
        return reattach_rows(waiting, self._app_context.kinds, shows_titles=shows_titles)

    def status(self) -> Status:
        """Return the number of marks."""
        number = len(self._marks)
        place = "Searching …" if self._is_searching else count(number, "mark") if number else ""
        return Status("reattach", "reattach", place)

    async def stepped(self, step: Step) -> None:
        """Search the articles of a step again."""
        own = self._article_id
        await self._search(*(key for key in step.article_ids if own in (None, key)))

    def action_accept(self) -> None:
        """Move the mark to the wording as it is now, or to the best guess."""
        run_action(self, self._decide, "Accepted", accept)

    def action_delete(self) -> None:
        """Delete the mark."""
        run_action(self, self._decide, "Deleted", _delete)

    def action_move(self) -> None:
        """Go to the text, to move the mark to another passage."""
        self._go(is_moving=True)

    @on(Listing.Chosen)
    def _open(self, event: Listing.Chosen) -> None:
        event.stop()
        self._go(is_moving=False)

    def _close(self, target: MarkTarget | None) -> None:
        if self.is_active:  # it is not if the row was chosen twice
            self.dismiss(target)

    def _go(self, *, is_moving: bool) -> None:
        waiting = self._current
        if waiting is not None:
            position = waiting.annotation.target.position.start
            offset = waiting.span.start if waiting.span else position
            length = len(waiting.article.text)
            target = MarkTarget(waiting.annotation, min(offset, length), is_moving)
            if self._article_id is None:
                run_opening(self, self._open_article, target)
            else:
                self._close(target)

    @property
    def _marks(self) -> Sequence[Waiting]:
        return [mark for marks in self._waiting.values() for mark in marks]

    @property
    def _current(self) -> Waiting | None:
        key = self.listing.key
        return next((mark for mark in self._marks if mark.annotation.id == key), None)

    async def _decide(self, done: str, edit: Callable[..., MarkEdit]) -> None:
        waiting = self._current
        if waiting is None:
            hint(self, "No mark here.")
            return
        library, now = self._app_context.library, self._app_context.now()
        try:
            await self._edits.change(partial(edit, library, waiting, now=now))
        finally:
            await self._search(waiting.record.id)
        undo = shown(self._app_context.keymap.key("reattach.undo"))
        tell(self, f"{done}: {short_quote(waiting.annotation.quote)}. Press {undo} to undo.")

    async def _search(self, *article_ids: str) -> None:
        for article_id in article_ids:
            try:
                waiting = await asyncio.to_thread(waiting_in, self._app_context.library, article_id)
            except LibraryError as error:
                warn(self, error.message)
                waiting = ()
            self._waiting[article_id] = waiting
        self.refill()

    async def _all_ids(self) -> list[str]:
        return list(await asyncio.to_thread(articles_to_reattach, self._app_context.library))

    async def _open_article(self, target: MarkTarget) -> None:
        """Open the article of a mark over the list."""
        await self._ui.open_article(target.mark.article_id, target=target)


def _delete(library: Library, waiting: Waiting, *, now: datetime) -> MarkEdit:
    return annotate.delete(library, (waiting.annotation,), now=now)
