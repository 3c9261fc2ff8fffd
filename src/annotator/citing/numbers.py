"""The numbers of a sentence beside those of a passage: equal ones, and ones that differ.

A draft has a number of its source exactly, or rounds it. So the most exact pair is taken
first, and a number that counts something else is not the same number: `ten minutes` is
not in `four minutes and ten seconds`, though `ten` is.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from annotator.similarity.figures import Figure
from annotator.similarity.reading import ClaimReading

PRECISE = 3  # digits; few numbers of this length are equal by chance
MOST_TIMES = 50  # as large, at most, is a number that replaces another one
DOZEN = 12  # numbers up to it are in every text, and must count the same
_EXACT = 1e-3  # share by which values of one number differ

Pair = tuple[Figure, Figure]


class Numbers(NamedTuple):
    """Pairs of numbers, the draft's first: those that are equal, and those that differ."""

    equal: tuple[Pair, ...]
    other: tuple[Pair, ...]

    @property
    def is_precise(self) -> bool:
        """Whether an equal number is long enough to be no coincidence."""
        return any(min(one.digits, two.digits) >= PRECISE for one, two in self.equal)

    @property
    def is_slip(self) -> bool:
        """Whether a number of several digits has those of the source in another order."""
        return any(
            min(one.digits, two.digits) >= PRECISE and _digits(one) == _digits(two)
            for one, two in self.other
        )

    def without(self, mine: ClaimReading, beside: ClaimReading) -> "Numbers":
        """Return them without the differences of numbers that are beside the passage."""
        known = {
            one.figure
            for one in _amounts(mine)
            if any(_closeness_of(one, amount) == 0 for amount in _amounts(beside))
        }
        return self._replace(other=tuple(pair for pair in self.other if pair[0] not in known))

    def unsaid(self, mine: ClaimReading, beside: ClaimReading) -> tuple[str, ...]:
        """Return the amounts of a sentence that are neither in the passage nor beside it."""
        paired = {one for one, _ in (*self.equal, *self.other)}
        return tuple(
            one.text
            for one in mine.figures.quantities
            if (one.unit or one.value > DOZEN)
            and one not in paired
            and not any(one.is_equal(quantity) for quantity in beside.figures.quantities)
        )


class _Amount(NamedTuple):
    figure: Figure
    counted: frozenset[str]


def compared(mine: ClaimReading, theirs: ClaimReading, *, is_sure: bool) -> Numbers:
    """Return the numbers of two sentences in pairs.

    Numbers differ if both count the same, by the words after them; or, if the sentences
    are surely about the same (`is_sure`), if they are the only ones left of their unit.
    """
    left, right = _amounts(mine), _amounts(theirs)
    equal = _taken(left, right, _closeness_of)
    other = _taken(left, right, _likeness)
    if is_sure:
        other += _only_ones(left, right)
    return Numbers(tuple(equal), tuple(other))


def _amounts(reading: ClaimReading) -> list[_Amount]:
    return [
        _Amount(figure, counted)
        for figure, counted in zip(reading.figures.quantities, reading.counted, strict=True)
    ]


def _taken(
    left: list[_Amount], right: list[_Amount], distance: Callable[[_Amount, _Amount], float | None]
) -> list[Pair]:
    """Return the closest pairs, and take them out of both lists."""
    pairs = [
        (far, at, where)
        for at, one in enumerate(left)
        for where, two in enumerate(right)
        if (far := distance(one, two)) is not None
    ]
    partners: dict[int, int] = {}
    for _, at, where in sorted(pairs):
        if at not in partners and where not in partners.values():
            partners[at] = where
    taken = [(left[at].figure, right[where].figure) for at, where in sorted(partners.items())]
    left[:] = [amount for at, amount in enumerate(left) if at not in partners]
    right[:] = [amount for at, amount in enumerate(right) if at not in partners.values()]
    return taken


def _closeness_of(one: _Amount, two: _Amount) -> float | None:
    """Return how far two numbers are apart if they can be the same one."""
    far = _closeness(one.figure, two.figure)
    if far is None or one.counted & two.counted:
        return far
    if one.figure.unit or min(one.figure.digits, two.figure.digits) >= PRECISE:
        return far
    is_small = one.figure.value <= DOZEN
    return None if is_small or (one.counted and two.counted) else far


def _closeness(one: Figure, two: Figure) -> float | None:
    if not one.is_equal(two):
        return None
    far = abs(one.value - two.value) / max(one.value, two.value, 1e-9)
    return 0 if far <= _EXACT else far


def _likeness(one: _Amount, two: _Amount) -> float | None:
    """Return how unlike two numbers are that count the same; turned digits are most alike."""
    if not _may_replace(one.figure, two.figure):
        return None
    counts_alike = bool(one.counted & two.counted)
    if not counts_alike and not (one.figure.unit and one.figure.unit == two.figure.unit):
        return None
    digits = _digits(one.figure) == _digits(two.figure)
    far = abs(one.figure.value - two.figure.value) / max(one.figure.value, two.figure.value)
    return far - digits - 2 * counts_alike


def _digits(figure: Figure) -> list[str]:
    return sorted(f"{figure.value:.10g}")


def _may_replace(one: Figure, two: Figure) -> bool:
    largest, smallest = max(one.value, two.value), min(one.value, two.value)
    return one.is_comparable(two) and not one.is_equal(two) and largest <= MOST_TIMES * smallest


def _only_ones(left: Sequence[_Amount], right: Sequence[_Amount]) -> Iterator[Pair]:
    for one, _ in left:
        twins = [two for two, _ in right if _may_replace(one, two)]
        if len(twins) == 1 and not any(one.is_equal(two) for two, _ in right):
            yield one, twins[0]
