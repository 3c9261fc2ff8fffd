"""Reattaching marks that were reworded or lost, each then and now, until the reader decides."""

import asyncio
from collections.abc import Callable
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
from annotator.tui.edits import EditQueue
from annotator.tui.frame.mark_target import MarkTarget
from annotator.tui.frame.opening import ArticleRequested, ask_app
from annotator.tui.keys.footers import footer_keys
from annotator.tui.keys.key import bindings
from annotator.tui.keys.keymap import shown
from annotator.tui.keys.tables.reattach import REATTACH_KEYS
from annotator.tui.lists.list_view import Listing
from annotator.tui.notifications import describe_step, hint, short_quote, tell, warn
from annotator.tui.reattach.rows import reattach_rows
from annotator.tui.theming.stylesheets import stylesheets
from annotator.tui.widgets.status_bar import StatusBar
from annotator.tui.workers import run_action, run_opening
from annotator.usecases.marks import annotate
from annotator.usecases.marks.mark_edit import MarkEdit
from annotator.usecases.marks.reattach import Waiting, accept, articles_to_reattach, waiting_in

_FIRST_BATCH, _BATCH = 1, 20  # articles that are searched before the list is shown again


class ReattachScreen(Screen[MarkTarget | None]):
    """Lists the marks to reattach, in one article with an id or in all of them.

    Of one article its result is a mark to go to, or None; of all, it opens their articles.
    `edits` makes the edits, with their undo.
    """

    BINDINGS: ClassVar[list[BindingType]] = list(bindings(REATTACH_KEYS))
    CSS_PATH: ClassVar = stylesheets("reattach/screen", "lists/list_view", "widgets/status_bar")
    PLACES: ClassVar[tuple[str, ...]] = ("reattach", "list")

    def __init__(
        self,
        context: AppContext,
        edits: EditQueue | None = None,
        *,
        article_id: str | None = None,
    ) -> None:
        super().__init__()
        self._app_context = context
        self._edits = edits or EditQueue(context.library, now=context.now)
        self._article_id = article_id
        self._waiting: dict[str, tuple[Waiting, ...]] = {}
        context.keymap.bind(self, REATTACH_KEYS)

    def compose(self) -> ComposeResult:
        """Yield the title, the list, and the status bar."""
        yield Static(Content("Reattach marks"), id="reattach-title")
        yield Listing(self._app_context.keymap, id="reattach-list")
        yield StatusBar()

    @on(events.ScreenResume)
    def reload(self) -> None:
        """Search the articles for marks to reattach."""
        self.query_one(Listing).focus()
        run_action(self, self._load)

    def action_accept(self) -> None:
        """Move the mark to the wording as it is now, or to the best guess."""
        run_action(self, self._decide, "Accepted", accept)

    def action_delete(self) -> None:
        """Delete the mark."""
        run_action(self, self._decide, "Deleted", _delete)

    def action_move(self) -> None:
        """Go to the text, to move the mark to another passage."""
        self._go(is_moving=True)

    def action_history(self, step: str) -> None:
        """Undo or redo."""
        run_action(self, self._undo if step == "undo" else self._redo)

    def action_back(self) -> None:
        """Go back."""
        self._close(None)

    @on(Listing.Chosen)
    def _open(self, event: Listing.Chosen) -> None:
        event.stop()
        self._go(is_moving=False)

    def _close(self, target: MarkTarget | None) -> None:
        if self.is_active:  # it is not if the row was chosen twice
            self.dismiss(target)

    def _go(self, *, is_moving: bool) -> None:
        waiting = self._selected
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
    def _selected(self) -> Waiting | None:
        key = self.query_one(Listing).key
        found = (each for group in self._waiting.values() for each in group)
        return next((each for each in found if each.annotation.id == key), None)

    async def _decide(self, done: str, edit: Callable[..., MarkEdit]) -> None:
        waiting = self._selected
        if waiting is None:
            hint(self, "No mark here.")
            return
        library, now = self._app_context.library, self._app_context.now()
        try:
            await self._edits.change(partial(edit, library, waiting, now=now))
        finally:
            await self._read(waiting.record.id)
        undo = shown(self._app_context.keymap.key("reattach.undo"))
        tell(self, f"{done}: {short_quote(waiting.annotation.quote)}. Press {undo} to undo.")

    async def _undo(self) -> None:
        step = await self._edits.undo()
        if step is None:
            tell(self, "Nothing to undo.")
        else:
            tell(self, f"Undid: {describe_step(step)}")
            await self._read(*step.article_ids)

    async def _redo(self) -> None:
        step = await self._edits.redo()
        if step is None:
            tell(self, "Nothing to redo.")
        else:
            tell(self, f"Redid: {describe_step(step)}")
            await self._read(*step.article_ids)

    async def _load(self) -> None:
        """Search the articles, and list marks as they are found."""
        self._show("Searching …")
        ids = [self._article_id] if self._article_id else await self._all_ids()
        self._waiting = {each: self._waiting.get(each, ()) for each in ids}
        size = _FIRST_BATCH
        while ids:
            batch, ids, size = ids[:size], ids[size:], _BATCH
            await self._read(*batch, is_last=not ids)
        self._show("")

    async def _read(self, *article_ids: str, is_last: bool = True) -> None:
        for each in article_ids:
            try:
                found = await asyncio.to_thread(waiting_in, self._app_context.library, each)
            except LibraryError as error:
                warn(self, error.message)
                found = ()
            self._waiting[each] = found
        self._show("" if is_last else "Searching …")

    def _show(self, progress: str) -> None:
        if not self.display:  # it was closed while an article was read
            return
        found = [each for group in self._waiting.values() for each in group]
        shows_titles = self._article_id is None
        rows = reattach_rows(found, self._app_context.kinds, shows_titles=shows_titles)
        self.query_one(Listing).show(rows if found or not progress else ())
        keys = footer_keys("reattach", self._app_context.keymap)
        place = progress or (count(len(found), "mark") if found else "")
        self.query_one(StatusBar).show("reattach", keys, place)

    async def _all_ids(self) -> list[str]:
        return list(await asyncio.to_thread(articles_to_reattach, self._app_context.library))

    async def _open_article(self, target: MarkTarget) -> None:
        """Open the article of a mark over the list, with the same undo stack."""
        stack, article_id = self._edits.undo_stack, target.mark.article_id
        await ask_app(ArticleRequested(self, article_id, undo_stack=stack, target=target))


def _delete(library: Library, waiting: Waiting, *, now: datetime) -> MarkEdit:
    return annotate.delete(library, (waiting.annotation,), now=now)
