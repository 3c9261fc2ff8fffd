"""The layout of an article: the lines that its text takes at a given width.

`Layout` maps lines to text and text to cells. Short articles are laid out at once.
A long one would take too long for the first frame, so its blocks are laid out only
when their lines are needed, and until then their heights are estimated from the
number of characters: about 0.93 of each line is filled. `settle` lays out the
neighbourhood of a line, so that no estimate is within two screens of the reader,
and returns where the line is now.

Heights are kept in a `HeightIndex`, a list with sums over chunks of 128 blocks
(square-root decomposition). To find the block on a line, or the line of a block,
takes a binary search and a sum over one chunk; to correct a height changes one chunk
and its running totals. For the 10,000 blocks of a long book that is about 200 steps
instead of 10,000.
"""

import sys
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from itertools import accumulate, pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from annotator.model import Article, Block, Span
from annotator.model.labels import long_date
from annotator.reading.layout import block_layout
from annotator.reading.layout.prose_layout import Decorations
from annotator.reading.layout.row import Decoration, Fragment, TextRow
from annotator.reading.layout.table_layout import BlockLayout
from annotator.reading.layout.text_width import Measure, Measured, cell_width

if TYPE_CHECKING:
    from annotator.reading.layout.visual_order import VisualOrder

NARROWEST = 8  # cells; a narrower page is laid out as if it had so many
LAID_AT_ONCE = 400_000  # characters, some 65,000 words: a hundredth of a second
LINE_START, LINE_END = -sys.maxsize, sys.maxsize  # columns, whatever the order of the letters
SETTLED_SCREENS = 2  # screens on each side that are exact, for scrolling and jumps
SPACED_LEVELS = 2  # levels of headings, from the highest, with a second blank line above
FILL = 0.93  # the share of its lines that an average paragraph fills
CHUNK = 128  # heights that are summed; about the square root of the blocks of a long book
_BETWEEN_FACTS = " · "


class Cell(Struct, frozen=True):
    """A cell of the page: its line from the top, its column from the left edge of the text."""

    line: int
    column: int


