"""The actions of an open article, put together. The reader loads them after its first frame."""

import asyncio

from textual.screen import Screen

from annotator import usecases
from annotator.tui.article_actions import ArticleActions
from annotator.tui.context import AppContext
from annotator.tui.images.picture import check_dependencies, read_picture
from annotator.tui.reader.command_actions import CommandActions
from annotator.tui.reader.header import ReaderHeader
from annotator.tui.reader.link_actions import LinkActions
from annotator.tui.reader.pane import ReadingPane
from annotator.tui.reader.passage_actions import PassageActions
from annotator.tui.reader.place_actions import PlaceActions
from annotator.tui.reader.reattach import MarkReattacher
from annotator.tui.reader.revision_actions import RevisionActions
from annotator.tui.reader.session import ReadingSession
from annotator.tui.reader.ui import ReaderUI


class PictureActions:
    """Draws the pictures of an open article."""

    def __init__(self, ui: ReaderUI, context: AppContext) -> None:
        self._ui = ui
        self._app_context = context

    async def draw(self, block: int) -> None:
        """Fetch the picture of a block, and draw it in the text."""
        check_dependencies()
        ui, article = self._ui, self._ui.shown_article
        renderer = await ui.image_renderer(self._app_context.settings.pictures)
        ui.tell("Fetching the picture …")
        data = await usecases.articles.images.fetch_picture(article, article.blocks[block])
        largest = renderer.largest(*ui.text_size)
        picture = await asyncio.to_thread(
            read_picture, data, ui.background, largest=largest, drawn_as=renderer.drawn_as
        )
        ui.clear_notifications()
        ui.show_picture(article, block, picture)


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
        self.article = ArticleActions(ui, context)
        self.links = LinkActions(session, ui, context, browse=self.article.browse)
        self.commands = CommandActions(session, ui, context)
        self.places = PlaceActions(session, ui, context)
        self.pictures = PictureActions(ui, context)
        self.reattacher = MarkReattacher(session, ui, context)
        self.marks = PassageActions(
            session, ui, context, adjust=self.reattacher.adjust, browse=self.article.browse
        )
        self.revisions = RevisionActions(
            session, ui, context, article_actions=self.article, go_to=self.reattacher.go_to
        )
