"""Marks as rows of a list: the glyph and words of each, its tags, status and note."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from annotator.model import AnchoredMark, Annotation, Article, Kind, Orphan
from annotator.tui.lists.rows import Heading, Line, Piece, Row
from annotator.tui.lists.text_fit import truncate, wrap

Kinds = Mapping[str, Kind]

_INDENT = 3  # cells: a margin, the glyph, a space


class MarkRow(Struct, frozen=True):
    """A mark: at most three lines of its words, then what was said of it."""

    annotation: Annotation
    kind: Kind
    remark: str = ""

    @property
    def key(self) -> str:
        """The mark's id."""
        return self.annotation.id

    def height(self, width: int) -> int:
        """Return the number of its lines, with the empty one below."""
        return len(self.lines(width))

    def lines(self, width: int) -> Sequence[Line]:
        """Return glyph and words, tags and status, note, air."""
        room = max(1, width - _INDENT - 1)
        first, *rest = wrap(self.annotation.quote, room, lines=3) or ("",)
        return [
            (Piece(" "), Piece(self.kind.glyph, self.kind.colour), Piece(f" {first}")),
            *(_indented(line) for line in rest),
            *self._said(room),
            (),
        ]

    def _said(self, room: int) -> Iterator[Line]:
        said = truncate(" ".join(labels(self.annotation)), room)
        if said:
            yield _indented(said, "tag")
        if self.annotation.note:
            yield _indented(truncate("✎ " + " ".join(self.annotation.note.split()), room), "quiet")
        if self.remark:
            yield from (_indented(line, "quiet") for line in wrap(self.remark, room, lines=3))


def mark_rows(placed: Sequence[AnchoredMark], article: Article, kinds: Kinds) -> list[Row]:
    """Return the marks in the article's order, and under a heading those without a place."""
    found = [mark_row(each.annotation, kinds) for each in placed if each.span is not None]
    lost = [_orphan_row(each, article, kinds) for each in placed if each.span is None]
    return [*found, Heading(" Without a place in the text"), *lost] if lost else [*found]


def mark_row(annotation: Annotation, kinds: Kinds, remark: str = "") -> MarkRow:
    """Return the row of a mark of whatever kind."""
    return MarkRow(annotation, kinds[annotation.kind], remark)


def _orphan_row(placed: AnchoredMark, article: Article, kinds: Kinds) -> MarkRow:
    guess = placed.place.best_guess if isinstance(placed.place, Orphan) else None
    remark = f"perhaps: {guess.of(article.text)}" if guess else "no trace of it in the text"
    return mark_row(placed.annotation, kinds, remark)


def labels(annotation: Annotation) -> Iterable[str]:
    """Give in a word each what was said of a mark beside its note."""
    claim = annotation.claim
    if claim is not None and claim.status != "open":
        yield claim.status
    yield from (f"#{tag}" for tag in annotation.tags)
    if annotation.links:
        yield f"→{len(annotation.links)}"


def _indented(text: str, role: str = "") -> Line:
    return (Piece(" " * _INDENT), Piece(text, role))
