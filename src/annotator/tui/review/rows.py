"""Marks that wait for a review: what was marked then, beside what stands there now."""

from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest

from msgspec import Struct
from rich.cells import cell_len

from annotator.diffing.words import differences, in_short, wording_now, wording_then
from annotator.model import Annotation, Kind, Span
from annotator.tui.lists.diff_rows import as_pieces, fold_pieces
from annotator.tui.lists.mark_rows import Kinds, labels
from annotator.tui.lists.rows import Heading, Line, Piece, Remark, Row
from annotator.tui.lists.text_fit import ELLIPSIS, fit
from annotator.usecases.changes import Reworded
from annotator.usecases.review import Waiting

_SIDE_BY_SIDE = 78  # cells of a screen from which two columns are read with ease
_WIDEST = 62  # cells of a column
_INDENT, _GAP = 3, 3
_LINES = 12  # of a passage; what is longer is read in its place
_AROUND = 60  # characters of what stands around a passage

_NO_TRACE = (Piece("There is no trace of it.", "quiet"),)
_NOTHING = " No mark waits for a review."


class ReviewRow(Struct, frozen=True):
    """A mark with both wordings: side by side, or one above the other on a narrow screen."""

    annotation: Annotation
    kind: Kind
    told: str
    then: Line
    now: Line
    now_is: str = "now"

    @property
    def key(self) -> str:
        """The mark's id."""
        return self.annotation.id

    def height(self, width: int) -> int:
        """Return the number of its lines, with the empty one below."""
        return len(self.lines(width))

    def lines(self, width: int) -> Sequence[Line]:
        """Return what happened, then the two wordings, then air."""
        room = max(1, width - _INDENT - 1)
        said = " ".join((self.annotation.kind, *labels(self.annotation)))
        told = fit(" ".join(self.told.split()), max(room - cell_len(said) - 2, room // 2))
        happened = (
            Piece(told, "strong"),
            Piece(f"  {fit(said, max(1, room - cell_len(told) - 2))}", "tag"),
        )
        head = (Piece(" "), Piece(self.kind.glyph, self.kind.colour), Piece(" "), *happened)
        wordings = self._beside(room) if width >= _SIDE_BY_SIDE else self._below(room)
        return [head, *(_indented(line) for line in wordings), ()]

    def _beside(self, room: int) -> Iterator[Line]:
        width = min(_WIDEST, (room - _GAP) // 2)
        left, right = (
            [(Piece(title, "quiet"),), *fold_pieces(words, width, lines=_LINES)]
            for title, words in (("then", self.then), (self.now_is, self.now))
        )
        for one, other in zip_longest(left, right, fillvalue=()):
            gap = width - sum(cell_len(text) for text, _ in one) + _GAP
            yield (*one, Piece(" " * gap), *other)

    def _below(self, room: int) -> Iterator[Line]:
        for title, words in (("then", self.then), (self.now_is, self.now)):
            yield (Piece(title, "quiet"),)
            yield from fold_pieces(words, room, lines=_LINES)


def review_rows(waiting: Sequence[Waiting], kinds: Kinds, *, are_titled: bool) -> list[Row]:
    """Return the marks, under the titles of their articles if there may be several."""
    if not waiting:
        return [Remark(_NOTHING)]
    rows: list[Row] = []
    for _, group in groupby(waiting, key=lambda each: each.record.id):
        marks = list(group)
        if are_titled:
            record = marks[0].record
            rows.append(Heading(f" {record.title or record.url}", air=min(1, len(rows))))
        rows += [_row(each, kinds[each.annotation.kind]) for each in marks]
    return rows


def _row(waiting: Waiting, kind: Kind) -> ReviewRow:
    change, text = waiting.change, waiting.article.text
    if isinstance(change, Reworded):
        return ReviewRow(
            change.annotation,
            kind,
            in_short(change.changes),
            as_pieces(wording_then(change.pieces)),
            _within(text, change.span, as_pieces(wording_now(change.pieces))),
        )
    quote = change.annotation.target.quote
    words, guess = _alike(quote.exact, change.guess)
    then = _amid(quote.prefix, words, quote.suffix)
    if change.span is None:
        return ReviewRow(change.annotation, kind, "not found", then, _NO_TRACE)
    now = _within(text, change.span, guess)
    return ReviewRow(change.annotation, kind, "not found", then, now, "now, perhaps")


def _alike(quote: str, guess: str) -> tuple[Line, Line]:
    """Return both, with what differs if that is the lesser part."""
    pieces = differences(quote, guess) if guess else ()
    same = sum(len(each.then) for each in pieces if each.is_same)
    if same * 2 < len(quote):
        return (Piece(quote),), (Piece(guess),)
    return as_pieces(wording_then(pieces)), as_pieces(wording_now(pieces))


def _within(text: str, span: Span, words: Line) -> Line:
    """Return words with what stands around their passage."""
    before = text[max(0, span.start - _AROUND) : span.start]
    return _amid(before, words, text[span.end : span.end + _AROUND])


def _amid(before: str, words: Line, after: str) -> Line:
    head, tail = before.partition(" ")[2] or before, after.rpartition(" ")[0] or after
    return (
        *((Piece(f"{ELLIPSIS}{head}", "quiet"),) if head else ()),
        *words,
        *((Piece(f"{tail}{ELLIPSIS}", "quiet"),) if tail else ()),
    )


def _indented(line: Line) -> Line:
    return (Piece(" " * _INDENT), *line)
