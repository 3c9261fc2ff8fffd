"""The screen of the bin."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from annotator.model import ArticleRecord
from annotator.model.labels import count
from annotator.tui.bin.rows import TrashedRow, bin_heads, title_of
from annotator.tui.context import AppContext
from annotator.tui.dialogs.question import Question
from annotator.tui.edits import EditQueue
from annotator.tui.keys.footers import footer_keys
from annotator.tui.keys.key import bindings
from annotator.tui.keys.keymap import shown
from annotator.tui.keys.tables.bin import BIN_KEYS
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.painting import paint
from annotator.tui.lists.rows import Remark
from annotator.tui.notifications import describe_step, hint, short_quote, tell
from annotator.tui.theming.stylesheets import PartStyles, stylesheets
from annotator.tui.widgets.status_bar import StatusBar
from annotator.tui.workers import run_action, run_opening, show_modal
from annotator.usecases.articles.article_edits import restore_from_bin
from annotator.usecases.articles.trash import Trashed, delete, trashed
from annotator.usecases.library.undo import Step

_EMPTY = " The bin is empty. What you delete in the library is kept here."


class BinScreen(Screen[None]):
    """Lists the articles in the bin. `edits` makes the edits, with their undo."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings(BIN_KEYS))
    CSS_PATH: ClassVar = stylesheets("bin/screen", "lists/list_view", "widgets/status_bar")
    PLACES: ClassVar[tuple[str, ...]] = ("bin", "list")

    def __init__(self, context: AppContext, edits: EditQueue) -> None:
        super().__init__()
        self._app_context = context
        self._edits = edits
        self._trashed: tuple[Trashed, ...] = ()
        self._selected: frozenset[str] = frozenset()
        context.keymap.bind(self, BIN_KEYS)

    def compose(self) -> ComposeResult:
        """Yield the column heads, the list, and the status bar."""
        yield BinHeads()
        yield Listing(self._app_context.keymap, clicks=2, id="bin-list")
        yield StatusBar()

    @on(events.ScreenResume)
    def reload(self) -> None:
        """Read the bin again."""
        self.query_one(Listing).focus()
        run_action(self, self._load)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Ignore keys that were typed before the screen was drawn, or after it was closed."""
        is_open = self.is_mounted and self.is_active
        return is_open and super().check_action(action, parameters)

    def action_restore(self) -> None:
        """Restore the selected articles, or else the one under the cursor."""
        run_action(self, self._restore)

    def action_delete(self) -> None:
        """Delete the selected articles, or else the one under the cursor, after a question."""
        run_opening(self, self._delete)

    def action_select(self) -> None:
        """Select the article under the cursor, or deselect it, and go to the next."""
        listing = self.query_one(Listing)
        if listing.key:
            self._selected ^= {listing.key}
            self._refill()
            listing.action_cursor(1)

    def action_select_all(self) -> None:
        """Select all articles, or none if all are selected."""
        every = frozenset(each.id for each in self._trashed)
        self._selected = frozenset() if every <= self._selected else every
        self._refill()

    def action_history(self, step: str) -> None:
        """Undo or redo."""
        is_undo = step == "undo"
        take = self._edits.undo if is_undo else self._edits.redo
        run_action(self, self._step, take, "Undid" if is_undo else "Redid")

    def action_clear(self) -> None:
        """Clear the selection; if there is none, go back."""
        if self._selected:
            self._selected = frozenset()
            self._refill()
        else:
            self.action_back()

    def action_back(self) -> None:
        """Go back."""
        if self.is_active:
            self.dismiss(None)

    @on(Listing.Chosen)
    def _restore_chosen(self, event: Listing.Chosen) -> None:
        event.stop()
        self.action_restore()

    @property
    def _targets(self) -> list[Trashed]:
        """The selected articles, or else the one under the cursor."""
        wanted = self._selected or {self.query_one(Listing).key}
        return [each for each in self._trashed if each.id in wanted]

    async def _restore(self) -> None:
        targets = self._targets
        if not targets:
            hint(self, "No article is selected.")
            return
        records = [each.record or ArticleRecord(each.id, "", "") for each in targets]
        library = self._app_context.library
        try:
            await self._edits.change(partial(restore_from_bin, library, records))
        finally:
            await self._load()
        left = {each.id for each in self._trashed}
        restored = [each for each in targets if each.id not in left]
        undo = shown(self._app_context.keymap.key("bin.undo"))
        words = f"Restored: {_named(restored)}. Press {undo} to undo."
        again = count(len(targets) - len(restored), "article")
        more = f" {again} stayed here, because the library has it again."
        tell(self, words + (more if len(restored) < len(targets) else ""))

    async def _delete(self) -> None:
        targets = self._targets
        if not targets:
            hint(self, "No article is selected.")
            return
        if not await show_modal(self, Question(self._app_context.keymap, *_question(targets))):
            return
        ids = [each.id for each in targets]
        try:
            await self._edits.run(partial(delete, self._app_context.library, ids))
        finally:
            await self._load()
        tell(self, f"Deleted for good: {_named(targets)}.")

    async def _step(self, take: Callable[[], Awaitable[Step | None]], done: str) -> None:
        step = await take()
        tell(self, f"{done}: {describe_step(step)}" if step else "Nothing is left to do.")
        await self._load()

    async def _load(self) -> None:
        self._trashed = await asyncio.to_thread(trashed, self._app_context.library)
        self._selected &= {each.id for each in self._trashed}
        if self.display:
            self._refill()

    def _refill(self) -> None:
        context, found = self._app_context, self._trashed
        rows = [
            TrashedRow(each, context.now(), is_selected=each.id in self._selected) for each in found
        ]
        self.query_one(BinHeads).display = bool(found)
        self.query_one(Listing).show(rows or [Remark(""), Remark(_EMPTY)])
        number = len(self._selected)
        footer = "bin-selected" if number else "bin" if found else "bin-empty"
        mode = f"bin: {number:,} selected" if number else "bin"
        place = count(len(found), "article") if found else ""
        self.query_one(StatusBar).show(mode, footer_keys(footer, context.keymap), place)


class BinHeads(PartStyles, Widget):
    """The line of column heads."""

    def render_line(self, y: int) -> Strip:
        """Return the heads, or an empty line below them."""
        return paint(self, "listing", bin_heads(self.size.width) if y == 0 else ())


def _named(articles: Sequence[Trashed]) -> str:
    if len(articles) == 1:
        return short_quote(title_of(articles[0]))
    return count(len(articles), "article")


def _question(articles: Sequence[Trashed]) -> tuple[str, str]:
    """Return a question, and what the answer means."""
    marks = sum(each.marks_of_all for each in articles)
    whose = "Its" if len(articles) == 1 else "Their"
    lost = f"{whose} {count(marks, 'mark')} and all saved versions" if marks else "All versions"
    return f"Delete {_named(articles)} for good?", f"{lost} are deleted too. This cannot be undone."
