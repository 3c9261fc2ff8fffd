"""A sentence of a draft that says what an article says, in other words or with other numbers.

What counts is the share of the sentence that the article covers: an article says more
than the sentence, and has its names in other places, so a name counts wherever it
stands, and a word near the passage counts less than one in it. Numbers are compared as
values with units. One that the passage has otherwise is told, not taken for another
subject: the claim is the same but for it.
"""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from annotator.citing.source_text import Passage, SourceText, stem, words_of
from annotator.model import Span
from annotator.model.labels import MONTHS
from annotator.similarity import Wording
from annotator.similarity.comparison import Comparison, compare
from annotator.similarity.figures import Figure
from annotator.similarity.reading import Reading, Term, read

# What a word of the sentence counts, by where the article has it.
NEARBY, ELSEWHERE = 0.6, 0.6  # in the same paragraph; a name anywhere in the article

# Shares of the sentence that must be covered …
WITH_PRECISE_NUMBER = 0.34  # … if a number of three digits or more is equal
WITH_NUMBER = 0.45  # … if a number, or a year, is equal
WITHOUT_NUMBER = 0.62  # … if it has none
OTHER_NUMBER = 0.46  # … if a number is another one, and no other number is equal
SAME_BUT_FOR_A_NUMBER = 0.6  # … if the two numbers are not known to count the same
MOST_TIMES = 50  # as large, at most, is a number that replaces another one
BESIDE = 400  # characters around a passage that may have the numbers of the sentence as well
FEWEST_TERMS = 3  # that a sentence and a passage have in common, if no number is equal
PRECISE = 3  # digits

Kind = Literal["number", "date", "words", "direction"]


class Difference(NamedTuple):
    """A difference between draft and source; either is empty if only the other has words."""

    kind: Kind
    draft: str
    source: str


class Restatement(NamedTuple):
    """A passage that says what a sentence says, how certainly (0 to 1), and what differs."""

    span: Span
    score: float
    differences: tuple[Difference, ...] = ()


def restated(
    sentence: str, passage: Passage, source: SourceText, language: str = ""
) -> Restatement | None:
    """Return whether a passage says what a sentence says; None if it is about something else."""
    mine = read(Wording(sentence))
    theirs = read(Wording(passage.span.of(source.text), language=language))
    found = compare(mine, theirs)
    covered, shared = _covered(mine, found, passage, source)
    numbers = _numbers(mine, theirs, found, covered)
    if numbers:
        numbers = _without_neighbours(numbers, passage, source, language)
    if not _is_about_it(mine, found, numbers, (covered, shared)):
        return None
    told = (Difference("number", one.text, two.text) for one, two in numbers)
    differences = (*told, *_dates(mine, theirs, found, has_number=bool(found.equal)))
    if not differences:
        differences = tuple(_directions(found))
    if differences and _has_other_names(mine, source):
        return None
    base = covered + 0.12 * min(2, len(found.equal)) + 0.06 * bool(found.years)
    return Restatement(passage.span, round(min(1.0, base), 3), differences)


def _is_about_it(
    mine: Reading, found: Comparison, numbers: Sequence[object], common: tuple[float, int]
) -> bool:
    """Return whether what is common, numbers and the share of the words, is enough."""
    covered, shared = common
    is_equal, is_precise = bool(found.equal or found.years), _is_precise(found)
    if shared + is_equal + is_precise + bool(numbers) < FEWEST_TERMS:
        return False
    wanted = len(mine.figures.quantities)
    if wanted and not is_equal and len(numbers) < wanted:
        return False
    if is_precise:
        return covered >= WITH_PRECISE_NUMBER
    if found.equal or (found.years and not wanted):
        return covered >= WITH_NUMBER
    return covered >= (OTHER_NUMBER if numbers else WITHOUT_NUMBER)


def _is_precise(found: Comparison) -> bool:
    return any(min(one.digits, two.digits) >= PRECISE for one, two in found.equal)


