"""Spans: the one coordinate system, code points of the text of an article."""

from msgspec import Struct

from annotator.errors import InvalidSpan


class Span(Struct, frozen=True, order=True):
    """Code points `start` to `end` (exclusive) of a text; empty if both are equal."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise InvalidSpan(
                f"A passage cannot run from {self.start} to {self.end}.",
                "Give a start of 0 or more and an end that is not before it.",
            )

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, offset: object) -> bool:
        return isinstance(offset, int) and self.start <= offset < self.end

    def of(self, text: str) -> str:
        """Return the part of `text` within the span."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Return whether the two share a code point."""
        return self.start < other.end and other.start < self.end

    def moved(self, by: int) -> "Span":
        """Return the span moved by `by` code points."""
        return Span(self.start + by, self.end + by)

    def trimmed(self, text: str) -> "Span":
        """Return the span without white space at its ends."""
        passage = self.of(text)
        start = self.start + len(passage) - len(passage.lstrip())
        return Span(start, max(start, self.end - len(passage) + len(passage.rstrip())))
