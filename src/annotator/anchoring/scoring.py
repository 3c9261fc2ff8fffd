"""Which candidate is the passage, and whether any of them is.

A mark in a wrong place is worse than a mark without one: it makes somebody say
what they did not say. So the best candidate is accepted only on evidence that
deleted passages hardly ever have. The figures were tuned on real articles with
twenty kinds of changes, and checked on others.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.anchoring.candidates import (
    FEWEST_LETTERS,
    Sought,
    exact_places,
    overlap,
    reworded_places,
)
from annotator.anchoring.describe import CONTEXT, FAR_CONTEXT, MOST_CONTEXT, occurrences
from annotator.anchoring.normalization import Folded, fold, fold_passage
from annotator.anchoring.similarity import (
    SHORT,
    Evidence,
    has_same_numbers,
    is_respelled,
    kept_words,
    weigh,
)
from annotator.model import Anchored, Fit, Orphan, Span, Target

# How much each kind of evidence counts; each line makes 1.
PLAIN_WEIGHTS = (0.55, 0.40, 0.00, 0.05)  # words, neighbours, surroundings, position
SHORT_WEIGHTS = (0.10, 0.85, 0.00, 0.05)  # short words stand everywhere
REPEATED_WEIGHTS = (0.05, 0.45, 0.40, 0.10)  # here the words tell nothing
TWIN_WEIGHTS = (0.05, 0.15, 0.50, 0.30)  # and here neither do the neighbours
BEST_SIDE_SHARE = 0.55  # of the neighbours' weight; the rest goes to the mean of both sides
TWINS_APART = 2560  # characters at which a twin's distance tells all that it can

GOOD_NEIGHBOURS = 0.85  # an exact occurrence in such company needs no rival
RIVALS = ((0.40, 0.80), (0.80, 0.60))  # words, both sides: less is no match for the exact words
VACANT = 0.20  # words less alike than this, where the neighbours are as they were,
VACANT_NEIGHBOURS = 0.90  # tell that the passage was taken out or replaced

LIKELY = 0.50  # words of a place which a shorter one within it says nothing against

# Both sides of a place that fills the gap between its old neighbours, and how much less alike
# it may be than the best that does not: the first words may have changed.
FILLING = (0.99, 0.15)

# What a reworded long quote needs: words, and both sides. One side is enough for the first.
NEARLY_SAME = (0.90, 0.65)
REWORDED = (0.70, 0.70)
REWRITTEN = (0.50, 0.93)
OTHER_NUMBERS = (0.75, 0.70)  # the same with other figures, which near-copies elsewhere have too
RESPELLED = 0.90  # words, if all of them are there but for slips of the pen

SEVERAL_EXACT = 0.50  # best side that a quote needs which became frequent,
SHORT_SEVERAL = 0.85  # and both sides that a short one needs
SHORT_REWORDED = (0.60, 0.75)  # words, both sides
SHORT_OTHER_NUMBERS = (0.60, 0.85)
SHORT_REPLACED = (0.50, 0.90)  # words that are still there, both sides

DISTINCT = (0.85, 0.20)  # both sides, and how much better than any rival's they are
KNOWN_SURROUNDINGS = 0.55  # both far sides of a repeated quote
KNOWN_LEAD = 0.15  # and how much more alike they are than any rival's
KNOWN_LOST = 0.80  # the same if an occurrence is gone, which may have been this one

TWIN = (0.50, 0.85)  # words, both sides: as much is a twin
UNCHANGED = 0.95  # both far sides, if no twin is so much like it:
CLEAR_LEAD = 0.25
LEAD = 0.03  # which is enough if the exact words are not nearer, or
UNTOUCHED = 0.995  # if hardly a letter all around has changed
NEAREST = (3, 1024)  # or how many times nearer than any twin, and within how many characters,
KNOWN_NEAREST = 0.70  # with so much of both far sides


@dataclass(frozen=True, slots=True)
class _Case:
    """The best candidate, and all that it has to stand against."""

    sought: Sought
    text: str
    best: Evidence
    others: tuple[Evidence, ...]
    count: int  # of the quote in the text
    is_vacated: bool

    @property
    def passage(self) -> str:
        return self.text[self.best.place[0] : self.best.place[1]]

    @property
    def is_lost(self) -> bool:
        """Whether the quote stands less often than when it was marked."""
        return self.count < self.sought.occurrences

    @property
    def lead(self) -> float:
        """How much more alike all that surrounds the best is than what surrounds any other."""
        return self.best.far.both - max((other.far.both for other in self.others), default=0.0)


def search(target: Target, text: str) -> Anchored | Orphan:
    """Return where the passage of `target` is, by the words and what surrounds them."""
    folded = fold(text)
    sought = _fold_target(target, folded)
    weighed = _weigh_all(sought, folded.text) if sought.words and folded.text else []
    case = _case(sought, folded.text, weighed)
    if case is None:
        return Orphan()
    span = _trimmed(folded.original(*case.best.place), text, target)
    return Anchored(span, _fit(target, span, text)) if _is_certain(case) else Orphan(span)


def _fold_target(target: Target, folded: Folded) -> Sought:
    quote = target.quote
    prefix = fold_passage(quote.prefix[-MOST_CONTEXT:]).text.lstrip()
    suffix = fold_passage(quote.suffix[:MOST_CONTEXT]).text.rstrip()
    if quote.exact[:1].isspace():
        prefix = prefix.rstrip()
    if quote.exact[-1:].isspace():
        suffix = suffix.lstrip()
    return Sought(
        words=fold_passage(quote.exact).text.strip(),
        prefix=prefix[-CONTEXT:].lstrip(),
        suffix=suffix[:CONTEXT].rstrip(),
        far_prefix=prefix,
        far_suffix=suffix,
        hint=folded.offset(max(0, target.position.start)),
        occurrences=target.occurrences,
        has_twins=max(len(quote.prefix), len(quote.suffix)) > FAR_CONTEXT,
    )


def _weigh_all(sought: Sought, text: str) -> list[Evidence]:
    exact = exact_places(sought, text)
    weighed = [weigh(sought, place, text) for place in exact]
    if not sought.is_repeated and any(found.near.best >= GOOD_NEIGHBOURS for found in weighed):
        return weighed
    reworded = (weigh(sought, place, text) for place in reworded_places(sought, text, exact))
    if not exact or sought.is_repeated:
        return [*weighed, *reworded]
    return [
        *weighed,
        *(found for found in reworded if any(_reaches(found, rival) for rival in RIVALS)),
    ]


def _case(sought: Sought, text: str, weighed: Sequence[Evidence]) -> _Case | None:
    ranked = sorted(weighed, key=lambda found: _score(sought, found, len(text)), reverse=True)
    filled = [found for found in ranked if found.place[0] < found.place[1]]
    if not filled:
        return None
    best = _filling(filled)
    others = tuple(found for found in filled if not overlap(found.place, best.place))
    count = occurrences(sought.words, text)
    return _Case(sought, text, best, others, count, _is_vacated(sought, ranked))


def _filling(filled: Sequence[Evidence]) -> Evidence:
    """Return the first of `filled`, or the same with what else stands between its neighbours."""
    best, (both_sides, loss) = filled[0], FILLING
    between = (
        found
        for found in filled
        if overlap(found.place, best.place)
        and _reaches(found, (best.likeness - loss, both_sides))
        and found.near.both > best.near.both
    )
    return next(between, best)


def _score(sought: Sought, found: Evidence, length: int) -> float:
    weights, apart = PLAIN_WEIGHTS, length
    if sought.has_twins:
        weights, apart = TWIN_WEIGHTS, TWINS_APART
    elif sought.is_repeated:
        weights = REPEATED_WEIGHTS
    elif len(sought.words) < SHORT:
        weights = SHORT_WEIGHTS
    neighbours = BEST_SIDE_SHARE * found.near.best + (1 - BEST_SIDE_SHARE) * found.near.both
    nearness = 1 - min(1.0, found.distance / apart)
    kinds = (found.likeness, neighbours, found.far.both, nearness)
    return sum(weight * kind for weight, kind in zip(weights, kinds, strict=True))


def _is_vacated(sought: Sought, ranked: Sequence[Evidence]) -> bool:
    """Tell whether the passage's own place is there, and holds something else."""
    if sought.is_repeated:
        return ranked[0].likeness < VACANT
    return bool(sought.prefix and sought.suffix) and any(
        found.likeness < VACANT
        and found.near.both >= VACANT_NEIGHBOURS
        and not _is_part_of(found, ranked[0])
        for found in ranked
    )


