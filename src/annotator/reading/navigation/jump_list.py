"""The places that were jumped from: what leads back to them, and onward again."""

from msgspec import Struct

MOST = 100  # places; farther back than that nobody knows what was there


class JumpList(Struct, frozen=True):
    """Places in the order in which they were left, and which of them one has gone back to."""

    places: tuple[int, ...] = ()
    at: int = 0  # as many as there are places before one goes back

    def left(self, place: int) -> "JumpList":
        """Return the places with one more, after which there is nothing to go onward to."""
        kept = self.places[: self.at]
        if kept[-1:] != (place,):
            kept = (*kept, place)
        return JumpList(kept[-MOST:], len(kept[-MOST:]))

    def gone(self, here: int, count: int) -> tuple["JumpList", int]:
        """Return where going `count` places leads, backwards if negative, and the places then.

        `here` is kept, so that one can come back to it. With nowhere to go, it
        is where one stays.
        """
        is_newest = self.at >= len(self.places)
        if is_newest and (count > 0 or not self.places):
            return self, here
        is_new = is_newest and self.places[-1] != here
        places = (*self.places, here) if is_new else self.places
        at = len(places) - 1 if is_newest else self.at
        target = max(0, min(at + count, len(places) - 1))
        return JumpList(places, target), places[target]
