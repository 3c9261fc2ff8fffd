"""The layout of paragraphs, verse and code: blocks with one run of text on each line."""

from bisect import bisect_right
from operator import itemgetter

from msgspec import Struct
from msgspec.structs import replace

from annotator.reading.layout.row import Decoration, Fragment, TextRow
from annotator.reading.layout.text_width import Measured, Run

FOLD_SIGN = "↪"
TURNOVER = 2  # cells that the continuation of a line of verse is indented

Decorations = tuple[Decoration, ...]


class Frame(Struct, frozen=True):
    """The room for the text of a block, and the decorations beside it."""

    column: int  # of the left edge of the text
    width: int  # of the page
    on_first: Decorations = ()
    on_each: Decorations = ()

    @property
    def room(self) -> int:
        """The number of cells that a line of text may fill."""
        return max(1, self.width - self.column)

    def inset(self, by: int, sign: Decoration | None = None) -> "Frame":
        """Return the frame indented `by` cells, with `sign` before the first line."""
        first = self.on_first if sign is None else (*self.on_first, sign)
        return replace(self, column=self.column + by, on_first=first)


class ProseLayout(Struct, frozen=True):
    """A block with one run of its text on each line."""

    text: Measured
    lines: tuple[Run, ...]
    indents: tuple[int, ...]  # the column of each line of text
    frame: Frame
    above: tuple[Decorations, ...] = ()  # lines without text above it
    below: tuple[Decorations, ...] = ()  # and below it
    is_folded: bool = False
    window: Run | None = None
    overflow: int = 0

    @property
    def height(self) -> int:
        """The number of lines."""
        return len(self.above) + len(self.lines) + len(self.below)

    def row(self, line: int) -> TextRow:
        """Return a line."""
        index = line - len(self.above)
        if index < 0:
            return TextRow((), (*self.frame.on_each, *self.above[line]))
        if index >= len(self.lines):
            return TextRow((), (*self.frame.on_each, *self.below[index - len(self.lines)]))
        start, end = self.lines[index]
        fragment = Fragment(start, end, self.indents[index])
        decorations = (*self.frame.on_each, *self._beside(index))
        return TextRow((fragment,), decorations, window=self.window)

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and column of a code point."""
        if not self.lines:
            return 0, 0
        index = max(0, bisect_right(self.lines, offset, key=itemgetter(0)) - 1)
        start, end = self.lines[index]
        inside = max(start, min(offset, end))
        return len(self.above) + index, self.indents[index] + self.text.cells(start, inside)

    def offset_at(self, line: int, column: int) -> int:
        """Return the start of the grapheme nearest to a cell."""
        if not self.lines:
            return 0
        index = max(0, min(line - len(self.above), len(self.lines) - 1))
        return self.text.at(self.lines[index], column - self.indents[index])

    def _beside(self, index: int) -> tuple[Decoration, ...]:
        if index == 0:
            return self.frame.on_first
        goes_on = self.is_folded and self.lines[index][0] == self.lines[index - 1][1]
        sign = Decoration(FOLD_SIGN, self.indents[index] - TURNOVER, "fold")
        return (sign,) if goes_on else ()


def lay_out_prose(text: Measured, frame: Frame) -> ProseLayout:
    """Return the layout of a paragraph, or of verse if it has line breaks."""
    parts = parts_of(text.shown)
    if not text.shown:
        return ProseLayout(text, (), (), frame)
    if len(parts) > 1:
        return _set_verse(text, parts, frame)
    lines = tuple(text.wrap(parts[0], frame.room))
    return ProseLayout(text, lines, (frame.column,) * len(lines), frame)


def lay_out_code(text: Measured, frame: Frame, *, is_folded: bool = False) -> ProseLayout:
    """Return the layout of code: in a window, or with long lines folded at a sign."""
    frame = frame.inset(TURNOVER)
    lines = parts_of(text.shown)
    if is_folded:
        lines = [piece for line in lines for piece in text.fold(line, frame.room)]
    window, overflow = window_on(max(text.cells(*line) for line in lines), frame)
    indents = (frame.column,) * len(lines)
    return ProseLayout(
        text, tuple(lines), indents, frame, is_folded=is_folded, window=window, overflow=overflow
    )


def window_on(width: int, frame: Frame) -> tuple[Run, int]:
    """Return the window for text of `width` cells, and the number of cells beyond it.

    If there are any, the last column of the page is left free for a sign.
    """
    if width <= frame.room:
        return (frame.column, frame.width), 0
    last = max(frame.column + 1, frame.width - 1)
    return (frame.column, last), width - (last - frame.column)


def parts_of(text: str) -> list[Run]:
    """Return the start and end of each line of a text, as its line breaks divide it."""
    parts, start = [], 0
    for part in text.split("\n"):
        parts.append((start, start + len(part)))
        start += len(part) + 1
    return parts


def _set_verse(text: Measured, parts: list[Run], frame: Frame) -> ProseLayout:
    lines: list[Run] = []
    indents: list[int] = []
    turned = frame.inset(min(TURNOVER, frame.room - 1))
    for part in parts:
        first, *more = text.wrap(part, frame.room)
        if more:
            more = text.wrap((more[0][0], part[1]), turned.room)
        lines += [first, *more]
        indents += [frame.column, *[turned.column] * len(more)]
    return ProseLayout(text, tuple(lines), tuple(indents), frame)
