"""The part of an article that the screen shows: its layout, its top line, and what is scrolled."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from rich.cells import cell_len
from textual.geometry import Offset, Region, Size

from annotator.model import Article, Removal, Span
from annotator.reading.layout.block_layout import is_right_to_left
from annotator.reading.layout.engine import LINE_END, LINE_START, Cell, Layout
from annotator.reading.layout.page_layout import (
    InlineRemovals,
    PageLayout,
    overflow_of,
    shift_to_show,
)
from annotator.reading.layout.row import TextRow

if TYPE_CHECKING:
    from annotator.reading.layout.visual_order import VisualOrder

WIDE = 60  # cells of a screen from which the margin has room for the signs of two marks
MARGINS = (4, 3)  # cells left of the text on a wide and a narrow screen: signs, cursor bar, a space
RIGHT_MARGIN = 3  # for a caret behind a full line, the sign of a note, and the progress
CONTEXT = 2  # lines that stay visible around a place that is brought into view
JUMP_SHARE = 4  # a far jump puts its target a quarter down the screen, below what leads up to it
STEP = 8  # cells of a horizontal scroll: a word, or a level or two of code
PICTURE_SHARE = 0.7  # of the screen's height, so that caption and text stay in view

EMPTY = Article("", "", "")

PictureSizes = Callable[[int, int], Mapping[int, tuple[int, int]]]


class Window(Protocol):
    """The scrolling widget that a viewport works with. Its top line is the only one there is."""

    @property
    def size(self) -> Size:
        """The size of the screen in cells."""

    @property
    def scroll_offset(self) -> Offset:
        """The scroll position of the widget."""

    @property
    def max_scroll_y(self) -> int:
        """The last line that can be at the top."""

    def set_height(self, lines: int) -> None:
        """Set how many lines there are to scroll through."""

    def scroll_to_line(self, line: int) -> None:
        """Scroll a line to the top, or as near to it as possible."""


class Viewport:
    """An article laid out for a window, and what of it the window shows.

    `picture_sizes` returns the columns and lines of each drawn picture, by block,
    for a width and a greatest height. `changed` is called with the passage that
    must be drawn again, or with `None` when everything must.
    """

    def __init__(
        self,
        window: Window,
        width: int,
        picture_sizes: PictureSizes,
        changed: Callable[[Span | None], None],
    ) -> None:
        self.article = EMPTY
        self.layout: PageLayout = Layout(EMPTY, width)
        self.first_offset = 0  # of the text at the top, which a new width keeps there
        self._is_placed = False  # whether the window shows that
        self._window = window
        self._column = width
        self._picture_sizes = picture_sizes
        self._sizes: Mapping[int, tuple[int, int]] = {}
        self._changed = changed
        self._shifts: Counter[int] = Counter()  # cells scrolled to the right, by block
        self._folds_code = False
        self.order: VisualOrder | None = None  # of letters, if the terminal does not know it
        self._removals: Sequence[Removal] = ()
        self._shows_removals = False

    # laying out

    def open(self, article: Article, offset: int, removals: Sequence[Removal]) -> None:
        """Show an article with `offset` on its top line."""
        self.article, self.first_offset, self._removals = article, offset, removals
        self._shifts.clear()
        self.layout, self._is_placed = self._lay_out(self.layout.width), False
        self.fit()

    def set(self, width: int, order: "VisualOrder | None") -> None:
        """Set the text in lines of at most `width` cells, the letters in an order."""
        is_other = self.order is not order
        self._column, self.order = width, order
        self.fit(again=is_other)

    def fit(self, *, again: bool = False) -> None:
        """Lay the article out for the size of the window, with the same text at the top.

        With `again` that happens even if the width stays as it is.
        """
        if not self.size.width:
            return
        first = self.first_offset
        if again or self._sizes or self.layout.width != self._width:
            self._shifts.clear()
            self.layout = self._lay_out(self._width)
            self._is_placed = False
        self._changed(None)
        if self._is_placed:
            self.scroll_to(self.top)
        else:
            self.scroll_to(self.layout.place(first).line if first else 0)
            self.first_offset, self._is_placed = first, True

    def toggle_code_folding(self) -> None:
        """Fold long lines of code, or let them run on again."""
        self._folds_code = not self._folds_code
        self.fit(again=True)

    def _lay_out(self, width: int) -> PageLayout:
        self._sizes = self._picture_sizes(width, max(1, round(self.size.height * PICTURE_SHARE)))
        layout = Layout(
            self.article,
            width,
            measure=cell_len,
            folds_code=self._folds_code,
            pictures=self._sizes,
            order=self.order,
        )
        if not self.shows_removals:
            return layout
        current = self.layout.current if isinstance(self.layout, InlineRemovals) else None
        if current is not None:
            current = min(current, len(self._removals) - 1)
        return InlineRemovals(layout, self._removals, current=current, measure=cell_len)

    # the screen

    @property
    def size(self) -> Size:
        """The size of the window in cells."""
        return self._window.size

    @property
    def top(self) -> int:
        """The line at the top of the window."""
        return self._window.scroll_offset.y

    @property
    def left(self) -> int:
        """The column of the window at which the text begins."""
        room = self.size.width - self._margin - RIGHT_MARGIN - self.layout.width
        return self._margin + max(0, room) // 2

    @property
    def _width(self) -> int:
        return min(self._column, self.size.width - self._margin - RIGHT_MARGIN)

    @property
    def _margin(self) -> int:
        return MARGINS[0] if self.size.width >= WIDE else MARGINS[1]

    def offset_of_line(self, line: int) -> int:
        """Return the offset of a line of the layout, or of the last one if there are fewer."""
        return self.layout.offset_at(Cell(max(0, line), LINE_START))

    @property
    def progress(self) -> float:
        """The share of the article that has been scrolled through, from 0 to 1."""
        last = self._window.max_scroll_y
        return min(1.0, self.top / last) if last else 1.0

    @property
    def visible(self) -> Span:
        """The text on the screen."""
        start = self.layout.offset_at(Cell(self.top, LINE_START))
        last = self.layout.offset_at(Cell(self.top + self.size.height, LINE_END))
        return Span(min(start, last), max(start, last))

    def rows(self) -> Iterator[tuple[int, TextRow]]:
        """Yield the lines of the screen, counted from 0, with their rows."""
        top = self.top
        for y in range(self.size.height):
            yield y, self.layout.row(top + y)

    def region(self, span: Span) -> Region | None:
        """Return the lines of the screen that show a passage; `None` if none does."""
        lines, top = self.layout.lines_of(span), self.top
        first, last = max(lines.start, top), min(lines.stop, top + self.size.height)
        return Region(0, first - top, self.size.width, last - first) if first < last else None

    def place_at(self, x: int, y: int) -> Cell:
        """Return the place in the layout below a cell of the screen."""
        line = self.top + y
        row = self.layout.row(line)
        shift = self._shifts[row.block] if row.window else 0
        return Cell(line, x - self.left + shift)

    def cell_of(self, offset: int) -> Offset:
        """Return the cell of the window that shows a letter, if it is on the screen."""
        place = self.layout.place(offset)
        row = self.layout.row(place.line)
        shift = self._shifts[row.block] if row.window else 0
        return Offset(self.left + place.column - shift, place.line - self.top)

    def runs_left(self, offset: int) -> bool:
        """Return whether the text at a place is drawn from right to left by the program."""
        if self.order is None or not self.article.blocks:
            return False
        return is_right_to_left(self.article.blocks[self.article.block_at(offset)].text)

    def is_text_at(self, x: int, y: int) -> bool:
        """Return whether a cell is on a line with text, or in the margin beside one."""
        place = self.place_at(x, y)
        return bool(self.layout.row(place.line).fragments) and place.column >= -self._margin

    def is_letter_at(self, offset: int, x: int, y: int) -> bool:
        """Return whether a cell shows the letter at `offset`, or the label of a note before it."""
        place, under = self.layout.place(offset), self.place_at(x, y)
        if place.line != under.line:
            return False
        first, last = self.layout.grapheme(offset)
        block = self.article.block_at(offset)
        start = self.article.starts[block]
        width = self.layout.text_of(block).cells(first - start, last - start)
        is_behind = under.column >= place.column or self.order is None
        return is_behind and under.column < place.column + width

    def nearest_image(self, offset: int | None) -> int | None:
        """Return the image on the screen that is nearest to `offset`, or to the middle."""
        blocks = self.article.blocks
        return self._nearest(
            lambda row: row.block >= 0 and blocks[row.block].kind == "image", offset
        )

    def _nearest(self, is_wanted: Callable[[TextRow], bool], offset: int | None) -> int | None:
        """Return the block of the nearest row that is wanted, of those on the screen."""
        middle = self.size.height // 2
        if offset is not None:
            middle = self.layout.place(offset).line - self.top
        blocks = [(abs(y - middle), row.block) for y, row in self.rows() if is_wanted(row)]
        return min(blocks)[1] if blocks else None

    # scrolling

    def settle(self, line: int) -> int:
        """Lay out what is near `line` exactly, and return where that line is then.

        The heights of a long article are estimated until they are needed.
        """
        settled = self.layout.settle(line, self.size.height)
        self._window.set_height(self.layout.height)
        return settled

    def scroll_to(self, line: int) -> None:
        """Scroll a line to the top."""
        self._window.scroll_to_line(self.settle(line))

    def scroll_by(self, lines: int) -> None:
        """Scroll down, or up if `lines` is negative."""
        self._window.scroll_to_line(self.top + lines)

    def scroll_to_edge(self, side: int) -> None:
        """Scroll to the start of the article, or to its end if `side` is positive."""
        self.settle(self.layout.height if side > 0 else 0)
        self._window.scroll_to_line(self.layout.height if side > 0 else 0)

    def scroll_to_percent(self, percent: int) -> None:
        """Scroll a share of the article to the top."""
        self.settle(self.layout.height)
        self.scroll_to(self.layout.height * min(percent, 100) // 100)

    def after_scroll(self) -> bool:
        """Adapt to a window that was scrolled; return whether it is where it should be.

        If lines above turn out higher or lower than estimated, the window is
        scrolled once more, to where the text at its top is now.
        """
        line = self.top
        settled = self.settle(line)
        if settled != line:
            self._window.scroll_to_line(settled)
            return False
        self.first_offset = self.layout.offset_at(Cell(line, LINE_START)) if line else 0
        return True

    def reveal(self, span: Span) -> None:
        """Bring a passage into view, in code and wide tables by horizontal scrolling too."""
        if not self._is_placed or self.layout.width != self._width:
            self.fit()  # the article is opened at this passage, before the window tells its size
        self.settle(self.layout.lines_of(span).start)
        self._reveal_lines(self.layout.lines_of(span))
        if self.article.blocks:
            block = self.article.block_at(span.start)
            if overflow_of(self.layout, block):
                self._shift(block, shift_to_show(self.layout, span, self._shifts[block]))

    def reveal_block(self, block: int) -> None:
        """Scroll as little as possible to show a block, its first line at least."""
        laid = self.layout.block(block)
        top = self.layout.place(self.article.starts[block]).line - laid.place(0)[0]
        line = min(max(self.top, top + laid.height - self.size.height), top)
        if line != self.top:
            self.scroll_to(max(0, line))

    def _reveal_lines(self, lines: range) -> None:
        """Scroll as little as possible to show lines in their context, unless they are far off."""
        top, height = self.top, self.size.height
        context = min(CONTEXT, max(0, height - 1) // 2)
        first, last = lines.start - context, lines.stop + context - height
        if not top - height < lines.start < top + 2 * height:
            self.scroll_to(max(0, lines.start - height // JUMP_SHARE))
        elif first < top:
            self.scroll_to(max(0, first))
        elif last > top:
            self.scroll_to(min(first, last))

    def shift(self, block: int) -> int:
        """Return how many cells a block is scrolled to the right."""
        return self._shifts[block]

    def scroll_sideways(self, steps: int, offset: int | None) -> None:
        """Scroll the code or table that is nearest to `offset`, or to the middle of the screen."""
        block = self._nearest(
            lambda row: bool(row.window and overflow_of(self.layout, row.block)), offset
        )
        if block is not None:
            shift = self._shifts[block] + STEP * steps
            self._shift(block, max(0, min(shift, overflow_of(self.layout, block))))

    def _shift(self, block: int, shift: int) -> None:
        if shift != self._shifts[block]:
            self._shifts[block] = shift
            self._changed(self.article.span_of(block))

    # removed passages

    @property
    def shows_removals(self) -> bool:
        """Whether removed passages are shown in the text; false if there are none."""
        return self._shows_removals and bool(self._removals)

    @property
    def current_removal(self) -> int | None:
        """The index of the removed passage that keys act on, while it is on the screen."""
        layout = self.layout
        if not isinstance(layout, InlineRemovals) or layout.current is None:
            return None
        lines = layout.lines_of_removed(layout.current)
        is_visible = lines.start < self.top + self.size.height and lines.stop > self.top
        return layout.current if is_visible else None

    def toggle_removals(self) -> bool:
        """Show removed passages in the text or hide them; return whether there are any."""
        if self._removals:
            self._shows_removals = not self._shows_removals
            self.fit(again=True)
        return bool(self._removals)

    def removal_at(self, y: int) -> int | None:
        """Return the index of the removed passage on a line of the screen."""
        layout = self.layout
        return layout.removed_at(self.top + y) if isinstance(layout, InlineRemovals) else None

    def step_removal(self, count: int) -> None:
        """Go to the removed passage `count` further on, from the current one or the top line."""
        layout = self.layout
        if not isinstance(layout, InlineRemovals):
            return
        index = self.current_removal
        if index is None:
            indices = range(len(self._removals))
            above = sum(layout.lines_of_removed(removal).start < self.top for removal in indices)
            index = above - 1 if count > 0 else above
        self._go_to_removal(layout, max(0, min(index + count, len(self._removals) - 1)))

    def offset_of_removal(self, index: int) -> int:
        """Return the offset of the text below a removed passage."""
        starts, before = self.article.starts, self._removals[index].before
        return starts[before] if before < len(starts) else len(self.article.text)

    def reveal_removal(self, index: int) -> None:
        """Show removed passages in the text, and go to the one of that index."""
        if not self.shows_removals:
            self.toggle_removals()
        if isinstance(self.layout, InlineRemovals):
            self._go_to_removal(self.layout, index)

    def row_of_removal(self, index: int) -> int:
        """Return the row of the screen on which the text of a removed passage begins."""
        layout = self.layout
        if not isinstance(layout, InlineRemovals):
            return 0
        lines = layout.lines_of_removed(index)
        is_blank = not layout.row(lines.start).decorations  # it is apart from what is above
        return lines.start + is_blank - self.top

    def put_at_row(self, offset: int, row: int) -> None:
        """Scroll so that the text at `offset` is on a row of the screen."""
        self.settle(self.layout.place(offset).line)
        self.scroll_to(max(0, self.layout.place(offset).line - row))

    def put_removal_at_row(self, index: int, row: int) -> None:
        """Scroll so that a removed passage begins on a row of the screen, and choose it."""
        if isinstance(self.layout, InlineRemovals) and index < len(self._removals):
            self.settle(self.layout.lines_of_removed(index).start)
            self.scroll_to(max(0, self.top + self.row_of_removal(index) - row))
            self.choose_removal(index)

    def _go_to_removal(self, layout: InlineRemovals, index: int) -> None:
        self.settle(layout.lines_of_removed(index).start)
        self._reveal_lines(layout.lines_of_removed(index))
        self.choose_removal(index)

    def choose_removal(self, index: int) -> None:
        """Let keys act on the removed passage of that index."""
        if isinstance(self.layout, InlineRemovals):
            self.layout.current = index
            self._changed(None)
