"""The screen as its actions see it: dialogs, other screens, notifications, the terminal."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from textual.app import SuspendNotSupported
from textual.screen import Screen

from annotator.errors import AnnotatorError
from annotator.tui.frame.context import AppContext
from annotator.tui.frame.notifications import forget, hint, tell, tell_error, warn
from annotator.tui.frame.workers import Work, pass_keys, show_modal
from annotator.tui.messages import MarkTarget, ScreenRequested, ask_app
from annotator.tui.terminal import external
from annotator.tui.terminal.driver import lent_terminal

if TYPE_CHECKING:
    from annotator.model import ArticleRecord
    from annotator.model.library_file import Place

Answer = TypeVar("Answer")


class ScreenUI:
    """Everything that an action may do to the screen that it belongs to."""

    def __init__(self, screen: Screen[Any]) -> None:
        self.screen = screen
        self.tell, self.warn, self.hint = (partial(show, screen) for show in (tell, warn, hint))
        self.tell_error = partial(tell_error, screen)
        self.clear_notifications = partial(forget, screen)
        self.copy = partial(external.copy, screen)
        self.pass_keys = partial(pass_keys, screen)

    async def show_dialog(
        self, dialog: Screen[Answer | None], *, fill: Work | None = None
    ) -> Answer | None:
        """Show a dialog and return its answer, or None if it was cancelled.

        `fill` runs while the dialog is open, to load what it offers.
        """
        return await show_modal(self.screen, dialog, fill=fill)

    async def open_screen(self, name: str, *args: object, **options: object) -> object:
        """Open the screen with that name over this one, and return its answer."""
        return await ask_app(ScreenRequested(self.screen, name, *args, **options))

    async def open_article(
        self,
        article_id: str,
        *,
        mark_id: str | None = None,
        target: MarkTarget | None = None,
        place: "Place | None" = None,
        words: Sequence[str] = (),
        among: "Sequence[ArticleRecord]" = (),
    ) -> object:
        """Open an article over this screen, until it is left; return the id of the one left last.

        It opens at a mark or a place, or else at the first match of words, if any are given.
        `among` are the articles of the list that it is opened from.
        """
        options = {"mark_id": mark_id, "target": target, "place": place, "words": words}
        return await self.open_screen("reader", article_id, among=among, **options)

    async def browse(self, url: str) -> None:
        """Open a URL in the browser, and lend it this terminal if it draws there."""
        app = self.screen.app
        if app.is_web:  # in another tab of it
            self.pass_keys()
            external.open_outside(url, in_tab=app.open_url)
        elif external.draws_here():
            self.lend_terminal(partial(external.open_outside, url))
        else:
            self.pass_keys()
            await asyncio.to_thread(external.open_outside, url)

    def lend_terminal(self, program: Callable[[], None]) -> None:
        """Run a program that draws on this terminal, and then draw the screen again.

        Raises an `AnnotatorError` in a tab of a browser, which has no terminal.
        """
        if self.screen.app.is_web:
            raise AnnotatorError("This needs a terminal.", "Open the library in one: annotator")
        try:
            with suppress(SuspendNotSupported), lent_terminal(self.screen.app):
                program()
        finally:
            self.screen.refresh(layout=True)


class ScreenActions:
    """Actions on a screen, with what all screens share."""

    def __init__(self, ui: ScreenUI, context: AppContext) -> None:
        self._ui = ui
        self._app_context = context
        self._library, self._keymap, self._now = context.library, context.keymap, context.now
        self._edits, self._key_of = context.edits, context.keymap.shown
