"""The library: all articles with their marks, and every way to read or change them."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from annotator import store
from annotator.errors import Conflict, InvalidInput, LibraryError, NotInLibrary
from annotator.store import questions
from annotator.store.access import LibraryAccess, folder_key
from annotator.store.articles.article_paths import ArticlePaths, is_id
from annotator.store.articles.trash import Trash
from annotator.store.disk import files
from annotator.store.disk.os_errors import explained, quoted
from annotator.store.format import library_schema
from annotator.store.index import IndexUnavailable
from annotator.store.index.scan import ArticleSource, fingerprints_in, scan, statuses_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime

    from annotator.model import Annotation, ArticleRecord, Extraction, Original
    from annotator.store.articles.article_folder import ArticleCopy, ArticleFolder
    from annotator.store.articles.folder_reader import FolderReader
    from annotator.store.articles.revision_policy import StoreResult
    from annotator.store.catalog import Catalog
    from annotator.store.incoming import IncomingFiles
    from annotator.store.index.index import Index
    from annotator.store.index.question import Freshness, IndexQuestion
    from annotator.store.machine.state_files import (
        Failures,
        FirstFrames,
        Journal,
        NamedPlaces,
        Positions,
        StateFile,
        TypedTexts,
    )
    from annotator.store.maintenance import LibraryMaintenance
    from annotator.store.results import Marked

T = TypeVar("T")


class Library:
    """A folder of articles with their marks and revisions.

    `access` is what may be done to the folder, `cache` the folder for the index; `open` makes
    both. For example, to tag what was said about food this week, and to see it in a list:

        with Library.open(data, state=state, cache=cache) as library:
            for record, mark in library.ask(questions.marks.find_marks(parse("food marked:week"))):
                library.article(record.id).revise(mark.id, partial(replace, tags=("food",)))
            print(library.records()[0].title)

    Questions about all articles are answered by the index, which is made in memory where it
    cannot be kept. A change is on the disk when its method returns, and
    has not happened if it raises. All methods raise errors of `annotator.errors`.

    Threads and programs: two programs may write to a library at the same time, and all methods
    of a library, of its articles and of its parts may be called from any thread, also at once:
    a change holds the lock of its article from reading to writing, and the index answers one
    question after another. Only `open` and `close` are for the thread that owns the library,
    and a question that waits for the index blocks, so the screens ask in a thread.

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

    @classmethod
    def open(
        cls, data: Path, *, state: Path, cache: Path | None = None, author: Callable[[], str] = str
    ) -> Self:
        """Open the library in the folder `data`, which is created if it is missing.

        It is read-only if the folder cannot be written, or if a newer version wrote it.
        `state` is the folder for locks and reading positions, which belong to the
        machine; `cache` the folder for the index, without which large libraries are slow.
        `author` is asked who the user is when a mark is made or changed.
        """
        folder = Path(os.path.realpath(data))
        with explained(folder, action="created", kind=LibraryError):
            files.make_folder(folder)
        with explained(folder, action="read"):
            os.scandir(folder).close()
        access = LibraryAccess(folder, state, author)
        library_schema.check(
            access, lambda schema: store.LibraryMaintenance(access).back_up_schema(schema)
        )
        return cls(access, cache)

    def close(self) -> None:
        """Put the last changes into the index, and close it."""
        if self._changed and self._index:
            with suppress(IndexUnavailable):  # the next question finds them by their fingerprints
                self._index.ingest(sorted(self._changed))
        self._changed.clear()
        for index in map(self.__dict__.get, ("_index", "_memory_index")):
            if index:
                index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # The parts, and the state of the library

    @cached_property
    def _reader(self) -> FolderReader:
        return store.FolderReader(
            self._paths,
            self._access,
            self._changed.add,
            complete=lambda article_id: self.maintenance.complete([article_id]),
        )

    @cached_property
    def _index(self) -> Index | None:
        return self._open_index(self.cache) if self.cache else None

    @property
    def cache(self) -> Path | None:
        """The folder for what can be made again of this library, if there is one."""
        return self._cache / folder_key(self.folder) if self._cache else None

    @cached_property
    def _memory_index(self) -> Index:
        return self._open_index(None)

    @cached_property
    def failures(self) -> Failures:
        """The addresses that could not be added to this library."""
        return store.Failures(self.state, lock=self._access.lock("failures"))

    @cached_property
    def rendered_sites(self) -> StateFile[tuple[str, ...]]:
        """The hosts of the sites whose pages the user's browser renders."""
        return self.state_file("rendered", tuple[str, ...], ())

    @cached_property
    def seen_files(self) -> StateFile[dict[str, str]]:
        """The fingerprints of files in folders that were added or refused, by their contents."""
        return self.state_file("seen_files", dict[str, str], {})

    @cached_property
    def first_frames(self) -> FirstFrames:
        """The articles of this library as they were last on the screen."""
        return store.FirstFrames(self.state / "pages")

    @cached_property
    def journal(self) -> Journal:
        """The last changes of the command line to this library."""
        return store.Journal(self.state, lock=self._access.lock("undo"))

    @cached_property
    def places(self) -> NamedPlaces:
        """The named places in this library."""
        return store.NamedPlaces(self.state, lock=self._access.lock("places"))

    @cached_property
    def typed_texts(self) -> TypedTexts:
        """What was typed in dialogs on this library when the program was ended."""
        return store.TypedTexts(self.state, lock=self._access.lock("typed"))

    @cached_property
    def positions(self) -> Positions:
        """The reading positions in this library."""
        return store.Positions(self.state, lock=self._access.lock("positions"))

    @cached_property
    def catalog(self) -> Catalog:
        """The values about the library itself, such as the colours of tags."""
        return store.Catalog(self._access)

    @property
    def has_repository(self) -> bool:
        """Whether it is a git repository, to be synchronised. Takes one stat."""
        return (self.folder / ".git").is_dir()

    @property
    def has_feeds(self) -> bool:
        """Whether a feed was ever added. Takes one stat."""
        return self.catalog.has(store.FEEDS)

    @property
    def has_proposals(self) -> bool:
        """Whether a program ever proposed a mark. Takes one stat."""
        return self.catalog.has(store.Section(store.PROPOSALS, object))

    @property
    def maintenance(self) -> LibraryMaintenance:
        """Checks, repairs and backups."""
        return store.LibraryMaintenance(self._access, self._index)

    @property
    def incoming(self) -> IncomingFiles:
        """What writes files that come from another machine."""
        self._access.require_writable()
        return store.IncomingFiles(self._access, self._changed.add)

    @property
    def folder(self) -> Path:
        """The folder of the library."""
        return self._access.folder

    @property
    def author(self) -> str:
        """Who makes and changes marks now; the first time, git may be asked."""
        return self._access.author

    def ask_author(self, author: Callable[[], str]) -> None:
        """Ask `author` who the user is from now on, since the settings have changed."""
        self._access.ask_author(author)

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

    def article(self, article_id: str) -> ArticleFolder:
        """Return an article, to read and to change; it need not exist until it is read."""
        return self._reader.article(article_id)

    def annotation(self, prefix: str) -> Annotation:
        """Return the only mark, of any article, whose id begins with `prefix`."""
        wanted = prefix.strip().lower()
        ids = self.ask(questions.marks.articles_of_marks(wanted)) if wanted else ()
        return self._reader.annotation(prefix, ids)

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
            statuses = statuses_of(self._paths.folder, article_ids)
            return {
                article_id: files.settled(status)
                for article_id, status in statuses.items()
                if isinstance(status, tuple)
            }
        self._access.require_present()
        with suppress(IndexUnavailable):
            if self._index:
                return self._index.fingerprints()
        return fingerprints_in(scan(self._paths.folder))

    def records(self) -> tuple[ArticleRecord, ...]:
        """Return all articles, newest first; those damaged beyond repair become notices."""
        return self.ask(questions.articles.find_articles())

    def ask(self, question: IndexQuestion[T], freshness: Freshness | None = None) -> T:
        """Return the answer to a question about all articles: one of `store.questions`.

        `freshness` is the question's own, unless given: whether changes by other programs are
        looked for `now`, or `soon`, which is every few seconds, for what is asked with each
        key; or not at all, for an answer about what was `seen` last. Without an index in the
        cache folder it is made in memory, which takes long.
        """
        self._access.require_present()  # else an empty answer would look like its loss
        own_changes = tuple(self._changed)
        if freshness:
            question = question._replace(freshness=freshness)
        with suppress(IndexUnavailable):
            if self._index:
                return self._index.ask(question, own_changes)
        try:
            return self._memory_index.ask(question, own_changes)
        except IndexUnavailable as error:
            raise LibraryError(
                f"The library cannot be searched: {error}.",
                "Python's SQLite needs FTS5, which it has on all usual systems.",
            ) from error

    # Changes

    def store(self, extraction: Extraction, page: Original, *, now: datetime) -> StoreResult:
        """Store a copy of an article; a worse copy never becomes the current revision."""
        return self._new(extraction.article.id).store(extraction, page, now=now)

    def absorb(self, copy: ArticleCopy) -> bool:
        """Add an article from another library, or merge both; return whether anything changed."""
        return self._new(copy.record.id).absorb(copy)

    def put(self, annotations: Sequence[Annotation]) -> None:
        """Insert or replace marks, atomically for each article, and remove their tombstones."""
        by_article = sorted(annotations, key=attrgetter("article_id"))
        groups = [
            (key, list(marks)) for key, marks in groupby(by_article, attrgetter("article_id"))
        ]
        for article_id, _ in groups[1:]:
            self.article(article_id).record()  # refuse a mark without its article before all
        for article_id, marks in groups:
            self.article(article_id).put(marks)

    def trash(self, article_id: str) -> None:
        """Move an article with its marks and revisions to the trash."""
        article = self.article(article_id)
        with article.locked(), explained(article.path, action="moved"):
            if not article.path.is_dir():
                raise NotInLibrary(f"The library has no article {quoted(article_id)}.")
            self._trash.add(article.path)

    def put_back(self, article_id: str) -> ArticleRecord:
        """Take back the last move of an article to the trash.

        Raises `Conflict` if it has been added again since.
        """
        article = self.article(article_id)
        with article.locked(), explained(article.path, action="moved"):
            if article.path.exists():
                message = f"The article {quoted(article_id)} is already in the library."
                raise Conflict(message, "`annotator restore` merges the one in the bin with it.")
            if not self._trash.put_back(article.path):
                raise self._not_in_bin(article_id)
        return article.record()

    def restore(self, article_id: str) -> ArticleRecord:
        """Bring an article back from the trash, with the marks and texts of all its copies there.

        It is merged with what is in the library of it by now.
        """
        article = self.article(article_id)
        with article.locked(), explained(article.path, action="moved"):
            if not self._trash.restore(article):
                raise self._not_in_bin(article_id)
        return article.record()

    def delete(self, article_id: str) -> None:
        """Delete an article that is in the trash for good, with its marks and revisions."""
        article = self.article(article_id)
        with article.locked(), explained(self.folder / "bin", action="deleted"):
            if not self._trash.delete(article_id):
                raise self._not_in_bin(article_id)

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
            with suppress(IndexUnavailable):  # the next question tries again
                self._index.bring_up_to_date(goes_on)

    def watch_index(self, goes_on: Callable[[int, int], bool]) -> None:
        """Call `goes_on` while articles are read into the index: done, and all there are to read.

        It may come from any thread. If it returns False, the question that waits for the index
        ends with `IndexingStopped`.
        """
        if self._index:
            self._index.goes_on = goes_on

    def _not_in_bin(self, article_id: str) -> NotInLibrary:
        return NotInLibrary(f"The bin has no article {quoted(article_id)}.")

    def _new(self, article_id: str) -> ArticleFolder:
        if not is_id(article_id):
            message = f"{quoted(article_id)} cannot be an article's id."
            raise InvalidInput(message, "An id has 8 to 64 hexadecimal digits.")
        return self.article(article_id)

    def _open_index(self, folder: Path | None) -> Index:
        return store.Index(folder, ArticleSource(self._paths, lambda: self._reader))

    def state_file(self, name: str, kind: type[T], empty: T) -> StateFile[T]:
        """Return the file of that name in which this machine remembers something of the library."""
        path, lock = self.state / f"{name}.json", self._access.lock(name)
        return store.StateFile(path, kind, empty=empty, lock=lock)
