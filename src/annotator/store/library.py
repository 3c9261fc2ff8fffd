"""The library: everything that is kept, and every change to it."""

from __future__ import annotations

import os
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Self

from annotator.errors import InvalidInput, LibraryError, NotInLibrary
from annotator.model.tsv import article_fields, as_line
from annotator.store import files
from annotator.store.access import Access, digest_of
from annotator.store.articles.article_paths import FILE_NAME, is_id
from annotator.store.articles.folder_reader import Catalogue, one_of
from annotator.store.articles.trash import Bin
from annotator.store.first_frames import Pages
from annotator.store.format import library_schema
from annotator.store.os_errors import in_words, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import datetime
    from types import TracebackType

    from annotator.model import Annotation, ArticleRecord, Extraction, Page
    from annotator.model.query import Query
    from annotator.store.articles.article_folder import ArticleFolder
    from annotator.store.articles.revision_policy import Kept
    from annotator.store.index.index import Index, Indexes
    from annotator.store.index.results import Found, Marked, TagSpelling
    from annotator.store.positions import Positions
    from annotator.store.repair.maintenance import Upkeep


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
        from annotator.store.index.index import Indexes
        from annotator.store.index.scan import Source

        source = Source(self._shelf, FILE_NAME, self._at_hand.known, self._tables, self._text)
        folder = self._cache / digest_of(self.folder) if self._cache else None
        return Indexes(folder / INDEX_NAME if folder else None, source)

    @property
    def upkeep(self) -> Upkeep:
        """What examines, mends and backs up the library."""
        from annotator.store.repair.maintenance import Upkeep

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


class Library(Finder):
    """A folder of articles with their marks and versions.

    Two programs may write to one at the same time. A change is on the disk
    when its method returns, and has not happened when it raises.
    """

    def __init__(self, access: Access, cache: Path | None = None) -> None:
        super().__init__(access, cache)
        self._changed: set[str] = set()
        self._bin = Bin(access.folder / "bin")
        self.state = access.state
        self.pages = Pages(access.state / "pages")

    @classmethod
    def open(cls, data: Path, *, state: Path, cache: Path | None = None) -> Self:
        """Return the library in the folder `data`, which is made if it is missing.

        A library that may not be written to, or that a later version wrote, opens
        read-only. `state` holds what belongs to the machine: locks and positions;
        `cache` the index, without which large libraries are slower.
        """
        folder = Path(os.path.realpath(data))
        _require_folder(folder)
        access = Access(folder, state)
        library_schema.check(access)
        return cls(access, cache)

    @cached_property
    def positions(self) -> Positions:
        """Where the reader left off in each article."""
        from annotator.store.positions import Positions

        lock = self._access.lock("positions")
        return Positions(self.state / "positions.json", lock=lock)

    def close(self) -> None:
        """Let go of the library. Nothing but the index is left to be written."""
        self.take_in(self._changed)
        self._changed.clear()
        super().close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def keep(self, extraction: Extraction, page: Page, *, now: datetime) -> Kept:
        """Keep a copy of an article; a worse one becomes a version, never the current one."""
        if not is_id(extraction.article.id):
            message = f"{quoted(extraction.article.id)} cannot be the id of an article."
            raise InvalidInput(message, "An id is made of 8 to 64 hexadecimal digits.")
        return self._to_change(extraction.article.id).keep(extraction, page, now=now)

    def update(
        self, article_id: str, change: Callable[[ArticleRecord], ArticleRecord]
    ) -> ArticleRecord:
        """Change an article's record as it is now, under the lock."""
        return self._to_change(article_id).update(change)

    def put(self, annotations: Sequence[Annotation]) -> None:
        """Insert or replace marks, atomically for each article, and clear their tombstones."""
        by_article = sorted(annotations, key=attrgetter("article_id"))
        groups = [
            (key, list(marks)) for key, marks in groupby(by_article, attrgetter("article_id"))
        ]
        for article_id, _ in groups[1:]:
            self.record(article_id)  # a mark without its article is refused before any is kept
        for article_id, marks in groups:
            self._to_change(article_id).put(marks)

    def revise(
        self, article_id: str, annotation_id: str, change: Callable[[Annotation], Annotation]
    ) -> Annotation:
        """Change a mark as it is now, under the lock."""
        return self._to_change(article_id).revise(annotation_id, change)

    def remove(self, article_id: str, annotation_ids: Sequence[str], *, now: datetime) -> None:
        """Remove marks. Their tombstones keep an older copy from bringing them back."""
        self._to_change(article_id).remove(annotation_ids, now=now)

    def discard(self, article_id: str) -> None:
        """Move an article with its marks and versions to the bin."""
        article = self._to_change(article_id)
        with article.held(), in_words(article.path, deed="moved"):
            if not article.path.is_dir():
                raise NotInLibrary(f"The library holds no article {quoted(article_id)}.")
            self._bin.take(article.path)

    def restore(self, article_id: str) -> ArticleRecord:
        """Move an article back from the bin."""
        article = self._to_change(article_id)
        with article.held(), in_words(article.path, deed="moved"):
            if article.path.exists():
                message = f"The article {quoted(article_id)} is in the library already."
                raise LibraryError(message, "Remove that one first if you want the one in the bin.")
            if not self._bin.give_back(article.path):
                raise NotInLibrary(f"The bin holds no article {quoted(article_id)}.")
        return article.record()

    def discarded(self) -> tuple[str, ...]:
        """Return the ids of the articles that `restore` can bring back."""
        return self._bin.ids()

    def _to_change(self, article_id: str) -> ArticleFolder:
        """Return an article that the index must look at again."""
        article = self._article(article_id)
        self._changed.add(article_id)
        return article


def _require_folder(folder: Path) -> None:
    with in_words(folder, deed="read"):
        files.make_folder(folder)
        os.scandir(folder).close()
