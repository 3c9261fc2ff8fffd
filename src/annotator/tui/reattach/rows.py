"""The rows of marks to reattach: the words that were marked, beside the wording now."""

from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest

from msgspec import Struct
from rich.cells import cell_len

from annotator.diffing.words import differences, in_short, wording_now, wording_then
from annotator.model import Annotation, Kind, Span
from annotator.tui.lists.diff_rows import as_pieces, wrap_pieces
from annotator.tui.lists.mark_rows import Kinds, labels
from annotator.tui.lists.rows import Heading, Line, Piece, Remark, Row
from annotator.tui.lists.text_fit import ELLIPSIS, truncate
from annotator.usecases.articles.changes import Reworded
from annotator.usecases.marks.reattach import Waiting

_SIDE_BY_SIDE = 78  # cells of the list from which two columns read well
_MAX_COLUMN = 62  # cells
_INDENT, _GAP = 3, 3
_LINES = 12  # of a passage; a longer one is cut
_CONTEXT = 60  # characters shown before and after a passage

_NOT_FOUND = (Piece("no match in the text", "quiet"),)
_NOTHING = " No mark needs to be reattached."


class ReattachRow(Struct, frozen=True):
    """A mark with its wording then and now, side by side if the list is wide enough."""

    annotation: Annotation
    kind: Kind
    title: str
    then: Line
    now: Line
    now_is: str = "now"

    @property
    def key(self) -> str:
        """The mark's id."""
        return self.annotation.id

    def lines(self, width: int) -> Sequence[Line]:
        """Return the title, then both wordings, then an empty line."""
        room = max(1, width - _INDENT - 1)
        facts = " ".join((self.annotation.kind, *labels(self.annotation)))
        title = truncate(" ".join(self.title.split()), max(room - cell_len(facts) - 2, room // 2))
        head = (
            Piece(" "),
            Piece(self.kind.glyph, self.kind.colour),
            Piece(" "),
            Piece(title, "strong"),
            Piece(f"  {truncate(facts, max(1, room - cell_len(title) - 2))}", "tag"),
        )
        wordings = self._columns(room) if width >= _SIDE_BY_SIDE else self._stacked(room)
        return [head, *((Piece(" " * _INDENT), *line) for line in wordings), ()]

    def _columns(self, room: int) -> Iterator[Line]:
        width = min(_MAX_COLUMN, (room - _GAP) // 2)
        left, right = (
            [(Piece(title, "quiet"),), *wrap_pieces(words, width, lines=_LINES)]
            for title, words in (("then", self.then), (self.now_is, self.now))
        )
        for one, other in zip_longest(left, right, fillvalue=()):
            gap = width - sum(cell_len(text) for text, _ in one) + _GAP
            yield (*one, Piece(" " * gap), *other)

    def _stacked(self, room: int) -> Iterator[Line]:
        for title, words in (("then", self.then), (self.now_is, self.now)):
            yield (Piece(title, "quiet"),)
            yield from wrap_pieces(words, room, lines=_LINES)


def reattach_rows(waiting: Sequence[Waiting], kinds: Kinds, *, shows_titles: bool) -> list[Row]:
    """Return a row for each mark, under the titles of their articles if `shows_titles`."""
    if not waiting:
        return [Remark(_NOTHING)]
    rows: list[Row] = []
    for _, group in groupby(waiting, key=lambda mark: mark.record.id):
        marks = list(group)
        if shows_titles:
            record = marks[0].record
            rows.append(Heading(f" {record.title or record.url}", air=min(1, len(rows))))
        rows += [_row(mark, kinds[mark.annotation.kind]) for mark in marks]
    return rows


def _row(waiting: Waiting, kind: Kind) -> ReattachRow:
    change, text = waiting.change, waiting.article.text
    if isinstance(change, Reworded):
        return ReattachRow(
            change.annotation,
            kind,
            in_short(change.changes),
            as_pieces(wording_then(change.pieces)),
            _in_context(text, change.span, as_pieces(wording_now(change.pieces))),
        )
    quote = change.annotation.target.quote
    words, guess = _compared(quote.exact, change.guess)
    then = _between(quote.prefix, words, quote.suffix)
    if change.span is None:
        return ReattachRow(change.annotation, kind, "not found", then, _NOT_FOUND)
    now = _in_context(text, change.span, guess)
    return ReattachRow(change.annotation, kind, "not found", then, now, "now, perhaps")


def _compared(quote: str, guess: str) -> tuple[Line, Line]:
    """Return both, with their differences if at least half of the quote is the same."""
    pieces = differences(quote, guess) if guess else ()
    same = sum(len(piece.then) for piece in pieces if piece.is_same)
    if same * 2 < len(quote):
        return (Piece(quote),), (Piece(guess),)
    return as_pieces(wording_then(pieces)), as_pieces(wording_now(pieces))


def _in_context(text: str, span: Span, words: Line) -> Line:
    """Return words with the text before and after their passage."""
    before = text[max(0, span.start - _CONTEXT) : span.start]
    return _between(before, words, text[span.end : span.end + _CONTEXT])


def _between(before: str, words: Line, after: str) -> Line:
    head, tail = before.partition(" ")[2] or before, after.rpartition(" ")[0] or after
    return (
        *((Piece(f"{ELLIPSIS}{head}", "quiet"),) if head else ()),
        *words,
        *((Piece(f"{tail}{ELLIPSIS}", "quiet"),) if tail else ()),
    )
