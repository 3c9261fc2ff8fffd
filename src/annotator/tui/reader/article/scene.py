"""All that lies over the text of an article at one moment, as a value."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct, field

from annotator.model import Span, Status
from annotator.reading.layout.row import TextRow
from annotator.reading.navigation.article_links import LinkHint
from annotator.reading.navigation.highlights import Highlights

if TYPE_CHECKING:
    from annotator.reading.navigation.landmarks import Worthiness


class PaintedMark(Struct, frozen=True):
    """A mark as the view shows it: its span, its colour (`#rrggbb`) and its sign in the margin.

    `status` is that of its claim if somebody has begun to judge it.
    """

    id: str
    span: Span
    colour: str
    glyph: str
    has_note: bool = False
    has_links: bool = False
    status: Status | None = None
    is_guest: bool = False  # of somebody else: underlined only


class Overlay(Struct, frozen=True):
    """Everything that lies over the text of one row."""

    marks: tuple[PaintedMark, ...] = ()
    matches: tuple[Span, ...] = ()
    current: str | None = None  # the id of the mark that keys act on
    current_match: Span | None = None
    sentence: Span | None = None
    selection: Span | None = None
    caret: Span | None = None
    has_progress: bool = False
    is_worthy: bool = False  # an unmarked sentence that is worth a check begins on it
    hints: tuple[LinkHint, ...] = ()


class Scene(Struct, frozen=True):
    """All that lies over an article at one moment: marks, matches, cursor, link numbers.

    It never changes. The view makes another one, and draws again only the passages
    that `changed` names. `current` is the id of the mark that keys act on.
    """

    highlights: Highlights[PaintedMark] = field(default_factory=Highlights)
    matches: tuple[Span, ...] = ()
    match: Span | None = None
    current: str | None = None
    sentence: Span | None = None
    selection: Span | None = None
    caret: Span | None = None
    worthiness: "Worthiness | None" = None  # given if the margin shows it
    hints: tuple[LinkHint, ...] = ()

    def over(self, row: TextRow) -> Overlay:
        """Return the part of the scene that lies over a row."""
        if not row.fragments:
            return Overlay()
        ends = Span(min(f.start for f in row.fragments), max(f.end for f in row.fragments))
        marks = self.highlights.touching(ends.start, ends.end)
        return Overlay(
            marks=marks,
            matches=self._matches_in(ends),
            current=self.current if any(mark.id == self.current for mark in marks) else None,
            current_match=_if_near(self.match, ends),
            sentence=_if_near(self.sentence, ends),
            selection=_if_near(self.selection, ends),
            caret=_if_near(self.caret, ends),
            is_worthy=self._is_worthy(ends, row.block),
            hints=tuple(hint for hint in self.hints if ends.start <= hint.offset <= ends.end),
        )

    def changed(self, other: "Scene") -> Iterator[Span]:
        """Yield the passages that look different in `other`."""
        if self.highlights is not other.highlights:
            spans = self.highlights.changed(other.highlights)
            yield from map(self.worthiness.around, spans) if self.worthiness else spans
        if self.matches is not other.matches:
            yield from (*self.matches, *other.matches)
        if self.hints != other.hints:
            for hint in (*self.hints, *other.hints):
                yield Span(hint.offset, hint.offset + 1)
        for before, after in zip(self.singles(), other.singles(), strict=True):
            if before != after:
                yield from (span for span in (before, after) if span is not None)

    def singles(self) -> tuple[Span | None, ...]:
        """Return the passages of which a scene has at most one each, in a fixed order."""
        mark = self.highlights.get(self.current) if self.current else None
        marked = mark.span if mark else None
        return (self.match, marked, self.sentence, self.selection, self.caret)

    def _is_worthy(self, ends: Span, block: int) -> bool:
        """Return whether an unmarked sentence that is worth a check begins on a row."""
        if self.worthiness is None:
            return False
        sentences = self.worthiness.beginning_in(ends, block)
        return any(
            not self.highlights.touching(sentence.start, sentence.end) for sentence in sentences
        )

    def _matches_in(self, ends: Span) -> tuple[Span, ...]:
        first = bisect_right(self.matches, ends.start, key=lambda match: match.end)
        last = bisect_left(self.matches, ends.end, key=lambda match: match.start)
        return self.matches[first:last]


def _if_near(span: Span | None, ends: Span) -> Span | None:
    """Return `span` if it touches the row or its end, just behind which a caret may be."""
    if span is None or span.start > ends.end or span.end <= ends.start:
        return None
    return span
