"""ZIP archives that others made: books, exports of services, reports; read within limits."""

import io
import zipfile
import zlib

from annotator.errors import AnnotatorError
from annotator.model.text import clean_line

MAX_MEMBERS = 20_000
MAX_MEMBER_BYTES = 20_000_000
MAX_UNPACKED_BYTES = 500_000_000
MAX_RATIO = 200  # of unpacked to packed; text compresses to a tenth at best
SMALL_MEMBER = 1_000_000  # bytes; a small one may have any ratio: it fills nothing

_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 0x1
_LEFT_BY_SYSTEMS = ("__MACOSX/", ".DS_Store", "Thumbs.db")
_AGAIN = "Get the file again."
_ELSEWHERE = "It may be made to do harm: get the file from somewhere else."


class ZipArchive:
    """A ZIP file, of which nothing is ever unpacked to a disk.

    Raises `refusal`, an error with a sentence and a hint, for one that is damaged or beyond
    the limits. What a file unpacks to is counted while it is read, whatever the archive says.
    """

    def __init__(self, data: bytes, refusal: type[AnnotatorError]) -> None:
        self._refusal = refusal
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise refusal(f"The ZIP archive is damaged or incomplete ({error}).", _AGAIN) from error
        if len(members) > MAX_MEMBERS:
            raise refusal(f"The ZIP archive has more than {MAX_MEMBERS:,} files.", _ELSEWHERE)
        if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
            most = _mb(MAX_UNPACKED_BYTES)
            raise refusal(f"The ZIP archive unpacks to more than {most}.", _ELSEWHERE)
        if _overlap(members):
            raise refusal("The files of the ZIP archive overlap.", _ELSEWHERE)
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
        """Return the contents of a file. Raises the refusal for one beyond the limits."""
        member = self._members[name]
        if member.flag_bits & _ENCRYPTED:
            raise self._refusal(
                f"{clean_line(name)} is encrypted.", "Unpack it with its password first."
            )
        if member.compress_type not in _METHODS:
            raise self._refusal(
                f"{clean_line(name)} is compressed in an unusual way.", "Unpack it first."
            )
        limit = min(MAX_MEMBER_BYTES, max(SMALL_MEMBER, member.compress_size * MAX_RATIO))
        try:
            with self._zip.open(member) as file:
                data = file.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError) as error:
            raise self._refusal(f"{clean_line(name)} is damaged: {error}.", _AGAIN) from error
        self._unpacked[name] = len(data)
        if len(data) > limit or sum(self._unpacked.values()) > MAX_UNPACKED_BYTES:
            most = _mb(min(limit, MAX_UNPACKED_BYTES))
            raise self._refusal(f"{clean_line(name)} unpacks to more than {most}.", _ELSEWHERE)
        return data


def is_zip(data: bytes) -> bool:
    """Return whether a file begins as ZIP archives do."""
    return data[:4] in {b"PK\x03\x04", b"PK\x05\x06"}


def _overlap(members: list[zipfile.ZipInfo]) -> bool:
    """Return whether members share their bytes: a few KB of such unpack to terabytes."""
    end = -1
    for member in sorted(members, key=lambda info: info.header_offset):
        if member.header_offset < end:
            return True
        end = member.header_offset + member.compress_size + len(member.filename)
    return False


def _mb(size: int) -> str:
    return f"{size / 1_000_000:.3g} MB"
