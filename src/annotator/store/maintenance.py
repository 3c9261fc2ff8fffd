"""Maintenance of a library: checks, repairs, tidying up, and backups."""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from annotator.errors import LibraryError
from annotator.model import ArticleRecord, Extraction, Page
from annotator.store.access import LibraryAccess, has_wrong_permissions
from annotator.store.articles.article_folder import ArticleFolder
from annotator.store.articles.article_paths import (
    FILE_NAME,
    ArticlePaths,
    is_id,
    names_in,
    shard_of,
)
from annotator.store.articles.trash import Trash
from annotator.store.backup import Manifest, MergedBackup, merge_backup
from annotator.store.backup import write as write_backup
from annotator.store.catalog import CATALOG_FOLDER, Catalog
from annotator.store.disk import files
from annotator.store.disk.os_errors import explained, quoted
from annotator.store.format import library_schema, schema_file
from annotator.store.format.conflict_copies import MERGED, conflict_copies
from annotator.store.index.index import Index
from annotator.store.index.unavailable import IndexUnavailable
from annotator.store.repair import (
    ArticleCheck,
    CheckReport,
    LibraryProblem,
    find_copies,
    library_problems,
    merge_copies,
    wrong_permissions,
)

TIDY_SECONDS = 2.0  # ten thousand articles take a tenth of that

_FOLDERS = ("articles", CATALOG_FOLDER, "bin")
_FILES = (library_schema.FILE_NAME, library_schema.BACKUP)


class ArticleLocation(Struct, frozen=True):
    """An article in the library or in its trash; `path` is relative to the library."""

    article_id: str
    path: str


class LibraryMaintenance:
    """Checks and repairs. A check never changes anything; what a repair leaves is found again.

    For example, to repair all articles that have a problem:

        for location in library.maintenance.locations():
            if library.maintenance.check(location).findings:
                library.maintenance.repair(location, now=now)
    """

    def __init__(self, access: LibraryAccess, index: Index | None = None) -> None:
        self._access = access
        self._index = index
        self._folder = access.folder
        self._paths = ArticlePaths(access.folder / "articles")

    def locations(self) -> tuple[ArticleLocation, ...]:
        """Return all articles, those in the trash last."""
        articles = [
            ArticleLocation(article_id, self._name(self._paths.path(article_id)))
            for article_id in self._paths.ids()
        ]
        return (*articles, *self.trashed())

    def trashed(self) -> tuple[ArticleLocation, ...]:
        """Return the articles in the trash, of several copies of one the latest last."""
        names = sorted(names_in(self._folder / "bin"), key=lambda name: (len(name), name))
        ids = ((name.partition(".")[0], name) for name in names)
        return tuple(
            ArticleLocation(article_id, f"bin/{name}")
            for article_id, name in ids
            if is_id(article_id)
        )

    def record(self, location: ArticleLocation) -> ArticleRecord:
        """Return an article's record, also from the trash."""
        return self._article(location).record()

    def mark_count(self, location: ArticleLocation) -> int:
        """Return how many marks an article has, also in the trash."""
        return len(self._article(location).tables().annotations)

    def changed(self, location: ArticleLocation) -> datetime:
        """Return when an article's folder was changed; one in the trash, when it got there."""
        path = self._folder / location.path
        with explained(path, action="read"):
            return datetime.fromtimestamp(path.stat().st_mtime, UTC)

    def check(self, location: ArticleLocation) -> CheckReport:
        """Check an article."""
        return ArticleCheck(self._folder / location.path, self._folder).report()

    def check_library(self) -> CheckReport:
        """Check the files and folders that are not part of an article."""
        findings = [*library_problems(self._folder)]
        findings += [
            wrong_permissions(self._name(path), status)
            for path, status in _own_folders(self._folder)
            if has_wrong_permissions(status)
        ]
        return CheckReport((*findings, *_misplaced(self._folder)), _merged_folders(self._folder))

    def repair(self, location: ArticleLocation, *, now: datetime) -> None:
        """Repair what can be repaired in an article from the files that are there."""
        with suppress(LibraryError):
            self._article(location).repair(now=now)

    def repair_library(self) -> None:
        """Repair the files and folders that are not part of an article."""
        self._access.require_writable()
        for path, status in _own_folders(self._folder):
            if has_wrong_permissions(status):
                path.chmod(files.PRIVATE_FOLDER if path.is_dir() else files.PRIVATE_FILE)
        files.remove_leftovers(self._folder)
        schema_file.renew(self._access, library_schema.FILE_NAME)
        merge_copies(self._access)
        Catalog(self._access).renew()

    def damaged_revisions(self, location: ArticleLocation) -> "DamagedRevisions":
        """Return the damaged revisions of an article."""
        return DamagedRevisions(self._article(location))

    def rebuild_index(self) -> None:
        """Delete the index, if there is one, and make a new one from the files."""
        if self._index:
            with suppress(IndexUnavailable, OSError):
                self._index.delete()
                self._index.bring_up_to_date()

    def tidy(self, *, max_seconds: float = TIDY_SECONDS) -> int:
        """Merge conflict copies and remove temporary files of dead programs.

        Stops after some seconds, and starts with another article each time, so that
        several short runs reach all of them. Returns how many articles it looked at.
        """
        if self._access.is_read_only:
            return 0
        with suppress(LibraryError):
            Catalog(self._access).tidy()
        end, ids = time.monotonic() + max_seconds, tuple(self._paths.ids())
        self._complete(ids)
        merge_copies(self._access)
        start = int.from_bytes(os.urandom(4), "big") % max(1, len(ids))
        for seen, article_id in enumerate((*ids[start:], *ids[:start])):
            if time.monotonic() > end:
                return seen
            path = self._paths.path(article_id)
            files.remove_leftovers(path)
            if conflict_copies(path / FILE_NAME):
                with suppress(LibraryError):
                    ArticleFolder(path, self._access).tables()
        return len(ids)

    def _complete(self, ids: Sequence[str]) -> None:
        """Complete the articles that one machine moved to the bin while another changed them."""
        trash = Trash(self._folder / "bin")
        for article_id in set(trash.ids()).intersection(ids):
            article = ArticleFolder(self._paths.path(article_id), self._access)
            with suppress(LibraryError), article.locked():
                if article.is_complete or trash.has_all_of(article):
                    continue  # in the second case a sync program is about to remove it
                if trash.complete(article):
                    self._access.notice(
                        f"{quoted(article.record().title)} was moved to the bin on one machine "
                        "and changed on another. It is in the library, with all that was changed."
                    )

    def back_up(self, target: Path) -> Manifest:
        """Write a backup of the library to a new file, and verify it."""
        return write_backup(self._folder, target)

    def merge_backup(self, file: Path) -> MergedBackup:
        """Merge the backup in a file into the library."""
        return merge_backup(self._access, file)

    def _article(self, location: ArticleLocation) -> ArticleFolder:
        return ArticleFolder(self._folder / location.path, self._access)

    def _name(self, path: Path) -> str:
        return str(path.relative_to(self._folder))


