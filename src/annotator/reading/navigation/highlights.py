"""Marks in the order of the text: which overlap a passage, and which comes next.

A key must cost the same in an article with ten marks and with ten thousand. Marks
are kept as a sorted list of keys (start, -end, id), so that a position is found by
binary search, and the next mark is the next key. Beside it is the list of how far
the marks up to each index reach: `reach[i]` is the greatest end of the marks 0 to i.
Reach never falls, so that a second binary search skips all marks that end before a
passage, and only those near it are looked at:

    marks   [0-90] [10-20] [30-40] [60-70]       touching(65, 66):
    reach     90     90      90      90          starts before 66, reach beyond 65

Both lists are copied and changed in place for a mark that is added or removed: the
reach is repaired only up to the first mark behind it that reaches as far as before.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import compress, count
from operator import is_not
from typing import Generic, Protocol, TypeVar

from annotator.model import Span


class Spanned(Protocol):
    """Anything with an id and a span of the text."""

    @property
    def id(self) -> str:
        """Its unique id."""

    @property
    def span(self) -> Span:
        """Its span."""


S = TypeVar("S", bound=Spanned)
T = TypeVar("T")

_UNKNOWN = -1
_Key = tuple[int, int, str]  # start, negative end, id: longer marks sort first


class Highlights(Generic[S]):
    """Marks in the order of the text; longer ones first where they start together.

    `keys` has their starts, negative ends and ids in this order.
    """

    def __init__(self, marks: Iterable[S] = ()) -> None:
        self._by_id = {mark.id: mark for mark in marks}
        self.keys = sorted(map(_key, self._by_id.values()))
        self._reach = [_UNKNOWN] * len(self.keys)
        self._repair_reach(0)

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def marks(self) -> tuple[S, ...]:
        """All marks, in order."""
        return tuple(self._by_id[identity] for *_, identity in self.keys)

    def get(self, identity: str) -> S | None:
        """Return the mark with that id, if there is one."""
        return self._by_id.get(identity)

    def exchanged(self, gone: Iterable[str], come: Iterable[S]) -> "Highlights[S]":
        """Return the marks without those with the ids `gone`, and with `come`; quick for a few."""
        other, added = Highlights[S](), list(come)
        other._by_id, other.keys = self._by_id.copy(), self.keys.copy()
        other._reach = self._reach.copy()
        for identity in {*gone, *(mark.id for mark in added)} & self._by_id.keys():
            other._drop(identity)
        for mark in added:
            other._add(mark)
        return other

    def touching(self, start: int, end: int) -> tuple[S, ...]:
        """Return the marks that overlap the code points `start` to `end`, in order."""
        near = self.keys[bisect_right(self._reach, start) : bisect_left(self.keys, (end,))]
        return tuple(self._by_id[identity] for _, last, identity in near if -last > start)

    def at(self, offset: int) -> tuple[S, ...]:
        """Return the marks that cover a code point, the shortest first."""
        return tuple(sorted(self.touching(offset, offset + 1), key=lambda mark: len(mark.span)))

    def step(self, offset: int, count: int, *, beyond: str = "") -> S | None:
        """Return the mark `count` marks after `offset`, before it if negative.

        `beyond` is the id of the current mark, if any. Counting starts there, so
        that marks with the same start come one after the other.
        """
        standing = self._by_id.get(beyond)
        if standing is not None:
            index = bisect_left(self.keys, _key(standing)) + count
        else:
            index = bisect_left(self.keys, (offset,)) + count - int(count > 0)
        return self._by_id[self.keys[index][-1]] if 0 <= index < len(self.keys) else None

    def changed(self, other: "Highlights[S]") -> tuple[Span, ...]:
        """Return the spans of marks that only one of the two has, or that differ."""
        before, after = differing(self.keys, other.keys)
        ids = dict.fromkeys(key[-1] for key in (*self.keys[before], *other.keys[after]))
        pairs = [(self.get(mark_id), other.get(mark_id)) for mark_id in ids]
        return tuple(mark.span for pair in pairs if pair[0] != pair[1] for mark in pair if mark)

    def _drop(self, identity: str) -> None:
        at = bisect_left(self.keys, _key(self._by_id.pop(identity)))
        del self.keys[at], self._reach[at]
        self._repair_reach(at)

    def _add(self, mark: S) -> None:
        at = bisect_left(self.keys, _key(mark))
        self._by_id[mark.id] = mark
        self.keys.insert(at, _key(mark))
        self._reach.insert(at, _UNKNOWN)
        self._repair_reach(at)

    def _repair_reach(self, first: int) -> None:
        """Repair the reach from index `first` on, up to the first mark whose reach is right."""
        reached = self._reach[first - 1] if first else 0
        for index in range(first, len(self.keys)):
            reached = max(reached, -self.keys[index][1])
            if self._reach[index] == reached:
                break
            self._reach[index] = reached


def differing(before: Sequence[T], after: Sequence[T]) -> tuple[slice, slice]:
    """Return the slices of two sequences between their first and last different objects.

    Objects are compared by identity, which takes a fraction of the time of
    comparing their values.
    """
    least = min(len(before), len(after))
    head = _same(before, after, least)
    tail = _same(reversed(before), reversed(after), least - head)
    return slice(head, len(before) - tail), slice(head, len(after) - tail)


def _same(before: Iterable[T], after: Iterable[T], most: int) -> int:
    """Return the number of identical objects before the first difference, at most `most`."""
    return min(most, next(compress(count(), map(is_not, before, after)), most))


def _key(mark: Spanned) -> _Key:
    return mark.span.start, -mark.span.end, mark.id
