"""The layout of tables: cells wrap in columns, in a window if these are wider than the page.

Columns shrink to the page as long as no word must be broken; a table that would need
that keeps readable columns and scrolls sideways.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from annotator.reading.layout.prose_layout import TURNOVER, Frame, ProseLayout, parts_of, window_on
from annotator.reading.layout.row import Decoration, Fragment, TextRow
from annotator.reading.layout.text_width import Measured, Run

# Compiled when an article has a table.
_NUMBER = r"[-+−±~≈<>]?\s*[$€£¥]?\s*\d[\d\s.,:]*\s*(?:%|[^\W\d_]{1,3})?|[-–—]?"
_WORD = r"[^ ]+"

WIDE_WORD = 8  # cells: four Chinese or Japanese characters on a line read easily

Cells = Sequence[Run]

SEPARATOR = " │ "
SHORT = 14  # cells; a column up to this width is not wrapped if possible
LONGEST_WORD = 20  # cells; a longer word, such as an address, is broken
COMFORTABLE = 30  # cells of a column at most in a table that is wider than the page


class TableLayout(Struct, frozen=True):
    """A table; each line has one run of every cell that is as tall."""

    text: Measured
    rows: tuple[TextRow, ...]
    starts: tuple[int, ...]  # of the fragments in the order of the text
    places: tuple[tuple[int, Fragment], ...]  # the line of each fragment, and the fragment
    overflow: int = 0

    @property
    def height(self) -> int:
        """The number of lines."""
        return len(self.rows)

    def row(self, line: int) -> TextRow:
        """Return a line."""
        return self.rows[line]

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and column of a code point."""
        line, fragment = self.places[max(0, bisect_right(self.starts, offset) - 1)]
        inside = max(fragment.start, min(offset, fragment.end))
        return line, fragment.column + self.text.cells(fragment.start, inside)

    def offset_at(self, line: int, column: int) -> int:
        """Return the start of the grapheme nearest to a cell."""
        nearest = range(max(0, min(line, self.height - 1)), -1, -1)
        fragments = next(self.rows[row].fragments for row in nearest if self.rows[row].fragments)
        before = [fragment for fragment in fragments if fragment.column <= column] or fragments[:1]
        fragment = max(before, key=lambda fragment: fragment.column)
        return self.text.at((fragment.start, fragment.end), column - fragment.column)


# The lines of a block. Offsets count from the block's start, lines from its top.
BlockLayout = ProseLayout | TableLayout


def lay_out_table(text: Measured, frame: Frame, header_rows: int) -> TableLayout:
    """Return the layout of a table, with columns of numbers aligned to the right."""
    rows = _cells(text.shown)
    lines_between = len(SEPARATOR) * (max(map(len, rows)) - 1)
    widths = _widths(text, rows, frame.room - lines_between)
    window, overflow = None, 0
    if sum(widths) + lines_between > frame.room:
        frame = frame.inset(TURNOVER)
        window, overflow = window_on(sum(widths) + lines_between, frame)
    laid = _in_columns(text, frame, rows, (widths, header_rows))
    return grid(text, (replace(row, window=window) for row in laid), overflow)


def grid(text: Measured, rows: Iterable[TextRow], overflow: int = 0) -> TableLayout:
    """Return the layout of a table with these lines."""
    rows = tuple(rows)
    places = [(line, fragment) for line, row in enumerate(rows) for fragment in row.fragments]
    places.sort(key=lambda place: place[1].start)
    starts = tuple(fragment.start for _, fragment in places)
    return TableLayout(text, rows, starts, tuple(places), overflow)


def _cells(text: str) -> list[Cells]:
    """Return the start and end of the cells of each row, without spaces around them."""
    rows: list[Cells] = []
    for start, end in parts_of(text):
        lengths = [len(cell) + 1 for cell in text[start:end].split("\t")]
        starts = accumulate(lengths[:-1], initial=start)
        rows.append(
            [_trimmed(text, at, at + size - 1) for at, size in zip(starts, lengths, strict=True)]
        )
    return rows


