"""The derived index: what the files say, in a form that answers at once.

It is brought up to date by a look at every file before each answer, so that it
is never behind a sync tool, an editor or another machine. It holds nothing
that the files do not, and may be deleted at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from annotator.errors import LibraryError
from annotator.model.query import EVERYTHING, Field, Query, leaves
from annotator.store.index import queries
from annotator.store.index.connection import Database, IndexUnavailable, in_parts, reading
from annotator.store.index.full_text import needs_words
from annotator.store.index.scan import Source, update

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from sqlite3 import Connection

    from annotator.model import Annotation, ArticleRecord
    from annotator.store.index.ingest_text import Step
    from annotator.store.index.results import Found, Marked, TagSpelling


T = TypeVar("T")

FILE_NAME = "index.db"

_OF_PLACES = frozenset({Field("is", "orphaned"), Field("is", "reworded")})


class Index:
    """The index of one library, in a file, or in memory if there is no path.

    Every question may raise `IndexUnavailable`.
    """

    def __init__(self, path: Path | None, source: Source) -> None:
        self._database = Database(path)
        self._source = source

    def records(self) -> tuple[ArticleRecord, ...]:
        """Return all articles, newest added first."""
        return self._answer(queries.records)

    def articles(self, query: Query) -> tuple[ArticleRecord, ...]:
        """Return the articles that fit, newest added first."""
        return self._answer(lambda connection: queries.articles(connection, query), query)

    def marks(self, query: Query, article_id: str = "") -> tuple[Marked, ...]:
        """Return the marks that fit, of one article or all: newest article first, by position."""
        return self._answer(lambda connection: queries.marks(connection, query, article_id), query)

    def article_lines(self, query: Query) -> tuple[str, ...]:
        """Return the articles that fit as lines of fields, newest added first."""
        return self._answer(lambda connection: queries.article_lines(connection, query), query)

    def mark_lines(self) -> tuple[str, ...]:
        """Return the marks of each article that has some as lines of fields, in that order."""
        return self._answer(queries.mark_lines)

    def mark_counts(self) -> dict[str, int]:
        """Return how many marks each article has that has some, by the article's id."""
        return self._answer(queries.mark_counts)

    def search(self, query: Query, limit: int) -> Found:
        """Return the best articles and marks that fit, at most `limit` of each."""
        return self._answer(lambda connection: queries.search(connection, query, limit), query)

    def bearers(self, prefix: str) -> tuple[tuple[str, str], ...]:
        """Return the ids of the marks that begin so, each with its article's."""
        return self._answer(lambda connection: queries.bearers(connection, prefix))

    def spellings(self) -> tuple[TagSpelling, ...]:
        """Return the tags in use, each spelling for itself."""
        return self._answer(queries.spellings)

    def linking_to(self, target: str) -> tuple[Annotation, ...]:
        """Return the marks that have a link to this mark or page."""
        return self._answer(lambda connection: queries.linking_to(connection, target))

    def bring_up_to_date(self, goes_on: Callable[[], bool] = lambda: True) -> None:
        """Take in all that changed, words included, so that the next question need not.

        Other questions are answered between the steps, and it stops before
        the next one if `goes_on` says no.
        """
        from annotator.store.index.ingest_text import steps_to_words

        def begin(connection: Connection) -> Sequence[Step]:
            update(connection, self._source)
            return steps_to_words(connection, self._source)

        for step in self._database.ask(begin):
            if not goes_on():
                return
            self._database.ask(step)

    def note(self, article_ids: Sequence[str]) -> None:
        """Take in what was just written, if there is an index at all, words included."""
        from annotator.store.index.ingest import AT_ONCE, refresh
        from annotator.store.index.ingest_text import update_words

        def take(connection: Connection) -> None:
            for some in in_parts(article_ids, AT_ONCE):
                refresh(connection, self._source, some)
            update_words(connection, self._source)

        if self._database.exists:
            self._database.ask(take)

    def throw_away(self) -> None:
        """Delete what is known, so that the next question finds it out anew."""
        self._database.throw_away()

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def _answer(self, question: Callable[[Connection], T], query: Query = EVERYTHING) -> T:
        is_deep = needs_words(query) or not _OF_PLACES.isdisjoint(leaves(query))

        def ask(connection: Connection) -> T:
            update(connection, self._source)
            if is_deep:
                from annotator.store.index.ingest_text import update_words

                update_words(connection, self._source)
            with reading(connection):
                return question(connection)

        return self._database.ask(ask)


class Indexes:
    """What answers questions about all articles. Without a path there is only the one in memory."""

    def __init__(self, path: Path | None, source: Source) -> None:
        self._source = source
        self.on_disk = Index(path, source) if path else None

    @property
    def has_used_memory(self) -> bool:
        """Tell whether the file could not answer, some time."""
        return "_in_memory" in self.__dict__

    def quickly(self, question: Callable[[Index], T], otherwise: Callable[[], T]) -> T:
        """Return the answer of the file, or, if there is none that can be used, another."""
        if self.on_disk is None:
            return otherwise()
        try:
            return question(self.on_disk)
        except IndexUnavailable:
            return otherwise()

    def surely(self, question: Callable[[Index], T]) -> T:
        """Return the answer of the file, or of an index in memory, which takes longer to make."""
        return self.quickly(question, lambda: self._from_memory(question))

    def note(self, article_ids: Sequence[str]) -> None:
        """Let the file, if there is one, take in what was just written."""
        if self.on_disk:
            with suppress(IndexUnavailable):
                self.on_disk.note(article_ids)

    def bring_up_to_date(self, goes_on: Callable[[], bool]) -> None:
        """Let the file take in all that changed, for as long as `goes_on` says so."""
        if self.on_disk:
            with suppress(IndexUnavailable):
                self.on_disk.bring_up_to_date(goes_on)

    def close(self) -> None:
        """Let go of both."""
        for index in (self.on_disk, self.__dict__.pop("_in_memory", None)):
            if index:
                index.close()

    @cached_property
    def _in_memory(self) -> Index:
        return Index(None, self._source)

    def _from_memory(self, question: Callable[[Index], T]) -> T:
        try:
            return question(self._in_memory)
        except IndexUnavailable as error:
            raise LibraryError(
                f"The library cannot be searched: {error}.",
                "Python's SQLite must have FTS5, as it has on all usual systems.",
            ) from error
