"""News of an open article: asked for anew, shown as it reads now, with what became of its marks."""

import asyncio
from collections.abc import Callable

from annotator.tui.desk import Desk
from annotator.tui.keymap import shown
from annotator.tui.screens.article_screen import ArticleScreen
from annotator.tui.screens.asking import answer
from annotator.tui.screens.carrying import Errand
from annotator.tui.screens.refreshing import refresh_articles, told_of_marks
from annotator.tui.toasts import tell


class ArticleNews:
    """The story behind each key that is about another text than the one that was opened."""

    def __init__(self, screen: ArticleScreen, desk: Desk, *, go: Callable[[Errand], None]) -> None:
        self._screen = screen
        self._desk = desk
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
        from annotator.tui.change_rows import change_list
        from annotator.usecases.changes import changes

        desk, article_id = self._desk, self._screen.opened.record.id
        found = await asyncio.to_thread(
            lambda: change_list(changes(desk.library, article_id), desk.kinds)
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
        if await refresh_articles(screen, self._desk, records, self._shown_by):
            await self._reopen()

    async def _reopen(self) -> bool:
        """Turn to the text as it is in the library; tell whether it is another one."""
        before = self._screen.opened.article.revision
        await self._screen.reopen()
        return self._screen.opened.article.revision != before

    @property
    def _shown_by(self) -> str:
        return shown(self._desk.keymap.key("reader.changes"))

    async def _review(self) -> None:
        from annotator.tui.screens.review import ReviewScreen

        screen, article_id = self._screen, self._screen.opened.record.id
        await screen.marking.settled()
        review = ReviewScreen(self._desk, screen.marking, find=lambda: (article_id,))
        errand = await answer(screen, review)
        await self._reopen()  # a step undone there may have led to another version
        if errand is not None:
            self._go(errand)
