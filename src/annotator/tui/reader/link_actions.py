"""Following the links of an article: to other articles in the reader, or to the browser."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from annotator import usecases
from annotator.errors import AnnotatorError
from annotator.model.identity import is_web_address
from annotator.model.text import clean_line
from annotator.tui.article_actions import fetch_options
from annotator.tui.dialogs.dialog import Hints, ProgressDialog
from annotator.tui.keys.keymap import Keymap
from annotator.tui.notifications import tell_error
from annotator.tui.reader.ui import SessionActions
from annotator.tui.textual_internals import show_text
from annotator.usecases.articles.lookup import article_from

if TYPE_CHECKING:
    from annotator.usecases.articles.add import Stage

Report = Callable[["Stage"], None]

BROWSE = "browse"  # the answer for a page that is to be opened in the browser

_STAGES: "Mapping[Stage, str]" = {"fetching": "Fetching …", "cleaning": "Cleaning …"}
_QUESTION = "This page is not in your library."


class LinkedPageDialog(ProgressDialog[str]):
    """Returns the id of the article once it is added, or `BROWSE`, or None if cancelled.

    `add` adds the page and returns the id of its article.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", show=False),
        Binding("o", "browse", show=False),
    ]
    STARTS_AT_ONCE: ClassVar = False
    HINTS: ClassVar[Hints] = (
        ("enter", "add and read"),
        ("o", "browser"),
        ("dialog.leave", "cancel"),
    )

    def __init__(
        self, keymap: Keymap, address: str, add: Callable[[Report], Awaitable[str]]
    ) -> None:
        super().__init__(keymap, "Follow a link", _QUESTION, partial(add, self._report))
        self._address = clean_line(address)

    def parts(self) -> Sequence[Widget]:
        """Return the address, and the line of progress."""
        return (Static(Content(self._address), id="linked-address"), *super().parts())

    def action_submit(self) -> None:
        """Begin to add the page."""
        self.start()

    def action_browse(self) -> None:
        """Stop, and let the browser show the page."""
        self.stop(BROWSE)

    async def _run(self) -> None:
        try:
            await super()._run()
        except AnnotatorError as error:
            tell_error(self, error)
            self.dismiss(None)

    def _report(self, stage: "Stage") -> None:
        show_text(self.query_one("#work-progress", Static), Content(_STAGES[stage]))


class LinkActions(SessionActions):
    """Follows links."""

    async def follow(self, href: str) -> None:
        """Open the article that a link leads to over this one, until it is left.

        A page that is not in the library is added if the user agrees. Addresses other than
        those of web pages are for other programs.
        """
        if not is_web_address(href):
            await self._ui.browse(href)
            return
        article_id = await asyncio.to_thread(article_from, self._library, href)
        if article_id == self._session.opened.record.id:
            self._ui.hint("This link leads to the article that you are reading.")
            return
        if article_id is None:
            dialog = LinkedPageDialog(self._keymap, href, partial(self._add, href))
            article_id = await self._ui.show_dialog(dialog)
        if article_id == BROWSE:
            await self._ui.browse(href)
        elif article_id is not None:
            await self._edits.settled()
            await self._ui.open_article(article_id)

    async def _add(self, href: str, report: Report) -> str:
        here = self._session.opened.record.url
        options = fetch_options(self._app_context, linked_from=here)
        added = await usecases.articles.add.add(
            self._library, href, now=self._now(), options=options, report=report
        )
        return added.record.id
