"""A layout with removed passages shown in place, and with windows on what is wider than the page.

Removed passages take lines but have no offsets: the text of the article is unchanged.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from msgspec.structs import replace

from annotator.model import Removal, Span
from annotator.model.extraction import box_around
from annotator.reading.layout.block_layout import decoration_lines
from annotator.reading.layout.engine import Cell, Layout
from annotator.reading.layout.row import Decoration, Fragment, Role, TextRow
from annotator.reading.layout.table_layout import BlockLayout
from annotator.reading.layout.text_width import Measure, Measured, cell_width

MOST_LINES = 8  # of a removed passage: enough for a paragraph; a menu has a hundred
MOST_CHARACTERS = 4_000  # of a removed passage that are laid out
BAR, CURSOR = "┊", "▌"
TEXT_AT, CURSOR_AT = 2, -2  # cells from the left edge of the text
MORE_LEFT, MORE_RIGHT = "‹", "›"
CONTEXT = 4  # cells that stay visible around the passage that is scrolled to


class InlineRemovals:
    """The lines of a layout with those of removed passages between them.

    It offers the methods of `Layout`. `current` is the index of the removed passage
    that the cursor is on, if it is on one, and those in its box stand out as well; no
    line moves when it changes.
    """

    def __init__(
        self,
        layout: Layout,
        removals: Sequence[Removal],
        *,
        current: int | None = None,
        measure: Measure = cell_width,
    ) -> None:
        self._removals = removals
        self.current = current
        self.article, self.order = layout.article, layout.order
        self.top_level = layout.top_level
        self.width = layout.width
        self._layout = layout
        self._measure = measure
        self._laid: dict[tuple[int, bool, bool], tuple[TextRow, ...]] = {}
        self._heights = [len(self._rows(index)) for index in range(len(removals))]
        self._above = [*accumulate(self._heights, initial=0)]
        self._indices = range(len(removals))

    @property
    def current(self) -> int | None:
        """The index of the removed passage that the cursor is on, None if it is on none."""
        return self._current

    @current.setter
    def current(self, index: int | None) -> None:
        self._current = index
        self._box = range(0) if index is None else box_around(self._removals, index)

    @property
    def height(self) -> int:
        """The number of lines, those of removed passages included."""
        return self._layout.height + self._above[-1]

    def row(self, line: int) -> TextRow:
        """Return a line."""
        index, below = self._find(line)
        return self._layout.row(below) if index is None else self._rows(index)[below]

    def place(self, offset: int) -> Cell:
        """Return the cell of the grapheme at `offset`."""
        place = self._layout.place(offset)
        return Cell(self._outer(place.line), place.column)

    def offset_at(self, place: Cell) -> int:
        """Return the start of the grapheme at a cell; after a removed passage, if it is in one."""
        index, below = self._find(place.line)
        line = below if index is None else self._anchor(index)
        return self._layout.offset_at(Cell(line, place.column))

    def grapheme(self, offset: int) -> tuple[int, int]:
        """Return the start and end of the grapheme at `offset`."""
        return self._layout.grapheme(offset)

    def text_of(self, index: int) -> Measured:
        """Return the measured text of a block."""
        return self._layout.text_of(index)

    def block(self, index: int) -> BlockLayout:
        """Return the layout of a block."""
        return self._layout.block(index)

    def lines_of(self, span: Span) -> range:
        """Return the lines from the first to the last that a passage touches."""
        lines = self._layout.lines_of(span)
        return range(self._outer(lines.start), self._outer(lines[-1]) + 1) if lines else lines

    def lines_of_removed(self, index: int) -> range:
        """Return the lines of a removed passage."""
        start = self._start(index)
        return range(start, start + self._heights[index])

    def removed_at(self, line: int) -> int | None:
        """Return the index of the removed passage on a line, if there is one."""
        return self._find(line)[0]

    def settle(self, line: int, screen: int) -> int:
        """Lay out the blocks near `line`, as `Layout.settle`; return the line's place."""
        index, below = self._find(line)
        if index is None:
            return self._outer(self._layout.settle(below, screen))
        self._layout.settle(self._anchor(index), screen)
        return self._start(index) + below

    def _rows(self, index: int) -> tuple[TextRow, ...]:
        """Return the lines of a removed passage, with an empty one between it and the text."""
        key = index, index in self._box, index == self.current
        if key not in self._laid:
            removal = self._removals[index]
            rows = removed_rows(
                removal, self.width, self._measure, is_in_box=key[1], is_current=key[2]
            )
            self._laid[key] = (*rows, TextRow()) if removal.before == 0 else (TextRow(), *rows)
        return self._laid[key]

    def _anchor(self, index: int) -> int:
        """Return the line of the layout before which a removed passage is shown."""
        return self._layout.first_line(self._removals[index].before)

    def _start(self, index: int) -> int:
        return self._anchor(index) + self._above[index]

    def _outer(self, line: int) -> int:
        """Return the number of a line of the layout among all lines."""
        return line + self._above[bisect_right(self._indices, line, key=self._anchor)]

    def _find(self, line: int) -> tuple[int | None, int]:
        """Return a removed passage and a line within it, or `None` and the line of the layout."""
        reached = bisect_right(self._indices, line, key=self._start)
        index = reached - 1
        if index >= 0 and line < self._start(index) + self._heights[index]:
            return index, line - self._start(index)
        return None, line - self._above[reached]


