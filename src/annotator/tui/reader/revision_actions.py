"""Actions on revisions of the open article: leading to another one, showing what changed.

A mark that a revision has lost is moved to another passage.
"""

import asyncio
from collections.abc import Callable
from functools import partial

from annotator import usecases
from annotator.model import Annotation, Orphan, Span
from annotator.model.extraction import box_around
from annotator.tui.actions.articles import ArticleActions, describe_mark_changes
from annotator.tui.frame.context import AppContext
from annotator.tui.frame.edits import Change
from annotator.tui.frame.notifications import short_quote
from annotator.tui.lists.rows import truncate
from annotator.tui.messages import MarkTarget
from annotator.tui.reader.session import ReadingSession
from annotator.tui.reader.side_panel import change_list
from annotator.tui.reader.ui import ReaderUI, SessionActions
from annotator.usecases.articles.article_edits import RevisionSwitch
from annotator.usecases.articles.overrides import place_of_restored, put_back, take_out
from annotator.usecases.marks import annotate

_QUOTE_WIDTH = 24  # cells of the mark's quote in the status bar


class MarkReattacher(SessionActions):
    """Moves a mark: its new passage is chosen like that of a new mark."""

    def __init__(self, session: ReadingSession, ui: ReaderUI, context: AppContext) -> None:
        super().__init__(session, ui, context)
        self._mark: Annotation | None = None

    @property
    def has_mark(self) -> bool:
        """Whether a mark is being moved."""
        return self._mark is not None

    def adjust(self, mark: Annotation, span: Span) -> None:
        """Start to move a mark, with its passage selected, so that the ends can be moved."""
        self._start(mark)
        self._ui.pane.text.selection.select(span)

    def go_to_mark(self, mark_id: str) -> None:
        """Go to a mark, or to where it may have been; if the article has no such mark, nowhere."""
        opened = self._session.opened
        placed = next((mark for mark in opened.placed if mark.annotation.id == mark_id), None)
        if placed is not None:
            guess = placed.place.best_guess if isinstance(placed.place, Orphan) else placed.span
            position = placed.annotation.target.position.start
            offset = guess.start if guess else min(position, len(opened.article.text))
            self.go_to(MarkTarget(placed.annotation, offset))

    def go_to(self, target: MarkTarget) -> None:
        """Go to a mark, and start to move it if that is what the target is for."""
        if target.is_moving:
            self._start(target.mark)
            text = self._ui.pane.text
            text.go_to(target.offset)
            if text.mode != "sentence":
                text.enter("sentence")
            return
        placed = self._session.marks.find(target.mark.id)
        if placed is not None and placed.span is not None:
            self._ui.jump_to_mark(target.mark.id, placed.span.start)
        else:
            self._ui.go_to(target.offset)
            self._ui.hint("The words of this mark are not in the text any more.")

    async def put(self, span: Span) -> None:
        """Move the mark to a passage."""
        mark, article = self._mark, self._session.article
        if mark is None:
            return
        self._stop()
        await self._edits.make(annotate.move, mark, article, span)
        undo = self._key_of("reader.undo")
        words = short_quote(span.of(article.text))
        self._ui.tell(f"Mark moved to {words}. Press {undo} to undo.")

    def cancel(self) -> None:
        """Leave the mark where it is."""
        if self._mark is not None:
            self._stop()
            self._ui.tell("The mark stays as it was.")

    def _start(self, mark: Annotation) -> None:
        self._mark = mark
        words = " ".join(mark.quote.split())
        self._ui.pane.show_moving(f"“{truncate(words, _QUOTE_WIDTH)}”")

    def _stop(self) -> None:
        self._mark = None
        self._ui.pane.show_moving("")
        if self._ui.pane.text.mode != "read":
            self._ui.pane.text.enter("read")


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
            lambda: change_list(
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
