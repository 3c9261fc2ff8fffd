"""The line above the articles: what each column is, and which one they are sorted by."""

from textual.strip import Strip
from textual.widget import Widget

from annotator.tui.article_list import ArticleList
from annotator.tui.article_rows import heads
from annotator.tui.painting import paint
from annotator.tui.part_styles import PartStyles


class ColumnHeads(PartStyles, Widget):
    """The heads of the columns."""

    def __init__(self) -> None:
        super().__init__()
        self._articles = ArticleList()

    def show(self, articles: ArticleList) -> None:
        """Show how `articles` are sorted."""
        self._articles = articles
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return the heads, or an empty line below them."""
        articles = self._articles
        line = heads(self.size.width, articles.sorted_by, articles.arrow) if y == 0 else ()
        return paint(self, "column-heads", line)
