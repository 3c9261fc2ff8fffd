"""What leads out of an article: its links, and the pictures that have yet to be fetched."""

import asyncio
from functools import cached_property
from typing import TYPE_CHECKING

from textual.color import Color

from annotator.model import Article
from annotator.tui.screens.article_screen import ArticleScreen
from annotator.tui.screens.asking import begin
from annotator.tui.toasts import hint, tell
from annotator.tui.widgets.article_messages import LinkFollowed, PictureAsked
from annotator.tui.widgets.article_view import ArticleView

if TYPE_CHECKING:
    from annotator.tui.screens.article_actions import ArticleActions


class OutwardScreen(ArticleScreen):
    """A screen with an article, from which nothing is fetched unless a person asks for it."""

    @cached_property
    def _article(self) -> "ArticleActions":
        from annotator.tui.screens.article_actions import ArticleActions  # first when it is wanted

        return ArticleActions(self, self.desk)

    def on_link_followed(self, event: LinkFollowed) -> None:
        """Open where a link leads."""
        event.stop()
        if event.href is None:
            hint(self, "There is no link on this screen.")
        else:
            begin(self, self._article.browse, event.href)

    def on_picture_asked(self, event: PictureAsked) -> None:
        """Fetch a picture, and draw it."""
        event.stop()
        if event.block is None:
            hint(self, "There is no picture on this screen.")
            return
        view = self.query_one(ArticleView)
        begin(self, self._draw_picture, view, view.article, event.block)

    async def _draw_picture(self, view: ArticleView, article: Article, block: int) -> None:
        from annotator.tui.brush import brush_for
        from annotator.tui.pictures import check_addition, read_picture
        from annotator.usecases.pictures import fetch_picture

        check_addition()
        brush = await brush_for(self.app, self.desk.settings.pictures)
        tell(self, "Fetching the picture …")
        data = await fetch_picture(article, article.blocks[block])
        ground = Color.parse(self.app.theme_variables["background"]).rgb
        largest = brush.largest(view.size.width, view.size.height)
        picture = await asyncio.to_thread(
            read_picture, data, ground, largest=largest, drawn_as=brush.drawn_as
        )
        self.app.clear_notifications()
        view.show_picture(article, block, picture)
