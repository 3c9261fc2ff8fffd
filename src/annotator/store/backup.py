"""A backup: a compressed tar file, verified after it is written and before it is restored.

Its last member is a manifest of the others with their checksums, so that an archive that
was cut or altered is recognised. Reading trusts nothing in the archive: its size is
bounded, and links, devices and names that no library has are refused. A backup is restored as a new
library, or merged into one that has changed since.
"""

import hashlib
import io
import os
import re
import shutil
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import IO, cast

from msgspec import Struct, field

from annotator.codec import decode, encode
from annotator.errors import DamagedFile, LibraryError
from annotator.store.access import LibraryAccess
from annotator.store.articles.article_folder import ArticleFolder
from annotator.store.articles.article_paths import (
    ARTICLES,
    BIN,
    FILE_NAME,
    ArticlePaths,
    find_copies,
    is_id,
    names_in,
)
from annotator.store.articles.trash import Trash
from annotator.store.catalog import CATALOG_FOLDER, Catalog
from annotator.store.disk import compression, files
from annotator.store.disk.os_errors import explained, quoted

LEVEL = 6  # of Zstandard: most of a library is already compressed
MAX_MEMBER = 512 * 1024 * 1024  # bytes; a page is at most 64 MB
MAX_MEMBERS = 4_000_000  # a hundred thousand articles with ten versions each take two million
MAX_RATIO = 200  # of unpacked to packed size; pages shrink to a half, marks to a tenth

MANIFEST = "contents.json"
_CHUNK = 1024 * 1024  # bytes
_ALWAYS_ALLOWED = 64 * 1024 * 1024  # bytes unpacked, however small the archive is
_ADDED = r"(?:[ ._(-][^/\x00-\x1f\x7f]{0,120})?"  # to a name, by a program that copied a folder
_ID = rf"[0-9a-f]{{8,64}}{_ADDED}"
_FOLDER = re.compile(rf"(?:articles|bin|catalog){_ADDED}")
_INSIDE = re.compile(
    rf"catalog{_ADDED}/"
    rf"|(?:articles{_ADDED}/[0-9a-f]{{2}}{_ADDED}|bin{_ADDED})/{_ID}/(?:revisions{_ADDED}/)?"
)
_FILE = re.compile(r"[^/\x00-\x1f\x7f]{1,255}")
_TOP_FILES = ("library.json", "library.json.bak")
_DEPTH = 4  # of folders

# Called with what is done, such as "Writing", and to how many files or articles so far.
BackupProgress = Callable[[str, int], None]

_OTHER_VERSION = (
    "annotations (from a backup).json"  # named like a conflict copy, and merged like one
)


class Manifest(Struct, frozen=True):
    """The SHA-256 of each file in a backup, by its path relative to the library."""

    files: dict[str, str] = field(default_factory=dict)

    @property
    def articles(self) -> int:
        """The number of articles, without those in the trash and copies of their folders."""
        names = (name.split("/") for name in self.files if name.startswith("articles/"))
        return len({parts[2] for parts in names if is_id(parts[2])})


def not_shown(_done: str, _number: int) -> None:
    """Show no progress."""


def write(folder: Path, target: Path, progress: BackupProgress = not_shown) -> Manifest:
    """Write the library in `folder` to the new file `target`, and read it back to verify it.

    Raises `LibraryError`, and leaves nothing behind, if the file exists or is not intact, or if
    anything of the library cannot be in it.
    """
    with explained(target, action="written"):
        if os.path.lexists(target):
            raise LibraryError(f"{quoted(target)} already exists.", "Choose another name.")
        temporary = files.temporary_name(target.parent)
        try:
            paths = ArticlePaths(folder / ARTICLES)
            there = [paths.path(article_id) / FILE_NAME for article_id in paths.ids()]
            written = _write(folder, temporary, progress)
            left_out = [
                path
                for path in there
                if path.exists() and str(path.relative_to(folder)) not in written.files
            ]
            if left_out:
                raise LibraryError(f"{quoted(left_out[0])} was left out.", "Try again.")
            if verify(temporary, progress) != written:
                raise LibraryError(
                    f"{quoted(target)} was not written correctly.", "Check the disk."
                )
            files.rename_to_new(temporary, target)
        finally:
            temporary.unlink(missing_ok=True)
    return written