def _is_part_of(found: Evidence, best: Evidence) -> bool:
    """Tell whether a place lies in a likelier one whose own words repeat its neighbours."""
    return (
        best.place[0] <= found.place[0] < found.place[1] <= best.place[1]
        and best.likeness >= LIKELY
        and best.near.both >= found.near.both
    )


def _is_certain(case: _Case) -> bool:
    sought, best = case.sought, case.best
    if best.is_exact and case.count == sought.occurrences == 1:
        return True
    if case.is_vacated or (sought.is_repeated and not _is_told_apart(case)):
        return False
    if best.is_exact:
        return sought.is_repeated or _has_company(case)
    if len(sought.words) < FEWEST_LETTERS:
        return False
    return _is_short_reworded(case) if len(sought.words) < SHORT else _is_reworded(case)


def _is_told_apart(case: _Case) -> bool:
    """Tell whether the surroundings show which of several like passages it is."""
    best = case.best
    if case.sought.has_twins:
        return _is_told_from_twins(case)
    both, lead = DISTINCT
    rival = max((other.near.both for other in case.others), default=0.0)
    if best.near.both >= max(both, rival + lead):
        return True
    known = KNOWN_LOST if case.is_lost else KNOWN_SURROUNDINGS
    return best.far.both >= known and case.lead >= KNOWN_LEAD


