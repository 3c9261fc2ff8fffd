"""Lines as they are read: pieces on one base line joined, and a page in a wrong order sorted.

Most programs write a page in the order in which it is read, so that order is kept. Programs for
magazines write boxes in any order: there the white space between boxes decides.
"""

from collections.abc import Sequence
from itertools import pairwise, zip_longest

from msgspec.structs import replace

from annotator.extract.documents.pdf.lines import PrintedLine
from annotator.extract.documents.pdf.right_to_left import is_turned

BETWEEN_CELLS = "\t"
_LEAST_SIZE = 6  # points
# Parts of the size of the letters:
_ONE_BASE = 0.3  # pieces of one line are this close
_WORD_GAP = 1.6  # a wider gap is one between cells
_LABEL_GAP = 3  # but not behind a number such as that of a heading
_LABEL = 4  # characters
_INITIAL = 1.8  # how large an initial is beside the letters of its line
_RAISED = 0.9  # a superscript that the file has as a line of its own
_UP = 1.0
_SAME_EDGE = 2  # points
_DEEPEST = 60  # boxes in boxes
_MANY_PAIRS, _HALF = 6, 0.5  # lines beside each other, and their part of a page in two columns
_PHRASE = 3  # words; cells of a table have fewer
_GUTTER = 0.9  # between two columns
_FEW_JUMPS = 2
_PART = 0.12  # of the lines of a page, that jump up where a file is in no order


def is_row(line: PrintedLine) -> bool:
    """Return whether a line has cells, as the row of a table."""
    return line.text.count(BETWEEN_CELLS) > 1


def in_order(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Return the lines of a page in the order in which they are read."""
    if _is_across(lines):  # two columns, written line by line
        return _by_white_space(lines)
    joined = _joined(lines)
    jumps = sum(map(_jumps_back, joined, joined[1:]))
    if jumps > max(_FEW_JUMPS, _PART * len(joined)):
        return _joined(_by_white_space(joined))
    return joined


def _is_across(lines: Sequence[PrintedLine]) -> bool:
    """Return whether most lines continue beside themselves with a phrase of another column."""
    pairs = sum(
        abs(one.base - other.base) < _ONE_BASE * one.size
        and other.left - one.right > _GUTTER * one.size
        and min(len(one.text.split()), len(other.text.split())) >= _PHRASE
        for one, other in pairwise(lines)
    )
    return pairs >= _MANY_PAIRS and 2 * pairs > _HALF * len(lines)


def _jumps_back(before: PrintedLine, line: PrintedLine) -> bool:
    """Return whether a line is above the one before it, without being in a column beside it."""
    return line.base > before.base + _UP * before.size and line.left < before.right


def _joined(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Return lines with those pieces joined that stand beside each other."""
    is_mirrored = is_turned(" ".join(line.text for line in lines))
    joined: list[PrintedLine] = []
    for line, below in zip_longest(lines, lines[1:]):
        before = joined[-1] if joined else None
        if before is None:
            joined.append(line)
            continue
        gap, distance = line.left - before.right, abs(line.base - before.base)
        if is_mirrored and gap < 0:
            gap = before.left - line.right
        is_label = len(before.text.strip()) <= _LABEL - 1
        if distance < _ONE_BASE * before.size and gap > -1 and not _is_column(before, line, below):
            wide = gap >= _WORD_GAP * max(before.size, _LEAST_SIZE)
            is_cell = wide and not (is_label and gap < _LABEL_GAP * line.size)
            joined[-1] = _beside(before, line, BETWEEN_CELLS if is_cell else " ")
        elif is_label and _is_initial(before, line):
            joined[-1] = replace(line, text=before.text.strip() + line.text, left=before.left)
        elif (
            is_label
            and before.size < _RAISED * line.size
            and distance < 2 * _ONE_BASE * line.size
            and -1 < gap < _HALF * line.size
        ):
            text = before.text.strip()
            joined[-1] = replace(_beside(replace(before, text=text), line, ""), base=line.base)
            shifted = tuple((a + len(text), b + len(text)) for a, b in line.raised)
            joined[-1] = replace(
                joined[-1], raised=((0, len(text)), *shifted), size=line.size, is_bold=line.is_bold
            )
        else:
            joined.append(line)
    return joined


def _is_column(before: PrintedLine, line: PrintedLine, below: PrintedLine | None) -> bool:
    """Return whether a line begins a column beside the last line of another one."""
    return (
        below is not None
        and abs(below.left - line.left) < _SAME_EDGE
        and 0 < line.base - below.base < 2 * line.size
        and min(len(before.text.split()), len(line.text.split())) >= _PHRASE
        and line.left - before.right > _GUTTER * line.size
    )


def _is_initial(before: PrintedLine, line: PrintedLine) -> bool:
    """Return whether a line is a large initial, which reaches down beside the next lines."""
    return (
        before.text.strip().isalpha()
        and before.size > _INITIAL * line.size
        and 0 <= line.base - before.base < before.size
        and -1 < line.left - before.right < line.size
    )


def _beside(before: PrintedLine, line: PrintedLine, gap: str) -> PrintedLine:
    text = f"{before.text.rstrip()}{gap}"
    raised = tuple((start + len(text), end + len(text)) for start, end in line.raised)
    longer = before if len(before.text) >= len(line.text) else line
    return replace(
        before,
        left=min(before.left, line.left),
        right=max(before.right, line.right),
        size=longer.size,
        base=longer.base,
        text=text + line.text.lstrip() if gap else text + line.text,
        is_bold=before.is_bold and line.is_bold,
        raised=(*before.raised, *raised),
        is_broken=line.is_broken,
    )


def _by_white_space(lines: Sequence[PrintedLine], depth: int = 0) -> list[PrintedLine]:
    """Return lines by columns, cut where white space runs through all of them."""
    if len(lines) == 1 or depth > _DEEPEST:
        return sorted(lines, key=lambda line: (-line.base, line.left))
    size = sorted(line.size for line in lines)[len(lines) // 2]
    gap, cut = _widest_gap([(line.left, line.right) for line in lines])
    if gap > _GUTTER * size:
        parts = [[x for x in lines if x.left < cut], [x for x in lines if x.left >= cut]]
    else:
        gap, cut = _widest_gap([(line.base, line.base + 0.7 * line.size) for line in lines])
        parts = [[x for x in lines if x.base >= cut], [x for x in lines if x.base < cut]]
    if gap <= 0 or not all(parts):
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