class Layout:
    """The lines of an article at one width, in cells.

    `pictures` gives the columns and lines of images that are drawn, by the index of
    their block. An article of more than `laid_at_once` characters is laid out only
    near the lines for which `settle` is called.
    """

    def __init__(
        self,
        article: Article,
        width: int,
        *,
        measure: Measure = cell_width,
        laid_at_once: int = LAID_AT_ONCE,
        folds_code: bool = False,
        pictures: Mapping[int, tuple[int, int]] = MappingProxyType({}),
        order: "VisualOrder | None" = None,
    ) -> None:
        self.article, self.order = article, order
        self.width = max(NARROWEST, width)
        self.folds_code = folds_code
        self._pictures = pictures
        self._measure = measure
        self._markers = block_layout.markers(article.blocks)
        self.top_level = min(
            (block.level for block in article.blocks if block.kind == "heading"), default=1
        )
        self._gaps = _gaps(article.blocks, self.top_level)
        self._masthead = _masthead_rows(article, self.width, measure)
        self._laid: list[BlockLayout | None] = [None] * len(article.blocks)
        self.is_exact = len(article.text) <= laid_at_once
        heights = map(self._first_height, range(len(article.blocks)))
        self._heights = HeightIndex([len(self._masthead), *heights])

    @property
    def height(self) -> int:
        """The number of lines of the article, partly estimated for a long one."""
        return self._heights.total

    def row(self, line: int) -> TextRow:
        """Return a line, its fragments in code points of the article; empty below the last."""
        if not 0 <= line < self.height:
            return TextRow()
        index, below = self._find(line)
        if index < 0:
            return self._masthead[below]
        if below < 0:
            bars = _bars_above(self.article.blocks, index, self.width, self._measure)
            return TextRow((), bars, index)
        start, block = self.article.starts[index], self.block(index)
        if below >= block.height:  # its height was estimated too high
            return TextRow((), (), index)
        row = block.row(below)
        moved = tuple(Fragment(f.start + start, f.end + start, f.column) for f in row.fragments)
        return replace(row, fragments=moved, block=index)

    def place(self, offset: int) -> Cell:
        """Return the cell of the grapheme at `offset`; between blocks, of the end of the first."""
        if not self.article.blocks:
            return Cell(0, 0)
        index = self.article.block_at(offset)
        block = self.block(index)
        line, column = block.place(offset - self.article.starts[index])
        cell = Cell(max(0, min(self._top(index) + line, self.height - 1)), column)
        return self.order.place(self, offset, cell) if self.order else cell

    def offset_at(self, place: Cell) -> int:
        """Return the start of the grapheme that covers a cell, or of the nearest one."""
        if not self.article.blocks:
            return 0
        index, below = self._find(max(0, min(place.line, self.height - 1)))
        if index < 0:
            return 0
        if self.order and abs(place.column) < LINE_END:
            drawn = self.order.offset_at(self, place)
            if drawn is not None:
                return drawn
        start = self.article.starts[index]
        return start + self.block(index).offset_at(max(0, below), place.column)

    def grapheme(self, offset: int) -> tuple[int, int]:
        """Return the start and end of the grapheme at `offset`."""
        index = self.article.block_at(offset)
        start = self.article.starts[index]
        first, last = self.text_of(index).grapheme(offset - start)
        return first + start, last + start

    def text_of(self, index: int) -> Measured:
        """Return the measured text of a block."""
        return self.block(index).text

    def first_line(self, index: int) -> int:
        """Return the first line of a block, counting the blank lines above it."""
        return self._heights.top(index + 1) if index < len(self._laid) else self.height

    def lines_of(self, span: Span) -> range:
        """Return the lines of a passage; all lines of a table, whose cells are side by side."""
        if not self.article.blocks:
            return range(0)
        first, last = (
            self._line(offset, side) for side, offset in enumerate((span.start, span.end))
        )
        return range(first, max(first, last) + 1)

    def settle(self, line: int, screen: int) -> int:
        """Lay out the blocks near `line` for a screen of so many lines; return the line's place.

        Blocks above may turn out higher or lower than estimated, which moves the line.
        """
        if self.is_exact or not self.article.blocks:
            return line
        index, below = self._find(max(0, min(line, self.height - 1)))
        self._settle_neighbours(max(0, index), below, screen * SETTLED_SCREENS)
        if index < 0:
            return line
        return self._top(index) + min(below, max(0, self.block(index).height - 1))

    def _line(self, offset: int, side: int) -> int:
        index = self.article.block_at(max(0, offset - side))
        block = self.block(index)
        if self.article.blocks[index].kind == "table":
            return self._top(index) + side * (block.height - 1)
        return self.place(offset).line

    def _settle_neighbours(self, index: int, below: int, around: int) -> None:
        """Lay out the blocks within `around` lines of the line `below` the top of a block."""
        for blocks, seen in (
            (range(index, len(self._laid)), -below),
            (range(index - 1, -1, -1), below),
        ):
            reached = seen
            for at in blocks:
                if reached >= around:
                    break
                self.block(at)
                reached += self._heights[at + 1]

    def block(self, index: int) -> BlockLayout:
        """Return the layout of a block."""
        laid = self._laid[index]
        if laid is None:
            laid = self._lay(index)
            self._heights[index + 1] = self._gaps[index] + laid.height
        return laid

    def _lay(self, index: int) -> BlockLayout:
        block = self.article.blocks[index]
        laid = block_layout.lay_out_block(
            block,
            self.width,
            self._markers[index],
            self._measure,
            folds_code=self.folds_code,
            picture=self._pictures.get(index),
        )
        self._laid[index] = laid
        return laid

    def _first_height(self, index: int) -> int:
        if self.is_exact:
            return self._gaps[index] + self._lay(index).height
        text = self.article.blocks[index].text
        return self._gaps[index] + 1 + text.count("\n") + int(len(text) / (self.width * FILL))

    def _find(self, line: int) -> tuple[int, int]:
        """Return the block on a line (-1 above the first), and the line's offset within it."""
        entry, below = self._heights.find(line)
        return entry - 1, below - (self._gaps[entry - 1] if entry else 0)

    def _top(self, index: int) -> int:
        return self._heights.top(index + 1) + self._gaps[index]


