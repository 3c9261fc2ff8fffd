"""Files of the library that another machine has changed: which they may be, and writing them.

Nothing of another machine is trusted. A path must be one that the program itself writes, and the
contents must be readable as what belongs there. A file is written under the lock of its article
or section. If it is no longer as the other machine's version was compared with, then a running
program has just changed it: the article's file and sections are merged, and everything else is
refused with `Conflict`, so that the caller compares again.
"""

import os
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from annotator.errors import Conflict
from annotator.store.access import LibraryAccess
from annotator.store.articles.article_folder import ArticleFolder
from annotator.store.articles.article_paths import ARTICLES, BIN, FILE_NAME
from annotator.store.articles.revisions import PAGE, check_revision, latest_revision
from annotator.store.catalog import CATALOG_FOLDER, Catalog, join_sections
from annotator.store.disk import files
from annotator.store.disk.os_errors import explained, quoted
from annotator.store.format import library_schema
from annotator.store.format.article_tables import parse_tables
from annotator.store.format.merge import merge, remark
from annotator.store.format.recovery import recover_copy
from annotator.store.format.table_rows import serialize

MAX_FILE: Final = 64 * 1024 * 1024  # bytes of a file; the largest page that is kept has no more

_PATH = re.compile(
    rf"(?P<folder>{ARTICLES}/(?P<shard>[0-9a-f]{{2}})/(?=(?P=shard))[0-9a-f]{{8,64}}"
    rf"|{BIN}/[0-9a-f]{{8,64}}(?:\.[1-9][0-9]{{0,5}})?)"
    r"/(?:annotations\.json|revisions/[0-9a-f]{8,64}(?:\.json|\.html\.zst))"
    rf"|{CATALOG_FOLDER}/[a-z_]{{1,60}}\.json|{re.escape(library_schema.FILE_NAME)}"
)

IsKnown = Callable[[bytes], bool]  # whether a file is as it was compared with


class LibraryPath(NamedTuple):
    """A path of a file that libraries have; `folder` is that of its article, or empty."""

    path: str
    folder: str

    @property
    def article_id(self) -> str:
        """The id of the article; empty for a file of no article."""
        return self.folder.rpartition("/")[2].partition(".")[0]

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.path.rpartition("/")[2]

    def inside(self, folder: str) -> "LibraryPath":
        """Return the path of the same file in another folder of the article."""
        return LibraryPath(f"{folder}{self.path.removeprefix(self.folder)}", folder)

    @property
    def is_article(self) -> bool:
        """Whether it is an article's own file."""
        return self.name == FILE_NAME

    @property
    def is_page(self) -> bool:
        """Whether it is the page that a revision was made of."""
        return self.name.endswith(PAGE)


def library_path(path: str) -> LibraryPath | None:
    """Return a path as one of a library's files; None for what libraries do not have."""
    match = _PATH.fullmatch(path)
    return LibraryPath(path, match["folder"] or "") if match else None


def checked(path: LibraryPath, data: bytes) -> bytes:
    """Return the contents of a file from another machine; raises `ValueError` if they are not."""
    if path.is_article:
        if recover_copy(data, path.article_id).remark:
            raise ValueError("It is damaged.")
    elif path.folder:
        check_revision(path.name, data)
    else:
        join_sections([data])
    return data


def join(path: LibraryPath, versions: Sequence[bytes], *base: bytes) -> tuple[bytes, str]:
    """Return one file of several versions, and sentences about what the user should look at.

    They come from `base`, and their order makes no difference. Raises `ValueError` if one cannot be
    read at all; of an article's file that is damaged, what its checksums vouch for is taken.
    """
    if path.is_article:
        copies = [recover_copy(version, path.article_id) for version in versions]
        tables = [copy.tables for copy in copies]
        data = serialize(merge(tables))
        known = [recover_copy(version, path.article_id).tables for version in base]
        told = remark(tables, parse_tables(data, tables[0]), *known)
        return data, " ".join(filter(None, (*(copy.remark for copy in copies), told)))
    if path.folder:
        return max(versions) if path.is_page else latest_revision(versions), ""
    return join_sections(versions), ""


class IncomingFiles:
    """Writes what comes from another machine; `on_change` gets the ids of changed articles."""

    def __init__(self, access: LibraryAccess, on_change: Callable[[str], None]) -> None:
        self._access = access
        self._on_change = on_change
        self._catalog = Catalog(access)

    def write(self, path: LibraryPath, data: bytes, is_known: IsKnown) -> None:
        """Write a file that was checked; `is_known` gets what is there, empty if nothing is."""
        target = self._access.folder / path.path
        if not path.folder:
            self._catalog.take(path.name.partition(".")[0], data, is_known)
            return
        article = self._article(path.folder)
        with article.locked(), explained(target, action="written"):
            own = _bytes(target)
            if path.is_article:
                if not own and not is_known(own):
                    raise _changed(article.path)
                article.take_file(data, is_known)
            elif own != data:
                if not is_known(own):
                    raise _changed(target)
                files.make_folder(target.parent)
                files.replace(target, data)

    def move(self, source: str, target: str, is_known: IsKnown) -> None:
        """Move the folder of an article into or out of the bin; without a `target`, delete it."""
        article = self._article(source)
        goal = self._access.folder / target
        with article.locked(), explained(article.path, action="moved"):
            own = _bytes(article.path / FILE_NAME)
            if not own and not article.path.exists():
                return
            if not is_known(own) or (target and goal.exists()):
                raise _changed(article.path)
            if not target:
                goal = files.temporary_name(self._access.folder)
            files.make_folder(goal.parent)
            article.path.rename(goal)
            files.sync_folder(goal.parent)
            files.sync_folder(article.path.parent)
            if not target:
                shutil.rmtree(goal)
            elif target.startswith(BIN):
                os.utime(goal)  # the time of the folder tells when the article was deleted

    def keep_aside(self, path: LibraryPath, data: bytes, name: str) -> None:
        """Keep a version that cannot be read beside the file, if that has a folder."""
        target = self._access.folder / f"{path.path}.damaged-{name}"
        if target.parent.is_dir() and not target.exists():
            with explained(target, action="written"):
                files.replace(target, data)

    def _article(self, folder: str) -> ArticleFolder:
        return ArticleFolder(self._access.folder / folder, self._access, self._on_change)


def _bytes(path: Path) -> bytes:
    try:
        return files.read(path)[0]
    except (FileNotFoundError, NotADirectoryError):
        return b""


def _changed(path: Path) -> Conflict:
    return Conflict(f"{quoted(path)} was changed at the same time.", "Try again.")
