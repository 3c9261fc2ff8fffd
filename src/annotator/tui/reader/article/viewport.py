"""An article drawn line by line, however long it is: laid out, and scrolled to where one reads."""

from textual import events
from textual.geometry import Size

from annotator.model import Article
from annotator.reading.layout.engine import Place
from annotator.tui.reader.article.messages import LaidOut, Moved
from annotator.tui.reader.article.painter import Scene
from annotator.tui.reader.article.row_renderer import RIGHT_MARGIN, ArticleLines


class ArticlePage(ArticleLines):
    """The lines of an article for a screen of any size, from any place in it on."""

    @property
    def first_offset(self) -> int:
        """Where the visible text begins: what to come back to."""
        return self._first

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Keep the surroundings of the screen exact, and tell where the reader is."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) == round(new_value):
            return
        line = round(new_value)
        settled = self._settled(line)
        if settled != line:
            self._scroll(settled)
            return
        self._first = self._layout.offset_at(Place(line, 0)) if line else 0
        self.post_message(Moved(self._first, self.progress))

    def on_resize(self, event: events.Resize) -> None:
        """Set the article to the new width, with the same text at the top."""
        del event
        self._set_type()
        self.post_message(LaidOut())

    def _open(self, article: Article, offset: int) -> None:
        """Put an article on the page, scrolled to `offset`."""
        self.article, self._first = article, offset
        self._shifts.clear()
        self._scene = Scene()
        self._layout = self._lay(self._layout.width)
        self._set_type()

    def _set_type(self, *, anew: bool = False) -> None:
        """Lay the article out for the size of the screen, the first visible text kept."""
        if not self.size.width:
            return
        first = self._first
        width = min(self._column, self.size.width - self._margin - RIGHT_MARGIN)
        if anew or self._pictures or self._layout.width != width:
            self._shifts.clear()
            self._layout = self._lay(width)
        self._painter = None
        line = self._settled(self._layout.place(first).line if first else 0)
        self._scroll(line)
        self._first = first
        self.refresh()

    def _scroll(self, line: int) -> None:
        self.scroll_to(y=line, animate=False)

    def _settled(self, line: int) -> int:
        """Return where `line` is once its surroundings are exact."""
        settled = self._layout.settle(line, self.size.height)
        self.virtual_size = Size(self.size.width, self._layout.height)
        return settled
