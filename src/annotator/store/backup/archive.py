"""A library in one file: a compressed tar, verified after it was written and before it is used.

The last member is a list of the others with their digests, so that neither a
cut archive nor an altered one passes for whole. What is read back is bounded and
trusted in nothing: no links, no devices, no name but those that a library has.
"""

import hashlib
import io
import os
import re
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from msgspec import Struct, field

from annotator.codec import decode, encode
from annotator.errors import DamagedFile, LibraryError
from annotator.store import files
from annotator.store.os_errors import in_words, quoted

LEVEL = 6  # of zstandard: most of a library is compressed already
MAX_MEMBER = 512 * 1024 * 1024  # bytes; a page is at most 64 MB
MAX_MEMBERS = 4_000_000  # a hundred thousand articles with ten versions each take two million
MAX_RATIO = 200  # of unpacked to packed; a library of pages is packed to a half, marks to a tenth

CONTENTS = "contents.json"
_WINDOW = 2**27  # bytes that unpacking may remember: zstandard's own bound
_PIECE = 1024 * 1024
_ALLOWANCE = 64 * 1024 * 1024  # bytes unpacked, however small the archive
_NAME = re.compile(
    r"library\.json(?:\.bak)?"
    r"|(?:articles/[0-9a-f]{2}/[0-9a-f]{8,64}|bin/[0-9a-f]{8,64}(?:\.[0-9]{1,9})?)"
    r"/(?:revisions/)?[^/\x00-\x1f\x7f]{1,255}"
)
_KEPT = ("library.json", "library.json.bak")
_FOLDERS = ("articles", "bin")


class Contents(Struct, frozen=True):
    """What an archive holds: the SHA-256 of each file, by its name within the library."""

    files: dict[str, str] = field(default_factory=dict)

    @property
    def articles(self) -> int:
        """How many articles there are, without those in the bin."""
        names = (name.split("/") for name in self.files if name.startswith("articles/"))
        return len({parts[2] for parts in names})


def write(folder: Path, target: Path) -> Contents:
    """Write the library in `folder` to the new file `target`, and read it back to verify it.

    Raises `LibraryError` if there is a file already, or what was written is not
    what was read; nothing is left then.
    """
    with in_words(target, deed="written"):
        if os.path.lexists(target):
            raise LibraryError(f"{quoted(target)} is there already.", "Choose another name.")
        temporary = files.temporary_name(target.parent)
        try:
            written = _write(folder, temporary)
            if verify(temporary) != written:
                raise LibraryError(f"{quoted(target)} was not written right.", "Check the disk.")
            files.rename_to_new(temporary, target)
        finally:
            temporary.unlink(missing_ok=True)
    return written


def verify(path: Path) -> Contents:
    """Return what a whole and unaltered archive holds; raises `DamagedFile` for any other."""
    return _read(path, lambda _name, _data: None)


def extract(path: Path, folder: Path) -> Contents:
    """Write what an archive holds into `folder`, which is to be empty."""

    def write_out(name: str, data: bytes) -> None:
        target = folder / name
        files.make_folder(target.parent)
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, files.PRIVATE_FILE)
        with os.fdopen(descriptor, "wb") as file:  # buffered: it writes all or raises
            file.write(data)

    return _read(path, write_out)


def _write(folder: Path, target: Path) -> Contents:
    import zstandard

    contents = Contents()
    compressor = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    with os.fdopen(os.open(target, flags, files.PRIVATE_FILE), "wb") as file:
        with (
            compressor.stream_writer(file, closefd=False) as stream,
            tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT) as archive,
        ):
            for name in _names(folder):
                data = _data(folder / name)
                if data is not None:
                    contents.files[name] = _add(archive, name, data)
            _add(archive, CONTENTS, encode(contents))
        file.flush()
        os.fsync(file.fileno())
    return contents


def _names(folder: Path) -> Iterator[str]:
    """Yield the files that belong to a library; an article's own before its versions."""
    yield from _KEPT
    for top in _FOLDERS:
        for path, folders, names in os.walk(folder / top):
            folders.sort()
            inside = Path(path).relative_to(folder)
            for name in sorted(names):
                if not files.is_temporary(name) and _NAME.fullmatch(f"{inside}/{name}"):
                    yield f"{inside}/{name}"


def _data(path: Path) -> bytes | None:
    """Return what a file holds; nothing if it went away meanwhile, or is no plain file."""
    try:
        return files.read(path)[0]
    except FileNotFoundError:
        return None


def _add(archive: tarfile.TarFile, name: str, data: bytes) -> str:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(data), files.PRIVATE_FILE
    archive.addfile(member, io.BytesIO(data))
    return hashlib.sha256(data).hexdigest()


def _read(path: Path, take: Callable[[str, bytes], None]) -> Contents:
    """Give each file of an archive to `take`, and return what there was if all of it is right."""
    found, said = Contents(), None
    with _opened(path) as archive:
        for name, data in _members(archive, path):
            if name == CONTENTS:
                said = decode(data, Contents)
                continue
            take(name, data)
            found.files[name] = hashlib.sha256(data).hexdigest()
    if found != said:
        raise _damaged(path, "it is not whole")
    return found


@contextmanager
def _opened(path: Path) -> Iterator[tarfile.TarFile]:
    import zstandard

    with in_words(path, deed="read"), path.open("rb") as file:
        at_most = _ALLOWANCE + MAX_RATIO * os.fstat(file.fileno()).st_size
        unpacked = zstandard.ZstdDecompressor(max_window_size=_WINDOW).stream_reader(file)
        reader = _Bounded(unpacked, at_most)
        try:
            with tarfile.open(fileobj=cast("IO[bytes]", reader), mode="r|") as archive:
                yield archive
            while reader.read(_PIECE):  # the checksum is at the very end
                pass
        except (tarfile.TarError, zstandard.ZstdError, ValueError, EOFError) as error:
            raise _damaged(path, "it cannot be read to its end") from error


class _Bounded:
    """What gives no more than so many bytes, whatever a small archive would unpack to."""

    def __init__(self, stream: IO[bytes], at_most: int) -> None:
        self._stream = stream
        self._rest = at_most

    def read(self, size: int) -> bytes:
        """Return the next bytes; raises `ValueError` if there are too many."""
        data = self._stream.read(size)
        self._rest -= len(data)
        if self._rest < 0:
            raise ValueError("It unpacks to more than any library does.")
        return data


def _members(archive: tarfile.TarFile, path: Path) -> Iterator[tuple[str, bytes]]:
    seen = set[str]()
    for member in archive:
        _require_harmless(member, path, seen)
        file = archive.extractfile(member)
        data = file.read() if file else b""
        if len(data) != member.size:
            raise _damaged(path, "it is not whole")
        yield member.name, data


def _require_harmless(member: tarfile.TarInfo, path: Path, seen: set[str]) -> None:
    name = member.name
    is_ours = name == CONTENTS or _NAME.fullmatch(name) is not None
    is_safe = is_ours and not {".", ".."} & set(name.split("/"))
    if (
        not member.isreg()
        or not is_safe
        or name in seen
        or member.size > MAX_MEMBER
        or len(seen) > MAX_MEMBERS
    ):
        raise _damaged(path, f"{quoted(name)} does not belong into a library")
    seen.add(name)


def _damaged(path: Path, why: str) -> DamagedFile:
    return DamagedFile(f"{quoted(path)} is no sound backup: {why}.", "Use another backup.")
