"""A backup put back: as a library of its own, or into one that has gone on since."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from annotator.errors import LibraryError
from annotator.store import files
from annotator.store.access import Access
from annotator.store.articles.article_folder import ArticleFolder
from annotator.store.articles.article_paths import FILE_NAME, Shelf, row_of
from annotator.store.articles.trash import Bin
from annotator.store.backup import archive
from annotator.store.os_errors import in_words, quoted

_COPY = "annotations (from a backup).json"  # merged as any other conflict copy is


class Absorbed(Struct, frozen=True):
    """How many articles were put in, merged with what was there, and left in the bin."""

    added: int = 0
    merged: int = 0
    in_bin: int = 0


def unpack(backup: Path, folder: Path) -> archive.Contents:
    """Make the library that a backup holds in `folder`, which is not there yet or is empty.

    It is there whole or not at all.
    """
    with in_words(folder, deed="written"):
        if os.path.lexists(folder) and not (folder.is_dir() and not any(folder.iterdir())):
            raise LibraryError(f"{quoted(folder)} is not empty.", "Name another folder.")
        files.make_folder(folder.parent)
        with _unpacked(backup, folder.parent) as (unpacked, contents):
            unpacked.rename(folder)
            files.sync_folder(folder.parent)
    return contents


def absorb(access: Access, backup: Path) -> Absorbed:
    """Put what a backup holds into a library. Marks are merged, and nothing there is lost.

    Marks that were removed and articles that were discarded since stay so.
    """
    access.require_writable()
    counts = {"added": 0, "merged": 0, "in_bin": 0}
    with in_words(access.folder, deed="written"), _unpacked(backup, access.folder) as (folder, _):
        shelf = Shelf(folder / "articles")
        for article_id in shelf.ids():
            counts[_absorbed(access, article_id, shelf.path(article_id))] += 1
    return Absorbed(**counts)


def _absorbed(access: Access, article_id: str, source: Path) -> str:
    target = Shelf(access.folder / "articles").path(article_id)
    lock = access.lock(f"articles-{row_of(article_id)}")
    article = ArticleFolder(target, access=access, lock=lock)
    with article.held():
        if article.signature is not None:
            _merge(source, target)
            article.tables()
            return "merged"
        if article_id in Bin(access.folder / "bin").ids():
            return "in_bin"
        _move(source, target)
        return "added"


def _merge(source: Path, target: Path) -> None:
    files.make_folder(target / "revisions")
    for version in sorted((source / "revisions").glob("*")):
        if not (target / "revisions" / version.name).exists():
            files.create(target / "revisions" / version.name, files.read(version)[0])
    files.replace(target / _COPY, files.read(source / FILE_NAME)[0])


def _move(source: Path, target: Path) -> None:
    """Move an article to where there is none, or what is left of one that never was."""
    files.make_folder(target.parent)
    if target.is_dir():
        target.rename(target.with_name(f"{target.name}.{os.urandom(2).hex()}"))
    source.rename(target)
    files.sync_folder(target.parent)


@contextmanager
def _unpacked(backup: Path, beside: Path) -> Iterator[tuple[Path, archive.Contents]]:
    """Unpack a backup for as long as it is used, for good once this is entered."""
    temporary = files.temporary_name(beside)
    temporary.mkdir(files.PRIVATE_FOLDER)
    try:
        contents = archive.extract(backup, temporary)
        os.sync()  # once for all, rather than file by file
        yield temporary, contents
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
