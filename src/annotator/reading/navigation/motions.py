"""Motions: functions from an offset to the offset where a key moves the cursor; and search.

Motions by unit are `Units.step`. Those here need a layout, a search or the edges of
the article. The cursor is the position, mode and selection of the reader, as a value that keys
change; the jump list has the places that the reader jumped from, to go back to and forward again.
"""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate, islice
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from annotator.model import Span
from annotator.reading.layout.engine import LINE_END, Cell
from annotator.reading.layout.page_layout import PageLayout
from annotator.reading.navigation.units import UNITS, Unit, Units

_LEAST_STEM, _MOST_ENDING = 4, 3  # characters of a word
MAX_MATCHES = 10_000  # a query may be a single letter

_ACCENTED = (range(0x0700), range(0x1E00, 0x2000))  # scripts whose accents people leave out
_PLAIN = {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "‑": "-"}
_SPELT_OUT = {"…": "...", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
Mode = Literal["read", "sentence", "caret"]

MOST = 100  # places


def find_all(text: str, query: str) -> tuple[Span, ...]:
    """Return the matches of `query` in order, at most `MAX_MATCHES`.

    Accents and the form of quotation marks and dashes are ignored, and case
    unless the query has a capital. A space matches any white space.
    """
    words = query.translate(_FOLDS).split()
    if not words:
        return ()
    flags = re.IGNORECASE if query == query.lower() else re.NOFLAG
    pattern = re.compile(r"\s+".join(map(re.escape, words)), flags)
    folded = _fold(text)
    return tuple(folded.span(*m.span()) for m in islice(pattern.finditer(folded.text), MAX_MATCHES))


def find_any(text: str, queries: Iterable[str]) -> tuple[Span, ...]:
    """Return the matches of all queries in order, of one that has none those of its beginning.

    The library is searched for words in any of their forms, of which the text may have another.
    """
    matches = {
        match
        for query in queries
        for match in find_all(text, query.lower())
        or find_all(text, query.lower()[: max(_LEAST_STEM, len(query) - _MOST_ENDING)])
    }
    return tuple(sorted(matches, key=lambda match: (match.start, match.end)))


class _Folds(dict[int, str]):
    """The text that each character is found by, filled on demand."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_character(chr(code))
        return folded


_FOLDS = _Folds()


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
    return layout.offset_at(Cell(place.line, LINE_END))


def edge(units: Units, side: int) -> int:
    """Return the first letter of the article, or its last one if `side` is positive."""
    if side < 0:
        return units.at(0, "sentence").start
    end = units.at(len(units.article.text), "sentence").end
    return units.at(max(0, end - 1), "character").start


class Cursor(Struct, frozen=True):
    """An offset in the text, the mode of the keys, and a selection.

    A selection began at `anchor`, and covers complete units from there to `offset`;
    without an anchor nothing is selected. `goal` is the column that motions by
    lines aim for.
    """

    mode: Mode = "read"
    offset: int = 0
    anchor: int | None = None
    unit: Unit = "character"
    goal: int | None = None

    @property
    def is_selecting(self) -> bool:
        """Whether motions extend a selection."""
        return self.anchor is not None

    def at(self, offset: int) -> "Cursor":
        """Return the cursor at `offset`; a selection grows or shrinks with it."""
        return replace(self, offset=offset, goal=None)

    def on_line(self, offset: int, goal: int) -> "Cursor":
        """Return the cursor at `offset` of another line, with the column to aim for."""
        return replace(self, offset=offset, goal=goal)

    def entering(self, mode: Mode) -> "Cursor":
        """Return the cursor in another mode, with nothing selected."""
        return Cursor(mode, self.offset, unit="sentence" if mode == "sentence" else "character")

    def selecting(self, unit: Unit, anchor: int | None = None) -> "Cursor":
        """Return the cursor with a selection by `unit`, or without it if it has that already."""
        if anchor is None and self.is_selecting and self.unit == unit:
            return self.released()
        held = self.offset if self.anchor is None else self.anchor
        return replace(self, anchor=held if anchor is None else anchor, unit=unit)

    def released(self) -> "Cursor":
        """Return the cursor without a selection."""
        return replace(self, anchor=None, unit=Cursor.entering(self, self.mode).unit)

    def turned(self) -> "Cursor":
        """Return the cursor at the other end of its selection."""
        return self if self.anchor is None else replace(self.at(self.anchor), anchor=self.offset)

    def grown(self) -> "Cursor":
        """Return the cursor with a selection by the next larger unit; at first, by word."""
        if not self.is_selecting:
            return self.selecting("word")
        larger = UNITS[UNITS.index(self.unit) + 1 :]
        return replace(self, unit=larger[0]) if larger else self

    def shrunk(self) -> "Cursor":
        """Return the cursor with a selection by the next smaller unit."""
        smaller = UNITS[: UNITS.index(self.unit)]
        return replace(self, unit=smaller[-1]) if self.is_selecting and smaller else self


def selection(cursor: Cursor, units: Units) -> Span | None:
    """Return the selected passage: complete units, without white space at its ends."""
    if cursor.anchor is None:
        return None
    ends = [units.at(offset, cursor.unit) for offset in (cursor.anchor, cursor.offset)]
    span = Span(min(end.start for end in ends), max(end.end for end in ends))
    return span.trimmed(units.article.text) if cursor.unit != "character" else span


def passage(cursor: Cursor, units: Units) -> Span | None:
    """Return the passage that a mark would cover: the selection, or the current sentence."""
    if cursor.mode == "read":
        return None
    chosen = selection(cursor, units) or units.at(cursor.offset, "sentence")
    trimmed = chosen.trimmed(units.article.text)
    return trimmed if len(trimmed) else None


class JumpList(Struct, frozen=True):
    """Offsets in the order of the jumps, and the index of the one that the reader went back to."""

    places: tuple[int, ...] = ()
    at: int = 0  # the number of places, before going back

    def pushed(self, place: int) -> "JumpList":
        """Return the list with one more place at its end, dropping those to go forward to."""
        kept = self.places[: self.at]
        if kept[-1:] != (place,):
            kept = (*kept, place)
        return JumpList(kept[-MOST:], len(kept[-MOST:]))

    def moved(self, here: int, count: int) -> tuple["JumpList", int]:
        """Return the list and the place after going `count` places, backwards if negative.

        `here` is added to the list, to come back to it. It is also the result if
        there is nowhere to go.
        """
        is_newest = self.at >= len(self.places)
        if is_newest and (count > 0 or not self.places):
            return self, here
        is_new = is_newest and self.places[-1] != here
        places = (*self.places, here) if is_new else self.places
        at = len(places) - 1 if is_newest else self.at
        target = max(0, min(at + count, len(places) - 1))
        return JumpList(places, target), places[target]


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


class _Folded:
    """A text without accents, with the offsets of the original."""

    def __init__(self, text: str) -> None:
        self.text = text if text.isascii() else text.translate(_FOLDS)
        self._starts = array("L")
        if self.text is not text and any(len(_FOLDS[ord(char)]) != 1 for char in set(text)):
            self._starts.extend(accumulate((len(_FOLDS[ord(char)]) for char in text), initial=0))

    def span(self, start: int, end: int) -> Span:
        """Return the original span of a passage, with the accents on its last letter."""
        if not self._starts:
            return Span(start, end)
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, end) - 1
        return Span(first, last + int(self._starts[last] < end))


@lru_cache(maxsize=2)
def _fold(text: str) -> _Folded:
    return _Folded(text)


def _fold_character(character: str) -> str:
    if character in _PLAIN:
        return _PLAIN[character]
    if character in _SPELT_OUT:
        return _SPELT_OUT[character]
    if not any(ord(character) in script for script in _ACCENTED):
        return character
    letters = unicodedata.normalize("NFD", character)
    return "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")
