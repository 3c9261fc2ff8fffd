"""The actions of an open article, put together. The reader loads them after its first frame."""

import asyncio

from textual.color import Color
from textual.screen import Screen

from annotator import usecases
from annotator.tui.article_actions import ArticleActions
from annotator.tui.context import AppContext
from annotator.tui.images.picture import check_dependencies, read_picture
from annotator.tui.images.renderer import image_renderer
from annotator.tui.notifications import tell
from annotator.tui.reader.article.view import ArticleView
from annotator.tui.reader.header import ReaderHeader
from annotator.tui.reader.mark_actions import MarkActions
from annotator.tui.reader.pane import ReadingPane
from annotator.tui.reader.reattach import MarkReattacher
from annotator.tui.reader.revision_actions import RevisionActions
from annotator.tui.reader.session import ReadingSession
from annotator.tui.reader.ui import ReaderUI


class PictureActions:
    """Draws the pictures of an open article."""

    def __init__(self, screen: Screen[None], view: ArticleView, context: AppContext) -> None:
        self._screen = screen
        self._view = view
        self._app_context = context

    async def draw(self, block: int) -> None:
        """Fetch the picture of a block, and draw it in the text."""
        check_dependencies()
        app, view, article = self._screen.app, self._view, self._view.article
        renderer = await image_renderer(app, self._app_context.settings.pictures)
        tell(self._screen, "Fetching the picture …")
        data = await usecases.images.fetch_picture(article, article.blocks[block])
        background = Color.parse(app.theme_variables["background"]).rgb
        largest = renderer.largest(view.size.width, view.size.height)
        picture = await asyncio.to_thread(
            read_picture, data, background, largest=largest, drawn_as=renderer.drawn_as
        )
        app.clear_notifications()
        view.show_picture(article, block, picture)


class ReaderActions:
    """All actions of an open article, by what they act on."""

    def __init__(
        self,
        screen: Screen[None],
        session: ReadingSession,
        context: AppContext,
        *,
        header: ReaderHeader,
        pane: ReadingPane,
    ) -> None:
        ui = ReaderUI(screen, header, pane)
        self.article = ArticleActions(screen, context)
        self.pictures = PictureActions(screen, pane.view, context)
        self.reattacher = MarkReattacher(session, ui, context)
        self.marks = MarkActions(session, ui, context, adjust=self.reattacher.adjust)
        self.revisions = RevisionActions(
            session, ui, context, article_actions=self.article, go_to=self.reattacher.go_to
        )
