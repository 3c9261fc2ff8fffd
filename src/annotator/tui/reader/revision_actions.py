"""Actions that lead to another revision of the open article, or show what changed in it."""

import asyncio
from collections.abc import Callable
from functools import partial

from annotator import usecases
from annotator.model.extraction import box_around
from annotator.tui.article_actions import ArticleActions, describe_mark_changes
from annotator.tui.context import AppContext
from annotator.tui.edits import Change
from annotator.tui.frame.opening import MarkTarget
from annotator.tui.notifications import short_quote
from annotator.tui.reader import panel
from annotator.tui.reader.session import ReadingSession
from annotator.tui.reader.ui import ReaderUI, SessionActions
from annotator.usecases.articles.article_edits import RevisionSwitch
from annotator.usecases.articles.overrides import place_of_restored, put_back, take_out


class RevisionActions(SessionActions):
    """The actions on revisions. `go_to` shows the mark that was chosen among those to reattach."""

    def __init__(
        self,
        session: ReadingSession,
        ui: ReaderUI,
        context: AppContext,
        *,
        article_actions: ArticleActions,
        go_to: Callable[[MarkTarget], None],
    ) -> None:
        super().__init__(session, ui, context)
        self._article_actions = article_actions
        self._go_to = go_to
        self._reopening = asyncio.Lock()
        self._restored_at: dict[str, tuple[int, int]] = {}  # by revision: a passage and its row
        self._left_at: dict[str, int] = {}  # by revision: the cursor when its paragraph was removed

    async def do(self, what: str) -> None:
        """Run the action of a key, which replaces earlier notifications about changes."""
        self._ui.clear_notifications()
        match what:
            case "changes":
                pane = self._ui.pane
                if not (pane.has_panel_keys and pane.listed_subject == "changes"):
                    await self._edits.settled()
                    await self.read_changes()
                await pane.action_panel("changes")
            case "refresh" | "render":
                await self._refresh(switches_rendering=what == "render")
            case "reattach":
                await self._reattach()

    async def follow(self, change: Change) -> None:
        """Show the revision that undo or redo has led to, the cursor where it was left."""
        step = change.step
        before = step.before if isinstance(step, RevisionSwitch) else ""
        left_at = self._left_at.get(before) if change.how == "undone" else None
        restored_at = self._restored_at.get(before) if change.how == "undone" else None
        await self.reopen()
        if restored_at is not None:
            self._ui.pane.text.put_removal_at_row(*restored_at)
        if left_at is not None and self._ui.pane.selection.passage is not None:
            self._ui.go_to(left_at)

    async def put_back(self, *, has_all: bool = False) -> None:
        """Restore the removed passage under the cursor, or all that is in its box.

        What is restored begins on the row of the screen on which it was shown.
        """
        selection = self._ui.pane.selection
        if selection.removal is None:
            name, does = "view.removed", "show removed text"
            if selection.shows_removed:
                name, does = "removed.next", "go to removed text"
            self._ui.hint(f"Press {self._key_of(name)} to {does}.")
            return
        library, article = self._library, self._session.article
        removals, index = self._session.opened.extraction.removals, selection.removal
        box = box_around(removals, index) if has_all else range(index, index + 1)
        text, now = self._ui.pane.text, self._now()
        row = text.viewport.row_of_removal(index)
        chosen = removals[box.start : box.stop]
        switch = await self._session.switch_revision(
            partial(put_back, library, article.id, chosen, now=now)
        )
        self._restored_at[switch.before] = index, row
        await self._show_switch("Restored", switch)
        text.viewport.put_at_row(place_of_restored(self._session.article, removals[index]), row)

    async def take_out(self) -> None:
        """Remove the paragraph under the cursor."""
        passage = self._ui.pane.selection.passage
        if passage is None:
            choose, remove = self._key_of("view.sentence-mode"), self._key_of("reader.take-out")
            self._ui.hint(
                f"Press {choose} to choose a sentence, then {remove} to remove its paragraph."
            )
            return
        library, article = self._library, self._session.article
        block, now = article.block_at(passage.start), self._now()
        switch = await self._session.switch_revision(
            partial(take_out, library, article.id, block, revision=article.revision, now=now)
        )
        self._left_at[article.revision] = passage.start
        await self._show_switch("Removed", switch)

    async def catch_up(self) -> None:
        """Show the revision that another program has added."""
        before = self._session.article
        if not await self.reopen():
            return
        marks = [mark.annotation for mark in self._session.opened.placed]
        changes = await asyncio.to_thread(
            usecases.articles.changes.new_changes, before, self._session.article, marks
        )
        details = describe_mark_changes((changes,), self._key_of("reader.changes"))
        self._ui.tell(f"Another program refreshed this article. {details}".strip())

    async def read_changes(self) -> None:
        """List in the side panel what changed in the article and its marks."""
        context, article_id = self._app_context, self._session.opened.record.id
        rows = await asyncio.to_thread(
            lambda: panel.change_rows.change_list(
                usecases.articles.changes.changes(context.library, article_id), context.kinds
            )
        )
        self._ui.pane.show_changes(rows)

    async def reopen(self) -> bool:
        """Show the current revision in the library; return whether it is another one."""
        async with self._reopening:
            before = self._session.article
            opened = await self._session.read_again()
            await self._ui.show_article(opened)
            await self._session.take(opened)
        return self._session.article.revision != before.revision

    async def _refresh(self, *, switches_rendering: bool) -> None:
        await self._edits.settled()
        record, shown_by = self._session.opened.record, self._key_of("reader.changes")
        attempt = await self._article_actions.refresh(
            record, shown_by=shown_by, switches_rendering=switches_rendering
        )
        if attempt:
            await self.reopen()

    async def _reattach(self) -> None:
        await self._edits.settled()
        article_id = self._session.opened.record.id
        waiting_in = usecases.marks.reattach.waiting_in
        if not await asyncio.to_thread(waiting_in, self._library, article_id):
            self._ui.hint("No mark needs to be reattached.")
            return
        target = await self._ui.open_screen("reattach", article_id=article_id)
        await self.reopen()  # undo there may have led to another revision
        if isinstance(target, MarkTarget):
            self._go_to(target)

    async def _show_switch(self, done: str, switch: RevisionSwitch) -> None:
        await self.reopen()
        undo = self._key_of("reader.undo")
        what = short_quote(switch.words) if switch.size == 1 else switch.extent
        self._ui.tell(f"{done}: {what}. Press {undo} to undo.")
