"""Passages of the text of one extractor, with their true places in that of another.

The truth comes from the words alone, without anchoring: both texts are aligned word by
word. A passage is present if its words are aligned without a gap, and are either unique in
both texts or aligned with some words on either side. It is absent if hardly any two
consecutive words of it are in the other text. Passages between the two are disputable and
left out.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from annotator.model import Span
from annotator.model.text import clean_text
from annotator.reading.sentences.splitter import split
from peers import readability_text

MOST_WORDS = 6000  # of a text; the time for aligning grows with their square
OF_EACH_KIND = 8  # passages of a text
SHORT, LONGEST_PART = (2, 5), 90  # words of a phrase; characters at either side of a border
DISPUTED = 0.3  # share of the pairs of words that are in the other text
FEWEST = 6  # words of a sentence
BESIDE = 8  # words on either side that distinguish a passage from similar ones

_WORD = re.compile(r"\w+")
_BORDER = re.compile(r"\s*\n\s*")


@dataclass(frozen=True)
class Words:
    """A text, its words in lower case, and their places."""

    text: str
    folded: list[str]
    spans: tuple[tuple[int, int], ...]

    def within(self, span: Span) -> range:
        """Return the words of a passage."""
        inside = [n for n, (start, end) in enumerate(self.spans) if span.start <= start < span.end]
        return range(inside[0], inside[-1] + 1) if inside else range(0)


Pair = tuple[Words, Words]


def readable_text(page: str, url: str) -> str:
    """Return the text of readability-lxml for a page, in the form of an article's text."""
    text = readability_text(clean_text(page, limit=len(page)), url)
    return clean_text(_BORDER.sub("\n\n", text), limit=len(text)).strip()


def placed(old: str, new: str, *, seed: int) -> Iterator[tuple[str, Span, Span | None]]:
    """Yield passages of `old` with their kind and their place in `new`, if they have one there."""
    here, there = words_of(old), words_of(new)
    if not 0 < len(here.spans) <= MOST_WORDS or not 0 < len(there.spans) <= MOST_WORDS:
        return
    places = aligned(here.folded, there.folded)
    known = set(pairwise(there.folded))
    for kind, span in passages(here, random.Random(seed)):
        inside = here.within(span)
        true = [places[n] for n in inside]
        if is_whole(true) and is_told_apart(inside, places, (here, there)):
            place = Span(there.spans[true[0] or 0][0], there.spans[true[-1] or 0][1])
            yield kind, span, place
        elif is_absent([here.folded[n] for n in inside], known):
            yield kind, span, None


def words_of(text: str) -> Words:
    """Return a text with its words."""
    found = list(_WORD.finditer(text))
    return Words(text, [each[0].lower() for each in found], tuple(each.span() for each in found))


def aligned(old: Sequence[str], new: Sequence[str]) -> dict[int, int | None]:
    """Return for each word of `old` the index of the same word in `new`."""
    places: dict[int, int | None] = dict.fromkeys(range(len(old)))
    for start, other, size in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        places |= {start + n: other + n for n in range(size)}
    return places


def is_whole(places: Sequence[int | None]) -> bool:
    """Return whether words are aligned to consecutive words."""
    first = places[0] if places else None
    return first is not None and list(places) == list(range(first, first + len(places)))


def is_told_apart(inside: range, places: Mapping[int, int | None], texts: Pair) -> bool:
    """Return whether words are unique in both texts, or aligned with some on either side."""
    words = [texts[0].folded[n] for n in inside]
    around = range(max(0, inside.start - BESIDE), min(len(places), inside.stop + BESIDE))
    return is_whole([places[n] for n in around]) or all(
        count(words, in_=each.folded) == 1 for each in texts
    )


def count(words: Sequence[str], *, in_: Sequence[str]) -> int:
    """Return the number of times that some words follow each other."""
    size = len(words)
    return sum(in_[at : at + size] == words for at in range(len(in_) - size + 1))


def is_absent(words: Sequence[str], known: set[tuple[str, str]]) -> bool:
    """Return whether hardly any two consecutive words are in the other text."""
    pairs = list(pairwise(words))
    return bool(pairs) and sum(pair in known for pair in pairs) <= DISPUTED * len(pairs)


def passages(words: Words, chance: random.Random) -> Iterator[tuple[str, Span]]:
    """Yield sentences, short phrases, and passages across a border of paragraphs."""
    text = words.text
    found = [span for span in split(text) if len(words.within(span)) >= FEWEST]
    for span in chance.sample(found, min(OF_EACH_KIND, len(found))):
        yield "sentences", span
    for _ in range(OF_EACH_KIND):
        first = chance.randrange(len(words.spans))
        last = min(len(words.spans) - 1, first + chance.randint(*SHORT) - 1)
        span = Span(words.spans[first][0], words.spans[last][1])
        if "\n" not in span.of(text):
            yield "short phrases", span
    borders = [found.start() for found in re.finditer("\n\n", text)]
    for border in chance.sample(borders, min(OF_EACH_KIND, len(borders))):
        near = Span(max(0, border - LONGEST_PART), min(len(text), border + LONGEST_PART))
        inside = words.within(near)
        if len(inside) >= FEWEST:
            yield "across paragraphs", Span(words.spans[inside[0]][0], words.spans[inside[-1]][1])
