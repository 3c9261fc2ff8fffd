"""The library: all articles with their marks, and every way to read or change them."""

from __future__ import annotations

import os
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from annotator.errors import Conflict, InvalidInput, LibraryError, NotInLibrary
from annotator.model.tsv import article_fields, as_line
from annotator.store import files, repair
from annotator.store.access import LibraryAccess, folder_key
from annotator.store.articles.article_paths import ArticlePaths, is_id
from annotator.store.articles.trash import Trash
from annotator.store.first_frames import FirstFrames
from annotator.store.format import library_schema
from annotator.store.index import IndexUnavailable
from annotator.store.index.scan import fingerprints_in, scan, settled, statuses_of
from annotator.store.os_errors import explained, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import datetime
    from types import TracebackType

    from annotator.model import Annotation, ArticleRecord, Extraction, Page, Relation, Tombstone
    from annotator.model.daily_round import Urgency
    from annotator.model.query import Query, Words
    from annotator.store.articles.article_folder import ArticleCopy, ArticleFolder, Change
    from annotator.store.articles.folder_reader import FolderReader
    from annotator.store.articles.revision_policy import StoreResult
    from annotator.store.catalog import Catalog
    from annotator.store.failures import Failures
    from annotator.store.index.index import Index
    from annotator.store.places import Places
    from annotator.store.positions import Positions
    from annotator.store.questions.activity import Cut
    from annotator.store.questions.mark_table import MarkListing
    from annotator.store.results import (
        Activity,
        Found,
        MarkAge,
        Marked,
        MarkView,
        SpeakerCount,
        TagCount,
        TagSpelling,
    )

T = TypeVar("T")

SEARCH_LIMIT = 20  # articles and marks; more than fit on a screen


