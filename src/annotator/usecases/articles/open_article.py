"""An article for its reader: the text, the marks anchored in it, and the reading position."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from annotator import diffing
from annotator.errors import AnnotatorError
from annotator.model import (
    Anchored,
    AnchoredMark,
    Annotation,
    Article,
    ArticleRecord,
    Extraction,
    ReadState,
    Span,
)
from annotator.model.identity import is_web_address
from annotator.store import Library, Position

READ = 0.98  # of an article; the last lines are often about its author

_AHEAD = 200  # characters that identify a position, fewer if its paragraph ends
_AT_LEAST = 20


class OpenArticle(Struct, frozen=True):
    """An article with everything that the reader shows."""

    record: ArticleRecord
    extraction: Extraction
    placed: tuple[AnchoredMark, ...] = ()
    position: Position | None = None

    @property
    def article(self) -> Article:
        """The text of the article."""
        return self.extraction.article

    def offset_of_mark(self, mark_id: str) -> int | None:
        """Return where a mark begins; None for one whose words were not found."""
        spans = (mark.span for mark in self.placed if mark.annotation.id == mark_id)
        return next((span.start for span in spans if span), None)


def open_article(library: Library, article_id: str) -> OpenArticle:
    """Return the current revision of an article, with its marks and position."""
    extraction = library.article(article_id).extraction()
    return OpenArticle(
        record=library.article(article_id).record(),
        extraction=extraction,
        placed=anchor_marks(extraction.article, library.article(article_id).annotations()),
        position=library.positions.get(article_id),
    )


def with_own_address(record: ArticleRecord, article: Article) -> ArticleRecord:
    """Return the record of a saved page with the address that the page gives for itself."""
    own = article.canonical_url
    if is_web_address(record.url) or not is_web_address(own):
        return record
    return replace(record, url=own)


def addressed(library: Library, record: ArticleRecord) -> ArticleRecord:
    """Return a record as `with_own_address` does, without reading the text of any other page."""
    if is_web_address(record.url):
        return record
    with suppress(AnnotatorError):
        return with_own_address(
            record, library.article(record.id).extraction(record.revision).article
        )
    return record


def leave(
    library: Library, record: ArticleRecord, place: Position, *, now: datetime
) -> ArticleRecord:
    """Set the state of an article that was read: read if its end was reached, or else reading.

    A state that it was given while it was open stays. Returns the article as it is now.
    """

    def left(current: ArticleRecord) -> ArticleRecord:
        state: ReadState = "read" if place.reached >= READ else "reading"
        is_as_opened = current.state == record.state
        return with_state(current, state=state, now=now) if is_as_opened else current

    if record.state in ("unread", "reading") and not library.is_read_only:
        return library.article(record.id).update(left)
    return record


def with_state(record: ArticleRecord, *, state: ReadState, now: datetime) -> ArticleRecord:
    """Return an article in another state: unread, reading, read or archived.

    An article that becomes read is finished `now`, unless it was in the archive.
    """
    if record.state == state:
        return record
    finished = now if state == "read" else None
    if "archived" in (record.state, state):
        finished = record.finished
    return replace(record, state=state, finished=finished, modified=now)


def anchor_marks(article: Article, annotations: Sequence[Annotation]) -> tuple[AnchoredMark, ...]:
    """Return the marks with their positions in the text, in order; marks not found come last.

    Only marks made on another revision are searched for. Nothing is stored.
    """
    placed = [AnchoredMark(known, Anchored(span)) for known, span in _known(article, annotations)]
    ids = {mark.annotation.id for mark in placed}
    others = [annotation for annotation in annotations if annotation.id not in ids]
    if others:
        from annotator.usecases.articles.guesses import search_marks  # most are where they were

        placed += search_marks(article, others)
    return tuple(sorted(placed, key=text_order))


def reread_marks(
    library: Library, article: Article, known: Iterable[AnchoredMark]
) -> tuple[AnchoredMark, ...]:
    """Return the article's marks in the library, anchored; only those not `known` are searched for.

    A mark that has not changed is the same object as before.
    """
    places = {(placed.annotation.id, placed.annotation.target): placed for placed in known}
    placed = [
        (places.get((annotation.id, annotation.target)), annotation)
        for annotation in library.article(article.id).annotations()
    ]
    old = [
        mark if mark.annotation == annotation else replace(mark, annotation=annotation)
        for mark, annotation in placed
        if mark
    ]
    new = anchor_marks(article, [annotation for mark, annotation in placed if not mark])
    return tuple(sorted((*old, *new), key=text_order))


def text_order(mark: AnchoredMark) -> tuple[bool, int, int, str]:
    """Return a key that sorts marks by their position; marks not found come last."""
    position, span = mark.annotation.target.position, mark.span
    start, end = (span.start, span.end) if span else (position.start, position.end)
    return span is None, start, end, mark.annotation.id


def same_place(then: Article, now: Article, offset: int) -> int:
    """Return the offset in `now` of the text at `offset` in `then`."""
    if offset <= 0:
        return 0
    if now.text.startswith(then.text[:offset]):
        return offset
    if now.text.endswith(then.text[offset:]):
        return offset - len(then.text) + len(now.text)
    pairs = enumerate(zip(then.text, now.text, strict=False))
    same = next((place for place, (one, other) in pairs if one != other), len(now.text))
    if then.text.endswith(now.text[same:]):  # the text at `offset` was removed, nothing else
        return same
    from annotator.anchoring import anchor, describe  # a new text is rare

    paragraph = then.text.find("\n", offset + _AT_LEAST)
    ahead = Span(offset, min(offset + _AHEAD, paragraph if paragraph > 0 else len(then.text)))
    place = anchor(describe(then.text, ahead.trimmed(then.text), revision=then.revision), now.text)
    span = place.span if isinstance(place, Anchored) else place.best_guess
    return span.start if span else round(offset / len(then.text) * len(now.text))


def _known(article: Article, annotations: Sequence[Annotation]) -> list[tuple[Annotation, Span]]:
    known = []
    for annotation in annotations:
        target = annotation.target
        text = article.text[target.position.start : target.position.end]
        if target.revision == article.revision and text == target.quote.exact:
            known.append((annotation, Span(target.position.start, target.position.end)))
    return known


def count_waiting(article: Article, placed: Sequence[AnchoredMark]) -> int:
    """Return how many marks to reattach there are: lost ones and reworded ones."""
    return sum(_waits(mark, article) for mark in placed)


def _waits(placed: AnchoredMark, article: Article) -> bool:
    where = placed.place
    if not isinstance(where, Anchored):
        return True
    is_changed = where.fit == "changed"
    return is_changed and _is_reworded(placed.annotation.quote, where.span.of(article.text))


@lru_cache(maxsize=4096)  # marks are counted again whenever one is made
def _is_reworded(then: str, now: str) -> bool:
    return diffing.words.words_of(then) != diffing.words.words_of(now)
