"""Following the links of an article: to other articles in the reader, or to the browser."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from annotator import fetch, usecases
from annotator.model.identity import is_web_address
from annotator.tui.context import AppContext
from annotator.tui.dialogs.linked_page import BROWSE, LinkedPageDialog, Report
from annotator.tui.reader.session import ReadingSession
from annotator.tui.reader.ui import ReaderUI
from annotator.usecases.articles.lookup import article_from


class LinkActions:
    """Follows links. `browse` opens an address in the browser."""

    def __init__(
        self,
        session: ReadingSession,
        ui: ReaderUI,
        context: AppContext,
        *,
        browse: Callable[[str], Awaitable[None]],
    ) -> None:
        self._session = session
        self._ui = ui
        self._app_context = context
        self._browse = browse

    async def follow(self, href: str) -> None:
        """Open the article that a link leads to over this one, until it is left.

        A page that is not in the library is added if the user agrees. Addresses other than
        those of web pages are for other programs.
        """
        if not is_web_address(href):
            await self._browse(href)
            return
        context = self._app_context
        article_id = await asyncio.to_thread(article_from, context.library, href)
        if article_id == self._session.opened.record.id:
            self._ui.hint("This link leads to the article that you are reading.")
            return
        if article_id is None:
            dialog = LinkedPageDialog(context.keymap, href, partial(self._add, href))
            article_id = await self._ui.show_dialog(dialog)
        if article_id == BROWSE:
            await self._browse(href)
        elif article_id is not None:
            await self._session.edits.settled()
            await self._ui.open_article(article_id)

    async def _add(self, href: str, report: Report) -> str:
        context = self._app_context
        options = fetch.FetchOptions(
            cookies=context.settings.cookies, linked_from=self._session.opened.record.url
        )
        added = await usecases.articles.add.add(
            context.library, href, now=context.now(), options=options, report=report
        )
        return added.record.id
