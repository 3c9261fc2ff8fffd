"""Motions: functions from an offset to the offset where a key moves the cursor.

Motions by unit are `Units.step`. Those here need a layout, a search or the edges of
the article.
"""

import sys

from annotator.reading.layout.engine import Cell
from annotator.reading.layout.inline_removals import PageLayout
from annotator.reading.navigation.find import find_all
from annotator.reading.navigation.units import Units


def word_end(units: Units, offset: int) -> int:
    """Return the last letter of the word at `offset`; if that is there, of the next word."""
    last = _last_letter(units, offset)
    if last > offset:
        return last
    return max(offset, _last_letter(units, units.step(offset, "word", 1)))


def character(units: Units, offset: int, sought: str, count: int) -> int | None:
    """Return the offset of the `count`th occurrence of a letter in the rest of the paragraph.

    With a negative `count` it is searched for backwards. Accents are ignored, and
    case unless the letter is a capital. `None` means that it does not occur.
    """
    paragraph = units.at(offset, "paragraph")
    matches = find_all(paragraph.of(units.article.text), sought)
    starts = [match.start + paragraph.start for match in matches]
    if count > 0:
        further = [start for start in starts if start > offset]
        return further[count - 1] if count <= len(further) else None
    before = [start for start in starts if start < offset]
    return before[count] if -count <= len(before) else None


def line(layout: PageLayout, offset: int, count: int, goal: int | None) -> tuple[int, int]:
    """Return the offset `count` lines of text away, and the column to aim for next time."""
    place = layout.place(offset)
    column = place.column if goal is None else goal
    step = 1 if count > 0 else -1
    reached = place.line
    for _ in range(abs(count)):
        reached = _next_text_line(layout, reached, step)
    if reached == place.line:
        return offset, column
    return layout.offset_at(Cell(reached, column)), column


def rows(layout: PageLayout, offset: int, count: int, goal: int | None) -> tuple[int, int]:
    """Return the offset `count` rows of the page away, and the column to aim for next time.

    Unlike `line`, this counts blank rows.
    """
    place = layout.place(offset)
    column = place.column if goal is None else goal
    target = max(0, min(place.line + count, layout.height - 1))
    if not layout.row(target).fragments:
        onward = 1 if count > 0 else -1
        line = _next_text_line(layout, target, onward)
        target = line if line != target else _next_text_line(layout, target, -onward)
    return layout.offset_at(Cell(target, column)), column


def line_edge(layout: PageLayout, offset: int, side: int) -> int:
    """Return the first letter of the line at `offset`, or its last one if `side` is positive."""
    place = layout.place(offset)
    fragments = layout.row(place.line).fragments
    if not fragments:
        return offset
    if side < 0:
        return fragments[0].start
    return layout.offset_at(Cell(place.line, sys.maxsize))


def edge(units: Units, side: int) -> int:
    """Return the first letter of the article, or its last one if `side` is positive."""
    if side < 0:
        return units.at(0, "sentence").start
    end = units.at(len(units.article.text), "sentence").end
    return units.at(max(0, end - 1), "character").start


def _next_text_line(layout: PageLayout, line: int, step: int) -> int:
    """Return the next line that holds text; `line` itself if there is none."""
    candidate = layout.settle(line, 2) + step
    while 0 <= candidate < layout.height:
        if layout.row(candidate).fragments:
            return candidate
        candidate += step
    return line


def _last_letter(units: Units, offset: int) -> int:
    word = units.at(offset, "word")
    return units.at(max(word.start, word.end - 1), "character").start
