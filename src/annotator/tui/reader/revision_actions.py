"""News of an open article: asked for anew, shown as it reads now, with what became of its marks."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from annotator.model import ArticleRecord
from annotator.model.labels import count
from annotator.tui.context import AppContext
from annotator.tui.keys.keymap import shown
from annotator.tui.notifications import hint, short_quote, tell, tell_error
from annotator.tui.reader.reattach import MarkTarget
from annotator.tui.reader.screen import ArticleScreen
from annotator.tui.workers import show_modal
from annotator.usecases.overrides import put_back, take_out

if TYPE_CHECKING:
    from annotator.tui.dialogs.refresh import Report
    from annotator.usecases.changes import MarkChanges
    from annotator.usecases.refresh import RefreshAttempt, Refreshed


class RevisionActions:
    """The story behind each key that is about another text than the one that was opened."""

    def __init__(
        self, screen: ArticleScreen, context: AppContext, *, go: Callable[[MarkTarget], None]
    ) -> None:
        self._screen = screen
        self._app_context = context
        self._go = go

    async def do(self, what: str) -> None:
        """Do what a key means; what was said of it in passing has done its work."""
        self._screen.app.clear_notifications()
        match what:
            case "changes":
                await self._changes()
            case "refresh":
                await self._refresh()
            case "review":
                await self._review()

    async def catch_up(self) -> None:
        """Show the text that another program has put into the library."""
        from annotator.usecases.changes import news

        screen = self._screen
        before = screen.opened.article
        if not await self._reopen():
            return
        marks = [each.annotation for each in screen.opened.placed]
        found = await asyncio.to_thread(news, before, screen.opened.article, marks)
        told = told_of_marks((found,), self._shown_by)
        tell(screen, f"The article was refreshed elsewhere. {told}".strip())

    async def read_changes(self) -> None:
        """List what changed as it is by now."""
        from annotator.tui.reader.change_rows import change_list
        from annotator.usecases.changes import changes

        context, article_id = self._app_context, self._screen.opened.record.id
        found = await asyncio.to_thread(
            lambda: change_list(changes(context.library, article_id), context.kinds)
        )
        self._screen.pane.show_changes(found)

    async def _changes(self) -> None:
        pane = self._screen.pane
        if not (pane.panel.has_keys and pane.panel.subject == "changes"):
            await self._screen.marking.settled()
            await self.read_changes()
        await pane.action_panel("changes")

    async def _refresh(self) -> None:
        screen = self._screen
        await screen.marking.settled()
        records = (screen.opened.record,)
        if await refresh_articles(screen, self._app_context, records, self._shown_by):
            await self._reopen()

    async def _reopen(self) -> bool:
        """Turn to the text as it is in the library; tell whether it is another one."""
        before = self._screen.opened.article.revision
        await self._screen.reopen()
        return self._screen.opened.article.revision != before

    @property
    def _shown_by(self) -> str:
        return shown(self._app_context.keymap.key("reader.changes"))

    async def _review(self) -> None:
        from annotator.tui.review.screen import ReviewScreen

        screen, article_id = self._screen, self._screen.opened.record.id
        await screen.marking.settled()
        review = ReviewScreen(self._app_context, screen.marking, find=lambda: (article_id,))
        errand = await show_modal(screen, review)
        await self._reopen()  # a step undone there may have led to another version
        if errand is not None:
            self._go(errand)


_UNCHANGED = "Nothing has changed since it was last asked for."
_REVISED = "There is a newer version."
_GONE = "What is kept stays."


async def refresh_articles(
    screen: Screen[Any], context: AppContext, records: Sequence[ArticleRecord], shown_by: str
) -> "Sequence[RefreshAttempt]":
    """Refresh articles in a dialog that can be left, and tell what came of it.

    Returns the attempts that ended. `shown_by` is the key that shows what is new of marks.
    """
    from annotator.tui.dialogs.refresh import RefreshDialog

    dialog = RefreshDialog(context.keymap, len(records), partial(_refresh_all, context, records))
    attempts = await show_modal(screen, dialog) or ()
    refreshed = [each.refreshed for each in attempts if each.refreshed]
    marks = [each.changes.marks for each in refreshed if each.changes]
    words = [_told(refreshed[0])] if len(records) == 1 and refreshed else [_counted(attempts)]
    if any(words):
        tell(screen, " ".join(filter(None, (*words, told_of_marks(marks, shown_by)))))
    failed = next((each.error for each in attempts if each.error), None)
    if failed:
        tell_error(screen, failed)
    return attempts


def told_of_marks(found: "Iterable[MarkChanges]", shown_by: str) -> str:
    """Return what became of marks in a sentence; nothing if nothing did."""
    found = tuple(found)
    reworded = sum(len(each.reworded) for each in found)
    lost = sum(len(each.lost) for each in found)
    were = f"{count(reworded, 'marked passage')} {'was' if reworded == 1 else 'were'} reworded"
    are = f"{count(lost, 'mark')} lost {'its' if lost == 1 else 'their'} passage"
    told = ", ".join([were] * bool(reworded) + [are] * bool(lost))
    return f"{told}: {shown_by} shows {'it' if reworded + lost == 1 else 'them'}." if told else ""


async def _refresh_all(
    context: AppContext, records: Sequence[ArticleRecord], report: "Report"
) -> "Sequence[RefreshAttempt]":
    from annotator.fetch import FetchOptions
    from annotator.usecases.refresh import refresh, refresh_all

    options = FetchOptions(cookies=context.settings.cookies)
    visit = partial(refresh, now=context.now(), options=options)
    return await refresh_all(context.library, records, visit, report=report)


def _told(refreshed: "Refreshed") -> str:
    match refreshed.outcome:
        case "unchanged":
            return _UNCHANGED
        case "revised":
            return _REVISED
        case "gone":
            return f"{refreshed.explanation} {_GONE}"
        case _:
            return refreshed.explanation


def _counted(attempts: "Sequence[RefreshAttempt]") -> str:
    counts = Counter(each.refreshed.outcome if each.refreshed else "failed" for each in attempts)
    told = ", ".join(f"{number} {outcome}" for outcome, number in counts.most_common())
    return f"{told}." if told else ""


_DONE = {"put_back": "Restored", "take_out": "Removed"}


class PassageActions:
    """The story behind each key that changes what the article holds."""

    def __init__(self, screen: ArticleScreen, context: AppContext) -> None:
        self._screen = screen
        self._app_context = context

    async def do(self, what: str) -> None:
        """Do what the key means, with what is under the cursor."""
        opened, text = self._screen.opened, self._screen.pane.text
        library, article, now = self._app_context.library, opened.article, self._app_context.now()
        at, passage = text.current_removal, text.passage
        if what == "put_back" and at is not None:
            removal = opened.extraction.removals[at]
            story = partial(put_back, library, article.id, removal, now=now)
        elif what == "take_out" and passage is not None:
            block = article.block_at(passage.start)
            story = partial(take_out, library, article.id, block, now=now)
        else:
            self._hint(what, is_open=text.shows_removals)
            return
        choice = await self._screen.marking.choose(story)
        await self._screen.reopen()
        undo = shown(self._app_context.keymap.key("reader.undo"))
        tell(self._screen, f"{_DONE[what]}: {short_quote(choice.words)}. Press {undo} to undo.")

    def _hint(self, what: str, *, is_open: bool) -> None:
        names = ("view.removed", "removed.next", "view.sentence-mode")
        fold, removed, choose = (shown(self._app_context.keymap.key(name)) for name in names)
        if what == "put_back" and not is_open:
            hint(self._screen, f"Press {fold} to fold open what was removed.")
        elif what == "put_back":
            hint(self._screen, f"Press {removed} to go to what was removed.")
        else:
            hint(self._screen, f"Press {choose} to choose a sentence; its paragraph is taken out.")
