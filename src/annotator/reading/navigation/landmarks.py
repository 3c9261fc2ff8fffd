"""Landmarks of an article: headings, links and check-worthy sentences."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from annotator.model import Article, Span
from annotator.reading.navigation.units import Units
from annotator.reading.sentences.checkworthiness import WORTHY, worth

_LINKS = {"link", "footnote_reference"}
_NO_PROSE = {"heading", "code", "table", "footnote"}


class Worthiness:
    """The check-worthiness of the sentences of an article, computed when needed."""

    def __init__(self, units: Units) -> None:
        self._units = units
        self._known: dict[int, float] = {}  # by where the sentence starts

    def of(self, sentence: Span) -> float:
        """Return the score of a sentence, which must be a piece of the units."""
        known = self._known.get(sentence.start)
        if known is None:
            known = worth(sentence.of(self._units.article.text), self._units.language)
            self._known[sentence.start] = known
        return known

    def in_block(self, index: int) -> tuple[Span, ...]:
        """Return the check-worthy sentences of a block; only running text has any."""
        return self.beginning_in(self._units.article.span_of(index), index)

    def beginning_in(self, span: Span, index: int) -> tuple[Span, ...]:
        """Return the check-worthy sentences that begin in a passage of a block."""
        if self._units.article.blocks[index].kind in _NO_PROSE:
            return ()
        sentences = self._units.of_block(index, "sentence")
        first = bisect_left(sentences, span.start, key=lambda sentence: sentence.start)
        last = bisect_left(sentences, span.end, key=lambda sentence: sentence.start)
        return tuple(sentence for sentence in sentences[first:last] if self.of(sentence) >= WORTHY)

    def around(self, span: Span) -> Span:
        """Return a passage extended to the beginning of its first sentence."""
        return Span(min(span.start, self._units.at(span.start, "sentence").start), span.end)


class Ranked(NamedTuple):
    """A sentence of an article with its score and offsets."""

    worth: float
    start: int
    end: int
    text: str


def ranked(article: Article) -> tuple[Ranked, ...]:
    """Return the check-worthy sentences of an article, highest scores first."""
    worthiness = Worthiness(Units(article))
    spans = (span for index in range(len(article.blocks)) for span in worthiness.in_block(index))
    ranked = [
        Ranked(round(worthiness.of(span), 3), span.start, span.end, span.of(article.text))
        for span in spans
    ]
    return tuple(sorted(ranked, key=lambda ranked: (-ranked.worth, ranked.start)))


class Landmarks:
    """The landmarks of an article, found when the first of a kind is needed.

    Each method takes an offset and a count, which is negative to go backwards. It
    returns the last landmark if there are fewer, and `None` if there are none.
    """

    def __init__(self, units: Units) -> None:
        self._article = units.article
        self.worthiness = Worthiness(units)

    def heading(self, offset: int, count: int) -> int | None:
        """Return the start of the heading `count` headings away."""
        return _further(self._headings, offset, count)

    def link(self, offset: int, count: int) -> Span | None:
        """Return the link or footnote reference `count` links away."""
        start = _further([link.start for link in self._links], offset, count)
        return next((link for link in self._links if link.start == start), None)

    def worthy(self, offset: int, count: int) -> int | None:
        """Return the start of the check-worthy sentence `count` such sentences away."""
        passed = tuple(islice(self._worthy_starts(offset, count), abs(count)))
        return passed[-1] if passed else None

    @cached_property
    def _headings(self) -> tuple[int, ...]:
        return tuple(heading.offset for heading in headings(self._article))

    @cached_property
    def _links(self) -> tuple[Span, ...]:
        blocks = zip(self._article.blocks, self._article.starts, strict=True)
        marks = ((mark, start) for block, start in blocks for mark in block.marks)
        links = (mark.span.moved(start) for mark, start in marks if mark.kind in _LINKS)
        return tuple(sorted({link for link in links if len(link)}))

    def _worthy_starts(self, offset: int, count: int) -> Iterator[int]:
        """Yield where check-worthy sentences start, from an offset on, or back from it."""
        blocks = self._article.blocks
        here = self._article.block_at(offset) if blocks else -1
        if count > 0:
            for index in range(max(0, here), len(blocks)):
                spans = self.worthiness.in_block(index)
                yield from (span.start for span in spans if span.start > offset)
        else:
            for index in range(here, -1, -1):
                spans = self.worthiness.in_block(index)
                yield from (span.start for span in reversed(spans) if span.start < offset)


def _further(starts: Sequence[int], offset: int, count: int) -> int | None:
    if count > 0:
        first = bisect_right(starts, offset)
        return starts[min(first + count, len(starts)) - 1] if first < len(starts) else None
    before = bisect_left(starts, offset)
    return starts[max(0, before + count)] if before else None


class HeadingPlace(NamedTuple):
    """A heading: its level from 1 to 6, its text, and its offset in the text of the article."""

    level: int
    text: str
    offset: int


def headings(article: Article) -> tuple[HeadingPlace, ...]:
    """Return the headings of an article in order."""
    return tuple(
        HeadingPlace(block.level, block.text, start)
        for block, start in zip(article.blocks, article.starts, strict=True)
        if block.kind == "heading"
    )
