"""The screen as its actions see it: dialogs, other screens, notifications, the terminal."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from textual.app import SuspendNotSupported
from textual.screen import Screen

from annotator.errors import AnnotatorError
from annotator.tui.frame.opening import MarkTarget, ScreenRequested, ask_app
from annotator.tui.notifications import forget, hint, tell, tell_error, warn
from annotator.tui.terminal import external
from annotator.tui.terminal.driver import lent_terminal
from annotator.tui.workers import Work, pass_keys, show_modal

if TYPE_CHECKING:
    from annotator.model import ArticleRecord
    from annotator.model.library_file import Place

Answer = TypeVar("Answer")


class ScreenUI:
    """Everything that an action may do to the screen that it belongs to."""

    def __init__(self, screen: Screen[Any]) -> None:
        self.screen = screen

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

    def tell(self, words: str) -> None:
        """Show what was done, in place of earlier notifications."""
        tell(self.screen, words)

    def warn(self, words: str) -> None:
        """Show a warning."""
        warn(self.screen, words)

    def hint(self, words: str) -> None:
        """Show what a key needs to work, in place of earlier notifications."""
        hint(self.screen, words)

    def tell_error(self, error: AnnotatorError) -> None:
        """Show an error and its hint, in place of earlier notifications."""
        tell_error(self.screen, error)

    def clear_notifications(self) -> None:
        """Remove all notifications."""
        forget(self.screen)

    def copy(self, text: str) -> None:
        """Copy text to the clipboard."""
        external.copy(self.screen.app, text)

    def pass_keys(self) -> None:
        """Let keys act on this screen, because the action opens nothing over it."""
        pass_keys(self.screen)

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