def verify(path: Path, progress: BackupProgress = not_shown) -> Manifest:
    """Return the manifest of an intact archive; raises `DamagedFile` for any other."""
    return _read(path, lambda _name, _data: None, partial(progress, "Verifying"))


def extract(path: Path, folder: Path, progress: BackupProgress = not_shown) -> Manifest:
    """Extract an archive into `folder`, which must be empty; raises `DamagedFile`."""

    def write_out(name: str, data: bytes) -> None:
        target = folder / name
        files.make_folder(target.parent)
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, files.PRIVATE_FILE)
        with os.fdopen(descriptor, "wb") as file:  # buffered, so it writes all or raises
            file.write(data)

    return _read(path, write_out, partial(progress, "Reading"))


def _write(folder: Path, target: Path, progress: BackupProgress) -> Manifest:
    manifest = Manifest()
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    with os.fdopen(os.open(target, flags, files.PRIVATE_FILE), "wb") as file:
        with (
            compression.writer(file, LEVEL) as stream,
            tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT) as archive,
        ):
            for name in _names(folder):
                with suppress(FileNotFoundError):  # it was removed in the meantime
                    manifest.files[name] = _add(archive, name, files.read(folder / name)[0])
                    progress("Writing", len(manifest.files))
            _add(archive, MANIFEST, encode(manifest))
        file.flush()
        os.fsync(file.fileno())
    return manifest


def _names(folder: Path) -> Iterator[str]:
    """Yield the files that belong to a library; an article's own file before its revisions.

    Copies of folders that a sync program has left are part of it, and so is what is behind a link
    to a folder. Raises `LibraryError` for a file with a name that cannot be restored, and for
    folders that cannot be read or lead to themselves.
    """
    yield from _TOP_FILES
    waiting = [f"{name}/" for name in reversed(names_in(folder)) if _FOLDER.fullmatch(name)]
    while waiting:
        inside = waiting.pop()
        if inside.count("/") > _DEPTH:
            continue  # folders of others
        is_ours = _INSIDE.fullmatch(inside) is not None
        folders = []
        for name in names_in(folder / inside):
            path = folder / inside / name
            if path.is_dir():
                folders.append(f"{inside}{name}/")
            elif is_ours and not files.is_temporary(name):
                if not _FILE.fullmatch(name):
                    raise LibraryError(f"{quoted(path)} cannot be in a backup.", "Rename it.")
                yield f"{inside}{name}"
        waiting += reversed(folders)


def _add(archive: tarfile.TarFile, name: str, data: bytes) -> str:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(data), files.PRIVATE_FILE
    archive.addfile(member, io.BytesIO(data))
    return hashlib.sha256(data).hexdigest()


def _read(
    path: Path, take: Callable[[str, bytes], None], progress: Callable[[int], None]
) -> Manifest:
    """Pass each file of an archive to `take`; return the manifest if all files match it."""
    read, manifest = Manifest(), None
    with _opened(path) as archive:
        seen = set[str]()
        for member in archive:
            _require_safe(member, path, seen)
            file = archive.extractfile(member)
            data = file.read() if file else b""
            if len(data) != member.size:
                raise _damaged(path, "it is incomplete")
            if member.name == MANIFEST:
                manifest = decode(data, Manifest)
            else:
                take(member.name, data)
                read.files[member.name] = hashlib.sha256(data).hexdigest()
                progress(len(read.files))
    if read != manifest:
        raise _damaged(path, "it is incomplete or altered")
    return read


@contextmanager
def _opened(path: Path) -> Iterator[tarfile.TarFile]:
    with explained(path, action="read"), path.open("rb") as file:
        max_bytes = _ALWAYS_ALLOWED + MAX_RATIO * os.fstat(file.fileno()).st_size
        reader = _Bounded(cast("IO[bytes]", compression.reader(file)), max_bytes)
        try:
            with tarfile.open(fileobj=cast("IO[bytes]", reader), mode="r|") as archive:
                yield archive
            while reader.read(_CHUNK):  # the checksum is at the very end
                pass
        except (tarfile.TarError, compression.ZstdError, ValueError, EOFError) as error:
            raise _damaged(path, "it cannot be read to the end") from error


