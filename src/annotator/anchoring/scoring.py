"""Scores of candidates, and the decision whether the best one is the passage.

Each candidate gets a score: the weighted sum of four numbers from 0 to 1, for the
similarity of its words, of its neighbours (32 characters on each side) and of its
wider context, and for being close to the old position. The words of a sentence
count 0.55 and its neighbours 0.40. Words shorter than 24 characters occur in many
places, so there the neighbours count 0.85.

The score only ranks candidates. A mark in a wrong place is worse than a lost one,
since it makes an author say what they did not say. So the best candidate must also
pass thresholds for its words and neighbours that deleted passages hardly ever
reach; otherwise the mark is an orphan, with that place as its best guess.

Example: the sentence "Prices rose by 3 percent in the last year." was marked.

* It now reads "by 5.5 percent". The words are similar by 0.93, the neighbours are the
  same, the score is 0.963. Its numbers differ, which needs 0.75 for the words and 0.70
  for both sides (`OTHER_NUMBERS`): the mark is `changed`.
* The sentence was deleted, and elsewhere the page says "rents rose by 3 percent in
  the last year." These words are similar by 0.91, but their neighbours by 0.20 only:
  the score is 0.625, no threshold is passed, and the mark is an orphan.

The kinds of evidence are those of Hypothesis' fuzzy anchoring
(https://web.hypothes.is/blog/fuzzy-anchoring/), which accepts the best candidate
whatever its score. Both were measured on real articles with twenty kinds of changes;
the thresholds were set on half of the articles. Of sentences that are still there,
this module finds 99.5 percent and puts 0.04 percent in a wrong place, Hypothesis 88.4
and 6.9 percent; of deleted sentences 0.2 percent get a place, with Hypothesis 29.3.
For short phrases the figures are 98.7, 0.0 and 0.5 here, and 78.9, 16.8 and 86.7 there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.anchoring.candidates import (
    FEWEST_LETTERS,
    FoldedTarget,
    exact_places,
    overlap,
    reworded_places,
)
from annotator.anchoring.describe import CONTEXT, FAR_CONTEXT, MOST_CONTEXT, occurrences
from annotator.anchoring.normalization import Folded, fold, fold_passage
from annotator.anchoring.similarity import (
    SHORT,
    PlaceEvidence,
    evidence_for,
    has_same_numbers,
    is_respelled,
    share_kept,
)
from annotator.model import Anchored, Fit, Orphan, Span, Target

# Weights of the evidence: words, neighbours, wider context, position. Each line adds up to 1.
PLAIN_WEIGHTS = (0.55, 0.40, 0.00, 0.05)
SHORT_WEIGHTS = (0.10, 0.85, 0.00, 0.05)  # short words occur everywhere
REPEATED_WEIGHTS = (0.05, 0.45, 0.40, 0.10)  # the words do not distinguish the occurrences
TWIN_WEIGHTS = (0.05, 0.15, 0.50, 0.30)  # nor do the neighbours
BEST_SIDE_SHARE = 0.55  # of the weight of neighbours; the rest is for the mean of both sides
TWINS_APART = 2560  # characters; a greater distance of a twin counts no more

# Thresholds are similarities from 0 to 1. A pair is one of the words and the mean of both sides.

GOOD_NEIGHBOURS = 0.85  # best side with which an exact occurrence needs no rivals
RIVALS = ((0.40, 0.80), (0.80, 0.60))  # one of these makes a reworded place a rival of exact words
VACANT = 0.20  # words less similar than this between
VACANT_NEIGHBOURS = 0.90  # the old neighbours show that the passage was deleted or replaced
LIKELY = 0.50  # words of a place that a less similar part of it does not speak against

# A place that fills the gap between its old neighbours is preferred to a better one that does
# not: with this mean of both sides, and words that are less similar by at most so much.
FILLING = (0.99, 0.15)

# A reworded long quote needs one of these.
NEARLY_SAME = (0.90, 0.65)  # here the better side alone must reach the second threshold
REWORDED = (0.70, 0.70)
REWRITTEN = (0.50, 0.93)
OTHER_NUMBERS = (0.75, 0.70)  # needed if numbers differ, as they do in similar sentences elsewhere
RESPELLED = 0.90  # words, if they differ only in typos

SEVERAL_EXACT = 0.50  # best side that an exact quote needs which now occurs more often,
SHORT_SEVERAL = 0.85  # and mean of both sides that a short one needs
SHORT_REWORDED = (0.60, 0.75)
SHORT_OTHER_NUMBERS = (0.60, 0.85)
SHORT_REPLACED = (0.50, 0.90)  # the first is the share of words that are still there

# For a repeated quote: the mean of both sides, and the lead over any rival.
DISTINCT = (0.85, 0.20)  # of the neighbours
KNOWN_CONTEXT = 0.55  # of the wider context,
KNOWN_LEAD = 0.15  # with this lead
KNOWN_LOST = 0.80  # needed instead if an occurrence is gone, which may have been this one

TWIN = (0.50, 0.85)  # makes another place a twin
UNCHANGED = 0.95  # mean of the wider context that distinguishes a passage from its twins,
CLEAR_LEAD = 0.25  # with this lead,
LEAD = 0.03  # or this one if the exact words are not nearer, or
UNTOUCHED = 0.995  # if almost nothing around has changed
NEAREST = (3, 1024)  # or as many times nearer than any twin, within so many characters,
KNOWN_NEAREST = 0.70  # with this mean of the wider context


@dataclass(frozen=True, slots=True)
class _Case:
    """The best candidate with all that can speak against it."""

    sought: FoldedTarget
    text: str
    best: PlaceEvidence
    others: tuple[PlaceEvidence, ...]
    count: int  # of the quote in the text
    is_vacated: bool  # its own place is there, and holds something else

    @property
    def passage(self) -> str:
        return self.text[self.best.place[0] : self.best.place[1]]

    @property
    def is_lost(self) -> bool:
        """Whether the quote occurs less often than when it was marked."""
        return self.count < self.sought.occurrences

    @property
    def lead(self) -> float:
        """The similarity of the wider context of the best, less that of any other."""
        return self.best.far.mean - max((other.far.mean for other in self.others), default=0.0)


def search(target: Target, text: str) -> Anchored | Orphan:
    """Return the place of the passage of `target`, found by its words and context."""
    folded = fold(text)
    sought = _fold_target(target, folded)
    evidence = _evidence(sought, folded.text) if sought.words and folded.text else []
    case = _case(sought, folded.text, evidence)
    if case is None:
        return Orphan()
    span = _trimmed(folded.original(*case.best.place), text, target)
    return Anchored(span, _fit(target, span, text)) if _is_certain(case) else Orphan(span)


def _fold_target(target: Target, folded: Folded) -> FoldedTarget:
    quote = target.quote
    prefix = fold_passage(quote.prefix[-MOST_CONTEXT:]).text.lstrip()
    suffix = fold_passage(quote.suffix[:MOST_CONTEXT]).text.rstrip()
    if quote.exact[:1].isspace():
        prefix = prefix.rstrip()
    if quote.exact[-1:].isspace():
        suffix = suffix.lstrip()
    return FoldedTarget(
        words=fold_passage(quote.exact).text.strip(),
        prefix=prefix[-CONTEXT:].lstrip(),
        suffix=suffix[:CONTEXT].rstrip(),
        far_prefix=prefix,
        far_suffix=suffix,
        hint=folded.offset(max(0, target.position.start)),
        occurrences=target.occurrences,
        has_twins=max(len(quote.prefix), len(quote.suffix)) > FAR_CONTEXT,
    )


def _evidence(sought: FoldedTarget, text: str) -> list[PlaceEvidence]:
    exact = exact_places(sought, text)
    unchanged = [evidence_for(sought, place, text) for place in exact]
    if not sought.is_repeated and any(
        candidate.near.best >= GOOD_NEIGHBOURS for candidate in unchanged
    ):
        return unchanged
    reworded = (evidence_for(sought, place, text) for place in reworded_places(sought, text, exact))
    if not exact or sought.is_repeated:
        return [*unchanged, *reworded]
    rivals = (
        candidate for candidate in reworded if any(_passes(candidate, needed) for needed in RIVALS)
    )
    return [*unchanged, *rivals]


def _case(sought: FoldedTarget, text: str, evidence: Sequence[PlaceEvidence]) -> _Case | None:
    ranked = sorted(
        evidence, key=lambda candidate: _score(sought, candidate, len(text)), reverse=True
    )
    filled = [candidate for candidate in ranked if candidate.place[0] < candidate.place[1]]
    if not filled:
        return None
    best = _filling(filled)
    others = tuple(candidate for candidate in filled if not overlap(candidate.place, best.place))
    count = occurrences(sought.words, text)
    return _Case(sought, text, best, others, count, _is_vacated(sought, ranked))


def _filling(filled: Sequence[PlaceEvidence]) -> PlaceEvidence:
    """Return the first of `filled`, or a place around it that reaches to the old neighbours."""
    best, (mean, loss) = filled[0], FILLING
    between = (
        candidate
        for candidate in filled
        if overlap(candidate.place, best.place)
        and _passes(candidate, (best.similarity - loss, mean))
        and candidate.near.mean > best.near.mean
    )
    return next(between, best)


def _score(sought: FoldedTarget, candidate: PlaceEvidence, length: int) -> float:
    weights, apart = PLAIN_WEIGHTS, length
    if sought.has_twins:
        weights, apart = TWIN_WEIGHTS, TWINS_APART
    elif sought.is_repeated:
        weights = REPEATED_WEIGHTS
    elif len(sought.words) < SHORT:
        weights = SHORT_WEIGHTS
    neighbours = BEST_SIDE_SHARE * candidate.near.best + (1 - BEST_SIDE_SHARE) * candidate.near.mean
    nearness = 1 - min(1.0, candidate.distance / apart)
    kinds = (candidate.similarity, neighbours, candidate.far.mean, nearness)
    return sum(weight * kind for weight, kind in zip(weights, kinds, strict=True))


def _is_vacated(sought: FoldedTarget, ranked: Sequence[PlaceEvidence]) -> bool:
    """Return whether the place of the passage is found, but holds something else."""
    if sought.is_repeated:
        return ranked[0].similarity < VACANT
    return bool(sought.prefix and sought.suffix) and any(
        candidate.similarity < VACANT
        and candidate.near.mean >= VACANT_NEIGHBOURS
        and not _is_part_of(candidate, ranked[0])
        for candidate in ranked
    )


def _is_part_of(candidate: PlaceEvidence, best: PlaceEvidence) -> bool:
    """Return whether a place is part of a likelier one whose words repeat its neighbours."""
    return (
        best.place[0] <= candidate.place[0] < candidate.place[1] <= best.place[1]
        and best.similarity >= LIKELY
        and best.near.mean >= candidate.near.mean
    )


def _is_certain(case: _Case) -> bool:
    sought, best = case.sought, case.best
    if best.is_exact and case.count == sought.occurrences == 1:
        return True
    if case.is_vacated or (sought.is_repeated and not _is_distinguished(case)):
        return False
    is_short = len(sought.words) < SHORT
    if best.is_exact:  # a caption or a menu has it as well now
        is_beside = best.near.best >= SEVERAL_EXACT
        return sought.is_repeated or (
            is_beside and (not is_short or best.near.mean >= SHORT_SEVERAL)
        )
    if len(sought.words) < FEWEST_LETTERS:
        return False
    return _is_short_reworded(case) if is_short else _is_reworded(case)


def _is_distinguished(case: _Case) -> bool:
    """Return whether the context shows which of several similar passages it is."""
    best = case.best
    if case.sought.has_twins:
        return _is_distinguished_from_twins(case)
    mean, lead = DISTINCT
    rival = max((other.near.mean for other in case.others), default=0.0)
    if best.near.mean >= max(mean, rival + lead):
        return True
    known = KNOWN_LOST if case.is_lost else KNOWN_CONTEXT
    return best.far.mean >= known and case.lead >= KNOWN_LEAD


def _is_distinguished_from_twins(case: _Case) -> bool:
    best, all_around = case.best, case.best.far.mean
    is_nearer = any(
        other.is_exact and other.far.mean >= KNOWN_CONTEXT and other.distance < best.distance
        for other in case.others
    )
    is_safe = not is_nearer or all_around >= UNTOUCHED
    if all_around >= UNCHANGED and case.lead >= (LEAD if is_safe else CLEAR_LEAD):
        return True
    twins = (other.distance for other in case.others if _passes(other, TWIN))
    times, within = NEAREST
    is_nearest = best.distance * times <= min(twins, default=len(case.text))
    is_here = is_nearest and not is_nearer and best.distance <= within
    return is_here and all_around >= KNOWN_NEAREST


def _is_reworded(case: _Case) -> bool:
    best, words = case.best, case.sought.words
    if best.similarity >= RESPELLED and is_respelled(words, case.passage):
        return True
    if not has_same_numbers(words, case.passage):
        return _passes(best, OTHER_NUMBERS)
    similarity, best_side = NEARLY_SAME
    if best.similarity >= similarity and best.near.best >= best_side:
        return True
    return _passes(best, REWORDED) or _passes(best, REWRITTEN)


def _is_short_reworded(case: _Case) -> bool:
    best, words = case.best, case.sought.words
    kept, mean = SHORT_REPLACED
    if best.near.mean >= mean and share_kept(words, case.passage) >= kept:
        return True
    has_same = has_same_numbers(words, case.passage)
    return _passes(best, SHORT_REWORDED if has_same else SHORT_OTHER_NUMBERS)


def _passes(candidate: PlaceEvidence, needed: tuple[float, float]) -> bool:
    similarity, mean = needed
    return candidate.similarity >= similarity and candidate.near.mean >= mean


def _trimmed(span: Span, text: str, target: Target) -> Span:
    """Return `span` with only that white space at its ends that the quote has."""
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
