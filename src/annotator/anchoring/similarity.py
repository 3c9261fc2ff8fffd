"""The evidence that a place is the passage: similarity of words and context, and distance.

All similarities run from 0 to 1 and are based on edit distances by rapidfuzz.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Indel, Levenshtein, Postfix, Prefix

from annotator.anchoring.candidates import FoldedTarget, Place

SHORT = 24  # characters; shorter quotes occur in many places, so their context decides
UNKNOWN_CONTEXT = 0.5  # similarity for a quote without context: neither for nor against a place
CONTEXT_DRIFTS = (-4, -2, 2, 4, 8)  # characters gained or lost within the context itself,
FEW_EDITS = 3  # which are considered only beyond this many edits

# Words inserted into the middle of a quote make it longer and leave the rest in place.
INSERTED_COVERAGE = 0.85
INSERTED_CONTEXT = 0.75

LONGEST_COMPARED = 4000  # characters; of longer passages only the two ends are compared
SLIPS = 0.34  # share of the letters of a word that a corrected typo may change

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class ContextSimilarity:
    """The similarity of the text on both sides of a place to the old prefix and suffix."""

    best: float  # of the more similar side
    mean: float  # of the two


@dataclass(frozen=True, slots=True)
class PlaceEvidence:
    """The evidence for a place: `near` compares its neighbours, `far` all of the stored context."""

    place: Place
    similarity: float
    near: ContextSimilarity
    far: ContextSimilarity
    distance: int  # from the old position, in characters of the folded text

    @property
    def is_exact(self) -> bool:
        """Whether the words are unchanged."""
        return self.similarity == 1.0


def evidence_for(sought: FoldedTarget, place: Place, text: str) -> PlaceEvidence:
    """Return the evidence for `place`."""
    passage = text[place[0] : place[1]]
    near = _sides(place, text, (sought.prefix, sought.suffix))
    far = near
    if (sought.far_prefix, sought.far_suffix) != (sought.prefix, sought.suffix):
        far = _sides(place, text, (sought.far_prefix, sought.far_suffix))
    is_same = passage == sought.words
    similarity = 1.0 if is_same else _similarity_of_words(sought.words, passage, near)
    return PlaceEvidence(place, similarity, near, far, distance=abs(place[0] - sought.hint))


def has_same_numbers(words: str, passage: str) -> bool:
    """Return whether both contain the same numbers in the same order."""
    return _NUMBER.findall(words) == _NUMBER.findall(passage)


def is_respelled(words: str, passage: str) -> bool:
    """Return whether the two differ only in typos."""
    return (
        len(words) <= LONGEST_COMPARED
        and has_same_numbers(words, passage)
        and all(
            Levenshtein.distance(old, new) <= max(1, SLIPS * len(old))
            for old, new in _changes(words.split(), passage.split())
        )
    )


def share_kept(words: str, passage: str) -> float:
    """Return the share of the words that are still there, in the same order."""
    old, new = words.split(), passage.split()
    return (len(old) + len(new) - Indel.distance(old, new)) / 2 / len(old)


def _changes(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the words that differ, before and after."""
    old = new = 0
    for block in Levenshtein.editops(before, after).as_matching_blocks():
        if (old, new) != (block.a, block.b):
            yield " ".join(before[old : block.a]), " ".join(after[new : block.b])
        old, new = block.a + block.size, block.b + block.size


def _similarity_of_words(words: str, passage: str, near: ContextSimilarity) -> float:
    if len(words) > LONGEST_COMPARED:
        words, passage = _ends(words), _ends(passage)
    similarity = Levenshtein.normalized_similarity(words, passage)
    if near.mean <= INSERTED_CONTEXT or len(passage) <= len(words):
        return similarity
    coverage = _coverage(words, passage)
    is_inserted = coverage > INSERTED_COVERAGE
    return max(similarity, coverage * INSERTED_COVERAGE) if is_inserted else similarity


def _ends(text: str) -> str:
    half = LONGEST_COMPARED // 2
    return text if len(text) <= LONGEST_COMPARED else f"{text[:half]}{text[-half:]}"


def _coverage(words: str, passage: str) -> float:
    """Return the share of `words` that `passage` contains, with other words in between."""
    if len(words) < SHORT:  # any long passage has the letters of a short quote in this order
        kept = Prefix.similarity(words, passage) + Postfix.similarity(words, passage)
        return min(1.0, kept / len(words))
    both_lengths = len(words) + len(passage)
    return (both_lengths - Indel.distance(words, passage)) / 2 / len(words)


def _sides(place: Place, text: str, context: tuple[str, str]) -> ContextSimilarity:
    prefix, suffix = context
    start, end = place
    sides = []
    if prefix:
        before = text[max(0, start - _reach(prefix)) : start]
        sides.append(_side_similarity(prefix[::-1], before[::-1]))
    if suffix:
        sides.append(_side_similarity(suffix, text[end : end + _reach(suffix)]))
    if not sides:
        return ContextSimilarity(UNKNOWN_CONTEXT, UNKNOWN_CONTEXT)
    return ContextSimilarity(max(sides), sum(sides) / len(sides))


def _reach(context: str) -> int:
    return len(context) + max(CONTEXT_DRIFTS)


def _side_similarity(context: str, beside: str) -> float:
    """Return the similarity of `context` and the text `beside`, both read away from the passage."""
    if beside.startswith(context):
        return 1.0
    fewest = Levenshtein.distance(context, beside[: len(context)])
    if fewest > FEW_EDITS:
        lengths = (len(context) + drift for drift in CONTEXT_DRIFTS)
        fewest = min(
            fewest, *(Levenshtein.distance(context, beside[:length]) for length in lengths)
        )
    return max(0.0, 1 - fewest / len(context))
