"""The rows of the changes panel: reworded and lost marks, then changed paragraphs."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain

from msgspec import Struct

from annotator.diffing.paragraphs import ParagraphChange, ParagraphKind
from annotator.diffing.words import differences, in_short, marked_up
from annotator.model import Annotation
from annotator.model.labels import count, long_date
from annotator.tui.lists.mark_rows import (
    Kinds,
    ParagraphsRow,
    as_pieces,
    kind_head,
    labels,
    paragraph,
)
from annotator.tui.lists.rows import Heading, Line, Piece, Remark, Row
from annotator.usecases.articles.changes import ArticleChanges, Lost, Reworded, paragraph_places

_CONTEXT = 60  # characters shown before and after a change within a paragraph
_MOST_LINES, _PARAGRAPH_LINES = 12, 6  # of a passage or note, and of a changed paragraph
_NOTHING = " Nothing has changed in the versions that annotator has seen."

_SIGNS: dict[ParagraphKind, Piece] = {
    "reworded": Piece("~", "strong"),
    "added": Piece("+", "strong"),
    "removed": Piece("-", "strong"),
    "moved": Piece("↕", "quiet"),
}


class ChangeList(Struct, frozen=True):
    """The rows, and the offset in the text that each one leads to, by its key."""

    rows: Sequence[Row]
    places: Mapping[str, int]


def change_list(changes: ArticleChanges, kinds: Kinds) -> ChangeList:
    """Return rows for all changes. Call it in a thread: it compares whole texts."""
    if not changes.has_any:
        return ChangeList([Remark(_NOTHING)], {})
    marks = changes.marks
    rows = chain(
        _remarks(changes),
        _under("Marked passages reworded", [_reworded(change, kinds) for change in marks.reworded]),
        _under("Marks without their passage", [_lost(change, kinds) for change in marks.lost]),
        _under("Paragraphs", [*_paragraphs(changes)]),
    )
    return ChangeList(list(rows), _places(changes))


def _places(changes: ArticleChanges) -> Mapping[str, int]:
    marks = {change.annotation.id: change.span.start for change in changes.marks.reworded}
    marks |= {
        change.annotation.id: change.span.start for change in changes.marks.lost if change.span
    }
    paragraphs = enumerate(paragraph_places(changes))
    return marks | {_paragraph_key(index): start for index, start in paragraphs}


def _under(title: str, rows: Sequence[Row]) -> Iterator[Row]:
    if rows:
        yield Heading(f" {title}")
        yield from rows


def _remarks(changes: ArticleChanges) -> Iterator[Row]:
    """Yield which versions are compared, and a summary of the changes."""
    then, now = changes.then.fetched_at, changes.now.fetched_at
    if changes.is_extracted_again:
        yield Remark(" The page is the same; it was cleaned again.")
    elif then and now and then != now:
        yield Remark(f" {_moment(then, now)} → {_moment(now, then)}")
    if moved := len(changes.marks.moved):
        yield Remark(f" {count(moved, 'mark')} moved with the text.")
    counts = [(changes.paragraphs.count(kind), kind) for kind in _SIGNS]
    if summary := ", ".join(f"{number} {kind}" for number, kind in counts if number):
        yield Remark(f" Paragraphs: {summary}.")


def _moment(moment: datetime, other: datetime) -> str:
    """Return the day, and the time if the other moment is on the same day."""
    here, there = moment.astimezone(), other.astimezone()
    day = long_date(here.isoformat())
    return f"{day}, {here:%H:%M}" if here.date() == there.date() else day


def _reworded(reworded: Reworded, kinds: Kinds) -> Row:
    mark = reworded.annotation
    title = paragraph(in_short(reworded.changes), "strong", most=1)
    words = as_pieces(marked_up(reworded.pieces))
    return ParagraphsRow(
        mark.id, (title, (words, _MOST_LINES), _labels(mark)), kind_head(kinds[mark.kind])
    )


def _lost(lost: Lost, kinds: Kinds) -> Row:
    guess = f"perhaps now: “{lost.guess}”" if lost.guess else "no match in the text"
    mark = lost.annotation
    quote = paragraph(f"“{mark.quote}”", most=_MOST_LINES)
    guessed = paragraph(guess, "quiet", most=_MOST_LINES)
    return ParagraphsRow(mark.id, (quote, guessed, _labels(mark)), kind_head(kinds[mark.kind]))


def _labels(mark: Annotation) -> tuple[Line, int]:
    return paragraph(" ".join(labels(mark)), "tag", most=_MOST_LINES)


def _paragraphs(changes: ArticleChanges) -> Iterator[Row]:
    for index, change in enumerate(changes.paragraphs.changes):
        words = ((_words(change, changes), _PARAGRAPH_LINES),)
        head = (Piece(" "), _SIGNS[change.kind], Piece(" "))
        yield ParagraphsRow(_paragraph_key(index), words, head)


def _words(change: ParagraphChange, changes: ArticleChanges) -> Line:
    then = change.then.of(changes.then.article.text) if change.then else ""
    now = change.now.of(changes.now.article.text) if change.now else ""
    if change.kind == "reworded":
        return as_pieces(marked_up(differences(then, now)), around=_CONTEXT)
    return (Piece(now or then, "quiet" if change.kind == "moved" else ""),)


def _paragraph_key(index: int) -> str:
    return f"paragraph:{index}"