class Library:
    """A folder of articles with their marks and revisions.

    Questions about all articles are answered by the index, and by reading the
    articles' folders where the index is missing. Two programs may write to a library at
    the same time. A change is on the disk when its method returns, and has not
    happened if it raises. All methods raise errors of `annotator.errors`.

    The parts below are loaded when they are first used: a list needs no article, and
    reading an article needs no index.
    """

    def __init__(self, access: LibraryAccess, cache: Path | None = None) -> None:
        self._access = access
        self._cache = cache
        self._paths = ArticlePaths(access.folder / "articles")
        self._trash = Trash(access.folder / "bin")
        self._changed: set[str] = set()
        self.state = access.state
        self.first_frames = FirstFrames(access.state / "pages")

    @classmethod
    def open(cls, data: Path, *, state: Path, cache: Path | None = None) -> Self:
        """Open the library in the folder `data`, which is created if it is missing.

        It is read-only if the folder cannot be written, or if a newer version wrote it.
        `state` is the folder for locks and reading positions, which belong to the
        machine; `cache` the folder for the index, without which large libraries are slow.
        """
        folder = Path(os.path.realpath(data))
        with explained(folder, action="read"):
            files.make_folder(folder)
            os.scandir(folder).close()
        access = LibraryAccess(folder, state)
        library_schema.check(access)
        return cls(access, cache)

    def close(self) -> None:
        """Put the last changes into the index, and close it."""
        self.ingest(self._changed)
        self._changed.clear()
        for index in map(self.__dict__.get, ("_index", "_memory_index")):
            if index:
                index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # The parts, and the state of the library

    @cached_property
    def _reader(self) -> FolderReader:
        from annotator.store.articles.folder_reader import FolderReader  # loads the model

        return FolderReader(self._paths, self._access)

    @cached_property
    def _index(self) -> Index | None:
        return self._open_index(self._cache / folder_key(self.folder)) if self._cache else None

    @cached_property
    def _memory_index(self) -> Index:
        return self._open_index(None)

    @cached_property
    def failures(self) -> Failures:
        """The addresses that could not be added to this library."""
        from annotator.store.failures import Failures  # few additions fail

        return Failures(self.state / "failures.json", lock=self._access.lock("failures"))

    @cached_property
    def places(self) -> Places:
        """The named places in this library."""
        from annotator.store.places import Places  # few readers name any

        return Places(self.state / "places.json", lock=self._access.lock("places"))

    @cached_property
    def positions(self) -> Positions:
        """The reading positions in this library."""
        from annotator.store.positions import Positions  # loads msgspec

        lock = self._access.lock("positions")
        return Positions(self.state / "positions.json", lock=lock)

    @cached_property
    def catalog(self) -> Catalog:
        """The values about the library itself, such as the colours of tags."""
        from annotator.store.catalog import Catalog  # loads msgspec

        return Catalog(self._access)

    @property
    def maintenance(self) -> repair.LibraryMaintenance:
        """Checks, repairs and backups."""
        return repair.LibraryMaintenance(self._access, self._index)

    @property
    def folder(self) -> Path:
        """The folder of the library."""
        return self._access.folder

    @property
    def is_read_only(self) -> bool:
        """Whether all changes are refused."""
        return self._access.is_read_only

    @property
    def notices(self) -> tuple[str, ...]:
        """The damage that was found and repaired so far, in sentences for the user."""
        return self._access.notices

    # One article or mark

    def resolve(self, prefix: str) -> str:
        """Return the id of the only article whose id begins with `prefix`."""
        return self._reader.resolve(prefix)

    def record(self, article_id: str) -> ArticleRecord:
        """Return an article's record."""
        return self._reader.article(article_id).record()

    def extraction(self, article_id: str, revision: str = "") -> Extraction:
        """Return an article as extracted: the current revision, or another one."""
        article = self._reader.article(article_id)
        return article.revisions.extraction(revision or article.record().revision)

    def page(self, article_id: str, revision: str = "") -> Page:
        """Return an article's page as fetched: of the current revision, or of another one."""
        article = self._reader.article(article_id)
        return article.revisions.page(revision or article.record().revision)

    def annotations(self, article_id: str) -> tuple[Annotation, ...]:
        """Return an article's marks by position, then by id."""
        return self._reader.article(article_id).tables().in_order

    def deleted_marks(self, article_id: str) -> dict[str, Tombstone]:
        """Return what is left of the deleted marks of an article, by their ids."""
        return self._reader.article(article_id).tables().tombstones

    def annotation(self, prefix: str) -> Annotation:
        """Return the only mark, of any article, whose id begins with `prefix`."""
        wanted = prefix.strip().lower()

        def by_index(index: Index) -> Annotation:
            found = index.marks_by_id_prefix(wanted) if wanted else ()
            return self._reader.annotation(prefix, sorted({article_id for _, article_id in found}))

        return self._from_index_or_files(by_index, lambda: self._reader.annotation(prefix))

    def fingerprint_of(self, article_id: str) -> object:
        """Return a value that changes with the article; None if it is missing. Takes one stat."""
        return self._reader.article(article_id).fingerprint

    # All articles and marks: articles newest first, marks by their article, then by position

    def fingerprint(self) -> object:
        """Return a value that changes with any article. Takes one stat for each article.

        Raises `LibraryError` if the library is gone.
        """
        self._access.require_present()
        return [
            (shard.name, shard.fingerprint or shard.fingerprints())
            for shard in scan(self._paths.folder)
        ]

    def fingerprints(self, article_ids: Collection[str] | None = None) -> dict[str, str]:
        """Return a value for each article, or for some, by its id, that changes with the article.

        It is empty while the file is so new that it could be written again unnoticed. To
        look at all articles brings the index up to date.
        """
        if article_ids is not None:
            found = statuses_of(self._paths.folder, article_ids)
            return {each: settled(at) for each, at in found.items() if isinstance(at, tuple)}
        return self._from_index_or_files(
            lambda index: index.fingerprints(),
            lambda: fingerprints_in(scan(self._paths.folder)),
        )

    def records(self) -> tuple[ArticleRecord, ...]:
        """Return all articles; those that are damaged beyond repair become notices."""
        return self._from_index_or_files(lambda index: index.records(), self._records_from_files)

    def find_articles(self, query: Query | None = None) -> tuple[ArticleRecord, ...]:
        """Return the articles that match, or all."""
        if query is None or query == _everything():
            return self.records()
        return self._from_index(lambda index: index.articles(query))

    def find_marks(self, query: Query | None = None, article_id: str = "") -> tuple[Marked, ...]:
        """Return the marks that match, or all; of one article or of all."""
        wanted = query or _everything()
        return self._from_index(lambda index: index.marks(wanted, article_id))

    def list_marks(self, query: Query, view: MarkView, limit: int | None = None) -> MarkListing:
        """Return the marks that match in groups and in order, as numbers for `load_marks`.

        With a `limit` it may return only the first groups, if these are found more quickly.
        It is answered at once while someone types: changes by other programs are looked for
        every few seconds.
        """
        return self._from_index(lambda it: it.list_marks(query, view, limit, tuple(self._changed)))

    def load_marks(self, numbers: Sequence[int]) -> tuple[Marked, ...]:
        """Return marks of a list by their numbers in this order, if they still exist."""
        return self._from_index(lambda index: index.load_marks(numbers))

    def article_lines(self, query: Query | None = None) -> tuple[str, ...]:
        """Return the articles that match, or all, as lines of fields."""
        wanted = query or _everything()
        if wanted != _everything():
            return self._from_index(lambda index: index.article_lines(wanted))
        return self._from_index_or_files(
            lambda index: index.article_lines(wanted),
            lambda: tuple(as_line(article_fields(each)) for each in self._records_from_files()),
        )

    def mark_lines(self) -> tuple[str, ...]:
        """Return all marks as lines of fields, those of an article in one string."""
        return self._from_index(lambda index: index.mark_lines())

    def mark_counts(self, *, at_once: bool = False) -> Mapping[str, int]:
        """Return the number of marks of each article that has any, by the article's id.

        With `at_once`, changes by other programs are looked for every few seconds.
        """
        own = tuple(self._changed) if at_once else None
        return self._from_index(lambda index: index.mark_counts(own))

    def search(self, query: Query, *, limit: int = SEARCH_LIMIT) -> Found:
        """Return the best articles and marks that match, at most `limit` of each."""
        return self._from_index(lambda index: index.search(query, limit))

    def linked_marks(
        self, ids: Sequence[str] = (), *, targets: Sequence[str] = ()
    ) -> tuple[Marked, ...]:
        """Return the marks with these ids, and those that link to one of these targets."""
        return self._from_index(
            lambda index: index.linked_marks(ids, targets, tuple(self._changed))
        )

    def marks_sharing(
        self, words: Sequence[Sequence[Words]], annotation: Annotation, *, limit: int
    ) -> tuple[Marked, ...]:
        """Return marks of other articles that are not linked to one, and share its rare words.

        `words` has groups of words that stand for the same thing, the most telling first.
        """
        return self._from_index(
            lambda index: index.marks_sharing(words, annotation, limit, self._changed)
        )

    def articles_sharing(
        self, sought: Sequence[Sequence[Sequence[Words]]], *, limit: int
    ) -> tuple[tuple[ArticleRecord, ...], ...]:
        """Return for each text the articles that share its rarest words, best first.

        A text is given as groups of words that stand for the same thing.
        """
        return self._from_index(lambda index: index.articles_sharing(sought, limit))

    def connected_marks(
        self, mark_id: str, *, against: Sequence[Relation], along: Sequence[Relation]
    ) -> tuple[Marked, ...]:
        """Return a mark and all that are reached from it, over any number of links.

        Links of the relations `against` are followed from their target to the mark that
        holds them, those of `along` the other way. The nearest marks come first.
        """
        return self._from_index(
            lambda index: index.connected_marks(
                mark_id, against=against, along=along, own_changes=tuple(self._changed)
            )
        )

    def lost_targets(self) -> tuple[tuple[str, str], ...]:
        """Return the ids of marks that link to a mark that is not there, with its id."""
        return self._from_index(lambda index: index.lost_targets())

    def links_across(self) -> tuple[tuple[str, ...], ...]:
        """Return every link to a mark from one of another article, after both articles' ids.

        Changes by other programs are looked for every few seconds.
        """
        return self._from_index(lambda index: index.links_across(tuple(self._changed)))

    def linked_pairs(self, relation: Relation) -> tuple[tuple[str, str], ...]:
        """Return the ids of both ends of every link of a relation, without looking for changes."""
        return self._from_index(lambda index: index.linked_pairs(relation))

    def linked_targets(self) -> frozenset[str]:
        """Return the ids of the marks that others link to."""
        return self._from_index(lambda index: index.linked_targets(tuple(self._changed)))

    def tag_spellings(self) -> tuple[TagSpelling, ...]:
        """Return the tags in use by articles and marks, each spelling separately."""
        return self._from_index(lambda index: index.tag_spellings())

    def activity(self, cut: Cut) -> Activity:
        """Return what was added, finished and marked between some moments and their next ones.

        `cut` gets the moment when all began, and returns these moments.
        """
        return self._from_index(lambda index: index.activity(cut))

    def oldest_marks(
        self, before: Mapping[Urgency, datetime], *, limit: int
    ) -> tuple[MarkAge, ...]:
        """Return for each urgency the first marks made before a moment, at most `limit`."""
        return self._from_index(lambda index: index.oldest_marks(before, limit))

    def ages_of(self, ids: Sequence[str]) -> tuple[MarkAge, ...]:
        """Return what decides when these marks come up for review, if they still exist."""
        return self._from_index(lambda index: index.ages_of(ids))

    def tag_counts(self) -> tuple[TagCount, ...]:
        """Return how often each tag is in use by marks and articles, in the order of trees."""
        return self._from_index(lambda index: index.tag_counts())

    def speaker_counts(self) -> tuple[SpeakerCount, ...]:
        """Return how many marks each speaker has, by their names."""
        return self._from_index(lambda index: index.speaker_counts())

    # Changes

    def store(self, extraction: Extraction, page: Page, *, now: datetime) -> StoreResult:
        """Store a copy of an article; a worse copy never becomes the current revision."""
        if not is_id(extraction.article.id):
            message = f"{quoted(extraction.article.id)} cannot be an article's id."
            raise InvalidInput(message, "An id has 8 to 64 hexadecimal digits.")
        return self._to_change(extraction.article.id).store(extraction, page, now=now)

    def absorb(self, copy: ArticleCopy) -> bool:
        """Add an article from another library, or merge both; return whether anything changed."""
        if not is_id(copy.record.id):
            message = f"{quoted(copy.record.id)} cannot be an article's id."
            raise InvalidInput(message, "An id has 8 to 64 hexadecimal digits.")
        return self._to_change(copy.record.id).absorb(copy)

    def update(
        self, article_id: str, change: Callable[[ArticleRecord], ArticleRecord]
    ) -> ArticleRecord:
        """Change an article's current record, under the lock."""
        return self._to_change(article_id).update(change)

    def put(self, annotations: Sequence[Annotation]) -> None:
        """Insert or replace marks, atomically for each article, and remove their tombstones."""
        by_article = sorted(annotations, key=attrgetter("article_id"))
        groups = [
            (key, list(marks)) for key, marks in groupby(by_article, attrgetter("article_id"))
        ]
        for article_id, _ in groups[1:]:
            self.record(article_id)  # refuse a mark without its article before writing any
        for article_id, marks in groups:
            self._to_change(article_id).put(marks)

    def revise(
        self, article_id: str, annotation_id: str, change: Callable[[Annotation], Annotation]
    ) -> Annotation:
        """Change the current version of a mark, under the lock."""
        return self._to_change(article_id).revise(annotation_id, change)

    def revise_many(self, article_id: str, change: Change, *, now: datetime) -> None:
        """Change an article's record and any number of its marks, under the lock, in one write.

        `change` gets the current record and marks, and returns what to write of them.
        """
        self._to_change(article_id).revise_many(change, now=now)

    def remove(self, article_id: str, annotation_ids: Sequence[str], *, now: datetime) -> None:
        """Delete marks. Their tombstones prevent that an older copy brings them back."""
        self._to_change(article_id).remove(annotation_ids, now=now)

    def trash(self, article_id: str) -> None:
        """Move an article with its marks and revisions to the trash."""
        article = self._to_change(article_id)
        with article.locked(), explained(article.path, action="moved"):
            if not article.path.is_dir():
                raise NotInLibrary(f"The library has no article {quoted(article_id)}.")
            self._trash.add(article.path)

    def restore(self, article_id: str) -> ArticleRecord:
        """Move an article back from the trash.

        What is left in the library of an article without its text is merged with it.
        """
        article = self._to_change(article_id)
        with article.locked(), explained(article.path, action="moved"):
            if not article.path.exists():
                is_there = self._trash.restore(article.path)
            elif not article.is_complete:
                is_there = self._trash.complete(article)
            else:
                message = f"The article {quoted(article_id)} is already in the library."
                raise Conflict(message, "To restore the one in the bin, remove that one first.")
            if not is_there:
                raise NotInLibrary(f"The bin has no article {quoted(article_id)}.")
        return article.record()

    def delete(self, article_id: str) -> None:
        """Delete an article that is in the trash for good, with its marks and revisions."""
        article = self._to_change(article_id)
        with article.locked(), explained(self.folder / "bin", action="deleted"):
            if not self._trash.delete(article_id):
                raise NotInLibrary(f"The bin has no article {quoted(article_id)}.")

    def trashed(self) -> tuple[str, ...]:
        """Return the ids of the articles that `restore` can bring back."""
        return self._trash.ids()

    def trashed_marks(self, ids: Collection[str]) -> tuple[Marked, ...]:
        """Return those of the marks with these ids whose article is in the trash."""
        return self._trash.marks(ids)

    # Keeping the index up to date

    def bring_up_to_date(self, goes_on: Callable[[], bool] = lambda: True) -> None:
        """Merge conflict copies for a short while, then refresh the index.

        This is work for the background; it stops soon after `goes_on` returns False.
        """
        self.maintenance.tidy()
        if self._index:
            try:
                self._index.bring_up_to_date(goes_on)
            except IndexUnavailable:
                return  # the next question tries again

    def ingest(self, article_ids: Collection[str]) -> None:
        """Put changed articles into the index, texts included, if there is an index."""
        if article_ids and self._index:
            try:
                self._index.ingest(sorted(article_ids))
            except IndexUnavailable:
                return  # the next question finds them by their fingerprints

    def _open_index(self, folder: Path | None) -> Index:
        from annotator.store.index.index import Index, Source  # loads sqlite3

        return Index(folder, Source(self._paths, lambda: self._reader))

    def _records_from_files(self) -> tuple[ArticleRecord, ...]:
        return self._reader.records()

    def _from_index_or_files(
        self, question: Callable[[Index], T], from_files: Callable[[], T]
    ) -> T:
        """Return the answer of the index in the cache folder, or else of the articles' files.

        Raises `LibraryError` if the library is gone: an empty answer would look like its loss.
        """
        self._access.require_present()
        if self._index is None:
            return from_files()
        try:
            return question(self._index)
        except IndexUnavailable:
            return from_files()

    def _from_index(self, question: Callable[[Index], T]) -> T:
        """Return the answer of the index, or else of one in memory, which takes long to make."""
        return self._from_index_or_files(question, lambda: self._from_memory(question))

    def _from_memory(self, question: Callable[[Index], T]) -> T:
        try:
            return question(self._memory_index)
        except IndexUnavailable as error:
            raise LibraryError(
                f"The library cannot be searched: {error}.",
                "Python's SQLite needs FTS5, which it has on all usual systems.",
            ) from error

    def _to_change(self, article_id: str) -> ArticleFolder:
        """Return an article that is going to change, so that it is ingested again at the end."""
        article = self._reader.article(article_id)
        self._changed.add(article_id)
        return article


def _everything() -> Query:
    """Return the query that matches everything."""
    from annotator.model.query import EVERYTHING  # reading an article needs no queries

    return EVERYTHING
