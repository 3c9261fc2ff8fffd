"""A quotation in the text of an article: word for word, or with words that differ.

Quotation marks, dashes, capitals and punctuation may differ, `…` may leave out words,
and brackets may hold words of the one who quotes. Anything else is a difference.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Literal, NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, Levenshtein

from annotator.citing.source_text import SourceText, Word, stem, telling, words_of
from annotator.diffing.words import DiffPiece, changed, differences
from annotator.model import Span

COPIED = 8  # words of a source in a row, without quotation marks
MOST_OMITTED = 300  # words that `…` may stand for; more is another passage
MOST_BRACKETED = 12  # words that a bracket may stand for
FEWEST = 4  # words of a quotation that is looked for with other words
LONG = 8  # words, from which more may differ
SIMILAR_SHORT, SIMILAR = 0.72, 0.6  # share of the words that must be the same
TELLING = 0.5  # share of the words that say what it is about, of which there must be more
ROUGHLY = 60.0  # similarity of letters, of 100, at which a place is looked at word by word
ENDS = 4  # words at either end that may be other words than those of the quotation
MARGIN = 4  # words around such a place that may belong to it

_OMISSION = re.compile(
    r"\[\s*(?:…|\.\s?\.\s?\.)\s*\]|\(\s*(?:…|\.\s?\.\s?\.)\s*\)|…|\.\s?\.\s?\.|⋯+"
)
_SENTENCE_END = re.compile(r"[.!?…。！？「」“”„«»\"\n]")
_BRACKET = re.compile(r"\[[^\[\]]{1,80}\]")


class QuoteMatch(NamedTuple):
    """The passage of an article that a quotation has; `changes` lead from it to the draft."""

    span: Span
    similarity: float
    changes: tuple[DiffPiece, ...] = ()


def copied_runs(text: str, source: SourceText) -> Iterator[tuple[str, Span]]:
    """Yield the runs of eight words or more that an article has as well, and where."""
    words, at = words_of(text), 0
    while at + COPIED <= len(words):
        end, where = at + COPIED, None
        while end <= len(words) and (longer := source.find([word.key for word in words[at:end]])):
            end, where = end + 1, longer
        run = words[at : end - 1]
        at = end - 1 if where else at + 1
        is_whole = len(run) == len(words)
        if where and (is_whole or _is_telling(run)):
            copied = text if is_whole else text[run[0].span.start : run[-1].span.end]
            yield " ".join(copied.split()), source.span_of(where)


def _is_telling(run: Sequence[Word]) -> bool:
    """Return whether a run is more than the long name of an office, or some characters."""
    named = sum(word.has_capital or word.is_number for word in run)
    wide = sum(len(word.key) == 1 and word.key >= "\u0e00" for word in run)  # two are a word
    return len(run) - wide / 2 >= COPIED and 2 * named <= len(run)


class _Part(NamedTuple):
    keys: list[str]
    gap: int  # words that may be missing before it


def match_quotation(quotation: str, source: SourceText) -> QuoteMatch | None:
    """Return the passage that was quoted, or None if the text has nothing like it."""
    parts = list(_parts(quotation))
    if not parts:
        return None
    numbers = _exact(parts, source)
    if numbers:
        return QuoteMatch(source.span_of(numbers), 1.0)
    return _similar(quotation, [key for part in parts for key in part.keys], source)


def _parts(quotation: str) -> Iterator[_Part]:
    """Yield the runs of words between omissions and brackets."""
    gap = 0
    for stretch in _OMISSION.split(quotation):
        for piece in _BRACKET.split(stretch):
            keys = [word.key for word in words_of(piece)]
            if keys:
                yield _Part(keys, gap)
            gap = MOST_BRACKETED
        gap = MOST_OMITTED


def _exact(parts: Sequence[_Part], source: SourceText) -> range | None:
    """Return the words from the first part to the last, if all are there in this order."""
    first = source.find(parts[0].keys)
    while first:
        last: range | None = first
        for part in parts[1:]:
            end = last.stop if last else 0
            last = source.find(part.keys, end) if end < len(source.words) else None
            if last is None or last.start - end > part.gap:
                last = None
                break
        if last:
            return range(first.start, last.stop)
        at = first.start + 1
        first = source.find(parts[0].keys, at) if at < len(source.words) else None
    return None


def _similar(quotation: str, keys: Sequence[str], source: SourceText) -> QuoteMatch | None:
    if len(keys) < FEWEST or not source.words:
        return None
    alignment = fuzz.partial_ratio_alignment(" ".join(keys), source.joined, score_cutoff=ROUGHLY)
    if alignment is None:
        return None
    rough = source.at(alignment.dest_start, alignment.dest_end)
    numbers = _tightened(keys, range(max(0, rough.start - MARGIN), rough.stop + MARGIN), source)
    if not numbers:
        return None
    passage = [word.key for word in source.words[numbers.start : numbers.stop]]
    similarity = Indel.normalized_similarity(keys, passage)
    if similarity < (SIMILAR if len(keys) >= LONG else SIMILAR_SHORT):
        return None
    if _shared(quotation, source.words[numbers.start : numbers.stop]) <= TELLING:
        return None
    span = source.span_of(numbers)
    pieces = changed(differences(span.of(source.text), _OMISSION.sub(" ", quotation)))
    kept = tuple(piece for piece in pieces if words_of(piece.then) or words_of(piece.now))
    return QuoteMatch(span, similarity, kept or tuple(pieces))


def _shared(quotation: str, passage: Sequence[Word]) -> float:
    """Return the share of a quotation's telling words that a passage has, by their weights."""
    weights = telling(words_of(quotation))
    total = sum(weights.values())
    return sum(weights.get(word, 0.0) for word in set(map(stem, passage))) / total if total else 1.0


def _tightened(keys: Sequence[str], numbers: range, source: SourceText) -> range | None:
    """Return the words near a place that are most similar to the quotation."""
    words = [word.key for word in source.words[numbers.start : numbers.stop]]
    blocks = [editop for editop in Indel.editops(keys, words).as_matching_blocks() if editop.size]
    if not blocks:
        return None
    first, last = blocks[0], blocks[-1]
    after = last.b + last.size
    left = len(keys) - last.a - last.size
    before = min(first.b, _reach(source, numbers.start + first.b, -1, first.a))
    further = min(len(words) - after, _reach(source, numbers.start + after - 1, 1, left))
    start, end = max(  # another last word belongs to the passage, so of equals the longest
        product(range(first.b - before, first.b + 1), range(after, after + further + 1)),
        key=lambda place: (
            Levenshtein.normalized_similarity(keys, words[slice(*place)]),
            place[1] - place[0],
        ),
    )
    return range(numbers.start + start, numbers.start + end)


def _reach(source: SourceText, at: int, step: Literal[-1, 1], most: int) -> int:
    """Return how many words follow a word, or precede it, within the same sentence."""
    words = source.words
    for count in range(min(most, ENDS)):
        here, there = sorted((at + count * step, at + (count + 1) * step))
        if here < 0 or there >= len(words):
            return count
        between = source.text[words[here].span.end : words[there].span.start]
        if _SENTENCE_END.search(between):
            return count
    return max(0, min(most, ENDS))
