"""The screen of the bin."""

import asyncio
from collections.abc import Collection, Sequence
from functools import partial

from textual import on

from annotator.model import ArticleRecord
from annotator.model.labels import count
from annotator.tui.bin.rows import TrashedRow, bin_heads, title_of
from annotator.tui.context import AppContext
from annotator.tui.dialogs.question import QuestionDialog
from annotator.tui.frame.list_screen import ListScreen, Status
from annotator.tui.keys.keymap import shown
from annotator.tui.keys.tables.bin import BIN
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.rows import Line, Remark, Row
from annotator.tui.notifications import hint, short_quote, tell
from annotator.tui.workers import run_action, run_opening
from annotator.usecases.articles.article_edits import restore_from_bin
from annotator.usecases.articles.trash import Trashed, delete, trashed

_EMPTY = " The bin is empty. What you delete in the library is kept here."


class BinScreen(ListScreen[None], keys=BIN):
    """Lists the articles in the bin."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._trashed: tuple[Trashed, ...] = ()

    async def read(self) -> None:
        """Read the bin."""
        self._trashed = await asyncio.to_thread(trashed, self._app_context.library)

    def head(self, width: int) -> Line:
        """Return the heads of the columns, if there are any articles."""
        return bin_heads(width) if self._trashed else ()

    def rows(self) -> Sequence[Row]:
        """Return the articles, or that there are none."""
        now = self._app_context.now()
        rows = [
            TrashedRow(article, now, is_selected=article.id in self._selected)
            for article in self._trashed
        ]
        return rows or [Remark(""), Remark(_EMPTY)]

    def listed(self) -> Collection[str]:
        """Return the ids of the articles."""
        return [article.id for article in self._trashed]

    def status(self) -> Status:
        """Return the number of articles, or of those that are selected."""
        articles = self._trashed
        place = count(len(articles), "article") if articles else ""
        if self._selected:
            return Status("bin-selected", f"bin: {len(self._selected):,} selected", place)
        return Status("bin" if articles else "bin-empty", "bin", place)

    def action_restore(self) -> None:
        """Restore the selected articles, or else the one under the cursor."""
        run_action(self, self._restore)

    def action_delete(self) -> None:
        """Delete the selected articles, or else the one under the cursor, after a question."""
        run_opening(self, self._delete)

    def action_clear(self) -> None:
        """Clear the selection; if there is none, go back."""
        if self._selected.clear():
            self.refill()
        else:
            self.action_back()

    @on(Listing.Chosen)
    def _restore_chosen(self, event: Listing.Chosen) -> None:
        event.stop()
        self.action_restore()

    @property
    def _targets(self) -> list[Trashed]:
        """The selected articles, or else the one under the cursor."""
        wanted = self._selected.or_at(self.listing.key)
        return [article for article in self._trashed if article.id in wanted]

    async def _restore(self) -> None:
        targets = self._targets
        if not targets:
            hint(self, "No article is selected.")
            return
        records = [article.record or ArticleRecord(article.id, "", "") for article in targets]
        library = self._app_context.library
        try:
            await self._edits.change(partial(restore_from_bin, library, records))
        finally:
            await self.load()
        left = {article.id for article in self._trashed}
        restored = [article for article in targets if article.id not in left]
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
        question = QuestionDialog(self._app_context.keymap, *_question(targets))
        if not await self._ui.show_dialog(question):
            return
        ids = [article.id for article in targets]
        try:
            await self._edits.run(partial(delete, self._app_context.library, ids))
        finally:
            await self.load()
        tell(self, f"Deleted for good: {_named(targets)}.")


def _named(articles: Sequence[Trashed]) -> str:
    if len(articles) == 1:
        return short_quote(title_of(articles[0]))
    return count(len(articles), "article")


def _question(articles: Sequence[Trashed]) -> tuple[str, str]:
    """Return a question, and what the answer means."""
    marks = sum(article.marks_of_all for article in articles)
    whose = "Its" if len(articles) == 1 else "Their"
    lost = f"{whose} {count(marks, 'mark')} and all saved versions" if marks else "All versions"
    return f"Delete {_named(articles)} for good?", f"{lost} are deleted too. This cannot be undone."
