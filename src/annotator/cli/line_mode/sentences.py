"""An article as numbered sentences, for readers who cannot point at a passage."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from annotator.errors import InvalidInput
from annotator.model import AnchoredMark, Article, Block, Span
from annotator.reading.navigation.units import Units

_SPOKEN = {
    "heading": "Heading",
    "list_item": "Item",
    "quote": "Quotation",
    "code": "Code",
    "table": "Table",
    "image": "Image",
    "footnote": "Footnote",
    "embed": "Embedded",
}


class Paragraph(NamedTuple):
    """A block of the article: its spoken label, if it is not prose, and its sentence numbers."""

    label: str
    numbers: range


class NumberedSentences:
    """The sentences of an article, numbered from 1, and its paragraphs."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._spans: list[Span] = []
        self.paragraphs = [*self._numbered()]
        self._starts = [span.start for span in self._spans]

    def __len__(self) -> int:
        return len(self._spans)

    def span(self, number: int) -> Span:
        """Return the span of a sentence."""
        return self._spans[number - 1]

    def checked(self, number: int) -> int:
        """Return `number`; raises `InvalidInput` for one that does not exist."""
        if not 1 <= number <= len(self):
            raise InvalidInput(f"No sentence {number}.", f"The last one is {len(self)}.")
        return number

    def at(self, offset: int) -> int:
        """Return the number of the sentence at an offset, or of the one before it."""
        return max(1, bisect_right(self._starts, offset))

    def paragraph_of(self, number: int) -> int:
        """Return the index of the paragraph that a sentence is in."""
        firsts = [paragraph.numbers.start for paragraph in self.paragraphs]
        return max(0, bisect_right(firsts, number) - 1)

    def lines(self, paragraph: Paragraph, marks: tuple[AnchoredMark, ...]) -> Iterator[str]:
        """Yield a line for each sentence of a paragraph, with its marks in brackets."""
        if not paragraph.numbers:
            yield f"{paragraph.label}."
        for number in paragraph.numbers:
            label = f"{paragraph.label}: " if number == paragraph.numbers.start else ""
            span = self.span(number)
            said = "".join(
                f" [{summary(mark)}]" for mark in marks if mark.span and mark.span.overlaps(span)
            )
            yield f"{number}. {label if paragraph.label else ''}{self.words(number)}{said}"

    def words(self, number: int) -> str:
        """Return a sentence on one line."""
        return " ".join(self.span(number).of(self._article.text).split())

    def _numbered(self) -> Iterator[Paragraph]:
        units = Units(self._article)
        for index, block in enumerate(self._article.blocks):
            spans = [span for span in units.of_block(index, "sentence") if len(span)]
            first = len(self._spans) + 1
            self._spans += spans
            numbers = range(first, first + len(spans))
            if numbers or block.kind == "image":
                yield Paragraph(_label(block), numbers)


def summary(placed: AnchoredMark) -> str:
    """Return the kind, the tags and the note of a mark."""
    mark = placed.annotation
    return ", ".join((mark.kind, *(f"#{tag}" for tag in mark.tags), *filter(None, (mark.note,))))


def _label(block: Block) -> str:
    label = _SPOKEN.get(block.kind, "")
    if block.kind == "image" and not block.text:
        return f"{label}: {block.alternative}" if block.alternative else label
    return label
