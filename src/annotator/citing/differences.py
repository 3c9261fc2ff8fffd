"""The differences between a sentence of a draft and the passage that it restates.

Every number, day and year of the sentence is looked for in the passage, then beside it. One
that is in neither is reported, however well the rest agrees: a sentence with another number is
another claim; a draft has a number of its source exactly, or rounds it. One that is only beside
the passage counts if it stands among the same words.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property
from typing import Literal, NamedTuple, TypeVar

from annotator.citing.source_text import SourcePassage, SourceText
from annotator.model.labels import MONTHS
from annotator.similarity.comparison import Comparison
from annotator.similarity.figures import Figure, Figures
from annotator.similarity.pairing import DOZEN, PRECISE, has_same_digits, paired
from annotator.similarity.polarity import NEAR
from annotator.similarity.reading import ClaimReading, Wording, read
from annotator.similarity.roles import exchanged

Pair = tuple[Figure, Figure]
Kind = Literal["number", "date", "words", "direction"]
T = TypeVar("T")

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
BESIDE = 400  # characters around a passage that may have the numbers of the sentence as well
ANYWHERE = 0.45  # of the words around a number, that another place of the article must have
LONGEST = 100_000  # characters of an article in which numbers are looked for
HALF_A_YEAR = 6  # months
A_FEW = 2  # `both` and `a pair` are rarely numbers
_FEWEST_RANKS = 3  # `second` has many meanings


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


class Around:
    """The text beside a passage and all of its article, read when they are needed."""

    def __init__(self, passage: SourcePassage, source: SourceText, language: str) -> None:
        self._passage, self._source, self._language = passage, source, language

    @cached_property
    def beside(self) -> ClaimReading:
        """The passage with the text on both sides of it."""
        text = self._source.around(self._passage.span, BESIDE)
        return read(Wording(text, language=self._language))

    def years_of(self, figures: Figures) -> frozenset[int]:
        """Return the years of days without one: those that are nearest to the publication."""
        year, month, *_ = (*map(int, re.findall(r"\d+", self._source.published)), 0, 0)
        if not month:
            return frozenset()
        nearest = {
            year + (named - month < -HALF_A_YEAR) - (named - month > HALF_A_YEAR)
            for named, _ in figures.days
        }
        if figures.weekdays and not nearest:
            return frozenset({year})
        return frozenset(nearest)

    @cached_property
    def article(self) -> ClaimReading:
        """The article, but for its end if it is a book."""
        return read(Wording(self._source.text[:LONGEST], language=self._language))


class Difference(NamedTuple):
    """A difference between draft and source; either is empty if only the other has words."""

    kind: Kind
    draft: str
    source: str


def differences(
    mine: ClaimReading, theirs: ClaimReading, around: Around, compared: tuple[Numbers, Comparison]
) -> Iterator[Difference]:
    """Yield the differences between a sentence and a passage."""
    numbers, comparison = compared
    yield from (Difference("number", one.text, two.text) for one, two in numbers.other)
    yield from _lacking_amounts(mine, theirs, around, numbers)
    yield from _dates(mine, theirs, around)
    yield from (Difference("direction", *pair) for pair in comparison.opposed)
    for draft, source in comparison.denied:
        whose = "draft" if draft else "source"
        yield Difference("direction", f"only the {whose} has “{draft or source}”", "")
    yield from (Difference("words", *pair) for pair in comparison.modal)
    if comparison.is_turned:
        yield Difference("direction", "the other way round", "")
    elif roles := exchanged(mine, theirs, comparison.alike):
        yield Difference("direction", *roles)


def _lacking_amounts(
    mine: ClaimReading, theirs: ClaimReading, around: Around, numbers: Numbers
) -> Iterator[Difference]:
    known = {one for one, _ in (*numbers.equal, *numbers.other)}
    lacking = [
        figure
        for figure in mine.figures.quantities
        if not (figure in known or _is_vague(figure) or is_said(figure, theirs.figures.quantities))
    ]
    if set(lacking) - known:
        known.update(said_near(mine, around.article, ANYWHERE))
    yield from (Difference("number", figure.text, "") for figure in lacking if figure not in known)
    near = (theirs.figures, around.beside.figures)
    codes = {code for figures in near for code in figures.codes}
    codes.update(figure.text for figures in near for figure in figures.quantities)
    yield from (Difference("number", code, "") for code in sorted(mine.figures.codes - codes))


def _is_vague(figure: Figure) -> bool:
    return figure.is_rough and figure.value <= A_FEW and not figure.unit


def _dates(mine: ClaimReading, theirs: ClaimReading, around: Around) -> Iterator[Difference]:
    ours, others, near = mine.figures, theirs.figures, around.beside.figures
    years = near.years | around.years_of(others)
    yield from _other((ours.years, others.years, years), _same, str)
    yield from _other((ours.days, others.days, near.days), _is_same_day, _named)
    weekdays = (ours.weekdays, others.weekdays, near.weekdays)
    yield from _other(weekdays, _same, lambda day: WEEKDAYS[day - 1])
    times = (ours.times, others.times, near.times)
    yield from _other(times, lambda one, two: one.is_equal(two), lambda one: one.text)
    for kind, text, other in _other((ours.ranks, others.ranks, near.ranks), _same, str):
        if other or int(text) >= _FEWEST_RANKS:
            yield Difference(kind, f"{text}.", f"{other}." if other else "")


def _other(
    dates: tuple[Collection[T], Collection[T], Collection[T]],
    is_same: Callable[[T, T], bool],
    named: Callable[[T], str],
) -> Iterator[Difference]:
    """Yield the dates that a passage has not, with what it has in their place.

    One that is beside the passage is no difference, unless the passage has another one.
    """
    ours, others, near = dates  # of the sentence, of the passage, and beside it
    left = [other for other in others if not any(is_same(one, other) for one in ours)]
    for one in sorted(ours, key=named):
        if any(is_same(one, other) for other in others):
            continue
        if left:
            yield Difference("date", named(one), named(min(left, key=named)))
        elif not any(is_same(one, other) for other in near):
            yield Difference("date", named(one), "")


def _same(one: T, other: T) -> bool:
    return one == other


def _is_same_day(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether a day is that of the source, or a month the one of its day."""
    return one[0] == other[0] and (one[1] == other[1] or not one[1])


def _named(day: tuple[int, int]) -> str:
    month, number = day
    return f"{number} {MONTHS[month - 1]}" if number else MONTHS[month - 1]
