"""Searching articles and marks at once, the best first, with the passages that fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.errors import InvalidInput
from annotator.model.query import EVERYTHING, Query
from annotator.store import Marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from annotator.model import Anchored, Annotation, ArticleRecord, Orphan
    from annotator.store import Found, Library


BEST = 20  # of each; more than a screen holds


def search(library: Library, query: Query, *, limit: int = BEST) -> Found:
    """Return the articles and the marks that fit best, at most `limit` of each."""
    if query == EVERYTHING:
        raise InvalidInput(
            "Say what to look for.", "Words, or a field such as tag:energy or is:unread."
        )
    return library.search(query, limit=limit)


Note = Marked


def notes(library: Library, query: Query = EVERYTHING, *, article_id: str = "") -> tuple[Note, ...]:
    """Return the marks that fit, of one article or all.

    The latest added article comes first, and each has its marks in their order.
    """
    if article_id:
        library.record(article_id)  # an article that is not there is said
    return library.find_marks(query, article_id)


def note_lines(library: Library) -> tuple[str, ...]:
    """Return all marks as lines of fields, those of each article in one string, in that order."""
    return library.mark_lines()


def places(library: Library, found: Sequence[Note]) -> dict[str, Anchored | Orphan]:
    """Tell for each mark's id where it is in its article as it reads now.

    Only articles that changed since a mark was made are opened.
    """
    from annotator.model import Anchored, Span
    from annotator.usecases.open_article import place

    known: dict[str, Anchored | Orphan] = {
        each.annotation.id: Anchored(Span(at.start, at.end))
        for each in found
        for at in [each.annotation.target.position]
    }
    for record, marks in _by_article(each for each in found if _is_outdated(each)):
        article = library.extraction(record.id).article
        known |= {each.annotation.id: each.place for each in place(article, marks)}
    return known


def _is_outdated(note: Note) -> bool:
    return note.annotation.target.revision != note.record.revision


def _by_article(found: Iterable[Note]) -> Iterator[tuple[ArticleRecord, list[Annotation]]]:
    groups: dict[str, tuple[ArticleRecord, list[Annotation]]] = {}
    for note in found:
        groups.setdefault(note.record.id, (note.record, []))[1].append(note.annotation)
    yield from groups.values()
