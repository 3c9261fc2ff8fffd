"""Landmarks of an article: headings, links and check-worthy sentences."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from annotator.model import Article, Span
from annotator.reading.navigation.units import Units
from annotator.reading.sentences.checkworthiness import Worthiness

_LINKS = {"link", "footnote_reference"}


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
        starts = self._worthy_onward(offset) if count > 0 else self._worthy_back(offset)
        passed = tuple(islice(starts, abs(count)))
        return passed[-1] if passed else None

    def _block_at(self, offset: int) -> int:
        return self._article.block_at(offset) if self._article.blocks else -1

    @cached_property
    def _headings(self) -> tuple[int, ...]:
        return tuple(heading.offset for heading in headings(self._article))

    @cached_property
    def _links(self) -> tuple[Span, ...]:
        return tuple(sorted(set(_links_of(self._article))))

    def _worthy_onward(self, offset: int) -> Iterator[int]:
        for index in range(max(0, self._block_at(offset)), len(self._article.blocks)):
            spans = self.worthiness.in_block(index)
            yield from (span.start for span in spans if span.start > offset)

    def _worthy_back(self, offset: int) -> Iterator[int]:
        for index in reversed(range(self._block_at(offset) + 1)):
            spans = self.worthiness.in_block(index)
            yield from (span.start for span in reversed(spans) if span.start < offset)


def _further(starts: Sequence[int], offset: int, count: int) -> int | None:
    if count > 0:
        first = bisect_right(starts, offset)
        return starts[min(first + count, len(starts)) - 1] if first < len(starts) else None
    before = bisect_left(starts, offset)
    return starts[max(0, before + count)] if before else None


def _links_of(article: Article) -> Iterator[Span]:
    for block, start in zip(article.blocks, article.starts, strict=True):
        for mark in block.marks:
            if mark.kind in _LINKS and len(mark.span):
                yield mark.span.moved(start)


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