def _bars_above(blocks: tuple[Block, ...], index: int, width: int, measure: Measure) -> Decorations:
    """Return the quotation bars beside the blank lines above a block."""
    bars = block_layout.quote_bars(
        min(map(block_layout.quote_depth, blocks[index - 1 : index + 1])) if index else 0
    )
    if bars and block_layout.is_right_to_left(blocks[index].text):
        return block_layout.mirrored_decorations(bars, width, measure)
    return bars


def _gaps(blocks: tuple[Block, ...], top: int) -> tuple[int, ...]:
    """Return the number of blank lines above each block; `top` is the highest heading level."""
    gaps = [0] if blocks else []
    for above, below in pairwise(blocks):
        is_section = below.kind == "heading" and below.level < top + SPACED_LEVELS
        is_item = below.kind in {"list_item", "footnote"}
        if above.kind == below.kind:
            gaps.append(0 if is_item else 1)
        else:
            gaps.append(2 if is_section else 1)
    return tuple(gaps)


class HeightIndex:
    """The heights of stacked items in lines, from the top, with quick look-up and correction."""

    def __init__(self, heights: Iterable[int]) -> None:
        self._heights = list(heights)
        self._chunks = [
            sum(self._heights[start : start + CHUNK])
            for start in range(0, len(self._heights), CHUNK)
        ]
        self._tops = list(accumulate(self._chunks, initial=0))

    @property
    def total(self) -> int:
        """The sum of all heights."""
        return self._tops[-1]

    def __getitem__(self, index: int) -> int:
        return self._heights[index]

    def __setitem__(self, index: int, height: int) -> None:
        chunk = index // CHUNK
        self._chunks[chunk] += height - self._heights[index]
        self._heights[index] = height
        self._tops = list(accumulate(self._chunks, initial=0))

    def top(self, index: int) -> int:
        """Return the first line of the item at `index`."""
        chunk = index // CHUNK
        return self._tops[chunk] + sum(self._heights[chunk * CHUNK : index])

    def find(self, line: int) -> tuple[int, int]:
        """Return the index of the item on `line`, and the line's distance from its top."""
        chunk = max(0, min(bisect_right(self._tops, line) - 1, len(self._chunks) - 1))
        start = chunk * CHUNK
        tops = list(accumulate(self._heights[start : start + CHUNK], initial=self._tops[chunk]))
        index = max(0, min(bisect_right(tops, line) - 1, len(tops) - 2))
        return start + index, line - tops[index]


def _masthead_rows(article: Article, width: int, measure: Measure) -> tuple[TextRow, ...]:
    """Return the lines above an article: its title, author, site and date; none without a title."""
    if not article.title:
        return ()
    title = block_layout.decoration_lines(article.title, ("title", 0), width, measure)
    on = long_date(article.published).replace(" ", "\xa0")  # keep the date on one line
    about = filter(None, (", ".join(article.byline), article.site_name, on))
    facts = block_layout.decoration_lines(_BETWEEN_FACTS.join(about), ("byline", 0), width, measure)
    lines = (*title, *facts)
    if block_layout.is_right_to_left(article.title):
        lines = tuple(block_layout.mirrored_decorations(line, width, measure) for line in lines)
    line = Decoration("─" * width, 0, "separator")
    return (TextRow(), *(TextRow((), filled) for filled in lines), TextRow((), (line,)), TextRow())
