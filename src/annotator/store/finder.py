"""A catalogue that answers from the derived index, and from the files where there is none."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from annotator.errors import LibraryError
from annotator.model.tsv import article_fields, as_line
from annotator.store.access import Access, digest_of
from annotator.store.catalogue import Catalogue, one_of
from annotator.store.shelf import FILE_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from pathlib import Path

    from annotator.model import Annotation, ArticleRecord
    from annotator.model.query import Query
    from annotator.store.index.index import Index
    from annotator.store.index.results import Found, Marked, TagSpelling
    from annotator.store.indexes import Indexes
    from annotator.store.upkeep import Upkeep

BEST = 20  # articles and marks of a search; more than a screen holds


class Finder(Catalogue):
    """The reading half of a library, quick however many articles there are.

    `cache` is the folder for what can be made again. Without it, and where it
    cannot be used, lists are read from the files, and searches go through an
    index in memory.
    """

    def __init__(self, access: Access, cache: Path | None) -> None:
        super().__init__(access)
        self._cache = cache

    @cached_property
    def _indexes(self) -> Indexes:
        """The index, loaded when it is first asked: reading an article takes none."""
        from annotator.store.index.index import FILE_NAME as INDEX_NAME
        from annotator.store.index.update import Source
        from annotator.store.indexes import Indexes

        source = Source(self._shelf, FILE_NAME, self._at_hand.known, self._tables, self._text)
        folder = self._cache / digest_of(self.folder) if self._cache else None
        return Indexes(folder / INDEX_NAME if folder else None, source)

    @property
    def upkeep(self) -> Upkeep:
        """What examines, mends and backs up the library."""
        from annotator.store.upkeep import Upkeep

        return Upkeep(self._access, self._indexes.on_disk)

    def records(self) -> tuple[ArticleRecord, ...]:
        """Return the articles, newest added first; of a damaged one there is a notice instead."""
        return self._indexes.quickly(lambda index: index.records(), super().records)

    def annotation(self, prefix: str) -> Annotation:
        """Return the one mark, of any article, whose id begins with `prefix`."""
        return self._indexes.quickly(
            lambda index: self._marked(index, prefix),
            lambda: super(Finder, self).annotation(prefix),
        )

    def find_articles(self, query: Query | None = None) -> tuple[ArticleRecord, ...]:
        """Return the articles that fit, or all, newest added first."""
        if query is None or query == _everything():
            return self.records()
        return self._indexes.surely(lambda index: index.articles(query))

    def find_marks(self, query: Query | None = None, article_id: str = "") -> tuple[Marked, ...]:
        """Return the marks that fit, of one article or all: newest article first, by position."""
        wanted = query or _everything()
        return self._indexes.surely(lambda index: index.marks(wanted, article_id))

    def article_lines(self, query: Query | None = None) -> tuple[str, ...]:
        """Return the articles that fit, or all, as lines of fields, newest added first."""
        wanted = query or _everything()
        if wanted == _everything():
            return self._indexes.quickly(
                lambda index: index.article_lines(wanted),
                lambda: tuple(as_line(article_fields(each)) for each in self.records()),
            )
        return self._indexes.surely(lambda index: index.article_lines(wanted))

    def mark_lines(self) -> tuple[str, ...]:
        """Return all marks as lines of fields, those of each article in one string."""
        return self._indexes.surely(lambda index: index.mark_lines())

    def mark_counts(self) -> Mapping[str, int]:
        """Return how many marks each article has that has some, by the article's id."""
        return self._indexes.surely(lambda index: index.mark_counts())

    def search(self, query: Query, *, limit: int = BEST) -> Found:
        """Return the best articles and marks that fit, at most `limit` of each."""
        return self._indexes.surely(lambda index: index.search(query, limit))

    def tag_spellings(self) -> tuple[TagSpelling, ...]:
        """Return the tags in use by articles and marks, each spelling for itself."""
        return self._indexes.surely(lambda index: index.spellings())

    def linking_to(self, target: str) -> tuple[Annotation, ...]:
        """Return the marks that have a link to this mark, by its id, or to this page."""
        return self._indexes.surely(lambda index: index.linking_to(target))

    def bring_up_to_date(self, goes_on: Callable[[], bool] = lambda: True) -> None:
        """Take in all that changed: work for the background, which stops when `goes_on` says no.

        Conflict copies are merged, for a while, and the index takes in what is then there.
        """
        self.upkeep.tidy()
        self._indexes.bring_up_to_date(goes_on)

    def take_in(self, article_ids: Collection[str]) -> None:
        """Bring the index, if there is one, up to date on these articles, texts included."""
        if article_ids:
            self._indexes.note(sorted(article_ids))

    def close(self) -> None:
        """Let go of the index."""
        if "_indexes" in self.__dict__:
            self._indexes.close()

    def _marked(self, index: Index, prefix: str) -> Annotation:
        wanted = prefix.strip().lower()
        bearers: Iterable[tuple[str, str]] = index.bearers(wanted) if wanted else ()
        articles = {article_id for _, article_id in bearers}
        marks = [mark for each in sorted(articles) for mark in self._marks(each, wanted)]
        return one_of({mark.id: mark for mark in marks}, prefix, "mark")

    def _text(self, article_id: str, revision: str) -> str | None:
        try:
            return self._article(article_id).revisions.text(revision)
        except LibraryError:
            return None


def _everything() -> Query:
    """Return the query that all fit, loaded when one looks for something: reading does not."""
    from annotator.model.query import EVERYTHING

    return EVERYTHING
