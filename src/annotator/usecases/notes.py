"""All marks of all articles, found by what they are and what they say."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from annotator.model import Anchored, Annotation, ArticleRecord, Orphan, Span, tags
from annotator.store import Library
from annotator.usecases.opening import place


@dataclass(frozen=True, slots=True)
class NotesQuery:
    """Which marks; what is empty does not choose.

    `article` is an id; `tag` stands for those below it too; `text` is words of
    the quote, note, tags or claim, in any order and case.
    """

    article: str = ""
    kind: str = ""
    tag: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A mark with the article that it is on."""

    record: ArticleRecord
    annotation: Annotation


def notes(library: Library, query: NotesQuery = NotesQuery()) -> tuple[Note, ...]:
    """Return the marks that are meant: the latest added article first, each in its order."""
    records = (library.record(query.article),) if query.article else library.records()
    words = query.text.casefold().split()
    return tuple(
        Note(record, annotation)
        for record in records
        for annotation in library.annotations(record.id)
        if _is_meant(annotation, query, words)
    )


def places(library: Library, found: Sequence[Note]) -> dict[str, Anchored | Orphan]:
    """Tell for each mark's id where it is in its article as it reads now.

    Only articles that changed since a mark was made are opened.
    """
    known: dict[str, Anchored | Orphan] = {
        each.annotation.id: Anchored(_span(each.annotation)) for each in found
    }
    for record, annotations in _by_article(each for each in found if _is_outdated(each)):
        article = library.extraction(record.id).article
        known |= {each.annotation.id: each.place for each in place(article, annotations)}
    return known


def _span(annotation: Annotation) -> Span:
    return Span(annotation.target.position.start, annotation.target.position.end)


def _is_outdated(note: Note) -> bool:
    return note.annotation.target.revision != note.record.revision


def _by_article(found: Iterable[Note]) -> Iterator[tuple[ArticleRecord, list[Annotation]]]:
    groups: dict[str, tuple[ArticleRecord, list[Annotation]]] = {}
    for note in found:
        groups.setdefault(note.record.id, (note.record, []))[1].append(note.annotation)
    yield from groups.values()


def _is_meant(annotation: Annotation, query: NotesQuery, words: list[str]) -> bool:
    if query.kind and annotation.kind.casefold() != query.kind.casefold():
        return False
    if query.tag and not any(tags.is_within(name, query.tag) for name in annotation.tags):
        return False
    if not words:
        return True
    said = " ".join(_sayings(annotation)).casefold()
    return all(word in said for word in words)


def _sayings(annotation: Annotation) -> Iterator[str]:
    yield from (annotation.quote, annotation.note, *annotation.tags)
    if annotation.claim:
        yield from (annotation.claim.statement, annotation.claim.speaker, annotation.claim.verdict)
