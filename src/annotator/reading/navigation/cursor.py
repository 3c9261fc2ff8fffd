"""The cursor: the reader's position, mode and selection, as a value that keys change.

The jump list has the places that the reader jumped from, to go back to and forward again.
"""

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from annotator.model import Span
from annotator.reading.navigation.units import UNITS, Unit, Units

Mode = Literal["read", "sentence", "caret"]

MOST = 100  # places


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
