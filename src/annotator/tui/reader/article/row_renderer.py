"""The lines of an article on the screen, and what lies over the text."""

import sys
from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len
from textual.cache import LRUCache
from textual.color import Color
from textual.geometry import Region
from textual.strip import Strip

from annotator.model import Article, Span
from annotator.reading.layout.engine import Layout, Place
from annotator.reading.layout.inline_removals import Lines
from annotator.tui.reader.article.layer import ArticleLayer
from annotator.tui.reader.article.painter import Canvas, Painter, PictureRows, Scene
from annotator.tui.reader.article.run_styles import style_blender

if TYPE_CHECKING:
    from textual.filter import LineFilter

    from annotator.tui.images.picture import Picture
    from annotator.tui.reader.article.syntax import Colours

WIDE = 60  # cells of a screen from which the margin can afford the signs of two marks
MARGINS = (4, 3)  # cells left of the text on a wide and a narrow screen: signs, cursor bar, a space
RIGHT_MARGIN = 3  # a caret behind a full line, the sign of a note, how far one has come
KEPT_STRIPS = 256  # eight screens; each takes some kilobytes

EMPTY = Article("", "", "")


class Opening(Struct, frozen=True):
    """What an article is opened with: its lines on the screen, the first of them, how far it is."""

    strips: list[Strip]
    top: int
    progress: float


class ArticleLines(ArticleLayer):
    """The lines of an article, and a scene of marks and cursor over them.

    It paints past Textual's own cache of lines, which knows them by their
    place on the screen and so loses all of them with every step.
    """

    ALLOW_SELECT = False  # a selection is made of the article's offsets, not of cells

    def __init__(self, *, width: int) -> None:
        super().__init__()
        self.article = EMPTY
        self._column = width
        self._layout: Lines = Layout(EMPTY, width)
        self._scene = Scene()
        self._shifts: Counter[int] = Counter()  # by how much the windows of wide blocks have slid
        self._folds_code = False
        self._pictures: dict[int, Picture] = {}  # those that are drawn
        self._drawn: dict[int, PictureRows] = {}  # and their cells
        self._colours: dict[int, Colours] = {}  # of blocks of code that were seen
        self._first = 0  # the offset that a new width keeps at the top
        self._painter: Painter | None = None
        self._strips: LRUCache[object, Strip] = LRUCache(KEPT_STRIPS)
        self._filters: tuple[LineFilter, ...] = ()  # of which the strips have been through

    @property
    def progress(self) -> float:
        """How much of the article has been scrolled through, from 0 to 1."""
        last = self.max_scroll_y
        return min(1.0, self.scroll_offset.y / last) if last else 1.0

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return visible lines, as they were drawn before if nothing on them changed.

        Textual asks for lines before the program draws any: nobody sees those.
        """
        if not getattr(self.app, "has_started", True):
            return [Strip.blank(crop.width)] * crop.height
        painter = self._ready
        filters = tuple(self.get_line_filters())
        if filters != self._filters:
            self._filters = filters
            self._strips.clear()
        top, (width, height) = self.scroll_offset.y, self.size
        at = _line_of_progress(top, self.progress, height)
        strips = [
            self._strip(painter, top + y, has_progress=top + y == at) for y in crop.line_range
        ]
        if crop.column_span != (0, width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    @property
    def _ground(self) -> Color:
        """What the page is painted on."""
        return self._ready.background

    @property
    def _ready(self) -> Painter:
        """A painter for the size of now; the text may not have heard of it yet."""
        painter = self._painter
        return painter if painter and painter.width == self.size.width else self._prepare()

    def notify_style_update(self) -> None:
        """Draw everything anew in another theme."""
        super().notify_style_update()
        self._painter = None

    def watch_has_focus(self, has_focus: bool) -> None:  # noqa: FBT001  the signature is Textual's
        """Do nothing: it looks the same, and its many styles take long to find out."""

    @property
    def opening(self) -> Opening:
        """The page as it will be when the article is opened where it is now."""
        height = self.size.height
        layout = Layout(self.article, self._layout.width, measure=cell_len)
        top = layout.settle(layout.place(self._first).line if self._first else 0, height)
        last = max(0, layout.height - height)
        top = min(top, last)
        progress = top / last if last else 1.0
        painter = Painter(layout, style_blender(self), Canvas(self._left, self.size.width))
        scene, at = Scene(self._scene.highlights), _line_of_progress(top, progress, height)
        strips = []
        for line in range(top, top + height):
            row = layout.row(line)
            overlay = replace(scene.over(row), has_progress=line == at)
            strips.append(painter.strip(row, overlay))
        return Opening(strips, top, progress)

    def _lay(self, width: int) -> Lines:
        """Return the article on a page of that width."""
        return Layout(self.article, width, measure=cell_len, folds_code=self._folds_code)

    def _show(self, scene: Scene) -> None:
        """Lay another scene over the text, and draw what differs."""
        before, self._scene = self._scene, scene
        visible = self._visible()
        for span in before.changed(scene):
            if span.start <= visible.end and span.end >= visible.start:
                self._redraw(span)

    def _visible(self) -> Span:
        """Return the text on the screen."""
        top = self.scroll_offset.y
        start = self._layout.offset_at(Place(top, 0))
        last = self._layout.offset_at(Place(top + self.size.height, sys.maxsize))
        return Span(min(start, last), max(start, last))

    def _redraw(self, span: Span) -> None:
        lines = self._layout.lines_of(span)
        top = self.scroll_offset.y
        first, last = max(lines.start, top), min(lines.stop, top + self.size.height)
        if first < last:
            self.refresh(Region(0, first - top, self.size.width, last - first))

    def _strip(self, painter: Painter, line: int, *, has_progress: bool) -> Strip:
        row = self._layout.row(line)
        overlay = self._scene.over(row)
        if has_progress:
            overlay = replace(overlay, has_progress=True)
        if overlay.caret and self._layout.place(overlay.caret.start).line != line:
            overlay = replace(overlay, caret=None)  # it stands at the start of the next line
        shift = self._shifts[row.block]
        key = (row, overlay, shift, row.block in self._colours)
        strip = self._strips.get(key)
        if strip is None:
            strip = painter.strip(row, overlay, shift)
            for line_filter in self._filters:
                strip = strip.apply_filter(line_filter, painter.background)
            self._strips[key] = strip
        return strip

    def _prepare(self) -> Painter:
        """Return a painter for the theme and size of now."""
        self._strips.clear()
        canvas = Canvas(self._left, self.size.width)
        self._painter = Painter(
            self._layout, style_blender(self), canvas, colours=self._colours, pictures=self._drawn
        )
        return self._painter

    @property
    def _margin(self) -> int:
        return MARGINS[0] if self.size.width >= WIDE else MARGINS[1]

    @property
    def _left(self) -> int:
        """Return the column of the screen at which the text begins."""
        return (
            self._margin
            + max(0, self.size.width - self._margin - RIGHT_MARGIN - self._layout.width) // 2
        )


def _line_of_progress(top: int, progress: float, height: int) -> int:
    """Return the line at whose end it is shown how far one has come."""
    return top + round(progress * (height - 1))
