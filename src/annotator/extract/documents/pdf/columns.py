"""The edges of the column in which each line stands, and how a file sets its paragraphs."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Literal

from msgspec import Struct

from annotator.extract.documents.pdf.lines import PrintedLine
from annotator.extract.documents.pdf.right_to_left import is_turned

SAME_SIZE = 0.06  # of the size of the text: printed sizes are rounded
_NEAR = 3.2  # times the size: lines of one column begin within this
_RARE = 0.15  # of the lines of a column; fewer hang out to the left of it
_FULL = 0.93  # of the lines of a column end before its right edge, or at it
_INDENT, _WIDEST_INDENT = 0.7, 4  # times the size
_WIDER, _WIDER_BY = 1.22, 0.25  # times the usual pitch, or so much more: space between paragraphs
_TALLEST_PITCH, _USUAL = 3, 0.3
_SPACED, _INDENTED, _JUSTIFIED = 0.05, 0.03, 0.55  # of all pairs of lines
_EVEN = 1.5  # points by which full lines of a justified text differ
_WORD_SPACE = 0.45
_RAGGED = 0.04  # of the width of a column: lines that are not justified end where they can

Separation = Literal["spaced", "indented", "short"]


class Placed(Struct):
    """A line with the edges of its column, mirrored where the text runs from right to left."""

    line: PrintedLine
    left: float
    right: float
    column_left: float = 0
    column_right: float = 0

    @property
    def indent(self) -> float:
        """How far it begins behind the edge of its column."""
        return self.left - self.column_left

    @property
    def room(self) -> float:
        """How much of the column is empty behind the line."""
        return self.column_right - self.right

    @property
    def ending(self) -> str:
        """The end of its text, without the sign of a footnote."""
        text = self.line.text
        if self.line.raised and self.line.raised[-1][1] >= len(text.rstrip()):
            text = text[: self.line.raised[-1][0]]
        return text[-20:]

    @property
    def width(self) -> float:
        """The width of its column."""
        return self.column_right - self.column_left


class Setting(Struct, frozen=True):
    """How a file is set: size and pitch of its text, and what separates paragraphs.

    The pitch is the distance of two base lines, in parts of the size; `indent` is that of the
    first lines of paragraphs.
    """

    size: float
    pitch: float
    separation: Separation
    is_justified: bool
    indent: float = 0

    @property
    def widest_pitch(self) -> float:
        """The most that is between two lines of a paragraph."""
        return max(self.pitch * _WIDER, self.pitch + _WIDER_BY)

    def is_body(self, line: PrintedLine) -> bool:
        """Return whether a line has the size of the text."""
        return abs(line.size - self.size) <= SAME_SIZE * self.size

    def would_have_fitted(self, before: Placed, after: Placed) -> bool:
        """Return whether the first word of a line would have fitted on the line before it."""
        if before.line.is_broken:
            return False
        slack = 0 if self.is_justified else _RAGGED * before.width
        return before.room > _first_word(after) + _WORD_SPACE * after.line.size + slack


def _first_word(placed: Placed) -> float:
    text = placed.line.text
    word = re.match(r"\S+", text.lstrip())
    return (placed.right - placed.left) * (len(word[0]) if word else 0) / max(len(text), 1)


def place(lines: Sequence[PrintedLine], body: float) -> list[Placed]:
    """Return lines with the edges of their columns, found a page at a time."""
    return [
        placed
        for _, page in groupby(lines, key=lambda line: line.page)
        for placed in _page(list(page), body)
    ]


def _page(lines: Sequence[PrintedLine], body: float) -> Iterator[Placed]:
    turned = sum(len(line.text) for line in lines if is_turned(line.text))
    if turned > sum(len(line.text) for line in lines) / 2:
        placed = [Placed(line, -line.right, -line.left) for line in lines]
    else:
        placed = [Placed(line, line.left, line.right) for line in lines]
    for _, same in groupby(
        sorted(placed, key=lambda one: (round(one.line.size * 2), one.left)),
        key=lambda one: round(one.line.size * 2),
    ):
        _find_edges(list(same), body)
    return iter(placed)


def _find_edges(ordered: Sequence[Placed], body: float) -> None:
    """Give lines of one size, ordered by their left edge, the edges of their columns."""
    lefts = [one.left for one in ordered]
    known: dict[tuple[int, int], tuple[float, float]] = {}
    for one in ordered:
        first = bisect_left(lefts, one.left - _NEAR * body)
        last = bisect_right(lefts, one.left + _NEAR * body)
        if (first, last) not in known:
            near = ordered[first:last]
            counts = Counter(round(other.left) for other in near)
            most = max(counts.values())
            usual = [x for x, n in counts.items() if n >= max(2, _RARE * len(near)) or n == most]
            ends = sorted(other.right for other in near)
            known[first, last] = min(usual), ends[int(_FULL * (len(ends) - 1) + 0.5)]
        one.column_left, one.column_right = known[first, last]


def find_setting(placed: Sequence[Placed], body: float) -> Setting:
    """Return how a file is set."""
    draft = Setting(body, _usual_pitch(placed), "short", is_justified=False)
    spaced = indented = total = even = 0
    indents: Counter[int] = Counter()
    for before, after in pairwise(placed):
        if not (draft.is_body(before.line) and draft.is_body(after.line)):
            continue
        distance = before.line.base - after.line.base
        if distance <= 0:
            continue
        total += 1
        even += abs(before.room) < _EVEN
        if draft.widest_pitch < distance / after.line.size < _WIDEST_INDENT * draft.pitch:
            spaced += 1
        elif (
            _INDENT * body < after.indent < _WIDEST_INDENT * body and before.indent < _INDENT * body
        ):
            indented += 1
            indents[round(after.indent)] += 1
    separation: Separation = "short"
    if spaced > _SPACED * total and spaced > indented:
        separation = "spaced"
    elif indented > _INDENTED * total:
        separation = "indented"
    is_justified = even > _JUSTIFIED * total
    indent = indents.most_common(1)[0][0] if indents else 0
    return Setting(body, draft.pitch, separation, is_justified=is_justified, indent=indent)


def _usual_pitch(placed: Sequence[Placed]) -> float:
    pitches: Counter[float] = Counter()
    for before, after in pairwise(placed):
        distance = before.line.base - after.line.base
        if before.line.size == after.line.size and 0 < distance < _TALLEST_PITCH * after.line.size:
            pitches[round(distance / after.line.size, 1)] += 1
    # Where most paragraphs are one line, the space between them is as common as the pitch.
    most = max(pitches.values(), default=0)
    return min((pitch for pitch, n in pitches.items() if n >= _USUAL * most), default=1.2)
