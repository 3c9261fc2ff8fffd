"""Which candidate is the passage, and whether any of them is.

A mark in a wrong place is worse than a mark without one: it makes somebody say
what they did not say. So the best candidate is accepted only on evidence that
deleted passages hardly ever have. The figures were tuned on half of 116 real
articles with twenty kinds of changes, and hold on the other half.
"""

import re
from dataclasses import dataclass

from rapidfuzz.distance import Indel, Levenshtein

from annotator.anchoring.candidates import (
    FEWEST_LETTERS,
    Place,
    Sought,
    exact_places,
    reworded_places,
)
from annotator.anchoring.folding import Folded, fold, fold_passage
from annotator.model import Anchored, Fit, Orphan, Span, Target

SHORT = 24  # characters; shorter quotes stand in many places, so their surroundings decide
GOOD_CONTEXT = 0.85  # an exact occurrence in such surroundings needs no rival
POSITION_WEIGHT = 0.05
QUOTE_WEIGHT = 0.55
SHORT_QUOTE_WEIGHT = 0.10
BEST_SIDE_SHARE = 0.55  # of the context's weight; the rest goes to the mean of both sides

UNKNOWN_CONTEXT = 0.5  # a quote without surroundings: neither for nor against a place
CONTEXT_DRIFTS = (0, -4, -2, 2, 4, 8)  # characters gained or lost in the surroundings themselves

# An inexact long quote is accepted at (likeness, best side) of at least one of these.
LONG_ACCEPTED = ((0.98, 0.10), (0.75, 0.65), (0.60, 0.85))
SHORT_ACCEPTED = (0.35, 0.70, 0.75)  # likeness, best side, both sides
NUMBERS_DIFFER = 0.70  # best side that a long quote with other figures needs
SHORT_NUMBERS_DIFFER = 0.85  # both sides, for a short one
SEVERAL_EXACT = 0.50  # best side, where the quote stands more than once
FEWER_EXACT = 0.65  # best side, where it stands less often than when it was marked
SHORT_EXACT = (0.70, 0.85)  # best side, both sides
SHORT_FEWER = 1.2  # how much more both sides must agree if occurrences were lost

