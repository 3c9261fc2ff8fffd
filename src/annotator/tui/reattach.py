"""Reattaching marks that were reworded or lost, each then and now, until the reader decides."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import groupby, zip_longest

from msgspec import Struct
from rich.cells import cell_len

from annotator.diffing.words import differences, in_short, wording_now, wording_then
from annotator.errors import LibraryError
from annotator.model import Annotation, Kind, Span
from annotator.model.labels import count
from annotator.store import Library
from annotator.tui.frame.context import AppContext
from annotator.tui.frame.list_screen import ListScreen, Status
from annotator.tui.frame.notifications import hint, short_quote, tell, warn
from annotator.tui.frame.workers import run_action, run_opening
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.mark_rows import Kinds, as_pieces, labels, wrap_pieces
from annotator.tui.lists.rows import ELLIPSIS, Heading, Line, Piece, Remark, Row, truncate
from annotator.tui.messages import MarkTarget
from annotator.usecases.articles.changes import Reworded
from annotator.usecases.library.undo import Step
from annotator.usecases.marks import annotate
from annotator.usecases.marks.mark_edit import MarkEdit
from annotator.usecases.marks.reattach import Waiting, accept, articles_to_reattach, waiting_in

_FIRST_BATCH, _BATCH = 1, 20  # articles that are searched before the list is shown again
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
        return self.annotation.id

    def lines(self, width: int) -> Sequence[Line]:
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
            [(Piece(title, "quiet"),), *wrap_pieces(words, width, _LINES)]
            for title, words in (("then", self.then), (self.now_is, self.now))
        )
        for one, other in zip_longest(left, right, fillvalue=()):
            gap = width - sum(cell_len(text) for text, _ in one) + _GAP
            yield (*one, Piece(" " * gap), *other)

    def _stacked(self, room: int) -> Iterator[Line]:
        for title, words in (("then", self.then), (self.now_is, self.now)):
            yield (Piece(title, "quiet"),)
            yield from wrap_pieces(words, room, _LINES)


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


class ReattachScreen(ListScreen[MarkTarget | None], keys="reattach"):
    """Lists the marks to reattach, in one article with an id or in all of them.

    Of one article its result is a mark to go to, or None; of all, it opens their articles.
    """

    TITLE = "Reattach marks"
    CLICKS = 1

    def __init__(self, context: AppContext, *, article_id: str | None = None) -> None:
        super().__init__(context)
        self._article_id = article_id
        self._waiting: dict[str, tuple[Waiting, ...]] = {}
        self._is_searching = False

    async def read(self) -> None:
        self._is_searching = True
        self.refill()
        library = self._library
        own = self._article_id
        ids = [own] if own else [*await asyncio.to_thread(articles_to_reattach, library)]
        self._waiting = {article_id: self._waiting.get(article_id, ()) for article_id in ids}
        size = _FIRST_BATCH
        while ids:
            batch, ids, size = ids[:size], ids[size:], _BATCH
            await self._search(*batch)
        self._is_searching = False

    def rows(self) -> Sequence[Row]:
        waiting = self._marks
        if self._is_searching and not waiting:
            return ()
        shows_titles = self._article_id is None
        return reattach_rows(waiting, self._app_context.kinds, shows_titles=shows_titles)

    def status(self) -> Status:
        number = len(self._marks)
        left = count(number, "mark") if number else "reattach"
        return Status("reattach", left, "Searching …" if self._is_searching else "")

    async def stepped(self, step: Step) -> None:
        """Search the articles of a step again."""
        own = self._article_id
        await self._search(*(key for key in step.article_ids if own in (None, key)))

    def action_accept(self) -> None:
        """Move the mark to the wording as it is now, or to the best guess."""
        run_action(self, self._decide, "Accepted", accept)

    def action_delete(self) -> None:
        """Delete the mark."""
        run_action(self, self._decide, "Deleted", _delete)

    def action_move(self) -> None:
        """Go to the text, to move the mark to another passage."""
        self._go(is_moving=True)

    def chosen(self, row: Listing.Chosen) -> None:  # noqa: ARG002  the cursor is on it
        """Go to the mark, or to where it may have been."""
        self._go(is_moving=False)

    def _go(self, *, is_moving: bool) -> None:
        waiting = self._current
        if waiting is not None:
            position = waiting.annotation.target.position.start
            offset = waiting.span.start if waiting.span else position
            length = len(waiting.article.text)
            target = MarkTarget(waiting.annotation, min(offset, length), is_moving)
            if self._article_id is None:
                run_opening(self, self._ui.open_article, target.mark.article_id, target=target)
            elif self.is_active:  # it is not if the row was chosen twice
                self.dismiss(target)

    @property
    def _marks(self) -> Sequence[Waiting]:
        return [mark for marks in self._waiting.values() for mark in marks]

    @property
    def _current(self) -> Waiting | None:
        key = self.listing.key
        return next((mark for mark in self._marks if mark.annotation.id == key), None)

    async def _decide(self, done: str, edit: Callable[..., MarkEdit]) -> None:
        waiting = self._current
        if waiting is None:
            hint(self, "No mark here.")
            return
        try:
            await self._edits.make(edit, waiting)
        finally:
            await self._search(waiting.record.id)
        undo = self._key_of("reattach.undo")
        tell(self, f"{done}: {short_quote(waiting.annotation.quote)}. Press {undo} to undo.")

    async def _search(self, *article_ids: str) -> None:
        for article_id in article_ids:
            try:
                waiting = await asyncio.to_thread(waiting_in, self._library, article_id)
            except LibraryError as error:
                warn(self, error.message)
                waiting = ()
            self._waiting[article_id] = waiting
        self.refill()


def _delete(library: Library, waiting: Waiting, *, now: datetime) -> MarkEdit:
    return annotate.delete(library, (waiting.annotation,), now=now)


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
