"""Draws the lines of a viewport as strips, and keeps them while nothing on them changes."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len
from textual.cache import LRUCache
from textual.strip import Strip

from annotator.reading.layout.engine import Layout
from annotator.reading.layout.inline_removals import PageLayout
from annotator.reading.navigation.highlights import Highlights
from annotator.tui.reader.article.painter import Canvas, Painter, PictureRows
from annotator.tui.reader.article.run_styles import StyleBlender
from annotator.tui.reader.article.scene import PaintedMark, Scene
from annotator.tui.reader.article.viewport import Viewport

if TYPE_CHECKING:
    from textual.filter import LineFilter

    from annotator.tui.reader.article.syntax import Colours

KEPT_STRIPS = 256  # eight screens; each strip takes some kilobytes


class Opening(Struct, frozen=True):
    """The lines of the screen on which an article opens, the first of them, and its progress."""

    strips: list[Strip]
    top: int
    progress: float


class RowRenderer:
    """The lines of the screen as strips.

    Textual has a cache of lines too, but by their place on the screen, so that each
    scroll empties it. This one knows a line by what is on it: its row, its part of
    the scene, how far it is scrolled sideways, and whether its code has colours.
    `code` has the colours of blocks of code, `pictures` returns the cells of drawn
    pictures in a layout, `blender` the styles of the theme.
    """

    def __init__(
        self,
        viewport: Viewport,
        code: Mapping[int, "Colours"],
        pictures: Callable[[PageLayout], Mapping[int, PictureRows]],
        blender: Callable[[], StyleBlender],
    ) -> None:
        self._viewport = viewport
        self._code = code
        self._pictures = pictures
        self._make_blender = blender
        self._blender: StyleBlender | None = None
        self._painter: Painter | None = None
        self._strips: LRUCache[object, Strip] = LRUCache(KEPT_STRIPS)
        self._filters: tuple[LineFilter, ...] = ()  # which all kept strips have been through

    def reset(self) -> None:
        """Forget all strips, because the layout is another."""
        self._painter = None

    def reset_styles(self) -> None:
        """Forget strips and styles, because the theme is another."""
        self._painter = self._blender = None

    @property
    def painter(self) -> Painter:
        """A painter for the present width, which the layout may not have heard of yet."""
        painter = self._painter
        if painter is None or painter.width != self._viewport.size.width:
            self._strips.clear()
            layout = self._viewport.layout
            pictures = self._pictures(layout)
            painter = self._painter = Painter(
                layout, self._styles, self._canvas, colours=self._code, pictures=pictures
            )
        return painter

    @property
    def _styles(self) -> StyleBlender:
        if self._blender is None:
            self._blender = self._make_blender()
        return self._blender

    @property
    def _canvas(self) -> Canvas:
        return Canvas(self._viewport.left, self._viewport.size.width)

    def strips(self, scene: Scene, lines: range, filters: "Sequence[LineFilter]") -> list[Strip]:
        """Return lines of the screen, from 0, as wide as the screen."""
        painter, viewport = self.painter, self._viewport
        if filters != self._filters:
            self._filters = tuple(filters)
            self._strips.clear()
        top = viewport.top
        marked = _line_of_progress(top, viewport.progress, viewport.size.height)
        return [self._strip(painter, scene, top + y, has_progress=top + y == marked) for y in lines]

    def opening(self, highlights: Highlights[PaintedMark]) -> Opening:
        """Return the screen as it will be when the article is opened at its present place."""
        viewport, height = self._viewport, self._viewport.size.height
        layout = Layout(viewport.article, viewport.layout.width, measure=cell_len)
        first = viewport.first_offset
        last = max(0, layout.height - height)
        top = min(layout.settle(layout.place(first).line if first else 0, height), last)
        progress = top / last if last else 1.0
        painter = Painter(layout, self._styles, self._canvas)
        scene, marked = Scene(highlights), _line_of_progress(top, progress, height)
        strips = []
        for line in range(top, top + height):
            row = layout.row(line)
            overlay = replace(scene.over(row), has_progress=line == marked)
            strips.append(painter.strip(row, overlay))
        return Opening(strips, top, progress)

    def _strip(self, painter: Painter, scene: Scene, line: int, *, has_progress: bool) -> Strip:
        layout = self._viewport.layout
        row = layout.row(line)
        overlay = scene.over(row)
        if has_progress:
            overlay = replace(overlay, has_progress=True)
        if overlay.caret and layout.place(overlay.caret.start).line != line:
            overlay = replace(overlay, caret=None)  # it is at the start of the next line
        shift = self._viewport.shift(row.block)
        key = (row, overlay, shift, row.block in self._code)
        strip = self._strips.get(key)
        if strip is None:
            strip = painter.strip(row, overlay, shift)
            for line_filter in self._filters:
                strip = strip.apply_filter(line_filter, painter.background)
            self._strips[key] = strip
        return strip


def _line_of_progress(top: int, progress: float, height: int) -> int:
    """Return the line that has the sign of progress at its end."""
    return top + round(progress * (height - 1))
