"""Reattaching marks whose passages were reworded or lost."""

from contextlib import suppress
from datetime import datetime

from msgspec import Struct

from annotator.errors import Conflict, InvalidInput, LibraryError
from annotator.model import Annotation, Article, ArticleRecord, Span
from annotator.model.query import Either, Field
from annotator.store import Library, questions
from annotator.usecases.articles.changes import Lost, Reworded, changes_of_marks
from annotator.usecases.marks import annotate
from annotator.usecases.marks.mark_edit import MarkEdit

_MARKS_TO_REATTACH = Either((Field("is", "orphaned"), Field("is", "reworded")))


class Waiting(Struct, frozen=True):
    """A mark to reattach, with the change of its passage in `article`."""

    record: ArticleRecord
    article: Article
    change: Reworded | Lost

    @property
    def annotation(self) -> Annotation:
        """The mark."""
        return self.change.annotation

    @property
    def span(self) -> Span | None:
        """The position of its passage now, or a guess at it."""
        return self.change.span


def articles_to_reattach(library: Library) -> tuple[str, ...]:
    """Return the ids of articles that may have marks to reattach, newest first."""
    return tuple(
        record.id for record in library.ask(questions.articles.find_articles(_MARKS_TO_REATTACH))
    )


def has_waiting(library: Library) -> bool:
    """Return whether any mark waits to be reattached, in the articles that can be read."""
    for article_id in articles_to_reattach(library):
        with suppress(LibraryError):
            if waiting_in(library, article_id):
                return True
    return False


def waiting_in(library: Library, article_id: str) -> tuple[Waiting, ...]:
    """Return the marks of an article to reattach, changed numbers first and lost ones last."""
    record = library.article(article_id).record()
    article = library.article(article_id).extraction(record.revision).article
    changes = changes_of_marks(article, library.article(article_id).annotations())
    waiting: tuple[Reworded | Lost, ...] = (*changes.reworded, *changes.lost)
    return tuple(Waiting(record, article, change) for change in waiting)


def accept(library: Library, waiting: Waiting, *, now: datetime) -> MarkEdit:
    """Accept the new wording: move the mark to it, or to the passage that may have replaced it."""
    if waiting.span is None:
        raise InvalidInput(
            "The passage was not found in the current text.",
            "Choose another passage for the mark, or delete it.",
        )
    if library.article(waiting.record.id).record().revision != waiting.article.revision:
        raise Conflict("The article has changed meanwhile.", "Look at the mark again.")
    return annotate.move(library, waiting.annotation, waiting.article, waiting.span, now=now)
