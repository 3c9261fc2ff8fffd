"""Searching articles and marks, and listing marks with their positions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator import model
from annotator.errors import InvalidInput
from annotator.model.query import EVERYTHING, Query
from annotator.store import Marked, MarkView, questions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from annotator.model import Anchored, Annotation, ArticleRecord, Orphan
    from annotator.store import Found, Library


BEST = 20  # of each; more than fit on a screen
PART = 500  # marks, of about a megabyte


def search(library: Library, query: Query, *, limit: int = BEST) -> Found:
    """Return the best matching articles and marks, at most `limit` of each."""
    if query == EVERYTHING:
        raise InvalidInput(
            "The search is empty.", "Give words, or a filter such as tag:energy or is:unread."
        )
    return library.ask(questions.search.search(query, limit=limit))


Note = Marked


def notes(library: Library, query: Query = EVERYTHING, *, article_id: str = "") -> tuple[Note, ...]:
    """Return matching marks of one article or of all.

    The newest article comes first; its marks are in the order of the text.
    """
    if article_id:
        library.article(article_id).record()  # raises if the library does not have it
    return library.ask(questions.marks.find_marks(query, article_id))


def notes_in_parts(
    library: Library, query: Query = EVERYTHING, *, article_id: str = ""
) -> Iterator[tuple[Note, ...]]:
    """Yield what `notes` returns, a part at a time: all marks would fill the memory."""
    if article_id:
        yield notes(library, query, article_id=article_id)
        return
    numbers = library.ask(questions.mark_table.list_marks(query, MarkView())).numbers
    for start in range(0, len(numbers), PART):
        yield library.ask(questions.marks.load_marks(numbers[start : start + PART]))


def places(library: Library, marked: Sequence[Note]) -> dict[str, Anchored | Orphan]:
    """Return the position of each mark in the current text of its article, by the mark's id.

    Only articles that have changed since a mark was made are read.
    """
    anchored, span = model.Anchored, model.Span  # looked up once for 100,000 marks
    known: dict[str, Anchored | Orphan] = {
        note.annotation.id: anchored(span(at.start, at.end))
        for note in marked
        for at in [note.annotation.target.position]
    }
    outdated = [note for note in marked if note.annotation.target.revision != note.record.revision]
    if not outdated:
        return known
    from annotator.usecases.articles.open_article import anchor_marks  # most are up to date

    for record, marks in _by_article(outdated):
        article = library.article(record.id).extraction().article
        known |= {mark.annotation.id: mark.place for mark in anchor_marks(article, marks)}
    return known


def _by_article(marked: Iterable[Note]) -> Iterator[tuple[ArticleRecord, list[Annotation]]]:
    groups: dict[str, tuple[ArticleRecord, list[Annotation]]] = {}
    for note in marked:
        groups.setdefault(note.record.id, (note.record, []))[1].append(note.annotation)
    yield from groups.values()
