"""Restoring a backup: as a new library, or merged into one that has changed since."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from annotator.errors import LibraryError
from annotator.store.access import LibraryAccess
from annotator.store.articles.article_folder import ArticleFolder
from annotator.store.articles.article_paths import ArticlePaths
from annotator.store.articles.trash import Trash
from annotator.store.backup import archive
from annotator.store.catalog import CATALOG_FOLDER, Catalog
from annotator.store.disk import files
from annotator.store.disk.os_errors import explained, quoted

_COPY = "annotations (from a backup).json"  # named like a conflict copy, and merged like one


class MergedBackup(Struct, frozen=True):
    """The numbers of articles that were added, merged, and left in the trash."""

    added: int = 0
    merged: int = 0
    in_bin: int = 0


def unpack(backup: Path, folder: Path) -> archive.Manifest:
    """Create a library in `folder` from a backup, completely or not at all.

    Raises `LibraryError` if the folder exists and is not empty, `DamagedFile` for a
    backup that is not intact.
    """
    with explained(folder, action="written"):
        if os.path.lexists(folder) and not (folder.is_dir() and not any(folder.iterdir())):
            raise LibraryError(f"{quoted(folder)} is not empty.", "Choose another folder.")
        files.make_folder(folder.parent)
        with _unpacked(backup, folder.parent) as (unpacked, manifest):
            unpacked.rename(folder)
            files.sync_folder(folder.parent)
    return manifest


def merge_backup(access: LibraryAccess, backup: Path) -> MergedBackup:
    """Merge a backup into a library. Articles and marks that were deleted since stay deleted.

    Raises `LibraryReadOnly`, and `DamagedFile` for a backup that is not intact.
    """
    access.require_writable()
    counts = {"added": 0, "merged": 0, "in_bin": 0}
    with (
        explained(access.folder, action="written"),
        _unpacked(backup, access.folder) as (folder, _),
    ):
        Catalog(access).merge(folder / CATALOG_FOLDER)
        paths = ArticlePaths(folder / "articles")
        for article_id in paths.ids():
            counts[_merge_article(access, article_id, paths.path(article_id))] += 1
    return MergedBackup(**counts)


def _merge_article(access: LibraryAccess, article_id: str, source: Path) -> str:
    target = ArticlePaths(access.folder / "articles").path(article_id)
    article = ArticleFolder(target, access)
    with article.locked():
        if article.fingerprint is not None:
            article.take_in(source, name=_COPY)
            return "merged"
        if article_id in Trash(access.folder / "bin").ids():
            return "in_bin"
        _move(source, target)
        return "added"


def _move(source: Path, target: Path) -> None:
    """Move an article to its place; a folder without an article's file is moved out of the way."""
    files.make_folder(target.parent)
    if target.is_dir():
        target.rename(target.with_name(f"{target.name}.{os.urandom(2).hex()}"))
    source.rename(target)
    files.sync_folder(target.parent)


@contextmanager
def _unpacked(backup: Path, beside: Path) -> Iterator[tuple[Path, archive.Manifest]]:
    """Unpack a backup into a temporary folder on the same disk, flushed to the disk."""
    temporary = files.temporary_name(beside)
    temporary.mkdir(files.PRIVATE_FOLDER)
    try:
        manifest = archive.extract(backup, temporary)
        os.sync()  # once for all files, which is faster than file by file
        yield temporary, manifest
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
