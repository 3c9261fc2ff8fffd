"""An article drawn line by line, however long it is: laid out, and scrolled to where one reads."""

from textual import events
from textual.geometry import Size

from annotator.model import Article, Span
from annotator.reading.layout import Place
from annotator.tui.widgets.article_lines import RIGHT_MARGIN, ArticleLines
from annotator.tui.widgets.article_messages import LaidOut, Moved
from annotator.tui.widgets.article_scene import Scene

CONTEXT = 2  # lines that stay visible around what one moves to
JUMP_SHARE = 4  # a far jump puts its goal a quarter down, with what leads up to it above


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
        self._scene = Scene()
        self._layout = self._laid(self._layout.width)
        self._set_type()

    def _set_type(self) -> None:
        """Lay the article out for the size of the screen, the first visible text kept."""
        if not self.size.width:
            return
        first = self._first
        width = min(self._column, self.size.width - self._margin - RIGHT_MARGIN)
        if self._layout.width != width:
            self._layout = self._laid(width)
        self._painter = None
        line = self._settled(self._layout.place(first).line if first else 0)
        self._scroll(line)
        self._first = first
        self.refresh()

    def _reveal(self, span: Span) -> None:
        """Scroll as little as shows a passage with a little around it; far, to a calm place."""
        self._settled(self._layout.lines_of(span).start)
        self._reveal_lines(self._layout.lines_of(span))

    def _reveal_lines(self, lines: range) -> None:
        top, height = self.scroll_offset.y, self.size.height
        context = min(CONTEXT, max(0, height - 1) // 2)
        first, last = lines.start - context, lines.stop + context - height
        if not top - height < lines.start < top + 2 * height:
            self._scroll(self._settled(max(0, lines.start - height // JUMP_SHARE)))
        elif first < top:
            self._scroll(self._settled(max(0, first)))
        elif last > top:
            self._scroll(self._settled(min(first, last)))

    def _scroll(self, line: int) -> None:
        self.scroll_to(y=line, animate=False)

    def _settled(self, line: int) -> int:
        """Return where `line` is once its surroundings are exact."""
        settled = self._layout.settle(line, self.size.height)
        self.virtual_size = Size(self.size.width, self._layout.height)
        return settled