PageLayout = Layout | InlineRemovals


def removed_rows(
    removal: Removal,
    width: int,
    measure: Measure,
    *,
    is_in_box: bool = False,
    is_current: bool = False,
) -> tuple[TextRow, ...]:
    """Return the lines of a removed passage, with a bar beside it and the reason below."""
    role: Role = "current-removed" if is_in_box else "removed"
    room = max(1, width - TEXT_AT)
    lines = [
        line[0].text
        for text in removal.text[:MOST_CHARACTERS].split("\n")[: MOST_LINES + 1]
        for line in decoration_lines(text, (role, 0), room, measure)
    ]
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], "…"]
    reason = [line[0].text for line in decoration_lines(removal.reason, (role, 0), room, measure)]
    shown: list[tuple[str, Role]] = [(line, role) for line in lines]
    shown += [(line, "removed-reason") for line in reason]
    cursor = (Decoration(CURSOR, CURSOR_AT, "cursor-bar"),) if is_current else ()
    bars = (*cursor, Decoration(BAR, 0, "removed-bar"))
    return tuple(TextRow((), (*bars, Decoration(text, TEXT_AT, role))) for text, role in shown)


def scrolled(layout: PageLayout, row: TextRow, shift: int) -> TextRow:
    """Return a row with its window scrolled `shift` cells to the right.

    A grapheme that an edge would cut is left out.
    """
    laid = layout.block(row.block) if row.window else None
    if row.window is None or laid is None or not laid.overflow:
        return row
    base = layout.article.starts[row.block]
    edges = (row.window[0] + shift, row.window[1] + shift)
    cut = (_part(fragment, laid.text, base, edges) for fragment in row.fragments)
    shown = tuple(replace(fragment, column=fragment.column - shift) for fragment in cut if fragment)
    decorations = [sign for sign in row.decorations if sign.role != "separator"]
    decorations += _lines_between(row, edges, shift)
    ends = [f.column + laid.text.cells(f.start - base, f.end - base) for f in row.fragments]
    if shift and any(fragment.column < edges[0] for fragment in row.fragments):
        decorations.append(Decoration(MORE_LEFT, max(0, row.window[0] - 1), "beyond"))
    if any(end > edges[1] for end in ends):
        decorations.append(Decoration(MORE_RIGHT, row.window[1], "beyond"))
    return replace(row, fragments=shown, decorations=tuple(decorations))


def overflow_of(layout: PageLayout, block: int) -> int:
    """Return the number of cells that a block can scroll; 0 if it fits."""
    return layout.block(block).overflow if layout.article.blocks else 0


def shift_to_show(layout: PageLayout, span: Span, shift: int) -> int:
    """Return the shift nearest to `shift` that shows a passage, or its start if it is too long."""
    start = layout.place(span.start)
    row = layout.row(start.line)
    if row.window is None:
        return 0
    left, right = row.window
    end = layout.place(max(span.start, span.end - 1))
    last = end.column if end.line == start.line else start.column
    context = min(CONTEXT, (right - left - 1) // 2)
    if last + 1 + context > right + shift:
        shift = last + 1 + context - right
    if start.column - context < left + shift:
        shift = start.column - context - left
    return max(0, min(shift, overflow_of(layout, row.block)))


def _part(fragment: Fragment, text: Measured, base: int, edges: tuple[int, int]) -> Fragment | None:
    """Return the part of a fragment that is entirely between two columns."""
    run = (fragment.start - base, fragment.end - base)
    start, end = run
    width = text.cells(start, end)
    if fragment.column >= edges[1] or fragment.column + max(1, width) <= edges[0]:
        return None
    if fragment.column < edges[0]:
        start, after = text.grapheme(text.at(run, edges[0] - fragment.column))
        if fragment.column + text.cells(run[0], start) < edges[0]:
            start = after
    if fragment.column + width > edges[1]:
        end = text.at(run, edges[1] - fragment.column)
    if start > end or (start == end and width):
        return None
    return Fragment(start + base, end + base, fragment.column + text.cells(run[0], start))


def _lines_between(row: TextRow, edges: tuple[int, int], shift: int) -> list[Decoration]:
    """Return the parts of the lines of a table between two columns."""
    lines = (sign for sign in row.decorations if sign.role == "separator")
    return [
        Decoration(sign.text[skipped : edges[1] - sign.column], at - shift, sign.role)
        for sign in lines
        if (skipped := max(0, edges[0] - sign.column)) < len(sign.text)
        and (at := sign.column + skipped) < edges[1]
    ]
