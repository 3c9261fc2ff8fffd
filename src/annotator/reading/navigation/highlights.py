"""Which of many overlapping marks touch a passage, and which comes next."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import compress, count
from operator import is_not
from typing import Generic, Protocol, TypeVar

from annotator.model import Span


class Spanned(Protocol):
    """Anything that lies somewhere in a text."""

    @property
    def id(self) -> str:
        """What tells it from all others."""

    @property
    def span(self) -> Span:
        """Where it lies."""


S = TypeVar("S", bound=Spanned)
T = TypeVar("T")

_UNKNOWN = -1
_Key = tuple[int, int, str]  # start, end below zero, id: they sort as the marks are shown


class Highlights(Generic[S]):
    """Marks in the order of the text; longer ones first where they start together.

    `keys` say in that order where each is, and its id.
    """

    def __init__(self, marks: Iterable[S] = ()) -> None:
        self._by_id = {mark.id: mark for mark in marks}
        self.keys = sorted(map(_key, self._by_id.values()))
        self._reach = [_UNKNOWN] * len(self.keys)
        self._mend_reach(0)

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def marks(self) -> tuple[S, ...]:
        """All marks, in order."""
        return tuple(self._by_id[identity] for *_, identity in self.keys)

    def get(self, identity: str) -> S | None:
        """Return the mark of that id, if it is shown."""
        return self._by_id.get(identity)

    def exchanged(self, gone: Iterable[str], come: Iterable[S]) -> "Highlights[S]":
        """Return the marks without those of some ids, and with others; it is quick for a few."""
        other, added = Highlights[S](), list(come)
        other._by_id, other.keys = self._by_id.copy(), self.keys.copy()
        other._reach = self._reach.copy()
        for identity in {*gone, *(mark.id for mark in added)} & self._by_id.keys():
            other._drop(identity)
        for mark in added:
            other._add(mark)
        return other

    def touching(self, start: int, end: int) -> tuple[S, ...]:
        """Return the marks that share a code point with `start` to `end`, in order."""
        near = self.keys[bisect_right(self._reach, start) : bisect_left(self.keys, (end,))]
        return tuple(self._by_id[identity] for _, last, identity in near if -last > start)

    def at(self, offset: int) -> tuple[S, ...]:
        """Return the marks that cover a code point, the shortest first."""
        return tuple(sorted(self.touching(offset, offset + 1), key=lambda mark: len(mark.span)))

    def step(self, offset: int, count: int, *, beyond: str = "") -> S | None:
        """Return the mark `count` marks after `offset`, before it if negative.

        `beyond` is the id of the mark stood on, if any; it is counted from
        instead, so that marks that start together come one after the other.
        """
        standing = self._by_id.get(beyond)
        if standing is not None:
            index = bisect_left(self.keys, _key(standing)) + count
        else:
            index = bisect_left(self.keys, (offset,)) + count - int(count > 0)
        return self._by_id[self.keys[index][-1]] if 0 <= index < len(self.keys) else None

    def changed(self, other: "Highlights[S]") -> tuple[Span, ...]:
        """Return the spans of the marks that only one of the two has, or has otherwise."""
        before, after = differing(self.keys, other.keys)
        ids = dict.fromkeys(key[-1] for key in (*self.keys[before], *other.keys[after]))
        pairs = [(self.get(each), other.get(each)) for each in ids]
        return tuple(mark.span for pair in pairs if pair[0] != pair[1] for mark in pair if mark)

    def _drop(self, identity: str) -> None:
        at = bisect_left(self.keys, _key(self._by_id.pop(identity)))
        del self.keys[at], self._reach[at]
        self._mend_reach(at)

    def _add(self, mark: S) -> None:
        at = bisect_left(self.keys, _key(mark))
        self._by_id[mark.id] = mark
        self.keys.insert(at, _key(mark))
        self._reach.insert(at, _UNKNOWN)
        self._mend_reach(at)

    def _mend_reach(self, first: int) -> None:
        """Say anew how far marks go with all before them, up to one that goes as far as it did."""
        reached = self._reach[first - 1] if first else 0
        for index in range(first, len(self.keys)):
            reached = max(reached, -self.keys[index][1])
            if self._reach[index] == reached:
                break
            self._reach[index] = reached


def differing(before: Sequence[T], after: Sequence[T]) -> tuple[slice, slice]:
    """Return the part of each of two sequences that is not made of the other's objects.

    It reaches from the first difference to the last, which are found in a fraction
    of the time that it takes to look into the values.
    """
    least = min(len(before), len(after))
    head = _same(before, after, least)
    tail = _same(reversed(before), reversed(after), least - head)
    return slice(head, len(before) - tail), slice(head, len(after) - tail)


def _same(before: Iterable[T], after: Iterable[T], most: int) -> int:
    """Return how many objects, `most` at most, are the same up to the first that is not."""
    return min(most, next(compress(count(), map(is_not, before, after)), most))


def _key(mark: Spanned) -> _Key:
    return mark.span.start, -mark.span.end, mark.id
