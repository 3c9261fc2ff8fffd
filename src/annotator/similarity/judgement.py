"""The judgement on two claims: the same, a contradiction, related, or nothing in common.

The rules need a common subject first, and then look at what can be compared: numbers,
years, and the way that each claim points. They were tuned on one half of
`benchmarks/claims/gold/similar_claims.jsonl`, and measured on the other (docs/manual/claims.md).
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from annotator.similarity.comparison import Comparison, compare
from annotator.similarity.figures import Figure
from annotator.similarity.pairing import PRECISE, Pair, paired
from annotator.similarity.reading import NO_SUBJECT, ClaimReading, Term, Wording, read
from annotator.similarity.roles import exchanged

Similarity = Literal["same", "contradicts", "related"]

# Shares of common words from which two claims …
SAME_NUMBER = 0.45  # … with a common number say the same
SAME_PRECISE_NUMBER = 0.4  # … with a common number of three digits or more
SAME_DATE = 0.6  # … with a common year
SAME_WORDS = 0.7  # … without numbers
CLASHING = 0.62  # … can contradict each other
SAME_TIME = 0.1  # … less than that, if both name the year
OTHER_YEAR = 0.8  # … differ in nothing but the year
RELATED = 0.25  # … are about one subject

SUBJECT = 0.9  # weight of a word that two claims have in common
MOST_REASONS = 4


class Judgement(NamedTuple):
    """The similarity of two claims, its certainty from 0 to 1, and the reason in words.

    `is_open` says that only one of them tells which way something goes, such as up or down.
    """

    similarity: Similarity
    score: float
    reason: str
    is_open: bool = False


class _Numbers(NamedTuple):
    """The numbers of two claims in pairs."""

    equal: Sequence[Pair]
    unequal: Sequence[Pair]
    are_in_both: bool


def _numbers(one: ClaimReading, other: ClaimReading) -> _Numbers:
    are_in_both = bool(one.figures.quantities and other.figures.quantities)
    return _Numbers(*paired(one, other, Figure.is_equal), are_in_both)


def judge(one: Wording, other: Wording) -> Judgement | None:
    """Return how two claims are similar; None if they have nothing in common."""
    mine, theirs = read(one), read(other)
    comparison, numbers = compare(mine, theirs), _numbers(mine, theirs)
    if not comparison.topic or comparison.has_other_places:
        return _related(comparison, numbers)
    clash, is_same = _clash(comparison, numbers), _is_same(comparison, numbers)
    if not clash and is_same and exchanged(mine, theirs, comparison.alike):
        clash = "the other way round"
    if clash:
        return Judgement("contradicts", _score(comparison, numbers, 0.35), clash)
    if is_same:
        common = _in_common(comparison, numbers)
        score = _score(comparison, numbers, 0.35)
        return Judgement("same", score, common, comparison.has_other_turn)
    return _related(comparison, numbers)


def _has_subject(comparison: Comparison) -> bool:
    """Whether both speak of the same thing, not only of the same person or place."""
    return any(
        term.kind in {"word", "concept"} and term.weight >= SUBJECT and term.key not in NO_SUBJECT
        for term in comparison.shared
    )


def _clash(comparison: Comparison, numbers: _Numbers) -> str:
    """Return why two claims on one subject cannot both be true; empty if they can."""
    least = CLASHING - SAME_TIME * bool(comparison.years)
    if comparison.topic < least or not _has_subject(comparison):
        return ""
    if comparison.only_years:
        is_date = comparison.topic >= OTHER_YEAR and not (numbers.equal or numbers.unequal)
        return _against(comparison.only_years) if is_date else ""
    return "" if comparison.has_other_days else _contrast(comparison, numbers)


def _contrast(comparison: Comparison, numbers: _Numbers) -> str:
    """Return the difference that tells two claims apart; empty if there is none."""
    if comparison.opposed:
        return _against(comparison.opposed[0])
    if comparison.denied:
        return "one of them denies it"
    if comparison.is_turned:
        return "the other way round"
    if numbers.unequal and not comparison.has_other_names:
        return _against([amount.figure.text for amount in numbers.unequal[0]])
    return ""


def _is_same(comparison: Comparison, numbers: _Numbers) -> bool:
    if (
        not _has_subject(comparison)
        or comparison.only_years
        or numbers.unequal
        or comparison.has_other_days
    ):
        return False
    if numbers.equal:
        is_precise = any(one.figure.digits >= PRECISE for one, _ in numbers.equal)
        least = SAME_PRECISE_NUMBER if is_precise else SAME_NUMBER
        return comparison.topic >= least
    if numbers.are_in_both or comparison.has_other_turn or comparison.has_other_names:
        return False
    return comparison.topic >= (SAME_DATE if comparison.years else SAME_WORDS)


def _related(comparison: Comparison, numbers: _Numbers) -> Judgement | None:
    is_near = comparison.topic >= RELATED and (
        _has_subject(comparison) or bool(comparison.names and numbers.equal)
    )
    return (
        Judgement("related", _score(comparison, numbers, 0.0), _in_common(comparison, numbers))
        if is_near
        else None
    )


def _score(comparison: Comparison, numbers: _Numbers, base: float) -> float:
    certain = (
        0.45 * comparison.topic
        + 0.1 * bool(comparison.names)
        + 0.1 * bool(numbers.equal or comparison.years)
    )
    return round(min(1.0, base + certain), 2)


def _against(two: Sequence[object]) -> str:
    return f"{two[0]} against {two[1]}"


def _in_common(comparison: Comparison, numbers: _Numbers) -> str:
    facts = list(dict.fromkeys([*_facts(comparison, numbers)]))[:MOST_REASONS]
    if facts:
        return f"both name {', '.join(facts)}"
    words = [term.text for term in sorted(comparison.shared, key=lambda term: -term.weight)]
    return f"both speak of {', '.join(words[:MOST_REASONS])}"


def joined_names(names: Iterable[Term]) -> Iterator[str]:
    """Yield names, those of neighbouring words as one."""
    words: list[str] = []
    end = -1
    for term in sorted(names, key=lambda term: term.at):
        if words and (term.at < 0 or term.at != end + 1):
            yield " ".join(words)
            words = []
        words.append(term.text)
        end = term.at
    if words:
        yield " ".join(words)


def _facts(comparison: Comparison, numbers: _Numbers) -> Iterator[str]:
    yield from (one.figure.text for one, _ in numbers.equal)
    yield from joined_names(term for term in comparison.shared if term.kind in {"name", "place"})
    yield from map(str, sorted(comparison.years))