def _covered(
    mine: Reading, found: Comparison, passage: Passage, source: SourceText
) -> tuple[float, int]:
    """Return the share of the sentence that the article says, and the terms in the passage."""
    shared = {term.key for term in found.shared}
    missing = {term.key for term in found.only[0]}
    near = frozenset(map(stem, source.words_in(passage.paragraph)))
    total = covered = 0.0
    count = 0
    for term in mine.terms.values():
        weight = term.weight
        total += weight
        if term.key in shared or term.key not in missing:
            covered += weight
            count += 1
            continue
        stems = [stem(word) for word in words_of(term.text)]
        if stems and near.issuperset(stems):
            covered += NEARBY * weight
        elif _is_name(term) and stems and source.stems.issuperset(stems):
            covered += ELSEWHERE * weight
    return (covered / total if total else 0.0), count


def _is_name(term: Term) -> bool:
    return term.kind in {"name", "place"}


def _has_other_names(mine: Reading, source: SourceText) -> bool:
    """Return whether a sentence has a name that the article never has."""
    return any(
        term.is_certain and not source.stems.issuperset(map(stem, words_of(term.text)))
        for term in mine.terms.values()
        if _is_name(term)
    )


def _numbers(
    mine: Reading, theirs: Reading, found: Comparison, covered: float
) -> tuple[tuple[Figure, Figure], ...]:
    """Return the numbers that the passage has otherwise, each with the one in its place.

    Both count the same by the words after them, or they are the only ones left of their unit.
    """
    best: dict[Figure, Figure] = {}
    for one, two in found.unequal:
        known = best.get(one)
        if known is None or _alikeness(one, two) > _alikeness(one, known):
            best[one] = two
    equal = [*best.items(), *found.equal]
    mine_left = [one for one in mine.figures.quantities if one not in {each for each, _ in equal}]
    left = [two for two in theirs.figures.quantities if two not in {each for _, each in equal}]
    if covered >= SAME_BUT_FOR_A_NUMBER:
        for one in mine_left:
            twins = [two for two in left if one.is_comparable(two) and not one.is_equal(two)]
            if len(twins) == 1:
                best[one] = twins[0]
    return tuple(
        (one, two)
        for one, two in best.items()
        if max(one.value, two.value) <= MOST_TIMES * min(one.value, two.value)
    )


def _without_neighbours(
    numbers: tuple[tuple[Figure, Figure], ...],
    passage: Passage,
    source: SourceText,
    language: str,
) -> tuple[tuple[Figure, Figure], ...]:
    """Return the numbers without those that the article has beside the passage."""
    start, end = max(0, passage.span.start - BESIDE), passage.span.end + BESIDE
    beside = read(Wording(source.text[start:end], language=language)).figures.quantities
    return tuple(
        (one, two) for one, two in numbers if not any(one.is_equal(each) for each in beside)
    )


def _alikeness(one: Figure, two: Figure) -> tuple[bool, float]:
    """Return how likely one number is a slip for another: digits turned, then a near value."""
    digits = sorted(f"{one.value:g}") == sorted(f"{two.value:g}")
    return digits, -abs(one.value - two.value) / max(one.value, two.value, 1e-9)


def _dates(
    mine: Reading, theirs: Reading, found: Comparison, *, has_number: bool
) -> Iterator[Difference]:
    if found.only_years and not has_number:
        yield Difference("date", *map(str, found.only_years))
    elif found.has_other_days and not has_number:
        other = min(theirs.figures.days)
        yield Difference("date", _named(min(mine.figures.days)), _named(other))


def _named(day: tuple[int, int]) -> str:
    month, number = day
    return f"{number} {MONTHS[month - 1]}" if number else MONTHS[month - 1]


def _directions(found: Comparison) -> Iterator[Difference]:
    if found.opposed and not found.is_negated:
        yield Difference("direction", *found.opposed[0])
    elif found.is_turned:
        yield Difference("direction", "the other way round", "")
