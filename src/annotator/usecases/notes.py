"""All marks of all articles, found by what they are and what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.model.query import EVERYTHING, Query
from annotator.store import Marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from annotator.model import Anchored, Annotation, ArticleRecord, Orphan
    from annotator.store import Library

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
    from annotator.usecases.opening import place

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
