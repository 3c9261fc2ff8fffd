"""The text of a block with its cells: how wide a passage is, and where its lines end."""

from bisect import bisect_left, bisect_right
from typing import Protocol

from annotator.reading import linebreak
from annotator.reading.cells import Measure, columns, is_narrow

Run = tuple[int, int]


class Measured(Protocol):
    """Text that knows its cells. All offsets are code points of the text."""

    @property
    def shown(self) -> str:
        """The text as it is drawn, of the same length."""

    def cells(self, start: int, end: int) -> int:
        """Return how wide a passage is, if it stands on one line."""

    def grapheme(self, offset: int) -> Run:
        """Return where the letter at `offset` starts and ends."""

    def at(self, run: Run, column: int) -> int:
        """Return the start of the letter of a line that covers `column`, or its last one."""

    def wrap(self, run: Run, width: int) -> list[Run]:
        """Return the lines of a paragraph, without the spaces at which they part."""

    def fold(self, run: Run, width: int) -> list[Run]:
        """Return a line cut where it is full, as code is: nothing between its parts is left out."""


def measure_text(text: str, measure: Measure) -> Measured:
    """Return `text` with its cells."""
    return NarrowText(text) if is_narrow(text) else WideText(text, measure)


class NarrowText:
    """Text of which every code point is one cell: the common case, and a fast one."""

    __slots__ = ("shown",)

    def __init__(self, text: str) -> None:
        self.shown = text

    def cells(self, start: int, end: int) -> int:
        """Return how wide a passage is."""
        return end - start

    def grapheme(self, offset: int) -> Run:
        """Return the one code point at `offset`."""
        return offset, offset + int(offset < len(self.shown))

    def at(self, run: Run, column: int) -> int:
        """Return the code point of a line that covers `column`, or the last one."""
        start, end = run
        return max(start, min(start + column, end - 1))

    def wrap(self, run: Run, width: int) -> list[Run]:
        """Return the lines of a paragraph."""
        text = self.shown
        position, end = run
        lines: list[Run] = []
        while end - position > width:
            space = text.rfind(" ", position, position + width + 1)
            if space - position < width * linebreak.LOOSE:
                space = linebreak.break_inside(text, position, max(space, position), width)
            lines.append((position, space))
            position = linebreak.skip_spaces(text, space, end)
        if position < end or not lines:
            lines.append((position, end))
        return lines

    def fold(self, run: Run, width: int) -> list[Run]:
        """Return a line cut wherever it is full."""
        position, end = run
        lines: list[Run] = []
        while end - position > width:
            cut = linebreak.fold_place(self.shown, position, position + width)
            lines.append((position, cut))
            position = cut
        return [*lines, (position, end)]


class WideText:
    """Text with wide, combining or joined characters."""

    __slots__ = ("_columns", "shown")

    def __init__(self, text: str, measure: Measure) -> None:
        self.shown, self._columns = columns(text, measure)

    def cells(self, start: int, end: int) -> int:
        """Return how wide a passage is."""
        return self._columns[end] - self._columns[start]

    def grapheme(self, offset: int) -> Run:
        """Return where the letter at `offset` starts and ends."""
        if offset >= len(self.shown):
            return offset, offset
        column = self._columns[offset]
        return bisect_left(self._columns, column), bisect_right(self._columns, column)

    def at(self, run: Run, column: int) -> int:
        """Return the start of the letter of a line that covers `column`, or its last one."""
        start, end = run
        if end <= start:
            return start
        covering = bisect_right(self._columns, self._columns[start] + max(0, column), start, end)
        return max(start, self.grapheme(max(start, covering - 1))[0])

    def wrap(self, run: Run, width: int) -> list[Run]:
        """Return the lines of a paragraph."""
        position, end = run
        lines: list[Run] = []
        while self.cells(position, end) > width:
            full = self._full(position, end, width)
            cut = linebreak.last_break(self.shown, position, full, self._columns)
            lines.append((position, cut))
            position = linebreak.skip_spaces(self.shown, cut, end)
        if position < end or not lines:
            lines.append((position, end))
        return lines

    def fold(self, run: Run, width: int) -> list[Run]:
        """Return a line cut wherever it is full."""
        position, end = run
        lines: list[Run] = []
        while self.cells(position, end) > width:
            full = self._full(position, end, width)
            cut = linebreak.fold_place(self.shown, position, full)
            cut = cut if self.grapheme(cut)[0] == cut else full
            lines.append((position, cut))
            position = cut
        return [*lines, (position, end)]

    def _full(self, position: int, end: int, width: int) -> int:
        """Return where the last whole letter ends that fits; at least one letter always does."""
        limit = self._columns[position] + width
        fitting = bisect_right(self._columns, limit, position, end + 1) - 1
        start = bisect_left(self._columns, self._columns[fitting], position, end)
        return start if start > position else min(end, self.grapheme(position)[1])
