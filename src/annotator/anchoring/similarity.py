"""How like the passage a place is: by its words, its surroundings and its position."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Indel, Levenshtein, Postfix, Prefix

from annotator.anchoring.candidates import Place, Sought

SHORT = 24  # characters; shorter quotes stand in many places, so their surroundings decide
UNKNOWN_CONTEXT = 0.5  # a quote without surroundings: neither for nor against a place
CONTEXT_DRIFTS = (-4, -2, 2, 4, 8)  # characters gained or lost in the surroundings themselves,
FEW_EDITS = 3  # which is looked into only beyond so many edits

# Words put into the middle of a quote lengthen it, and leave all of it in place.
INSERTED_COVERAGE = 0.85
INSERTED_CONTEXT = 0.75

LONGEST_COMPARED = 4000  # characters; of longer passages, as much of their ends
SLIPS = 0.34  # share of a word's letters that a slip of the pen may change

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Sides:
    """How like the old surroundings the new ones are, in shares of 0 to 1."""

    best: float  # of the side that is more alike
    both: float  # the mean of the two


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a place: `near` are its neighbours, `far` all that was known of them."""

    place: Place
    likeness: float
    near: Sides
    far: Sides
    distance: int  # from the old position, in folded characters

    @property
    def is_exact(self) -> bool:
        """Whether the words stand there unchanged."""
        return self.likeness == 1.0


def weigh(sought: Sought, place: Place, text: str) -> Evidence:
    """Return what speaks for the passage standing at `place`."""
    passage = text[place[0] : place[1]]
    near = _sides(place, text, (sought.prefix, sought.suffix))
    far = near
    if (sought.far_prefix, sought.far_suffix) != (sought.prefix, sought.suffix):
        far = _sides(place, text, (sought.far_prefix, sought.far_suffix))
    is_same = passage == sought.words
    likeness = 1.0 if is_same else _likeness(sought.words, passage, near)
    return Evidence(place, likeness, near, far, distance=abs(place[0] - sought.hint))


def has_same_numbers(words: str, passage: str) -> bool:
    """Tell whether both hold the same figures in the same order."""
    return _NUMBER.findall(words) == _NUMBER.findall(passage)


def is_respelled(words: str, passage: str) -> bool:
    """Tell whether both say the same, but for slips of the pen."""
    return (
        len(words) <= LONGEST_COMPARED
        and has_same_numbers(words, passage)
        and all(
            Levenshtein.distance(old, new) <= max(1, SLIPS * len(old))
            for old, new in _changes(words.split(), passage.split())
        )
    )


def kept_words(words: str, passage: str) -> float:
    """Return the share of the words that are still there, in their order."""
    old, new = words.split(), passage.split()
    return (len(old) + len(new) - Indel.distance(old, new)) / 2 / len(old)


def _changes(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the words that differ, as they were and as they are."""
    old = new = 0
    for block in Levenshtein.editops(before, after).as_matching_blocks():
        if (old, new) != (block.a, block.b):
            yield " ".join(before[old : block.a]), " ".join(after[new : block.b])
        old, new = block.a + block.size, block.b + block.size


def _likeness(words: str, passage: str, near: Sides) -> float:
    if len(words) > LONGEST_COMPARED:
        words, passage = _ends(words), _ends(passage)
    likeness = Levenshtein.normalized_similarity(words, passage)
    if near.both <= INSERTED_CONTEXT or len(passage) <= len(words):
        return likeness
    coverage = _coverage(words, passage)
    return max(likeness, coverage * INSERTED_COVERAGE) if coverage > INSERTED_COVERAGE else likeness


def _ends(text: str) -> str:
    half = LONGEST_COMPARED // 2
    return text if len(text) <= LONGEST_COMPARED else f"{text[:half]}{text[-half:]}"


def _coverage(words: str, passage: str) -> float:
    """Return the share of `words` that `passage` holds, with something put in between."""
    if len(words) < SHORT:  # whose letters stand one after the other in any long passage
        kept = Prefix.similarity(words, passage) + Postfix.similarity(words, passage)
        return min(1.0, kept / len(words))
    both_lengths = len(words) + len(passage)
    return (both_lengths - Indel.distance(words, passage)) / 2 / len(words)


def _sides(place: Place, text: str, context: tuple[str, str]) -> Sides:
    prefix, suffix = context
    start, end = place
    sides = []
    if prefix:
        before = text[max(0, start - _reach(prefix)) : start]
        sides.append(_side_likeness(prefix[::-1], before[::-1]))
    if suffix:
        sides.append(_side_likeness(suffix, text[end : end + _reach(suffix)]))
    if not sides:
        return Sides(UNKNOWN_CONTEXT, UNKNOWN_CONTEXT)
    return Sides(max(sides), sum(sides) / len(sides))


def _reach(context: str) -> int:
    return len(context) + max(CONTEXT_DRIFTS)


def _side_likeness(context: str, beside: str) -> float:
    """Return how like `context` the text beside is, both read away from the passage."""
    if beside.startswith(context):
        return 1.0
    fewest = Levenshtein.distance(context, beside[: len(context)])
    if fewest > FEW_EDITS:
        lengths = (len(context) + drift for drift in CONTEXT_DRIFTS)
        fewest = min(
            fewest,
            *(Levenshtein.distance(context, beside[:length]) for length in lengths if length > 0),
        )
    return max(0.0, 1 - fewest / len(context))
