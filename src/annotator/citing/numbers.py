"""The numbers of a sentence beside those of a passage: equal ones, and ones that differ.

A draft has a number of its source exactly, or rounds it.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from annotator.similarity.figures import Figure
from annotator.similarity.pairing import DOZEN, PRECISE, has_same_digits, paired
from annotator.similarity.polarity import NEAR
from annotator.similarity.reading import ClaimReading

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
            min(one.digits, two.digits) >= PRECISE and has_same_digits(one, two)
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


def compared(mine: ClaimReading, theirs: ClaimReading, *, is_sure: bool) -> Numbers:
    """Return the numbers of a sentence and of a passage in pairs, as `paired` does."""
    pairs = paired(mine, theirs, Figure.is_said_by, is_sure=is_sure, is_strict=True)
    equal, other = (tuple((one.figure, two.figure) for one, two in some) for some in pairs)
    return Numbers(equal, other)
