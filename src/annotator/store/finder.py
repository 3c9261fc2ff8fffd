"""A catalogue that answers from the derived index, and from the files where there is none."""

from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from annotator.errors import LibraryError
from annotator.model import Annotation, ArticleRecord
from annotator.model.query import EVERYTHING, Query
from annotator.store.access import Access, digest_of
from annotator.store.article_file import FILE_NAME
from annotator.store.catalogue import Catalogue, one_of
from annotator.store.index import FILE_NAME as INDEX_NAME
from annotator.store.index import Found, Index, IndexUnavailable, Marked, Source, TagSpelling

if TYPE_CHECKING:
    from annotator.store.upkeep import Upkeep

T = TypeVar("T")

BEST = 20  # articles and marks of a search; more than a screen holds


class Finder(Catalogue):
    """The reading half of a library, quick however many articles there are.

    `cache` is the folder for what can be made again. Without it, and where it
    cannot be used, lists are read from the files, and searches go through an
    index in memory.
    """

    def __init__(self, access: Access, cache: Path | None) -> None:
        super().__init__(access)
        source = Source(self._shelf, FILE_NAME, self._tables, self._text)
        path = cache / digest_of(access.folder) / INDEX_NAME if cache else None
        self._source = source
        self._index = Index(path, source) if path else None

    @property
    def upkeep(self) -> "Upkeep":
        """What examines, mends and backs up the library."""
        from annotator.store.upkeep import Upkeep

        return Upkeep(self._access, self._index)

    def records(self) -> tuple[ArticleRecord, ...]:
        """Return the articles, newest added first; of a damaged one there is a notice instead."""
        return self._quickly(Index.records, super().records)

    def annotation(self, prefix: str) -> Annotation:
        """Return the one mark, of any article, whose id begins with `prefix`."""
        return self._quickly(
            lambda index: self._marked(index, prefix),
            lambda: super(Finder, self).annotation(prefix),
        )

    def find_articles(self, query: Query = EVERYTHING) -> tuple[ArticleRecord, ...]:
        """Return the articles that fit, newest added first."""
        if query == EVERYTHING:
            return self.records()
        return self._surely(lambda index: index.articles(query))

    def find_marks(self, query: Query = EVERYTHING, article_id: str = "") -> tuple[Marked, ...]:
        """Return the marks that fit, of one article or all: newest article first, by position."""
        return self._surely(lambda index: index.marks(query, article_id))

    def search(self, query: Query, *, limit: int = BEST) -> Found:
        """Return the best articles and marks that fit, at most `limit` of each."""
        return self._surely(lambda index: index.search(query, limit))

    def tag_spellings(self) -> tuple[TagSpelling, ...]:
        """Return the tags in use by articles and marks, each spelling for itself."""
        return self._surely(Index.spellings)

    def linking_to(self, target: str) -> tuple[Annotation, ...]:
        """Return the marks that have a link to this mark, by its id, or to this page."""
        return self._surely(lambda index: index.linking_to(target))

    def bring_up_to_date(self) -> None:
        """Take in all that changed: work for the background.

        Conflict copies are merged, for a while, and the index takes in what is then there.
        """
        self.upkeep.tidy()
        if self._index:
            with suppress(IndexUnavailable):
                self._index.bring_up_to_date()

    def take_in(self, article_ids: Collection[str]) -> None:
        """Bring the index, if there is one, up to date on these articles, texts included."""
        if article_ids and self._index:
            with suppress(IndexUnavailable):
                self._index.note(sorted(article_ids))

    def close(self) -> None:
        """Let go of the index."""
        for index in (self._index, self.__dict__.pop("_memory", None)):
            if index:
                index.close()

    @cached_property
    def _memory(self) -> Index:
        return Index(None, self._source)

    def _quickly(self, question: Callable[[Index], T], otherwise: Callable[[], T]) -> T:
        if self._index is None:
            return otherwise()
        try:
            return question(self._index)
        except IndexUnavailable:
            return otherwise()

    def _surely(self, question: Callable[[Index], T]) -> T:
        return self._quickly(question, lambda: self._from_memory(question))

    def _from_memory(self, question: Callable[[Index], T]) -> T:
        try:
            return question(self._memory)
        except IndexUnavailable as error:
            raise LibraryError(
                f"The library cannot be searched: {error}.",
                "Python's SQLite must have FTS5, as it has on all usual systems.",
            ) from error

    def _marked(self, index: Index, prefix: str) -> Annotation:
        wanted = prefix.strip().lower()
        bearers: Iterable[tuple[str, str]] = index.bearers(wanted) if wanted else ()
        articles = {article_id for _, article_id in bearers}
        marks = [mark for each in sorted(articles) for mark in self._marks(each, wanted)]
        return one_of({mark.id: mark for mark in marks}, prefix, "mark")

    def _text(self, article_id: str, revision: str) -> str | None:
        try:
            return self._article(article_id).revisions.extraction(revision).article.text
        except LibraryError:
            return None
