"""Maintenance of a library: checks, repairs, tidying up, and backups."""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from annotator.errors import LibraryError
from annotator.model import Extraction, Original
from annotator.store.access import LibraryAccess, has_wrong_permissions, make_private
from annotator.store.articles.article_folder import ArticleFolder
from annotator.store.articles.article_paths import (
    BIN,
    FILE_NAME,
    ArticlePaths,
    find_copies,
    is_id,
    names_in,
    shard_of,
)
from annotator.store.articles.trash import Trash
from annotator.store.backup import (
    BackupProgress,
    Manifest,
    MergedBackup,
    merge_backup,
    not_shown,
    write,
)
from annotator.store.catalog import CATALOG_FOLDER, Catalog
from annotator.store.disk import files
from annotator.store.disk.os_errors import explained, quoted
from annotator.store.format import library_schema, schema_file
from annotator.store.format.conflict_copies import MERGED, conflict_copies
from annotator.store.index import IndexUnavailable
from annotator.store.index.index import Index
from annotator.store.repair import (
    CheckReport,
    LibraryProblem,
    check_article,
    library_problems,
    merge_copies,
    needless_copy,
    wrong_permissions,
)

TIDY_SECONDS = 2.0  # ten thousand articles take a tenth of that

_FOLDERS = ("articles", CATALOG_FOLDER, BIN)
_MERGED = (f"*{MERGED}", f"articles*/*/*{MERGED}")  # where folders are that were merged
_FILES = (library_schema.FILE_NAME, library_schema.BACKUP)


class DamagedRevision(Struct, frozen=True):
    """A revision whose extraction is damaged, and its page: one for each possible media type."""

    article: ArticleFolder
    revision: str
    pages: tuple[Original, ...]

    def replace(self, extraction: Extraction, page: Original) -> bool:
        """Write the revision again if `extraction` has the same text; return whether it has."""
        if extraction.article.revision != self.revision:
            return False
        text = replace(extraction.article, id=self.article.article_id)
        with self.article.locked():
            self.article.revisions.write(replace(extraction, article=text), page)
        return True

    def accept(self) -> None:
        """Accept the revision as it is now, provided that its text is intact."""
        with suppress(LibraryError), self.article.locked():
            extraction = self.article.revisions.extraction_with_same_text(self.revision)
            self.article.revisions.write(extraction, self.pages[0])


class LibraryMaintenance:
    """Checks and repairs. A check never changes anything; what a repair leaves is found again.

    For example, to repair all articles that have a problem:

        for article in library.maintenance.articles():
            if library.maintenance.check(article).findings:
                library.maintenance.repair(article, now=now)
    """

    def __init__(self, access: LibraryAccess, index: Index | None = None) -> None:
        self._access = access
        self._index = index
        self._folder = access.folder
        self._paths = ArticlePaths(access.folder / "articles")

    def articles(self) -> Iterator[ArticleFolder]:
        """Yield all articles, those in the trash last."""
        for article_id in self._paths.ids():
            yield ArticleFolder(self._paths.path(article_id), self._access)
        yield from self.trashed()

    def article_count(self) -> int:
        """Return how many articles there are, those in the trash included."""
        return sum(1 for _ in self._paths.ids()) + len(self.trashed())

    def trashed(self) -> tuple[ArticleFolder, ...]:
        """Return the articles in the trash, of several copies of one the latest last."""
        names = sorted(names_in(self._folder / BIN), key=lambda name: (len(name), name))
        articles = (ArticleFolder(self._folder / BIN / name, self._access) for name in names)
        return tuple(article for article in articles if is_id(article.article_id))

    def check(self, article: ArticleFolder) -> CheckReport:
        """Check an article. One that has gone since has no problems."""
        return check_article(article, self._folder) if article.path.exists() else CheckReport()

    def check_library(self) -> CheckReport:
        """Check the files and folders that are not part of an article."""
        findings = [*library_problems(self._folder)]
        copies = Catalog(self._access).needless_copies()
        findings += [needless_copy(path, self._folder) for path in copies]
        findings += [
            wrong_permissions(str(path.relative_to(self._folder)), status)
            for path, status in _own_folders(self._folder)
            if has_wrong_permissions(status)
        ]
        merged = (path for way in _MERGED for path in self._folder.glob(way))
        names = sorted(str(path.relative_to(self._folder)) for path in merged)
        return CheckReport((*findings, *_misplaced(self._folder)), tuple(names))

    def repair(self, article: ArticleFolder, *, now: datetime) -> None:
        """Repair what can be repaired in an article from the files that are there."""
        if not article.is_in_bin:
            self.complete([article.article_id])
        with suppress(LibraryError):
            article.repair(now=now)

    def repair_library(self) -> None:
        """Repair the files and folders that are not part of an article."""
        self._access.require_writable()
        for path, status in _own_folders(self._folder):
            if has_wrong_permissions(status):
                make_private(path, status)
        files.remove_leftovers(self._folder)
        schema_file.renew(self._access, library_schema.FILE_NAME)
        merge_copies(self._access)
        Catalog(self._access).renew()
        library_schema.keep_out_of_syncthing(self._folder)

    def damaged_revisions(self, article: ArticleFolder) -> tuple[DamagedRevision, ...]:
        """Return the damaged revisions of an article whose page is intact."""
        damaged = []
        with suppress(LibraryError):
            record, revisions = article.record(), article.revisions
            for revision in record.revisions:
                try:
                    revisions.extraction(revision)
                except LibraryError:
                    with suppress(LibraryError):
                        content = revisions.content(revision)
                        pages = revisions.possible_pages(revision, content, url=record.url)
                        damaged.append(DamagedRevision(article, revision, pages))
        return tuple(damaged)

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
        if (self._folder / ".stfolder").exists():
            library_schema.keep_out_of_syncthing(self._folder)
        end, ids = time.monotonic() + max_seconds, tuple(self._paths.ids())
        self.complete(ids)
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

    def complete(self, ids: Sequence[str]) -> bool:
        """Complete articles that one machine moved to the bin while another changed them.

        Returns whether there was one.
        """
        trash, completed = Trash(self._folder / BIN), False
        if self._access.is_read_only:
            return False
        for article_id in set(trash.ids()).intersection(ids):
            article = ArticleFolder(self._paths.path(article_id), self._access)
            with suppress(LibraryError), article.locked():
                if article.fingerprint is None or article.is_complete:
                    continue
                if trash.has_all_of(article):
                    continue  # a sync program is about to remove it
                if trash.restore(article):
                    completed = True
                    self._access.notice(
                        f"{quoted(article.record().title)} was moved to the bin on one machine "
                        "and changed on another. It is in the library, with all that was changed."
                    )
        return completed

    def back_up(self, target: Path, progress: BackupProgress = not_shown) -> Manifest:
        """Write a backup of the library to a new file, and verify it."""
        return write(self._folder, target, progress)

    def back_up_schema(self, schema: int) -> None:
        """Keep a backup of the library in the state folder, before it gets another schema."""
        folder = self._access.state / "backups"
        with explained(folder, action="written"):
            files.make_folder(folder)
        moment, random = time.strftime("%Y%m%dT%H%M%S"), os.urandom(2).hex()
        target = folder / f"schema-{schema}-{moment}-{random}.tar.zst"
        self.back_up(target)
        self._access.notice(
            "This version of annotator writes the library in a newer format, and older versions "
            f"can only read it. A backup of it from before is {quoted(target)}."
        )

    def merge_backup(self, file: Path, progress: BackupProgress = not_shown) -> MergedBackup:
        """Merge the backup in a file into the library."""
        return merge_backup(self._access, file, progress)


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
