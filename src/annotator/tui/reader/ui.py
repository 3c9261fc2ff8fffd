"""The reader's screen as actions see it: dialogs, notifications, and the text with its panel."""

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from textual.screen import Screen

from annotator.model import Span
from annotator.tui import notifications
from annotator.tui.reader.header import ReaderHeader
from annotator.tui.reader.pane import ReadingPane
from annotator.tui.terminal.external import copy
from annotator.tui.workers import run_action, show_modal
from annotator.usecases.open_article import OpenArticle

if TYPE_CHECKING:
    from annotator.tui.reader.change_rows import ChangeList

Answer = TypeVar("Answer")
Work = Callable[[], Coroutine[Any, Any, object]]


class Selection(NamedTuple):
    """The mark, the passage and the removed text that a key acts on, as far as there are any."""

    mark_id: str | None
    passage: Span | None
    removal: int | None
    shows_removed: bool


class ReaderUI:
    """Everything that actions may do to the screen of an open article."""

    def __init__(self, screen: Screen[None], header: ReaderHeader, pane: ReadingPane) -> None:
        self._screen = screen
        self._header = header
        self._pane = pane

    @property
    def selection(self) -> Selection:
        """The current selection."""
        view = self._pane.view
        return Selection(
            self._pane.selected_mark, view.passage, view.current_removal, view.shows_removals
        )

    async def show_dialog(
        self, dialog: Screen[Answer | None], *, fill: Work | None = None
    ) -> Answer | None:
        """Show a dialog and return its answer, or None if it was cancelled.

        `fill` runs while the dialog is open, to load what it offers.
        """
        if fill is not None:
            run_action(self._screen, fill)
        return await show_modal(self._screen, dialog)

    def tell(self, words: str) -> None:
        """Show what was done, in place of earlier notifications."""
        notifications.tell(self._screen, words)

    def hint(self, words: str) -> None:
        """Show what a key needs to work, in place of earlier notifications."""
        notifications.hint(self._screen, words)

    def clear_notifications(self) -> None:
        """Remove all notifications."""
        self._screen.app.clear_notifications()

    def copy(self, text: str) -> None:
        """Copy text to the clipboard."""
        copy(self._screen.app, text)

    async def show_article(self, opened: OpenArticle) -> None:
        """Show the article as it was read again; another revision keeps the place in the text."""
        await self._pane.show_revision(opened)
        self._header.show(opened.record)

    def go_to(self, offset: int) -> None:
        """Scroll to an offset of the text, and give the text the keys."""
        self._pane.view.go_to(offset)
        self._pane.view.focus()

    def select(self, span: Span) -> None:
        """Select a passage, so that its ends can be moved."""
        self._pane.view.show_selection(span)

    def choose_sentence(self, offset: int) -> None:
        """Enter sentence mode at an offset."""
        view = self._pane.view
        view.go_to(offset)
        if view.mode != "sentence":
            view.enter("sentence")

    def leave_mode(self) -> None:
        """Return to read mode."""
        view = self._pane.view
        if view.mode != "read":
            view.enter("read")

    def show_moving(self, quote: str) -> None:
        """Show the quote of the mark that is being moved, or stop showing it if it is empty."""
        self._pane.moving = quote
        if quote:
            self._pane.view.focus()

    @property
    def lists_changes(self) -> bool:
        """Whether the side panel lists changes and has the keys."""
        panel = self._pane.panel
        return panel.has_keys and panel.subject == "changes"

    def show_changes(self, changes: "ChangeList") -> None:
        """Let the side panel list these changes."""
        self._pane.show_changes(changes)

    async def toggle_changes(self) -> None:
        """Open the side panel with the changes, or close it."""
        await self._pane.action_panel("changes")
