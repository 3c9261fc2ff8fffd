"""The units of an article: letters, words, sentences and paragraphs, independent of the layout."""

import re
from bisect import bisect_right
from functools import cached_property
from typing import Literal

from annotator.model import Article, Block, Span
from annotator.reading import sentences
from annotator.reading.layout.text_width import graphemes

Unit = Literal["character", "word", "sentence", "paragraph"]
UNITS: tuple[Unit, ...] = ("character", "word", "sentence", "paragraph")

_WORD = (  # compiled on first use: the first frame needs none
    "[\u3040-\u309f]+|[\u30a0-\u30ff\uff66-\uff9f]+|[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
    r"|(?:[^\W\u3040-\u30ff\u3400-\u9fff]|[\u0300-\u036f])+(?:[’'\-.][^\W\u3040-\u30ff\u3400-\u9fff]+)*"
    r"|[^\w\s]+"
)

_CONTEXT = 64  # code points on each side that decide where a grapheme begins; few need ten


class Units:
    """The units of an article, found when they are needed.

    A piece of a unit is a span of the text of the article, within one block.
    Blocks without text have no pieces.
    """

    def __init__(self, article: Article) -> None:
        self.article = article
        self._pieces: dict[tuple[Unit, int], tuple[Span, ...]] = {}

    def at(self, offset: int, unit: Unit) -> Span:
        """Return the piece at `offset`, or the last one before it."""
        if unit == "character":
            return self._character(offset)
        index = self._with_text(self.article.block_at(offset))
        pieces = self.of_block(index, unit)
        return pieces[max(0, _index(pieces, offset))] if pieces else Span(0, 0)

    def step(self, offset: int, unit: Unit, count: int) -> int:
        """Return the start of the piece `count` pieces after `offset`, before if negative.

        Backwards, the start of the piece at `offset` counts as the first one. The
        result is at most the start of the first or last piece of the article.
        """
        blocks = len(self.article.blocks)
        for _ in range(abs(count)):
            here = self.article.block_at(offset)
            onward = range(here, blocks) if count > 0 else range(here, -1, -1)
            one = self._first_after if count > 0 else self._last_before
            starts = (one(index, offset, unit) for index in onward)
            known = next((start for start in starts if start is not None), None)
            offset = self.at(offset, unit).start if known is None else known
        return offset

    def of_block(self, index: int, unit: Unit) -> tuple[Span, ...]:
        """Return all pieces of a block."""
        key = (unit, index)
        if key not in self._pieces:
            start = self.article.starts[index] if self.article.blocks else 0
            blocks = self.article.blocks[index : index + 1]
            self._pieces[key] = tuple(
                piece.moved(start) for block in blocks for piece in self._split(block, unit)
            )
        return self._pieces[key]

    def _first_after(self, index: int, offset: int, unit: Unit) -> int | None:
        if unit == "character":
            block = self.article.span_of(index)
            start = block.start if offset < block.start else self._character(offset).end
            return start if start < block.end else None
        pieces = self.of_block(index, unit)
        at = _index(pieces, offset) + 1
        return pieces[at].start if at < len(pieces) else None

    def _last_before(self, index: int, offset: int, unit: Unit) -> int | None:
        if not self.article.blocks:
            return None
        if unit == "character":
            block = self.article.span_of(index)
            before = min(offset, block.end) - 1
            return self._character(before).start if before >= block.start else None
        pieces = self.of_block(index, unit)
        at = _index(pieces, offset - 1)
        return pieces[at].start if at >= 0 else None

    def _character(self, offset: int) -> Span:
        """Return the grapheme at `offset`; an empty span between blocks."""
        if not self.article.blocks:
            return Span(0, 0)
        block = self.article.span_of(self.article.block_at(offset))
        start = max(block.start, offset - _CONTEXT)
        near = self.article.text[start : min(block.end, offset + _CONTEXT)]
        spans = (Span(*place).moved(start) for place in graphemes(near))
        return next((span for span in spans if offset in span), Span(offset, offset))

    def _with_text(self, index: int) -> int:
        """Return the index of the next block with text, or else of the last one before."""
        blocks = self.article.blocks
        onward = (block for block in range(index, len(blocks)) if blocks[block].text.strip())
        back = (block for block in range(index - 1, -1, -1) if blocks[block].text.strip())
        following = next(onward, None)
        return following if following is not None else next(back, index)

    @cached_property
    def language(self) -> str:
        """The language that the article declares, or else one guessed from function words."""
        return self.article.language or sentences.splitter.language_of(self.article.text)

    def _split(self, block: Block, unit: Unit) -> tuple[Span, ...]:
        if unit == "word":
            return tuple(Span(*match.span()) for match in re.finditer(_WORD, block.text))
        if unit == "paragraph" or block.kind == "heading":
            whole = Span(0, len(block.text)).trimmed(block.text)
            return (whole,) if len(whole) else ()
        if block.kind == "table":
            return _lines(block, "\n")
        if block.kind == "code":
            return _lines(block, "\n\n")
        return sentences.splitter.split(block.text, self.language)


def _lines(block: Block, gap: str) -> tuple[Span, ...]:
    spans, start = [], 0
    for line in block.text.split(gap):
        spans.append(Span(start, start + len(line)).trimmed(block.text))
        start += len(line) + len(gap)
    return tuple(span for span in spans if len(span))


def _index(pieces: tuple[Span, ...], offset: int) -> int:
    return bisect_right(pieces, offset, key=lambda piece: piece.start) - 1
