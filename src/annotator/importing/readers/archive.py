"""Archives and folders: names and contents of their files, in memory and within limits."""

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import Protocol

from annotator.errors import ImportFailed
from annotator.importing.readers.limits import (
    MAX_MEMBER_BYTES,
    MAX_MEMBERS,
    MAX_RATIO,
    MAX_UNPACKED_BYTES,
    SMALL_MEMBER,
)

_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 0x1
_LEFT_BY_SYSTEMS = ("__MACOSX/", ".DS_Store", "Thumbs.db")


class Archive(Protocol):
    """The files of an archive or a folder, by their paths with slashes."""

    @property
    def names(self) -> tuple[str, ...]:
        """The paths of its files, in the order of their names."""

    def read(self, name: str) -> bytes:
        """Return the contents of a file. Raises `ImportFailed` for one beyond the limits."""


class Folder:
    """Files on a disk, each of which is read when it is needed."""

    def __init__(self, files: Mapping[str, Callable[[], bytes]]) -> None:
        self._files = files

    @property
    def names(self) -> tuple[str, ...]:
        """The paths of its files, in the order of their names."""
        return tuple(sorted(self._files))

    def read(self, name: str) -> bytes:
        """Return the contents of a file."""
        return self._files[name]()


class ZipArchive:
    """A ZIP file, of which nothing is ever unpacked to a disk.

    Raises `ImportFailed` for one that is damaged or beyond the limits. What a file unpacks
    to is counted while it is read, whatever the archive says.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise ImportFailed(f"The ZIP archive is damaged: {error}.") from error
        if len(members) > MAX_MEMBERS:
            raise ImportFailed(f"The ZIP archive has more than {MAX_MEMBERS:,} files.")
        if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
            raise ImportFailed(f"The ZIP archive unpacks to more than {_mb(MAX_UNPACKED_BYTES)}.")
        _refuse_overlaps(members)
        self._members = {
            member.filename: member
            for member in members
            if not member.is_dir() and not any(part in member.filename for part in _LEFT_BY_SYSTEMS)
        }
        self._unpacked: dict[str, int] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The paths of its files, in the order of their names."""
        return tuple(sorted(self._members))

    def read(self, name: str) -> bytes:
        """Return the contents of a file. Raises `ImportFailed` for one beyond the limits."""
        member = self._members[name]
        if member.flag_bits & _ENCRYPTED:
            raise ImportFailed("It is encrypted.", "Unpack it with its password first.")
        if member.compress_type not in _METHODS:
            raise ImportFailed("It is compressed in an unusual way.", "Unpack it first.")
        limit = min(MAX_MEMBER_BYTES, max(SMALL_MEMBER, member.compress_size * MAX_RATIO))
        try:
            with self._zip.open(member) as file:
                data = file.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError) as error:
            raise ImportFailed(f"It is damaged: {error}.") from error
        self._unpacked[name] = len(data)
        if len(data) > limit or sum(self._unpacked.values()) > MAX_UNPACKED_BYTES:
            raise ImportFailed(f"It unpacks to more than {_mb(min(limit, MAX_UNPACKED_BYTES))}.")
        return data


def is_zip(data: bytes) -> bool:
    """Return whether a file begins as ZIP archives do."""
    return data[:4] in {b"PK\x03\x04", b"PK\x05\x06"}


def _refuse_overlaps(members: list[zipfile.ZipInfo]) -> None:
    """Raise for members that share their bytes: a few KB of them unpack to terabytes."""
    end = -1
    for member in sorted(members, key=lambda info: info.header_offset):
        if member.header_offset < end:
            raise ImportFailed("The files of the ZIP archive overlap.")
        end = member.header_offset + member.compress_size + len(member.filename)


def _mb(size: int) -> str:
    return f"{size / 1_000_000:.3g} MB"
