"""Lines as they are read: pieces on one base line joined, and a page in a wrong order sorted.

Most programs write a page in the order in which it is read, so that order is kept. Programs for
magazines write boxes in any order: there the white space between boxes decides.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise, zip_longest

from msgspec.structs import replace

from annotator.extract.documents.pdf.characters import is_turned
from annotator.extract.documents.pdf.lines import Lines, PrintedLine

BETWEEN_CELLS = "\t"
_LEAST_SIZE, _SAME_EDGE, _LEVEL = 6, 2, 3  # points
# Parts of the size of the letters:
_ONE_BASE = 0.3  # pieces of one line are this close
_WORD_GAP, _LABEL_GAP = 1.6, 3  # a wider gap is one between cells; behind a short label, so wide
_GUTTER = 0.9  # between two columns
_INITIAL, _RAISED = 1.8, 0.9  # a large initial, and a superscript that is a line of its own
_LABEL = 3  # characters
_PHRASE = 3  # words; cells of a table have fewer
_MANY_PAIRS, _HALF = 6, 0.5  # lines beside each other, and their part of a page in two columns
_FEW_JUMPS, _PART = 2, 0.12  # of the lines of a page, that jump up where a file is in no order
_DEEPEST = 60  # boxes in boxes
_LEAST_NUMBERED, _DIGITS = 10, 4  # lines with a number, and its digits


def is_row(line: PrintedLine) -> bool:
    """Return whether a line has cells, as the row of a table."""
    return line.text.count(BETWEEN_CELLS) > 1


def in_order(page: Lines) -> list[PrintedLine]:
    """Return the lines of a page in the order in which they are read."""
    lines = _without_numbers(page)
    pairs = sum(
        abs(one.base - other.base) < _ONE_BASE * one.size and _is_phrase_beside(one, other)
        for one, other in pairwise(lines)
    )
    if pairs >= _MANY_PAIRS and 2 * pairs > _HALF * len(lines):  # columns, written line by line
        return _by_white_space(lines)
    joined = _joined(lines)
    jumps = sum(
        line.base > before.base + before.size and line.left < before.right
        for before, line in pairwise(joined)
    )
    is_ordered = jumps <= max(_FEW_JUMPS, _PART * len(joined))
    return joined if is_ordered else _joined(_by_white_space(joined))


def _without_numbers(lines: Lines) -> list[PrintedLine]:
    """Return the lines of a page without a column of numbers beside them, as court files have."""
    columns: dict[tuple[str, int], list[PrintedLine]] = defaultdict(list)
    for line in lines:
        if line.text.strip().isdecimal() and len(line.text.strip()) <= _DIGITS:
            columns["left", round(line.left / _LEVEL)].append(line)
            columns["right", round(line.right / _LEVEL)].append(line)
    away: set[int] = set()
    for column in columns.values():
        values = [int(line.text) for line in sorted(column, key=lambda line: -line.base)]
        steps = {after - before for before, after in pairwise(values)}
        if len(column) >= _LEAST_NUMBERED and steps in ({1}, {5}):
            away.update(map(id, column))
    return [line for line in lines if id(line) not in away]


def _is_phrase_beside(one: PrintedLine, other: PrintedLine) -> bool:
    words = min(len(one.text.split()), len(other.text.split()))
    return words >= _PHRASE and other.left - one.right > _GUTTER * one.size


def _joined(lines: Lines) -> list[PrintedLine]:
    """Return lines with those pieces joined that stand beside each other."""
    is_mirrored = is_turned(" ".join(line.text for line in lines))
    joined = list(lines[:1])
    for line, below in zip_longest(lines[1:], lines[2:]):
        before = joined[-1]
        gap, distance = line.left - before.right, abs(line.base - before.base)
        if is_mirrored and gap < 0:
            gap = before.left - line.right
        text = before.text.strip()
        is_label = len(text) <= _LABEL
        if distance < _ONE_BASE * before.size and gap > -1 and not _is_column(before, line, below):
            is_wide = gap >= _WORD_GAP * max(before.size, _LEAST_SIZE)
            is_cell = is_wide and not (is_label and gap < _LABEL_GAP * line.size)
            longer = before if len(before.text) >= len(line.text) else line
            whole = before.text.rstrip() + (BETWEEN_CELLS if is_cell else " ")
            joined[-1] = replace(
                _beside(before, line, whole, line.text.lstrip()),
                raised=(*before.raised, *_moved(line, len(whole))),
                size=longer.size,
                base=longer.base,
                is_bold=before.is_bold and line.is_bold,
            )
        elif is_label and text.isalpha() and _is_initial(before, line, gap):
            joined[-1] = replace(line, text=text + line.text, left=before.left)
        elif is_label and _is_raised(before, line, gap):
            raised = ((0, len(text)), *_moved(line, len(text)))
            joined[-1] = replace(_beside(line, before, text, line.text), raised=raised)
        else:
            joined.append(line)
    return joined


def _is_column(before: PrintedLine, line: PrintedLine, below: PrintedLine | None) -> bool:
    """Return whether a line begins a column beside the last line of another one."""
    if below is None or not _is_phrase_beside(before, line):
        return False
    is_below = 0 < line.base - below.base < 2 * line.size
    return is_below and abs(below.left - line.left) < _SAME_EDGE


def _is_initial(before: PrintedLine, line: PrintedLine, gap: float) -> bool:
    """Return whether a line is a large initial, which reaches down beside the next lines."""
    is_beside = 0 <= line.base - before.base < before.size and -1 < gap < line.size
    return is_beside and before.size > _INITIAL * line.size


def _is_raised(before: PrintedLine, line: PrintedLine, gap: float) -> bool:
    is_near = abs(line.base - before.base) < 2 * _ONE_BASE * line.size
    return is_near and before.size < _RAISED * line.size and -1 < gap < line.size / 2


def _beside(line: PrintedLine, other: PrintedLine, first: str, second: str) -> PrintedLine:
    left, right = min(line.left, other.left), max(line.right, other.right)
    is_broken = other.is_broken or line.is_broken
    return replace(line, left=left, right=right, text=first + second, is_broken=is_broken)


def _moved(line: PrintedLine, length: int) -> tuple[tuple[int, int], ...]:
    return tuple((start + length, end + length) for start, end in line.raised)


def _by_white_space(lines: Lines, depth: int = 0) -> list[PrintedLine]:
    """Return lines by columns, cut where white space runs through all of them."""
    size = sorted(line.size for line in lines)[len(lines) // 2]
    gap, cut = _widest_gap([(line.left, line.right) for line in lines])
    if gap > _GUTTER * size:
        parts = [[x for x in lines if x.left < cut], [x for x in lines if x.left >= cut]]
    else:
        gap, cut = _widest_gap([(line.base, line.base + 0.7 * line.size) for line in lines])
        parts = [[x for x in lines if x.base >= cut], [x for x in lines if x.base < cut]]
    if gap <= 0 or depth > _DEEPEST:
        return sorted(lines, key=lambda line: (-line.base, line.left))
    return [line for part in parts for line in _by_white_space(part, depth + 1)]


def _widest_gap(spans: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the width of the widest gap between spans, and where it ends."""
    ordered = sorted(spans)
    widest, place, reached = 0.0, 0.0, ordered[0][1]
    for start, end in ordered[1:]:
        if start - reached > widest:
            widest, place = start - reached, start
        reached = max(reached, end)
    return widest, place
