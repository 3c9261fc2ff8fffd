"""Two claims side by side: what they share, what only one has, and where they clash."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rapidfuzz.distance import Indel

from annotator.similarity.polarity import Contrast, contrasts, is_turned
from annotator.similarity.reading import ClaimReading, Term

ALIKE = 0.78  # similarity of two forms, or two spellings, of a word
_PART = 5  # letters of a part of a compound
_SHORTEST = 4  # letters of words that are compared by their letters

OTHER_LANGUAGE = 0.35  # what a word counts that only a dictionary could find in the other claim


class Comparison(NamedTuple):
    """Two claims side by side. `topic` is the share of their words that they have in common."""

    topic: float
    is_across: bool  # the two are in different languages
    shared: tuple[Term, ...]
    only: tuple[tuple[Term, ...], tuple[Term, ...]]
    years: frozenset[int]  # that both name
    only_years: tuple[int, int] | None  # the first of each, if they have no year in common
    has_other_days: bool
    opposed: tuple[tuple[str, str], ...]  # the words of both: “rose”, “fell”
    denied: tuple[tuple[str, str], ...]  # the word by which one of them denies something
    modal: tuple[tuple[str, str], ...]  # what only one says may be, or must be: “might”, “”
    turned: frozenset[int]  # places of the words of the first that the other turns round
    has_other_turn: bool  # only one says that something rises, is supported, is banned …
    is_turned: bool  # of two things compared, each is the larger one in one claim
    alike: Mapping[str, str]  # keys of the second that are other forms of keys of the first

    @property
    def names(self) -> tuple[str, ...]:
        """The names that both have."""
        return tuple(term.text for term in self.shared if term.kind in {"name", "place"})

    @property
    def has_other_names(self) -> bool:
        """Whether each has a name that the other lacks."""
        return all(
            any(term.kind in {"name", "place"} and term.is_certain for term in terms)
            for terms in self.only
        )

    @property
    def has_other_places(self) -> bool:
        """Whether each names a country or city that the other does not."""
        return all(any(term.kind == "place" for term in terms) for terms in self.only)


def compare(one: ClaimReading, other: ClaimReading) -> Comparison:
    """Return two claims side by side."""
    shared, left, right, alike = _matched(one, other)
    turned = list(contrasts(one.turns, other.turns, (one.keys, other.keys), alike))
    opposed = _of_kind("opposite", turned)
    (before, after), (other_before, other_after) = one.sides, other.sides
    is_turned = bool((before - other_before) & other_after and (after - other_after) & other_before)
    if is_turned and opposed:  # A is smaller than B, and B is larger than A
        opposed, is_turned = opposed[1:], False
    rest = [sum(_weight(term, one, other) for term in terms) for terms in (left, right)]
    return Comparison(
        topic=_topic(sum(term.weight for term in shared), *rest),
        is_across=one.language != other.language,
        shared=shared,
        only=(left, right),
        years=one.figures.years & other.figures.years,
        only_years=(min(one.figures.years), min(other.figures.years))
        if is_disjoint(one.figures.years, other.figures.years)
        else None,
        has_other_days=_has_other_days(one.figures.days, other.figures.days),
        opposed=opposed,
        denied=_of_kind("denial", turned),
        modal=_of_kind("modal", turned),
        turned=frozenset(contrast.at for contrast in turned if contrast.at >= 0),
        has_other_turn=one.signs.keys() != other.signs.keys(),
        is_turned=is_turned,
        alike=alike,
    )


def _of_kind(kind: str, turned: Iterable[Contrast]) -> tuple[tuple[str, str], ...]:
    return tuple((turn.one, turn.other) for turn in turned if turn.kind == kind)


def _topic(shared: float, left: float, right: float) -> float:
    """Return the share of words in common: of both claims, and of the shorter one, as a mean.

    Sentences of news often add to a claim who says it, and what it means.
    """
    if not shared:
        return 0.0
    of_both = 2 * shared / (2 * shared + left + right)
    return (of_both + shared / (shared + min(left, right))) / 2


def _matched(
    one: ClaimReading, other: ClaimReading
) -> tuple[tuple[Term, ...], tuple[Term, ...], tuple[Term, ...], dict[str, str]]:
    """Return the terms that both have, those that only one has, and keys that are alike."""
    shared = [
        _heavier(term, other.terms[key]) for key, term in one.terms.items() if key in other.terms
    ]
    left = [term for key, term in one.terms.items() if key not in other.terms]
    right = [term for key, term in other.terms.items() if key not in one.terms]
    alike: dict[str, str] = {}
    with_parts = one.language == other.language == "de"
    for term in list(left):
        twin = next(
            (other for other in right if _is_alike(term, other, with_parts=with_parts)), None
        )
        if twin is not None:
            shared.append(_heavier(term, twin))
            left.remove(term)
            right.remove(twin)
            alike[twin.key] = term.key
    return tuple(shared), tuple(left), tuple(right), alike


def _heavier(term: Term, twin: Term) -> Term:
    """Return a term as in the first claim, with the higher weight of the two."""
    return term if term.weight >= twin.weight else twin._replace(text=term.text, at=term.at)


def _is_alike(term: Term, other: Term, *, with_parts: bool) -> bool:
    one, two = term.key, other.key
    if with_parts and _is_part(*((term, other) if len(one) < len(two) else (other, term))):
        return True
    if one[0] != two[0] or one[0] == "=" or min(len(one), len(two)) < _SHORTEST:
        return False
    return Indel.normalized_similarity(one, two, score_cutoff=ALIKE) > 0


def _is_part(term: Term, compound: Term) -> bool:
    """Whether a German noun is a part of another: `Betriebe` of `Obstbaubetrieb`."""
    if min(len(term.key), len(compound.key) - len(term.key) + 1) < _PART:
        return False
    if not (term.text[0].isupper() and compound.text[0].isupper()):
        return False
    root = term.key[: max(_PART, len(term.key) - 2)]
    end = compound.key.rfind(root) + len(root)
    is_last = end > len(root) and len(compound.key) - end <= len(term.key) - len(root)
    return (is_last or compound.key.startswith(root)) and not is_turned(compound.key, term.key)


def _weight(term: Term, one: ClaimReading, other: ClaimReading) -> float:
    if one.language != other.language and term.kind == "word":
        return term.weight * OTHER_LANGUAGE
    return term.weight


def is_disjoint(one: Iterable[object], other: Iterable[object]) -> bool:
    """Return whether both have something, and nothing in common."""
    left, right = {*one}, {*other}
    return bool(left and right and not left & right)


def _has_other_days(one: Iterable[tuple[int, int]], other: Iterable[tuple[int, int]]) -> bool:
    """Whether both name days, or months, and none in common."""
    left, right = {*one}, {*other}
    return bool(left and right) and not any(
        month == with_month and (day == with_day or not (day and with_day))
        for month, day in left
        for with_month, with_day in right
    )