class _Bounded:
    """A stream of at most `max_bytes` bytes, against small archives that unpack to huge ones."""

    def __init__(self, stream: IO[bytes], max_bytes: int) -> None:
        self._stream = stream
        self._left = max_bytes

    def read(self, size: int) -> bytes:
        """Return the next bytes; raises `ValueError` if there are too many."""
        data = self._stream.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise ValueError("It unpacks to more bytes than any library has.")
        return data


def _require_safe(member: tarfile.TarInfo, path: Path, seen: set[str]) -> None:
    name = member.name
    inside, _, last = name.rpartition("/")
    is_ours = name in (MANIFEST, *_TOP_FILES) or (
        _INSIDE.fullmatch(f"{inside}/") is not None and _FILE.fullmatch(last) is not None
    )
    is_safe = is_ours and not {".", ".."} & set(name.split("/"))
    if (
        not member.isreg()
        or not is_safe
        or name in seen
        or member.size > MAX_MEMBER
        or len(seen) > MAX_MEMBERS
    ):
        raise _damaged(path, f"{quoted(name)} does not belong in a library")
    seen.add(name)


def _damaged(path: Path, why: str) -> DamagedFile:
    return DamagedFile(f"{quoted(path)} is not an intact backup: {why}.", "Use another backup.")


class MergedBackup(Struct, frozen=True):
    """The numbers of articles that were added, merged, and left in the trash."""

    added: int = 0
    merged: int = 0
    in_bin: int = 0


def restore_backup(backup: Path, folder: Path, progress: BackupProgress = not_shown) -> Manifest:
    """Create a library in `folder` from a backup, completely or not at all.

    Raises `LibraryError` if the folder exists and is not empty, `DamagedFile` for a
    backup that is not intact.
    """
    with explained(folder, action="written"):
        if os.path.lexists(folder) and not (folder.is_dir() and not any(folder.iterdir())):
            raise LibraryError(f"{quoted(folder)} is not empty.", "Choose another folder.")
        files.make_folder(folder.parent)
        with _unpacked(backup, folder.parent, progress) as (unpacked, manifest):
            unpacked.rename(folder)
            files.sync_folder(folder.parent)
    return manifest


def merge_backup(
    access: LibraryAccess, backup: Path, progress: BackupProgress = not_shown
) -> MergedBackup:
    """Merge a backup into a library. Articles and marks that were deleted since stay deleted.

    Raises `LibraryReadOnly`, and `DamagedFile` for a backup that is not intact.
    """
    access.require_writable()
    counts = {"added": 0, "merged": 0, "in_bin": 0}
    with (
        explained(access.folder, action="written"),
        _unpacked(backup, access.folder, progress) as (folder, _),
    ):
        Catalog(access).merge(folder / CATALOG_FOLDER)
        paths = ArticlePaths(folder / ARTICLES)
        for number, article_id in enumerate(paths.ids(), 1):
            progress("Merging", number)
            counts[_merge_article(access, article_id, paths.path(article_id))] += 1
        for copy in tuple(find_copies(folder)):
            _merge_article(access, copy.article_id, copy.path)
    return MergedBackup(**counts)


def _merge_article(access: LibraryAccess, article_id: str, source: Path) -> str:
    target = ArticlePaths(access.folder / ARTICLES).path(article_id)
    article = ArticleFolder(target, access)
    with article.locked():
        if article.fingerprint is not None:
            article.take_in(source, name=_OTHER_VERSION)
            return "merged"
        if article_id in Trash(access.folder / BIN).ids():
            return "in_bin"
        files.make_folder(target.parent)
        if target.is_dir():  # without an article's file: out of the way
            target.rename(target.with_name(f"{target.name}.{os.urandom(2).hex()}"))
        source.rename(target)
        files.sync_folder(target.parent)
        return "added"


@contextmanager
def _unpacked(
    backup: Path, beside: Path, progress: BackupProgress
) -> Iterator[tuple[Path, Manifest]]:
    """Unpack a backup into a temporary folder on the same disk, flushed to the disk."""
    temporary = files.temporary_name(beside)
    temporary.mkdir(files.PRIVATE_FOLDER)
    try:
        manifest = extract(backup, temporary, progress)
        os.sync()  # once for all files, which is faster than file by file
        yield temporary, manifest
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
