"""Tables: columns that shrink to the page, or a cell a line where they cannot."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from annotator.reading.measured import Measured, Run
from annotator.reading.prose import Frame, parts_of
from annotator.reading.rows import Decoration, Fragment, Row

SEPARATOR = " │ "
NARROWEST_COLUMN = 6  # cells; a narrower column holds no word
WIDEST_LABEL = 3  # a third of the page, for the heading beside a cell that has its own line

_NUMBER = re.compile(r"[-+−±~≈<>]?\s*[$€£¥]?\s*\d[\d\s.,:]*\s*(?:%|[^\W\d_]{1,3})?|[-–—]?")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table on its lines; a line holds one run of each cell that reaches so far."""

    text: Measured
    rows: tuple[Row, ...]
    starts: tuple[int, ...]  # of the fragments in the order of the text
    places: tuple[tuple[int, Fragment], ...]  # the line of each, and the fragment

    @property
    def height(self) -> int:
        """How many lines it takes."""
        return len(self.rows)

    def row(self, line: int) -> Row:
        """Return what stands on a line."""
        return self.rows[line]

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and column of a code point."""
        line, fragment = self.places[max(0, bisect_right(self.starts, offset) - 1)]
        inside = max(fragment.start, min(offset, fragment.end))
        return line, fragment.column + self.text.cells(fragment.start, inside)

    def offset_at(self, line: int, column: int) -> int:
        """Return the start of the letter nearest to a cell."""
        nearest = range(max(0, min(line, self.height - 1)), -1, -1)
        fragments = next(self.rows[each].fragments for each in nearest if self.rows[each].fragments)
        before = [each for each in fragments if each.column <= column]
        fragment = before[-1] if before else fragments[0]
        return self.text.at((fragment.start, fragment.end), column - fragment.column)


def lay_table(text: Measured, frame: Frame, header_rows: int) -> Grid:
    """Return a table on its lines, columns of numbers set to the right."""
    rows = _cells(text.shown)
    natural = _natural_widths(text, rows)
    room = frame.room - len(SEPARATOR) * (len(natural) - 1)
    if room < min(sum(natural), NARROWEST_COLUMN * len(natural)):
        return _grid(text, _stacked(text, frame, rows, header_rows))
    widths = _shrunk(natural, room)
    return _grid(text, _in_columns(text, frame, rows, (widths, header_rows)))


def _cells(text: str) -> list[list[Run]]:
    rows = []
    for start, end in parts_of(text):
        lengths = [len(cell) + 1 for cell in text[start:end].split("\t")]
        starts = accumulate(lengths[:-1], initial=start)
        rows.append([(at, at + length - 1) for at, length in zip(starts, lengths, strict=True)])
    return rows


def _natural_widths(text: Measured, rows: list[list[Run]]) -> list[int]:
    widths = [1] * max(map(len, rows))
    for row in rows:
        for index, cell in enumerate(row):
            widths[index] = max(widths[index], text.cells(*cell))
    return widths


def _shrunk(widths: list[int], room: int) -> list[int]:
    """Return widths that fit: the widest columns are cut down to one width, the others kept."""
    narrower = sorted(widths)
    while narrower and narrower[0] * len(narrower) <= room:
        room -= narrower.pop(0)
    if not narrower:
        return widths
    limit, rest = divmod(room, len(narrower))
    fitting = []
    for width in widths:
        more = int(width > limit and rest > 0)
        rest -= more
        fitting.append(min(width, limit + more))
    return fitting


def _in_columns(
    text: Measured, frame: Frame, rows: list[list[Run]], shape: tuple[list[int], int]
) -> Iterable[Row]:
    widths, header_rows = shape
    columns = list(accumulate((w + len(SEPARATOR) for w in widths), initial=frame.column))
    are_numbers = [_is_numeric(text.shown, rows[header_rows:], i) for i in range(len(widths))]
    bars = tuple(Decoration("│", column - 2, "separator") for column in columns[1:-1])
    for number, row in enumerate(rows):
        if number == header_rows > 0:
            rule = "─┼─".join("─" * width for width in widths)
            yield Row((), (*frame.on_each, Decoration(rule, frame.column, "separator")))
        cells = [text.wrap(cell, width) for cell, width in zip(row, widths, strict=False)]
        for line in range(max(map(len, cells))):
            fragments = tuple(
                _set(text, cell[line], columns[i], widths[i] if are_numbers[i] else 0)
                for i, cell in enumerate(cells)
                if line < len(cell)
            )
            yield Row(fragments, (*frame.on_each, *bars), is_header=number < header_rows)


def _set(text: Measured, run: Run, column: int, right: int) -> Fragment:
    """Return a run of a cell at its column, or ending `right` cells further on."""
    return Fragment(*run, column + max(0, right - text.cells(*run)))


def _is_numeric(text: str, rows: list[list[Run]], index: int) -> bool:
    cells = [text[row[index][0] : row[index][1]].strip() for row in rows if index < len(row)]
    return any(cells) and all(_NUMBER.fullmatch(cell) for cell in cells)


def _stacked(
    text: Measured, frame: Frame, rows: list[list[Run]], header_rows: int
) -> Iterable[Row]:
    """Give each cell lines of its own, its heading beside it."""
    headings = rows[0] if header_rows else []
    widest = max((text.cells(*heading) for heading in headings), default=0)
    label = min(widest, frame.room // WIDEST_LABEL)
    inner = frame.inset(label + 1 if label else 0)
    for number, row in enumerate(rows):
        if number:
            yield Row((), (*frame.on_each, Decoration("─" * frame.room, frame.column, "separator")))
        is_header = number < header_rows
        for index, cell in enumerate(row):
            place = frame if is_header else inner
            beside = (
                () if is_header else _heading(text, headings[index : index + 1], (frame, label))
            )
            for line, run in enumerate(text.wrap(cell, place.room)):
                signs = (*frame.on_each, *beside) if line == 0 else frame.on_each
                yield Row((Fragment(*run, place.column),), signs, is_header=is_header)


def _heading(
    text: Measured, headings: list[Run], room: tuple[Frame, int]
) -> tuple[Decoration, ...]:
    frame, width = room
    first_lines = [text.fold(heading, width)[0] for heading in headings if width]
    return tuple(
        Decoration(text.shown[s:e], frame.column, "label") for s, e in first_lines if s < e
    )


def _grid(text: Measured, rows: Iterable[Row]) -> Grid:
    rows = tuple(rows)
    places = [(line, each) for line, row in enumerate(rows) for each in row.fragments]
    places.sort(key=lambda place: place[1].start)
    starts = tuple(fragment.start for _, fragment in places)
    return Grid(text, rows, starts, tuple(places))