def _is_told_from_twins(case: _Case) -> bool:
    best, all_around = case.best, case.best.far.both
    is_nearer = any(_is_known(other) and other.distance < best.distance for other in case.others)
    is_safe = not is_nearer or all_around >= UNTOUCHED
    if all_around >= UNCHANGED and case.lead >= (LEAD if is_safe else CLEAR_LEAD):
        return True
    twins = (other.distance for other in case.others if _reaches(other, TWIN))
    times, within = NEAREST
    is_nearest = best.distance * times <= min(twins, default=len(case.text))
    is_here = is_nearest and not is_nearer and best.distance <= within
    return is_here and all_around >= KNOWN_NEAREST


def _is_known(found: Evidence) -> bool:
    return found.is_exact and found.far.both >= KNOWN_SURROUNDINGS


def _has_company(case: _Case) -> bool:
    near = case.best.near
    if len(case.sought.words) < SHORT and near.both < SHORT_SEVERAL:
        return False
    return near.best >= SEVERAL_EXACT


def _is_reworded(case: _Case) -> bool:
    best, words = case.best, case.sought.words
    if best.likeness >= RESPELLED and is_respelled(words, case.passage):
        return True
    if not has_same_numbers(words, case.passage):
        return _reaches(best, OTHER_NUMBERS)
    likeness, best_side = NEARLY_SAME
    if best.likeness >= likeness and best.near.best >= best_side:
        return True
    return _reaches(best, REWORDED) or _reaches(best, REWRITTEN)


def _is_short_reworded(case: _Case) -> bool:
    best, words = case.best, case.sought.words
    kept, both_sides = SHORT_REPLACED
    if best.near.both >= both_sides and kept_words(words, case.passage) >= kept:
        return True
    has_same = has_same_numbers(words, case.passage)
    return _reaches(best, SHORT_REWORDED if has_same else SHORT_OTHER_NUMBERS)


def _reaches(found: Evidence, needed: tuple[float, float]) -> bool:
    likeness, both_sides = needed
    return found.likeness >= likeness and found.near.both >= both_sides


def _trimmed(span: Span, text: str, target: Target) -> Span:
    """Return `span` with just the white space at its ends that the quote has."""
    exact = target.quote.exact
    inner = span.trimmed(text)
    start = max(0, inner.start - (len(exact) - len(exact.lstrip())))
    whole = Span(start, start + len(exact))
    return whole if whole.of(text) == exact else inner


def _fit(target: Target, span: Span, text: str) -> Fit:
    then, now = (fold_passage(words).cased.strip() for words in (target.quote.exact, span.of(text)))
    if then != now:
        return "changed"
    return "exact" if span.start == target.position.start else "moved"
