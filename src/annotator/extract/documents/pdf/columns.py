"""The edges of the column in which each line stands, and how a file sets its paragraphs."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Literal

from msgspec import Struct

from annotator.extract.documents.pdf.characters import is_turned
from annotator.extract.documents.pdf.lines import Lines, PrintedLine

SAME_SIZE = 0.06  # of the size of the text: printed sizes are rounded
SENTENCE_END = re.compile(r"[.!?:;…。！？؟۔”’\"')»\]]\s*\Z")
_NEAR = 3.2  # times the size: lines of one column begin within this
_RARE, _FULL = 0.15, 0.93  # of its lines: fewer hang out to the left, most end before its edge
_INDENT, _WIDEST_INDENT = 0.7, 4  # times the size
_WIDER, _WIDER_BY = 1.22, 0.25  # times the usual pitch, or so much more: space between paragraphs
_TALLEST_PITCH, _USUAL = 3, 0.3
_SPACED, _INDENTED, _JUSTIFIED = 0.05, 0.03, 0.55  # of all pairs of lines
_EVEN = 1.5  # points by which full lines of a justified text differ
_WORD_SPACE = 0.45
_RAGGED = 0.04  # of the width of a column: lines that are not justified end where they can


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
    def width(self) -> float:
        """The width of its column."""
        return self.column_right - self.column_left

    @property
    def ends_sentence(self) -> bool:
        """Whether its text ends as a sentence does, before the sign of a footnote."""
        text, raised = self.line.text, self.line.raised
        has_sign = bool(raised) and raised[-1][1] >= len(text.rstrip())
        return SENTENCE_END.search(text[: raised[-1][0]] if has_sign else text) is not None


class Setting(Struct, frozen=True):
    """How a file is set: size and pitch of its text, and what separates paragraphs.

    The pitch is the distance of two base lines, in parts of the size; `indent` is that of the
    first lines of paragraphs.
    """

    size: float
    pitch: float
    separation: Literal["spaced", "indented", "short"] = "short"
    is_justified: bool = False
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
        text = after.line.text
        word = (after.right - after.left) * len((text.split() or [""])[0]) / max(len(text), 1)
        slack = 0 if self.is_justified else _RAGGED * before.width
        needed = word + _WORD_SPACE * after.line.size + slack
        return not before.line.is_broken and before.room > needed


def place(lines: Lines, body: float) -> list[Placed]:
    """Return lines with the edges of their columns, found a page at a time."""
    pages = (list(page) for _, page in groupby(lines, key=lambda line: line.page))
    return [one for page in pages for one in _page(page, body)]


def _page(lines: Lines, body: float) -> list[Placed]:
    turned = sum(len(line.text) for line in lines if is_turned(line.text))
    is_mirrored = 2 * turned > sum(len(line.text) for line in lines)
    placed = [
        Placed(line, *((-line.right, -line.left) if is_mirrored else (line.left, line.right)))
        for line in lines
    ]
    ordered = sorted(placed, key=lambda one: (round(one.line.size * 2), one.left))
    for _, same in groupby(ordered, key=lambda one: round(one.line.size * 2)):
        _find_edges(list(same), body)
    return placed


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
            enough = min(max(2, _RARE * len(near)), max(counts.values()))
            ends = sorted(other.right for other in near)
            known[first, last] = (
                min(left for left, times in counts.items() if times >= enough),
                ends[int(_FULL * (len(ends) - 1) + 0.5)],
            )
        one.column_left, one.column_right = known[first, last]


def find_setting(placed: Sequence[Placed], body: float) -> Setting:
    """Return how a file is set."""
    draft = Setting(body, _usual_pitch(placed))
    spaced = total = even = 0
    indents: Counter[int] = Counter()
    for before, after, distance in _pairs(placed):
        if distance <= 0 or not (draft.is_body(before.line) and draft.is_body(after.line)):
            continue
        total += 1
        even += abs(before.room) < _EVEN
        is_first = _INDENT * body < after.indent < _WIDEST_INDENT * body
        if draft.widest_pitch < distance / after.line.size < _WIDEST_INDENT * draft.pitch:
            spaced += 1
        elif is_first and before.indent < _INDENT * body:
            indents[round(after.indent)] += 1
    indented = indents.total()
    is_spaced = spaced > max(indented, _SPACED * total)
    is_indented = indented > _INDENTED * total
    return Setting(
        body,
        draft.pitch,
        "spaced" if is_spaced else "indented" if is_indented else "short",
        is_justified=even > _JUSTIFIED * total,
        indent=indents.most_common(1)[0][0] if indents else 0,
    )


def _pairs(placed: Sequence[Placed]) -> Iterator[tuple[Placed, Placed, float]]:
    """Yield lines with the one above them, and the distance of their base lines."""
    for before, after in pairwise(placed):
        yield before, after, before.line.base - after.line.base


def _usual_pitch(placed: Sequence[Placed]) -> float:
    pitches = Counter(
        round(distance / after.line.size, 1)
        for before, after, distance in _pairs(placed)
        if before.line.size == after.line.size and 0 < distance < _TALLEST_PITCH * after.line.size
    )
    # Where most paragraphs are one line, the space between them is as common as the pitch.
    most = max(pitches.values(), default=0)
    return min((pitch for pitch, times in pitches.items() if times >= _USUAL * most), default=1.2)
