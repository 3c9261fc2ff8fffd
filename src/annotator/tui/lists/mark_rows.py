"""Marks as rows of a list: glyph, quotation, tags, status and note."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from annotator.model import AnchoredMark, Annotation, Article, Kind, Orphan
from annotator.model.labels import STATUS_GLYPHS, count
from annotator.tui.lists.diff_rows import wrap_pieces
from annotator.tui.lists.rows import Heading, Line, Piece, Row
from annotator.tui.lists.text_fit import truncate, wrap

Kinds = Mapping[str, Kind]

_INDENT = 3  # cells: a margin, the glyph, a space


class MarkRow(Struct, frozen=True):
    """A mark: at most three lines of its quotation, then tags and status, note and remark.

    It has the sign of links also when only other marks link to it (`is_target`).
    """

    annotation: Annotation
    kind: Kind
    remark: str = ""
    is_target: bool = False

    @property
    def key(self) -> str:
        """The mark's id."""
        return self.annotation.id

    @property
    def is_linked(self) -> bool:
        """Whether a link begins or ends at the mark."""
        return self.is_target or bool(self.annotation.links)

    def lines(self, width: int) -> Sequence[Line]:
        """Return glyph and quotation, tags and status, note, remark, and an empty line."""
        room = max(1, width - _INDENT - 1)
        first, *rest = wrap(self.annotation.quote, room, lines=3) or ("",)
        return [
            (Piece(" "), Piece(self.kind.glyph, self.kind.colour), Piece(f" {first}")),
            *(_indented(line) for line in rest),
            *self._details(room),
            (),
        ]

    def _details(self, room: int) -> Iterator[Line]:
        facts = tuple(_facts(self.annotation, is_linked=self.is_linked))
        if facts:
            yield (Piece(" " * _INDENT), *wrap_pieces(facts, room, lines=1)[0])
        if self.annotation.note:
            yield _indented(truncate("✎ " + " ".join(self.annotation.note.split()), room), "quiet")
        if self.remark:
            yield from (_indented(line, "quiet") for line in wrap(self.remark, room, lines=3))


def mark_rows(
    placed: Sequence[AnchoredMark],
    article: Article,
    kinds: Kinds,
    targets: Collection[str] = (),
) -> list[Row]:
    """Return the marks in the order of the article, and those not found under a heading.

    `targets` are the ids of the marks that others link to.
    """

    def row(mark: Annotation, remark: str = "") -> MarkRow:
        return mark_row(mark, kinds, remark, is_target=mark.id in targets)

    rows = [row(mark.annotation) for mark in placed if mark.span is not None]
    lost = [row(mark.annotation, _guess(mark, article)) for mark in placed if mark.span is None]
    return [*rows, Heading(" Not found in the text"), *lost] if lost else [*rows]


def mark_row(
    annotation: Annotation, kinds: Kinds, remark: str = "", *, is_target: bool = False
) -> MarkRow:
    """Return the row of a mark."""
    return MarkRow(annotation, kinds[annotation.kind], remark, is_target)


def _guess(placed: AnchoredMark, article: Article) -> str:
    guess = placed.place.best_guess if isinstance(placed.place, Orphan) else None
    return f"perhaps: {guess.of(article.text)}" if guess else "no match in the text"


def labels(annotation: Annotation) -> Iterable[str]:
    """Yield the status of a mark's claim, its tags, and the number of its links."""
    claim = annotation.claim
    if claim is not None and claim.status != "open":
        yield claim.status
    yield from (f"#{tag}" for tag in annotation.tags)
    if annotation.links:
        yield count(len(annotation.links), "link")


def _facts(annotation: Annotation, *, is_linked: bool) -> Iterator[Piece]:
    """Yield the status of a mark's claim in its colour, a sign if it has links, and its tags."""
    claim = annotation.claim
    if claim is not None and claim.status != "open":
        yield Piece(f"{STATUS_GLYPHS[claim.status]} {claim.status} ", claim.status)
    if is_linked:
        yield Piece("⇄ ", "quiet")
    if annotation.tags:
        yield Piece(" ".join(f"#{tag}" for tag in annotation.tags), "tag")


def _indented(text: str, role: str = "") -> Line:
    return (Piece(" " * _INDENT), Piece(text, role))