# Words put into the middle of a quote lengthen it, and leave all of it in place.
INSERTED_COVERAGE = 0.85
INSERTED_CONTEXT = 0.75

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What speaks for a place: shares of 0 to 1, but for the place itself."""

    place: Place
    likeness: float
    best_side: float
    both_sides: float
    nearness: float
    has_same_numbers: bool


def search(target: Target, text: str) -> Anchored | Orphan:
    """Return where the passage of `target` is, by the words and what surrounds them."""
    folded = fold(text)
    sought = _fold_target(target, folded)
    if not sought.words:
        return Orphan()
    exact, count = exact_places(sought, folded.text)
    places = {place: _weigh(sought, place, folded.text) for place in exact}
    if all(evidence.best_side < GOOD_CONTEXT for evidence in places.values()):
        for place in reworded_places(sought, folded.text, exact):
            if place not in places and place[0] < place[1]:
                places[place] = _weigh(sought, place, folded.text)
    if not places:
        return Orphan()
    best = max(places.values(), key=lambda evidence: _score(sought, evidence))
    span = _trimmed(folded.original(*best.place), text, target)
    if not _is_certain(sought, best, count, target.occurrences):
        return Orphan(span)
    return Anchored(span, _fit(target, span, text))


def _fold_target(target: Target, folded: Folded) -> Sought:
    quote = target.quote
    prefix, suffix = fold_passage(quote.prefix).text, fold_passage(quote.suffix).text
    return Sought(
        words=fold_passage(quote.exact).text.strip(),
        prefix=prefix.strip() if quote.exact[:1].isspace() else prefix.lstrip(),
        suffix=suffix.strip() if quote.exact[-1:].isspace() else suffix.rstrip(),
        hint=folded.offset(max(0, target.position.start)),
    )


def _weigh(sought: Sought, place: Place, text: str) -> _Evidence:
    passage = text[place[0] : place[1]]
    best_side, both_sides = _context_likeness(sought, place, text)
    is_same = passage == sought.words
    return _Evidence(
        place=place,
        likeness=1.0 if is_same else _likeness(sought.words, passage, both_sides),
        best_side=best_side,
        both_sides=both_sides,
        nearness=1 - min(1.0, abs(place[0] - sought.hint) / len(text)),
        has_same_numbers=is_same or _NUMBER.findall(passage) == _NUMBER.findall(sought.words),
    )


def _likeness(words: str, passage: str, both_sides: float) -> float:
    likeness = Levenshtein.normalized_similarity(words, passage)
    both_lengths = len(words) + len(passage)
    coverage = (both_lengths - Indel.distance(words, passage)) / 2 / len(words)
    if coverage > INSERTED_COVERAGE and both_sides > INSERTED_CONTEXT:
        return max(likeness, coverage * INSERTED_COVERAGE)
    return likeness


def _context_likeness(sought: Sought, place: Place, text: str) -> tuple[float, float]:
    """Return how like the better side is, and how like both are on the average."""
    start, end = place
    sides = []
    if sought.prefix:
        before = text[max(0, start - _reach(sought.prefix)) : start]
        sides.append(_side_likeness(sought.prefix[::-1], before[::-1]))
    if sought.suffix:
        sides.append(_side_likeness(sought.suffix, text[end : end + _reach(sought.suffix)]))
    if not sides:
        return UNKNOWN_CONTEXT, UNKNOWN_CONTEXT
    return max(sides), sum(sides) / len(sides)


def _reach(context: str) -> int:
    return len(context) * 3 // 2


def _side_likeness(context: str, beside: str) -> float:
    """Return how like `context` the text beside is, both read away from the passage."""
    if beside.startswith(context):
        return 1.0
    lengths = (len(context) + drift for drift in CONTEXT_DRIFTS)
    fewest = min(Levenshtein.distance(context, beside[:length]) for length in lengths if length > 0)
    return max(0.0, 1 - fewest / len(context))


def _score(sought: Sought, evidence: _Evidence) -> float:
    of_quote = SHORT_QUOTE_WEIGHT if len(sought.words) < SHORT else QUOTE_WEIGHT
    of_context = 1 - POSITION_WEIGHT - of_quote
    context = BEST_SIDE_SHARE * evidence.best_side + (1 - BEST_SIDE_SHARE) * evidence.both_sides
    nearness = POSITION_WEIGHT * evidence.nearness
    return of_quote * evidence.likeness + of_context * context + nearness


def _is_certain(sought: Sought, best: _Evidence, count: int, occurrences: int) -> bool:
    is_short = len(sought.words) < SHORT
    if best.likeness == 1.0:
        accepts = _accepts_short_exact if is_short else _accepts_long_exact
        return accepts(best, count, occurrences)
    if len(sought.words) < FEWEST_LETTERS:
        return False
    return _accepts_short(best) if is_short else _accepts_long(best)


def _accepts_short_exact(best: _Evidence, count: int, occurrences: int) -> bool:
    if count == occurrences == 1:
        return True
    best_side, both_sides = SHORT_EXACT
    if count < occurrences:
        both_sides *= SHORT_FEWER
    return best.best_side >= best_side and best.both_sides >= both_sides


def _accepts_long_exact(best: _Evidence, count: int, occurrences: int) -> bool:
    if count < occurrences:
        return best.best_side >= FEWER_EXACT
    return count == 1 or best.best_side >= SEVERAL_EXACT


def _accepts_short(best: _Evidence) -> bool:
    likeness, best_side, both_sides = SHORT_ACCEPTED
    return (
        best.likeness >= likeness
        and best.best_side >= best_side
        and best.both_sides >= both_sides
        and (best.has_same_numbers or best.both_sides >= SHORT_NUMBERS_DIFFER)
    )


def _accepts_long(best: _Evidence) -> bool:
    if not best.has_same_numbers and best.best_side < NUMBERS_DIFFER:
        return False
    return any(
        best.likeness >= likeness and best.best_side >= context
        for likeness, context in LONG_ACCEPTED
    )


def _trimmed(span: Span, text: str, target: Target) -> Span:
    """Return `span` with just the white space at its ends that the quote has."""
    exact = target.quote.exact
    lead = len(exact) - len(exact.lstrip())
    inner = span.trimmed(text)
    whole = Span(max(0, inner.start - lead), max(0, inner.start - lead) + len(exact))
    return whole if whole.of(text) == exact else inner


def _fit(target: Target, span: Span, text: str) -> Fit:
    then, now = (fold_passage(words).cased.strip() for words in (target.quote.exact, span.of(text)))
    if then != now:
        return "changed"
    return "exact" if span.start == target.position.start else "moved"
