"""The numbers of two statements in pairs: equal ones, and ones that differ.

The closest pair is taken first, and a number that counts something else is not the same
number: `ten minutes` is not in `four minutes and ten seconds`, though `ten` is.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from annotator.similarity.figures import Figure
from annotator.similarity.reading import ClaimReading

PRECISE = 3  # digits; few numbers of this length are equal by chance
DOZEN = 12  # numbers up to it are in every text, and must count the same
MOST_TIMES = 50  # as large, at most, is a number that replaces another one
THOUSAND = 1000  # equal numbers from it on are no coincidence either
_EXACT = 1e-3  # share by which values of one number differ

IsSame = Callable[[Figure, Figure], bool]


class Amount(NamedTuple):
    """A number of a statement, and what it counts, if known."""

    figure: Figure
    counted: frozenset[str]


Pair = tuple[Amount, Amount]


def paired(
    one: ClaimReading,
    other: ClaimReading,
    is_same: IsSame,
    *,
    is_sure: bool = True,
    is_strict: bool = False,
) -> tuple[list[Pair], list[Pair]]:
    """Return the pairs of numbers that are the same, and of those that differ.

    Numbers differ if both count the same, by the words after them; or, if the statements
    are surely about the same (`is_sure`), if they are the only ones left of their unit.
    With `is_strict`, short numbers are only the same if they count the same.
    """
    left, right = _amounts(one), _amounts(other)

    def closeness(mine: Amount, theirs: Amount) -> float | None:
        if not is_same(mine.figure, theirs.figure) or (is_strict and _is_chance(mine, theirs)):
            return None
        far = mine.figure.distance(theirs.figure)
        return 0 if far <= _EXACT else far

    def likeness(mine: Amount, theirs: Amount) -> float | None:
        return _likeness(mine, theirs) if _may_replace(mine, theirs, is_same) else None

    equal, different = _taken(left, right, closeness), _taken(left, right, likeness)
    if is_sure:
        different += _only_ones(left, right, is_same)
    return equal, different


def has_same_digits(one: Figure, two: Figure) -> bool:
    """Return whether two numbers have the same digits, in any order."""
    return sorted(f"{one.value:.10g}") == sorted(f"{two.value:.10g}")


def _amounts(reading: ClaimReading) -> list[Amount]:
    return list(map(Amount, reading.figures.quantities, reading.counted))


def _taken(
    left: list[Amount], right: list[Amount], distance: Callable[[Amount, Amount], float | None]
) -> list[Pair]:
    """Return the closest pairs, and take them out of both lists."""
    pairs = [
        (far, -len(one.counted & two.counted), at, where)
        for at, one in enumerate(left)
        for where, two in enumerate(right)
        if (far := distance(one, two)) is not None
    ]
    partners: dict[int, int] = {}
    for _, _, at, where in sorted(pairs):
        if at not in partners and where not in partners.values():
            partners[at] = where
    taken = [(left[at], right[where]) for at, where in sorted(partners.items())]
    left[:] = [amount for at, amount in enumerate(left) if at not in partners]
    right[:] = [amount for at, amount in enumerate(right) if at not in partners.values()]
    return taken


def _is_chance(one: Amount, two: Amount) -> bool:
    """Whether two numbers may be equal by chance: short ones that count other things."""
    if one.counted & two.counted or one.figure.unit:
        return False
    if min(one.figure.digits, two.figure.digits) >= PRECISE:
        return False
    if one.figure.value >= THOUSAND and one.figure.distance(two.figure) <= _EXACT:
        return False
    return one.figure.value <= DOZEN or bool(one.counted and two.counted)


def _likeness(one: Amount, two: Amount) -> float | None:
    """Return how unlike two numbers are that count the same; turned digits are most alike."""
    counts_alike = bool(one.counted & two.counted)
    if not counts_alike and not (one.figure.unit and one.figure.unit == two.figure.unit):
        return None
    far = one.figure.distance(two.figure)
    return far - has_same_digits(one.figure, two.figure) - 2 * counts_alike


def _may_replace(mine: Amount, theirs: Amount, is_same: IsSame) -> bool:
    one, two = mine.figure, theirs.figure
    largest, smallest = max(one.value, two.value), min(one.value, two.value)
    return one.is_comparable(two) and not is_same(one, two) and largest <= MOST_TIMES * smallest


def _only_ones(left: Sequence[Amount], right: Sequence[Amount], is_same: IsSame) -> Iterator[Pair]:
    for one in left:
        twins = [two for two in right if _may_replace(one, two, is_same)]
        if len(twins) == 1 and not any(is_same(one.figure, two.figure) for two in right):
            yield one, twins[0]
