"""The upkeep of a library: what is wrong with it on disk, and putting it right."""

import os
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from annotator.errors import LibraryError
from annotator.model import ArticleRecord, Extraction, Page
from annotator.store import access, files
from annotator.store.access import Access
from annotator.store.articles.article_folder import ArticleFolder
from annotator.store.articles.article_paths import FILE_NAME, Shelf, is_id, names_in, row_of
from annotator.store.backup import archive
from annotator.store.backup.restore import Absorbed, absorb
from annotator.store.format import library_schema, migration
from annotator.store.index.connection import IndexUnavailable
from annotator.store.index.index import Index
from annotator.store.repair.checks import ArticleExamination, Examination, Finding
from annotator.store.repair.merge import conflict_copies


class Spoilt(Struct, frozen=True):
    """A damaged version of an article, and what its page may have been: of one kind or another."""

    revision: str
    pages: tuple[Page, ...]


class SpoiltVersions:
    """The damaged versions of one article, to be cleaned again by whoever can."""

    def __init__(self, article: ArticleFolder) -> None:
        self._article = article
        self._revisions = article.revisions

    def found(self) -> tuple[Spoilt, ...]:
        """Return the versions that could be cleaned again; none if there is no record of any."""
        found = []
        with suppress(LibraryError):
            record = self._article.record()
            for revision in filter(self._is_spoilt, record.revisions):
                with suppress(LibraryError):
                    html = self._revisions.html(revision)
                    pages = self._revisions.pages_of(revision, html, url=record.url)
                    found.append(Spoilt(revision, pages))
        return tuple(found)

    def put_back(self, revision: str, extraction: Extraction, page: Page) -> bool:
        """Write a version anew if `extraction` has its text; tell whether it has."""
        if extraction.article.revision != revision:
            return False
        same = replace(extraction, article=replace(extraction.article, id=self._article.identity))
        with self._article.held():
            self._revisions.keep(same, page)
        return True

    def believe(self, spoilt: Spoilt) -> None:
        """Keep a version that was altered if its text was not, as it is now."""
        with suppress(LibraryError), self._article.held():
            self._revisions.keep(self._revisions.altered(spoilt.revision), spoilt.pages[0])

    def _is_spoilt(self, revision: str) -> bool:
        try:
            self._revisions.extraction(revision)
        except LibraryError:
            return True
        return False


TIDY_SECONDS = 2.0  # ten thousand articles take a tenth of that
_FOLDERS = ("articles", "bin")
_FILES = (library_schema.FILE_NAME, library_schema.BACKUP)


class Place(Struct, frozen=True):
    """The folder of an article in the library, or in its bin; `path` is within the library."""

    article_id: str
    path: str


class Upkeep:
    """What looks after a library. Examining never changes anything; mending says what remains."""

    def __init__(self, access: Access, index: Index | None = None) -> None:
        self._access = access
        self._index = index
        self._folder = access.folder
        self._shelf = Shelf(access.folder / "articles")

    def places(self) -> tuple[Place, ...]:
        """Return where there are articles, those in the bin last."""
        kept = [Place(each, self._name(self._shelf.path(each))) for each in self._shelf.ids()]
        thrown = names_in(self._folder / "bin")
        identities = ((name.partition(".")[0], name) for name in thrown)
        return (*kept, *(Place(each, f"bin/{name}") for each, name in identities if is_id(each)))

    def record(self, place: Place) -> ArticleRecord:
        """Return an article's record, also of one in the bin."""
        return self._article(place).record()

    def examine(self, place: Place) -> Examination:
        """Return what is wrong with an article, and what there is of it."""
        return ArticleExamination(self._folder / place.path, self._folder).result()

    def examine_rest(self) -> Examination:
        """Return what is wrong with the library beside its articles."""
        findings = (*self._form(), *self._folders(), *_strangers(self._folder))
        return Examination(tuple(findings))

    def mend(self, place: Place, *, now: datetime) -> None:
        """Put right what can be put right with what is there; the rest is found again."""
        with suppress(LibraryError):
            self._article(place).mend(now=now)

    def mend_rest(self) -> None:
        """Put right the library beside its articles."""
        self._access.require_writable()
        for path, status in _own_folders(self._folder):
            if access.is_amiss(status):
                path.chmod(files.PRIVATE_FOLDER if path.is_dir() else files.PRIVATE_FILE)
        files.sweep(self._folder)
        migration.renew(self._access)

    def tidy(self, *, at_most: float = TIDY_SECONDS) -> int:
        """Merge conflict copies and sweep away half-written files, for so many seconds at most.

        Returns how many articles it looked at. It begins at another one each
        time, so that several short runs come to all of them.
        """
        if self._access.is_read_only:
            return 0
        end, ids = time.monotonic() + at_most, tuple(self._shelf.ids())
        start = int.from_bytes(os.urandom(4), "big") % max(1, len(ids))
        for seen, article_id in enumerate((*ids[start:], *ids[:start])):
            if time.monotonic() > end:
                return seen
            path = self._shelf.path(article_id)
            files.sweep(path)
            if conflict_copies(path / FILE_NAME):
                with suppress(LibraryError):
                    self._article(Place(article_id, self._name(path))).tables()
        return len(ids)

    def make_index_anew(self) -> None:
        """Throw the index away, if there is one, and make it of the files."""
        if self._index:
            with suppress(IndexUnavailable, OSError):
                self._index.throw_away()
                self._index.bring_up_to_date()

    def spoilt(self, place: Place) -> SpoiltVersions:
        """Return the damaged versions of an article."""
        return SpoiltVersions(self._article(place))

    def back_up(self, target: Path) -> archive.Contents:
        """Write everything into a new file, and verify it."""
        return archive.write(self._folder, target)

    def absorb(self, backup: Path) -> Absorbed:
        """Put what a backup holds into the library."""
        return absorb(self._access, backup)

    def _article(self, place: Place) -> ArticleFolder:
        lock = self._access.lock(f"articles-{row_of(place.article_id)}")
        return ArticleFolder(self._folder / place.path, access=self._access, lock=lock)

    def _form(self) -> Iterator[Finding]:
        for problem, name, sentence in migration.examine(self._folder):
            yield Finding(problem, name, sentence)

    def _folders(self) -> Iterator[Finding]:
        for path, status in _own_folders(self._folder):
            if access.is_amiss(status):
                sentence = f"Its permissions are {stat.S_IMODE(status.st_mode):o}; it is private."
                yield Finding("permissions", self._name(path), sentence)

    def _name(self, path: Path) -> str:
        return str(path.relative_to(self._folder))


def _own_folders(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Yield the library's folder, its files, and the folders that hold articles."""
    tops = [folder / name for name in _FOLDERS]
    rows = [top / name for top in tops[:1] for name in names_in(top)]
    for path in (folder, *(folder / name for name in _FILES), *tops, *rows):
        with suppress(OSError):
            yield path, path.lstat()


def _strangers(folder: Path) -> Iterator[Finding]:
    """Yield what stands among the articles and is none."""
    for row in names_in(folder / "articles"):
        for name in names_in(folder / "articles" / row):
            if not (is_id(name) and row_of(name) == row):
                sentence = "It stands among the articles, and its name is none of an article."
                yield Finding("misplaced", f"articles/{row}/{name}", sentence)
