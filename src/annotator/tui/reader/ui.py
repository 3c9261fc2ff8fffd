"""The reader's screen as actions see it: dialogs, notifications, and the text with its panel."""

from textual.screen import Screen

from annotator.tui.frame.context import AppContext
from annotator.tui.frame.screen_ui import ScreenActions, ScreenUI
from annotator.tui.reader.bars import ReaderHeader
from annotator.tui.reader.pane import ReadingPane
from annotator.tui.reader.session import ReadingSession
from annotator.usecases.articles.open_article import OpenArticle


class ReaderUI(ScreenUI):
    """Everything that actions may do to the screen of an open article, and the `pane` in it."""

    def __init__(self, screen: Screen[str], header: ReaderHeader, pane: ReadingPane) -> None:
        super().__init__(screen)
        self._header = header
        self.pane = pane

    async def show_article(self, opened: OpenArticle) -> None:
        """Show the article as it was read again; another revision keeps the place in the text."""
        await self.pane.show_revision(opened)
        self._header.show(opened)

    def go_to(self, offset: int) -> None:
        """Scroll to an offset of the text, and give the text the keys."""
        self.pane.text.go_to(offset)
        self.pane.text.focus()

    def jump_to_mark(self, mark_id: str, offset: int) -> None:
        """Go to a mark, so that keys act on it, and remember the present place to come back to."""
        self.pane.text.jump_to(offset, mark_id=mark_id)
        self.pane.text.focus()


class SessionActions(ScreenActions):
    """Actions on an open article."""

    _ui: ReaderUI

    def __init__(self, session: ReadingSession, ui: ReaderUI, context: AppContext) -> None:
        super().__init__(ui, context)
        self._session = session
