"""Labels for the passages of a page: in the article or not, by the truth of a corpus."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, starmap

from scorer_corpora import Truth, as_read

SHINGLE = 4  # tokens
LEAST_SHARED = 0.5  # of a passage's shingles
BEFORE, AFTER = 3, 4  # passages around the aligned ones among which short ones may be in the truth
MOST_PLACES = 20  # of a segment; one with more says nothing
LONG_PASSAGE = 200
SMALL_SHARE = 0.3  # of a long passage; a smaller wrong segment does not make it wrong

TOKEN = re.compile(r"\w+")
Label = float | None
Shingle = tuple[str, ...]


def labels_of(texts: Sequence[str], truth: Truth) -> list[Label]:
    """Return for each passage 1 if it is in the article, 0 if not, None if that is unknown."""
    texts = list(map(as_read, texts))
    if truth.is_partial:
        return _by_segments(texts, truth)
    return _Alignment(TOKEN.findall(truth.text)).labels([TOKEN.findall(text) for text in texts])


@dataclass(frozen=True, slots=True)
class _Span:
    """A possible place of a passage in the truth, with the number of shingles for it."""

    passage: int
    start: int
    end: int
    weight: int


@dataclass(slots=True)
class _Alignment:
    """The truth as tokens, and the places of its shingles."""

    tokens: list[str]
    places: dict[Shingle, list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self.places = defaultdict(list)
        for place, shingle in enumerate(_shingles(self.tokens)):
            self.places[shingle].append(place)

    def labels(self, passages: list[list[str]]) -> list[Label]:
        """Label long passages by their shingles, short ones by their place between those."""
        spans = chain.from_iterable(starmap(self._spans, enumerate(passages)))
        row = {span.passage: span for span in _heaviest_row(spans)}
        if not row:
            return [0.0 if tokens else None for tokens in passages]
        used: Counter[Shingle] = Counter()
        labels: list[Label] = [None] * len(passages)
        # Passages in order come first, for the same words may be elsewhere on the page.
        for index in sorted(range(len(passages)), key=lambda index: index not in row):
            if len(passages[index]) >= SHINGLE:
                labels[index] = float(self._claim(passages[index], used))
        self._label_short(passages, row, labels)
        return labels

    def _spans(self, index: int, tokens: list[str]) -> Iterator[_Span]:
        """Yield the possible places of a passage in the truth."""
        shingles = list(_shingles(tokens))
        shared = [at for at, shingle in enumerate(shingles) if shingle in self.places]
        if not shared or len(shared) < LEAST_SHARED * len(shingles):
            return
        rarest = min(shared, key=lambda at: len(self.places[shingles[at]]))
        for place in self.places[shingles[rarest]][:MOST_PLACES]:
            start = max(0, place - rarest)
            yield _Span(index, start, start + len(tokens), len(shared))

    def _claim(self, tokens: list[str], used: Counter[Shingle]) -> bool:
        """Return whether enough of a passage is in the truth, counting each shingle once."""
        shingles = list(_shingles(tokens))
        shared = [s for s in shingles if used[s] < len(self.places.get(s, ()))]
        if not shared or len(shared) < LEAST_SHARED * len(shingles):
            return False
        used.update(shared)
        return True

    def _label_short(
        self, passages: list[list[str]], row: dict[int, _Span], labels: list[Label]
    ) -> None:
        near = range(min(row) - BEFORE, max(row) + AFTER)
        starts, ends = _bounds([row.get(i) for i in range(len(passages))], len(self.tokens))
        taken = 0
        for index, tokens in enumerate(passages):
            if labels[index] is not None or not tokens:
                continue
            start, end = starts[index], ends[index]
            start = max(start, taken) if taken <= end else start
            found = _find(tokens, self.tokens[start:end]) if index in near else None
            labels[index] = float(found is not None)
            if found is not None:
                taken = start + found + len(tokens)


def _heaviest_row(spans: Iterable[_Span]) -> list[_Span]:
    """Return the heaviest sequence of spans in the same order on the page and in the truth."""
    found = sorted(spans, key=lambda span: (span.passage, -span.start))
    rows: list[tuple[int, int]] = []  # weight of the row that ends with a span, the one before
    for index, span in enumerate(found):
        before = (
            (rows[other][0], other)
            for other in range(index)
            if found[other].passage < span.passage and found[other].start < span.start
        )
        weight, last = max(before, default=(0, -1))
        rows.append((weight + span.weight, last))
    at = max(range(len(rows)), key=rows.__getitem__, default=-1)
    row: list[_Span] = []
    while at >= 0:
        row.append(found[at])
        at = rows[at][1]
    return row[::-1]


def _shingles(tokens: list[str]) -> Iterator[Shingle]:
    return (tuple(tokens[at : at + SHINGLE]) for at in range(len(tokens) - SHINGLE + 1))


def _bounds(spans: list[_Span | None], length: int) -> tuple[list[int], list[int]]:
    """Return for each passage the tokens of the truth that it must be between."""
    starts, at = [], 0
    for span in spans:
        starts.append(at)
        at = max(at, span.end) if span else at
    ends, at = [], length
    for span in reversed(spans):
        ends.append(at)
        at = min(at, span.start) if span else at
    return starts, ends[::-1]


def _find(tokens: list[str], within: list[str]) -> int | None:
    size = len(tokens)
    places = range(len(within) - size + 1)
    return next((at for at in places if within[at : at + size] == tokens), None)


def _by_segments(texts: Sequence[str], truth: Truth) -> list[Label]:
    folded = [_fold(text) for text in texts]
    starts = [0]
    for text in folded:
        starts.append(starts[-1] + len(text) + 1)
    page = " ".join(folded)
    labels: list[Label] = [None] * len(texts)
    for segment in filter(None, map(_fold, truth.absent)):
        for first, last in _holders(segment, page, starts):
            is_small = len(segment) < SMALL_SHARE * len(folded[first])
            if not (first == last and is_small and len(folded[first]) > LONG_PASSAGE):
                labels[first : last + 1] = [0.0] * (last + 1 - first)
    for segment in filter(None, map(_fold, truth.present)):
        holders = list(_holders(segment, page, starts))
        if len(holders) == 1:
            first, last = holders[0]
            labels[first : last + 1] = [1.0] * (last + 1 - first)
    return labels


def _holders(segment: str, page: str, starts: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last passage of each place of a segment."""
    at = page.find(segment)
    for _ in range(MOST_PLACES):
        if at < 0:
            return
        yield bisect_right(starts, at) - 1, bisect_right(starts, at + len(segment) - 1) - 1
        at = page.find(segment, at + 1)


def _fold(text: str) -> str:
    return " ".join(text.split())
