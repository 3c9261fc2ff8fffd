"""The reader's screen as actions see it: dialogs, notifications, and the text with its panel."""

from typing import TYPE_CHECKING

from textual.color import Color
from textual.geometry import Size
from textual.screen import Screen

from annotator.model import Article, Span
from annotator.tui.frame.screen_ui import ScreenUI
from annotator.tui.images import ImageRenderer, Picture, image_renderer
from annotator.tui.reader.bars import ReaderHeader
from annotator.tui.reader.pane import ReaderSelection, ReadingPane
from annotator.usecases.articles.open_article import OpenArticle

if TYPE_CHECKING:
    from annotator.tui.reader.panel.change_rows import ChangeList


class ReaderUI(ScreenUI):
    """Everything that actions may do to the screen of an open article."""

    def __init__(self, screen: Screen[None], header: ReaderHeader, pane: ReadingPane) -> None:
        super().__init__(screen)
        self._header = header
        self._pane = pane

    @property
    def selection(self) -> ReaderSelection:
        """The current selection."""
        return self._pane.selection

    async def show_article(self, opened: OpenArticle) -> None:
        """Show the article as it was read again; another revision keeps the place in the text."""
        await self._pane.show_revision(opened)
        self._header.show(opened.record)

    def go_to(self, offset: int) -> None:
        """Scroll to an offset of the text, and give the text the keys."""
        self._pane.text.go_to(offset)
        self._pane.text.focus()

    def jump_to_mark(self, mark_id: str, offset: int) -> None:
        """Go to a mark, so that keys act on it, and remember the present place to come back to."""
        self._pane.text.jump_to(offset, mark_id=mark_id)
        self._pane.text.focus()

    def select(self, span: Span) -> None:
        """Select a passage, so that its ends can be moved."""
        self._pane.text.show_selection(span)

    def choose_sentence(self, offset: int) -> None:
        """Enter sentence mode at an offset."""
        text = self._pane.text
        text.go_to(offset)
        if text.mode != "sentence":
            text.enter("sentence")

    def leave_mode(self) -> None:
        """Return to read mode."""
        if self._pane.text.mode != "read":
            self._pane.text.enter("read")

    def show_moving(self, quote: str) -> None:
        """Show the quote of the mark that is being moved, or stop showing it if it is empty."""
        self._pane.show_moving(quote)

    def return_to(self, offset: int) -> None:
        """Go to a place as it was left, and remember the present one to come back to."""
        self._pane.text.return_to(offset)
        self._pane.text.focus()

    @property
    def shown_article(self) -> Article:
        """The article as the text shows it; the session may have opened a newer revision."""
        return self._pane.text.article

    @property
    def text_size(self) -> Size:
        """The size of the text in cells."""
        return self._pane.text.size

    @property
    def background(self) -> tuple[int, int, int]:
        """The colour behind the text, as red, green and blue from 0 to 255."""
        return Color.parse(self._screen.app.theme_variables["background"]).rgb

    async def image_renderer(self, setting: str) -> ImageRenderer:
        """Return the renderer of pictures that suits the setting and the terminal."""
        return await image_renderer(self._screen.app, setting)

    def show_picture(self, article: Article, block: int, picture: Picture) -> None:
        """Draw the picture of a block, unless another article is shown by now."""
        self._pane.text.show_picture(article, block, picture)

    @property
    def lists_changes(self) -> bool:
        """Whether the side panel lists changes and has the keys."""
        return self._pane.has_panel_keys and self._pane.listed_subject == "changes"

    def show_changes(self, changes: "ChangeList") -> None:
        """Let the side panel list these changes."""
        self._pane.show_changes(changes)

    async def toggle_changes(self) -> None:
        """Open the side panel with the changes, or close it."""
        await self._pane.action_panel("changes")
