"""The jump list: places that the reader jumped from, to go back to and forward again."""

from msgspec import Struct

MOST = 100  # places


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
