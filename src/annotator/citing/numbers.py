"""The numbers of a sentence beside those of a passage: equal ones, and ones that differ.

A draft has a number of its source exactly, or rounds it. So the most exact pair is taken
first, and a number that counts something else is not the same number: `ten minutes` is
not in `four minutes and ten seconds`, though `ten` is.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from annotator.similarity.figures import Figure
from annotator.similarity.polarity import NEAR
from annotator.similarity.reading import ClaimReading

PRECISE = 3  # digits; few numbers of this length are equal by chance
MOST_TIMES = 50  # as large, at most, is a number that replaces another one
THOUSAND = 1000  # equal numbers from it on are no coincidence either
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
    def is_several(self) -> bool:
        """Whether two numbers that are no coincidence are equal."""
        return sum(bool(one.unit or one.value > DOZEN) for one, _ in self.equal) > 1

    @property
    def is_slip(self) -> bool:
        """Whether a number of several digits has those of the source in another order."""
        return any(
            min(one.digits, two.digits) >= PRECISE and _digits(one) == _digits(two)
            for one, two in self.other
        )

    def without(self, mine: ClaimReading, beside: ClaimReading) -> "Numbers":
        """Return them without the differences of numbers that are beside the passage."""
        known = set(said_near(mine, beside))
        return self._replace(other=tuple(pair for pair in self.other if pair[0] not in known))


def said_near(mine: ClaimReading, beside: ClaimReading, least: float = NEAR) -> Iterator[Figure]:
    """Yield the numbers of a sentence that another text has among the same words."""
    others = list(zip(beside.figures.quantities, beside.counted, beside.near, strict=True))
    for figure, counted, around in zip(
        mine.figures.quantities, mine.counted, mine.near, strict=True
    ):
        near = [
            quantity
            for quantity, others_counted, words in others
            if (not (counted and others_counted) or counted & others_counted)
            and sum(min(weight, words.get(key, 0.0)) for key, weight in around.items()) >= least
        ]
        if is_said(figure, near):
            yield figure


def is_said(figure: Figure, quantities: Sequence[Figure]) -> bool:
    """Return whether one of some quantities is a number, or both parts of a share: 3 of 23."""
    if any(figure.is_said_by(quantity) for quantity in quantities):
        return True
    values = {quantity.value for quantity in quantities if not quantity.unit}
    values |= {part for quantity in quantities for part in quantity.parts}
    return not (figure.unit and not figure.parts) and values.issuperset(
        figure.parts or {figure.value}
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
    is_long = min(one.figure.digits, two.figure.digits) >= PRECISE
    if one.figure.unit or is_long or (far == 0 and one.figure.value >= THOUSAND):
        return far
    is_small = one.figure.value <= DOZEN
    return None if is_small or (one.counted and two.counted) else far


def _closeness(one: Figure, two: Figure) -> float | None:
    if not one.is_said_by(two):
        return None
    far = one.distance(two)
    return 0 if far <= _EXACT else far


def _likeness(one: _Amount, two: _Amount) -> float | None:
    """Return how unlike two numbers are that count the same; turned digits are most alike."""
    if not _may_replace(one.figure, two.figure):
        return None
    counts_alike = bool(one.counted & two.counted)
    if not counts_alike and not (one.figure.unit and one.figure.unit == two.figure.unit):
        return None
    digits = _digits(one.figure) == _digits(two.figure)
    far = one.figure.distance(two.figure)
    return far - digits - 2 * counts_alike


def _digits(figure: Figure) -> list[str]:
    return sorted(f"{figure.value:.10g}")


def _may_replace(one: Figure, two: Figure) -> bool:
    largest, smallest = max(one.value, two.value), min(one.value, two.value)
    return one.is_comparable(two) and not one.is_said_by(two) and largest <= MOST_TIMES * smallest


def _only_ones(left: Sequence[_Amount], right: Sequence[_Amount]) -> Iterator[Pair]:
    for one, _ in left:
        twins = [two for two, _ in right if _may_replace(one, two)]
        if len(twins) == 1 and not any(one.is_said_by(two) for two, _ in right):
            yield one, twins[0]
