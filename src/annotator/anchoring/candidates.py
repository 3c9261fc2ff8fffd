"""Every place in a folded text where a passage might stand now.

Exact occurrences come first. Where none of them has the right surroundings,
the passage may have been reworded: then it is looked for around its old
position, in the slots after its prefix and before its suffix, between the two,
and once in the whole text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from annotator.anchoring.describing import starts_of

Place = tuple[int, int]  # folded offsets, the end exclusive

MOST_EXACT = 100  # of the occurrences of a quote, those nearest to its old position
MOST_CONTEXTS = 8  # places of one side's context; boilerplate repeats without end
FEWEST_LETTERS = 6  # a shorter quote resembles something everywhere
CONTEXT_LETTERS = 10  # a shorter context stands everywhere
REACH = 200  # how far from its old position a passage is looked for first
SLOT_SLACK = 40  # what a reworded passage may gain beyond twice its length
SEARCH_CUTOFF = 45  # per cent of likeness below which a place is no candidate
UNLIKE = 0.45  # share of a passage that may differ in the places around it


@dataclass(frozen=True, slots=True)
class Sought:
    """A passage to find, folded; `hint` is its old position in the folded text."""

    words: str
    prefix: str
    suffix: str
    hint: int


def exact_places(sought: Sought, text: str) -> tuple[list[Place], int]:
    """Return where the words stand as they were, and how often they do."""
    starts = starts_of(sought.words, text)
    nearest = sorted(starts, key=lambda start: abs(start - sought.hint))[:MOST_EXACT]
    return [(start, start + len(sought.words)) for start in nearest], len(starts)


def reworded_places(sought: Sought, text: str, exact: Sequence[Place]) -> Iterator[Place]:
    """Yield where the words may stand after a change, some places more than once.

    `exact` are the places of the unchanged words.
    """
    if not exact and len(sought.words) >= FEWEST_LETTERS:
        yield from _likest_place(sought.words, text)
    yield from _around_hint(sought, text)
    ends = [end for _, end in _context_places(sought.prefix, text)]
    starts = [start for start, _ in _context_places(sought.suffix, text)]
    length = 2 * len(sought.words) + SLOT_SLACK
    for end in ends:
        yield from _within(sought.words, text, (end, end + length))
    for start in starts:
        yield from _within(sought.words, text, (start - length, start))
    for start, end in _brackets(ends, starts, length, text):
        if not any(start <= first and last <= end for first, last in exact):
            yield start, end


def _around_hint(sought: Sought, text: str) -> Iterator[Place]:
    length = len(sought.words)
    window = (sought.hint - length - REACH, sought.hint + 2 * length + REACH)
    yield from _within(sought.words, text, window)


def _context_places(context: str, text: str) -> list[Place]:
    words = context.strip()
    if len(words) < CONTEXT_LETTERS:
        return []
    starts = starts_of(words, text)[:MOST_CONTEXTS]
    return [(start, start + len(words)) for start in starts] or list(_likest_place(words, text))


def _likest_place(words: str, text: str) -> Iterator[Place]:
    """Yield the place in the whole text that is most like `words`, if any is."""
    found = fuzz.partial_ratio_alignment(words, text, score_cutoff=SEARCH_CUTOFF)
    if found is None:
        return
    start, end = found.dest_start, found.dest_end
    margin = max(8, len(words) // 4)
    refined = _closest(words, text, (max(0, start - margin), end + margin))
    yield refined or (start, end)


def _brackets(ends: list[int], starts: list[int], length: int, text: str) -> Iterator[Place]:
    for end in ends:
        for start in starts:
            if 0 < start - end <= length:
                between = text[end:start]
                yield start - len(between.lstrip()), end + len(between.rstrip())


def _within(words: str, text: str, window: Place) -> Iterator[Place]:
    place = _closest(words, text, (max(0, window[0]), min(len(text), window[1])))
    if place and Levenshtein.distance(words, text[place[0] : place[1]]) <= UNLIKE * len(words):
        yield place


def _closest(words: str, text: str, window: Place) -> Place | None:
    """Return the place in `window` that takes the fewest edits to become `words`."""
    first, last = window
    start, end = _roughly(words, text[first:last])
    margin = max(6, len(words) // 5)
    first, last = max(first, first + start - margin), min(last, first + end + margin)
    around = text[first:last]
    same = [
        block
        for block in Levenshtein.opcodes(words, around)
        if block.tag == "equal" and block.dest_end - block.dest_start >= min(3, len(words))
    ]
    if not same:
        return None
    # What differs at either end of the words is part of the passage too.
    head, tail = same[0].dest_start, same[-1].dest_end
    whole = max(0, head - same[0].src_start), min(len(around), tail + len(words) - same[-1].src_end)
    best = min(
        (whole, (head, tail)),
        key=lambda place: Levenshtein.distance(words, around[place[0] : place[1]]),
    )
    return first + best[0], first + best[1]


def _roughly(words: str, window: str) -> Place:
    if len(window) <= len(words):
        return 0, len(window)
    found = fuzz.partial_ratio_alignment(words, window)
    return (found.dest_start, found.dest_end) if found else (0, len(window))