def _trimmed(text: str, start: int, end: int) -> Run:
    cell = text[start:end]
    begin = start + len(cell) - len(cell.lstrip(" "))
    return begin, max(begin, start + len(cell.rstrip(" ")))


def _widths(text: Measured, rows: Sequence[Cells], room: int) -> list[int]:
    natural = _widest(rows, lambda cell: text.cells(*cell))
    if sum(natural) <= room:
        return natural
    return fitted(natural, _widest(rows, lambda cell: _longest_word(text, cell)), room)


def _widest(rows: Sequence[Cells], measured: Callable[[Run], int]) -> list[int]:
    """Return the greatest width in each column."""
    widths = [1] * max(map(len, rows))
    for row in rows:
        for index, cell in enumerate(row):
            widths[index] = max(widths[index], measured(cell))
    return widths


def _longest_word(text: Measured, cell: Run) -> int:
    """Return the width of the longest word; words of wide characters may be broken."""
    words = (match.span() for match in re.compile(_WORD).finditer(text.shown, *cell))
    widths = ((text.cells(*word), word[1] - word[0]) for word in words)
    return max((min(w, WIDE_WORD) if w > letters else w for w, letters in widths), default=0)


def _in_columns(
    text: Measured, frame: Frame, rows: Sequence[Cells], shape: tuple[Sequence[int], int]
) -> Iterator[TextRow]:
    widths, header_rows = shape
    columns = list(accumulate((w + len(SEPARATOR) for w in widths), initial=frame.column))
    are_numbers = [_is_numeric(text.shown, rows[header_rows:], i) for i in range(len(widths))]
    bars = tuple(Decoration("│", column - 2, "separator") for column in columns[1:-1])
    beside, is_tall = (*frame.on_each, *bars), False
    for number, row in enumerate(rows):
        cells = [text.wrap(cell, width) for cell, width in zip(row, widths, strict=False)]
        was_tall, is_tall = is_tall, max(map(len, cells)) > 1
        if number == header_rows > 0:
            rule = "─┼─".join("─" * width for width in widths)
            yield TextRow((), (*frame.on_each, Decoration(rule, frame.column, "separator")))
        elif number and (was_tall or is_tall):
            yield TextRow((), beside)  # space around a row of several lines
        for line in range(max(map(len, cells))):
            fragments = tuple(
                Fragment(*run, columns[i] + max(0, right - text.cells(*run)))
                for i, cell in enumerate(cells)
                for right in (widths[i] if are_numbers[i] else 0,)
                for run in cell[line : line + 1]
            )
            yield TextRow(fragments, beside, is_header=number < header_rows)


def _is_numeric(text: str, rows: Sequence[Cells], index: int) -> bool:
    cells = [text[slice(*row[index])] for row in rows if index < len(row)]
    return any(cells) and all(re.fullmatch(_NUMBER, cell) for cell in cells)


def fitted(natural: Sequence[int], longest_words: Sequence[int], room: int) -> list[int]:
    """Return widths for the columns in `room` cells, not counting the lines between them.

    `natural` are the widths without any line break, `longest_words` the width of
    the longest word of each column. If words would have to be broken, the widths
    exceed `room`: such a table scrolls.
    """
    if sum(natural) <= room:
        return list(natural)
    words = [min(LONGEST_WORD, word) for word in longest_words]
    unbroken = [
        width if width <= SHORT else word for width, word in zip(natural, words, strict=True)
    ]
    for least in (unbroken, words):
        if sum(least) <= room:
            return _grown(least, natural, room - sum(least))
    pairs = zip(natural, words, strict=True)
    return [max(word, min(width, COMFORTABLE)) for width, word in pairs]


def _grown(least: Sequence[int], natural: Sequence[int], spare: int) -> list[int]:
    """Return `least` with `spare` cells added: each goes to the column with the tallest cells."""
    widths = list(least)
    for _ in range(spare):
        highest = max(range(len(widths)), key=lambda index: natural[index] / widths[index])
        widths[highest] += 1
    return widths
