"""Review: marks that were reworded or lost, and what a person decides about each."""

from datetime import datetime

from msgspec import Struct

from annotator.errors import Conflict, InvalidInput
from annotator.model import Annotation, Article, ArticleRecord, Span
from annotator.model.query import Either, Field
from annotator.store import Library
from annotator.usecases import annotate
from annotator.usecases.changes import Lost, Reworded, changes_of_marks
from annotator.usecases.undo import MarkEdit

_MARKS_TO_REVIEW = Either((Field("is", "orphaned"), Field("is", "reworded")))


class Waiting(Struct, frozen=True):
    """A mark that waits for a person, and what became of its passage in `article`."""

    record: ArticleRecord
    article: Article
    change: Reworded | Lost

    @property
    def annotation(self) -> Annotation:
        """The mark."""
        return self.change.annotation

    @property
    def span(self) -> Span | None:
        """Where its passage is now, or where it may be."""
        return self.change.span


def articles_to_review(library: Library) -> tuple[str, ...]:
    """Return the ids of the articles that may have marks to review, the latest added first."""
    return tuple(each.id for each in library.find_articles(_MARKS_TO_REVIEW))


def waiting_in(library: Library, article_id: str) -> tuple[Waiting, ...]:
    """Return the marks of an article that wait, changed numbers first and lost ones last."""
    record = library.record(article_id)
    article = library.extraction(article_id, record.revision).article
    found = changes_of_marks(article, library.annotations(article_id))
    waiting: tuple[Reworded | Lost, ...] = (*found.reworded, *found.lost)
    return tuple(Waiting(record, article, each) for each in waiting)


def accept(library: Library, waiting: Waiting, *, now: datetime) -> MarkEdit:
    """Put the mark on the words that stand there now, or on those that it may have become."""
    if waiting.span is None:
        raise InvalidInput(
            "There is no trace of the passage in the text as it reads now.",
            "Choose another passage for the mark, or delete it.",
        )
    if library.record(waiting.record.id).revision != waiting.article.revision:
        raise Conflict("The article has changed meanwhile.", "Look at the mark again.")
    return annotate.move(library, waiting.annotation, waiting.article, waiting.span, now=now)
