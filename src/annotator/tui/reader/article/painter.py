"""Paints rows of an article, with what lies over the text, as strips of styled cells.

The strips of a viewport are kept while nothing on them changes.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len
from rich.segment import Segment
from textual.cache import LRUCache
from textual.strip import Strip

from annotator.model import Article, Block, Span
from annotator.model.labels import STATUS_GLYPHS
from annotator.reading.layout.engine import Layout
from annotator.reading.layout.page_layout import PageLayout, scrolled
from annotator.reading.layout.prose_layout import TURNOVER
from annotator.reading.layout.row import Fragment, TextRow
from annotator.reading.navigation.article_links import with_hints
from annotator.reading.navigation.highlights import Highlights
from annotator.tui.reader.article.run_styles import RunStyle, StyleBlender
from annotator.tui.reader.article.scene import Overlay, PaintedMark, Scene
from annotator.tui.reader.article.viewport import Viewport

if TYPE_CHECKING:
    from textual.filter import LineFilter

    from annotator.tui.reader.article.syntax import Colours

GLYPHS = 2  # mark signs that fit into the margin
CURSOR_BAR = "▌"
MARK_GOES_ON, CURRENT_GOES_ON = "│", "┃"
NOTE_SIGN, LINK_SIGN = "✎", "⇄"
WORTHY_SIGN = "•"
PROGRESS_SIGN = "▐"

_SUPERSCRIPT = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_SUBSCRIPT = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")

PictureRows = Sequence[Sequence[Segment]]
KEPT_STRIPS = 256  # eight screens; each strip takes some kilobytes


class Canvas(Struct, frozen=True):
    """The screen in cells: the column at which the text begins, and the width."""

    left: int
    width: int


class Painter:
    """Paints the rows of one layout in one theme."""

    def __init__(
        self,
        layout: PageLayout,
        styles: StyleBlender,
        canvas: Canvas,
        *,
        colours: Mapping[int, "Colours"] = MappingProxyType({}),
        pictures: Mapping[int, PictureRows] = MappingProxyType({}),
    ) -> None:
        self._pictures, self._order = pictures, layout.order
        self._layout = layout
        self._colours = colours
        self._styles = styles
        self._canvas = canvas
        self.width = canvas.width
        self.background = styles.background

    def strip(self, row: TextRow, overlay: Overlay, shift: int = 0) -> Strip:
        """Return a row with its overlay, as wide as the screen.

        `shift` is the number of cells by which code or a wide table is scrolled
        to the right.
        """
        shown = scrolled(self._layout, row, shift)
        if overlay.hints:
            text, base = self._layout.text_of(row.block), self._layout.article.starts[row.block]
            shown = with_hints(shown, overlay.hints, text, base)
        pieces = [*self._margin(row, overlay), *self._signs(shown)]
        for fragment in shown.fragments:
            pieces += self._runs(row, fragment, overlay)
        pieces += self._right_margin(row, overlay)
        return self._joined(pieces, self._panel(row))

    def of(self, article: Article) -> tuple[Layout, "Painter"]:
        """Return a layout of another text at the same width, and a painter for it."""
        layout = Layout(article, self._layout.width, measure=cell_len, order=self._order)
        return layout, Painter(layout, self._styles, self._canvas)

    def _margin(self, row: TextRow, overlay: Overlay) -> Iterator[tuple[int, Segment]]:
        at = self._canvas.left - 2
        sentence = overlay.sentence
        if sentence and any(_meets(sentence, fragment) for fragment in row.fragments):
            yield at, Segment(CURSOR_BAR, self._styles.sign("cursor-bar"))
        elif overlay.is_worthy:
            yield at, Segment(WORTHY_SIGN, self._styles.sign("worthy"))
        marks = overlay.marks[: min(GLYPHS, at)]
        beside = at - len(marks)  # the column of the first status, if they all fit
        has_room = beside >= len(marks)
        for mark in marks:
            at -= 1
            is_current = mark.id == overlay.current
            if not any(f.start <= mark.span.start < f.end for f in row.fragments):
                sign = CURRENT_GOES_ON if is_current else MARK_GOES_ON
                yield at, Segment(sign, self._styles.glyph(mark.colour, is_current=False))
                continue
            style = self._styles.glyph(mark.colour, is_current=is_current)
            if mark.status is None:
                yield at, Segment(mark.glyph, style)
                continue
            status = STATUS_GLYPHS[mark.status]
            status_style = self._styles.sign(f"status-{mark.status}")
            if has_room:
                beside -= 1
                yield beside, Segment(status, status_style)
                yield at, Segment(mark.glyph, style)
            else:  # it says more than the kind, which the colour of the mark tells as well
                yield at, Segment(status, style if is_current else status_style)

    def _signs(self, row: TextRow) -> Iterator[tuple[int, Segment]]:
        panel = self._panel(row)
        for sign in row.decorations:
            at = self._canvas.left + sign.column
            if sign.role == "picture":
                yield from _side_by_side(at, self._pictures[row.block][sign.line])
                continue
            ground = ("code-block",) if at in panel else ()
            words = self._order.words(sign.text) if self._order else sign.text
            yield at, Segment(words, self._styles.style(RunStyle((*ground, sign.role))))

    def _right_margin(self, row: TextRow, overlay: Overlay) -> Iterator[tuple[int, Segment]]:
        last = self._canvas.width - 1
        ending = [
            m for m in overlay.marks if any(f.start < m.span.end <= f.end for f in row.fragments)
        ]
        noted = next(((NOTE_SIGN, m.colour) for m in ending if m.has_note), None)
        linked = next(((LINK_SIGN, m.colour) for m in ending if m.has_links), None)
        signs = [sign for sign in (noted, linked) if sign]
        left = min(self._canvas.left + self._layout.width + 1, last - len(signs))
        for at, (sign, colour) in enumerate(signs, left):
            yield at, Segment(sign, self._styles.glyph(colour, is_current=False))
        if overlay.has_progress:
            yield last, Segment(PROGRESS_SIGN, self._styles.sign("progress"))

    def _runs(
        self, row: TextRow, fragment: Fragment, overlay: Overlay
    ) -> Iterator[tuple[int, Segment]]:
        block = self._layout.article.blocks[row.block]
        base = self._layout.article.starts[row.block]
        text = self._layout.text_of(row.block)
        parts = style_names(block, row, top_level=self._layout.top_level)
        layers = [
            *(
                _Layer(mark.span.moved(base), part=mark.kind.replace("_", "-"))
                for mark in block.marks
            ),
            *self._colour_layers(row.block, fragment, base),
            *_overlay_layers(overlay),
        ]
        ends = {part.end for part in row.fragments}
        touching = [layer for layer in layers if _meets(layer.span, fragment)]
        glyphs = self._order.glyphs(self._layout, row.block, fragment) if self._order else ()
        for start, end in pairwise(self._cuts(fragment, touching)):
            style = _run_style(parts, touching, (start, end), overlay.current)
            for glyph in glyphs:
                if start <= glyph.start < end:
                    shown = script_chars(glyph.shown, style.parts)
                    column = self._canvas.left + glyph.column
                    yield column, Segment(shown, self._styles.style(style))
            if glyphs:
                continue
            at = fragment.column + text.cells(fragment.start - base, start - base)
            shown = script_chars(text.shown[start - base : end - base], style.parts)
            yield self._canvas.left + at, Segment(shown, self._styles.style(style))
        caret = overlay.caret
        if caret is not None and caret.start == fragment.end and fragment.end in ends:
            at = fragment.column + text.cells(fragment.start - base, fragment.end - base)
            at = self._layout.place(fragment.end).column if glyphs else at
            yield (
                self._canvas.left + at,
                Segment(" ", self._styles.style(RunStyle(parts, (), ("caret",)))),
            )

    def _colour_layers(self, block: int, fragment: Fragment, base: int) -> Iterator["_Layer"]:
        colours = self._colours.get(block)
        if colours is not None:
            for start, end, part in colours.within(fragment.start - base, fragment.end - base):
                yield _Layer(Span(start + base, end + base), part=part)

    def _cuts(self, fragment: Fragment, layers: Iterable["_Layer"]) -> list[int]:
        """Return the offsets at which the style may change, never inside a grapheme."""
        inside = {fragment.start, fragment.end}
        for layer in layers:
            for end in (layer.span.start, layer.span.end):
                if fragment.start < end < fragment.end:
                    inside.add(self._layout.grapheme(end)[0])
        return sorted(cut for cut in inside if cut >= fragment.start)

    def _panel(self, row: TextRow) -> range:
        """Return the columns of the screen with the background of code, if it is a row of code."""
        if row.window is None or self._layout.article.blocks[row.block].kind != "code":
            return range(0)
        left = self._canvas.left
        return range(left + row.window[0] - TURNOVER, left + self._layout.width)

    def _joined(self, pieces: Iterable[tuple[int, Segment]], panel: range) -> Strip:
        """Return the pieces at their columns, with the page or the panel between them."""
        segments: list[Segment] = []
        at = 0
        for column, segment in sorted(pieces, key=lambda piece: piece[0]):
            segments += self._blank(at, column, panel)
            segments.append(segment)
            at = max(at, column) + cell_len(segment.text)
        segments += self._blank(at, self._canvas.width, panel)
        return Strip(segments, max(at, self._canvas.width))

    def _blank(self, start: int, end: int, panel: range) -> Iterator[Segment]:
        inner = range(max(start, panel.start), min(end, panel.stop))
        parts = (
            (inner.start - start if inner else end - start, ""),
            (len(inner), "code-block"),
            (end - inner.stop if inner else 0, ""),
        )
        for width, part in parts:
            if width > 0:
                yield Segment(" " * width, self._styles.style(RunStyle((part,) if part else ())))


def _side_by_side(at: int, segments: Iterable[Segment]) -> Iterator[tuple[int, Segment]]:
    for segment in segments:
        yield at, segment
        at += cell_len(segment.text)


class _Layer(Struct, frozen=True):
    """A style that holds for a span of the text: of the article, a mark or a cursor."""

    span: Span
    part: str = ""
    state: str = ""
    mark: PaintedMark | None = None


def _overlay_layers(overlay: Overlay) -> Iterator[_Layer]:
    for mark in overlay.marks:
        yield _Layer(mark.span, part="guest" if mark.is_guest else "", mark=mark)
    for match in overlay.matches:
        state = "current-match" if match == overlay.current_match else "match"
        yield _Layer(match, state=state)
    named = {"sentence": overlay.sentence, "selection": overlay.selection, "caret": overlay.caret}
    for state, span in named.items():
        if span is not None:
            yield _Layer(span, state=state)


def _run_style(
    parts: tuple[str, ...], layers: list[_Layer], run: tuple[int, int], current: str | None
) -> RunStyle:
    start, end = run
    here = [layer for layer in layers if layer.span.start < end and layer.span.end > start]
    marks = [layer.mark for layer in here if layer.mark is not None]
    return RunStyle(
        (*parts, *[layer.part for layer in here if layer.part]),
        tuple([mark.colour for mark in marks if not mark.is_guest]),
        tuple([layer.state for layer in here if layer.state]),
        is_current=current in [mark.id for mark in marks],
    )


def _meets(span: Span, fragment: Fragment) -> bool:
    return span.start < fragment.end and span.end > fragment.start


def style_names(block: Block, row: TextRow, *, top_level: int = 1) -> tuple[str, ...]:
    """Return the names of the styles of a block's text, outermost first.

    `top_level` is the highest level of the article's headings; they are styled
    relative to it, because many articles begin with a third-level heading.
    """
    quoted = ("quote",) if block.quote_depth or block.kind == "quote" else ()
    if block.kind == "heading":
        return (*quoted, f"heading-{min(max(block.level - top_level, 0), 3) + 1}")
    if row.is_header:
        return (*quoted, "table-header")
    named = {"code": "code-block", "image": "caption", "footnote": "footnote", "embed": "quote"}
    return (*quoted, named[block.kind]) if block.kind in named else quoted


def script_chars(text: str, parts: tuple[str, ...]) -> str:
    """Return digits as superscript or subscript characters, so that 10² does not read as 102."""
    if "superscript" in parts or "footnote-reference" in parts:
        return text.translate(_SUPERSCRIPT)
    return text.translate(_SUBSCRIPT) if "subscript" in parts else text


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
