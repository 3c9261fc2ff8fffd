"""Which of many overlapping marks touch a passage, and which comes next."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate
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


class Highlights(Generic[S]):
    """Marks in the order of the text; longer ones first where they start together."""

    def __init__(self, marks: Iterable[S] = ()) -> None:
        self.marks = tuple(sorted(marks, key=lambda m: (m.span.start, -m.span.end, m.id)))
        self._starts = [mark.span.start for mark in self.marks]
        self._reach = list(accumulate((mark.span.end for mark in self.marks), max))
        self._by_id = {mark.id: mark for mark in self.marks}

    def __len__(self) -> int:
        return len(self.marks)

    def get(self, identity: str) -> S | None:
        """Return the mark of that id, if it is shown."""
        return self._by_id.get(identity)

    def touching(self, start: int, end: int) -> tuple[S, ...]:
        """Return the marks that share a code point with `start` to `end`, in order."""
        first = bisect_right(self._reach, start)
        last = bisect_left(self._starts, end)
        return tuple(mark for mark in self.marks[first:last] if mark.span.end > start)

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
            index = self.marks.index(standing) + count
        else:
            index = bisect_left(self._starts, offset) + count - int(count > 0)
        return self.marks[index] if 0 <= index < len(self.marks) else None

    def changed(self, other: "Highlights[S]") -> tuple[Span, ...]:
        """Return the spans of the marks that only one of the two has, or has otherwise."""
        ours, theirs = ({id(mark) for mark in each.marks} for each in (self, other))
        here = (m for m in self.marks if id(m) not in theirs and other.get(m.id) != m)
        there = (m for m in other.marks if id(m) not in ours and self.get(m.id) != m)
        return tuple(mark.span for marks in (here, there) for mark in marks)