class DamagedRevision(Struct, frozen=True):
    """A revision whose extraction is damaged, and its page: one for each possible media type."""

    revision: str
    pages: tuple[Page, ...]


class DamagedRevisions:
    """The damaged revisions of an article, which can be extracted again from their pages."""

    def __init__(self, article: ArticleFolder) -> None:
        self._article = article
        self._revisions = article.revisions

    def found(self) -> tuple[DamagedRevision, ...]:
        """Return the damaged revisions whose page is intact."""
        damaged = []
        with suppress(LibraryError):
            record = self._article.record()
            for revision in filter(self._is_damaged, record.revisions):
                with suppress(LibraryError):
                    html = self._revisions.html(revision)
                    pages = self._revisions.possible_pages(revision, html, url=record.url)
                    damaged.append(DamagedRevision(revision, pages))
        return tuple(damaged)

    def replace(self, revision: str, extraction: Extraction, page: Page) -> bool:
        """Write a revision again if `extraction` has the same text; return whether it has."""
        if extraction.article.revision != revision:
            return False
        article = replace(extraction.article, id=self._article.article_id)
        with self._article.locked():
            self._revisions.write(replace(extraction, article=article), page)
        return True

    def accept(self, damaged: DamagedRevision) -> None:
        """Accept a revision as it is now, provided that its text is intact."""
        with suppress(LibraryError), self._article.locked():
            extraction = self._revisions.extraction_with_same_text(damaged.revision)
            self._revisions.write(extraction, damaged.pages[0])

    def _is_damaged(self, revision: str) -> bool:
        try:
            self._revisions.extraction(revision)
        except LibraryError:
            return True
        return False


def _own_folders(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Yield the library's folder, its files, and the folders that contain articles."""
    tops = [folder / name for name in _FOLDERS]
    inside = [top / name for top in tops[:2] for name in names_in(top)]
    for path in (folder, *(folder / name for name in _FILES), *tops, *inside):
        with suppress(OSError):
            yield path, path.lstat()


def _misplaced(folder: Path) -> Iterator[LibraryProblem]:
    """Yield copies of articles' folders, and everything else among the articles that is not one."""
    copies = {str(copy.path.relative_to(folder)) for copy in find_copies(folder)}
    for name in sorted(copies):
        sentence = "This copy of an article's folder, by a sync program, is not merged yet."
        yield LibraryProblem("conflict-copy", name, sentence)
    for shard in names_in(folder / "articles"):
        for name in names_in(folder / "articles" / shard):
            path = f"articles/{shard}/{name}"
            is_article = is_id(name) and shard_of(name) == shard
            if not is_article and path not in copies and not name.endswith(MERGED):
                sentence = "It is among the articles, but its name is not an article's id."
                yield LibraryProblem("misplaced", path, sentence)


def _merged_folders(folder: Path) -> tuple[str, ...]:
    merged = (*folder.glob(f"*{MERGED}"), *folder.glob(f"articles*/*/*{MERGED}"))
    return tuple(sorted(str(path.relative_to(folder)) for path in merged))
