"""Files outside the library that are replaced as a whole: exports, and texts of the user.

An export of many articles replaces only what was exported before. For each file the digests of
what is written, and of what was there before, are remembered in the state folder before the file
is replaced: whatever happens then, its contents are known. A file that holds anything else is the
user's, and stays as it is.
"""

import errno
import hashlib
import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from annotator.errors import ExportError, InvalidInput, LibraryError
from annotator.model.text import as_utf8
from annotator.store.access import WriteLock
from annotator.store.disk import files
from annotator.store.disk.os_errors import explained, quoted
from annotator.store.exports.export_folder import ExportOutcome, ExportResult
from annotator.store.machine.state_files import StateFile

LARGEST = 10_000_000  # bytes of a text; a long book has three million

_ALL_PERMISSIONS = 0o7777
_NEW_FILE = 0o666  # minus the umask: an export is an ordinary document of the user
_PERMISSIONS = 0o777
_CHUNK = 1 << 20  # bytes read at once


class TextFile(Struct, frozen=True):
    """A file as it was read: links to it are followed once, and it is what is replaced."""

    path: Path
    text: str
    fingerprint: files.Fingerprint

    @classmethod
    def read(cls, path: Path) -> "TextFile":
        """Read a file in UTF-8. Raises `InvalidInput` for anything else."""
        target = Path(os.path.realpath(path))
        with explained(path, action="read", kind=InvalidInput):
            data, fingerprint = files.read(target, at_most=LARGEST + 1)
        return cls(target, decoded(data, str(path)), fingerprint)

    def replace(self, text: str) -> None:
        """Write another text into the file, at once or not at all.

        Raises `ExportError` if the file was changed since it was read, or cannot be written.
        """
        with explained(self.path, action="written", kind=ExportError):
            if files.fingerprint(self.path) != self.fingerprint:
                raise ExportError(
                    f"{quoted(self.path.name)} was changed by another program.",
                    "Nothing was written. Save it there, and try again.",
                )
            if not os.access(self.path, os.W_OK):
                raise ExportError(
                    f"{quoted(self.path.name)} is write-protected.",
                    "Write the output to another file: annotator cite DRAFT > FILE",
                )
            mode = self.path.stat().st_mode & _ALL_PERMISSIONS
            files.replace(self.path, text.encode(), mode=mode)


def decoded(data: bytes, name: str) -> str:
    """Return a text in UTF-8, with its line ends and mark of byte order as they are."""
    if len(data) > LARGEST:
        size = LARGEST // 1_000_000
        raise InvalidInput(f"{quoted(name)} is larger than {size} MB.", "Split it into parts.")
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise InvalidInput(
            f"{quoted(name)} is not a text in UTF-8.", "Save it as UTF-8 text, and try again."
        ) from None


class ExportFile:
    """A file that an export is written to, piece by piece. All methods raise `ExportError`.

    `state` is the folder of the program's state. With `makes_folder` its folder is created if it
    is missing. For example:

        ExportFile(Path("marks.csv"), state=state).write(["title,quote", "…"])  # outcome: "new"
    """

    def __init__(self, path: Path, *, state: Path, makes_folder: bool = False) -> None:
        self._makes_folder = makes_folder
        self._leads_away = path.is_symlink() and not path.exists()
        self._path = Path(os.path.realpath(path))
        memory = state / "exports" / "files.json"
        lock = WriteLock(memory.with_suffix(".lock"))
        self._memory = StateFile(memory, dict[str, list[str]], empty={}, lock=lock)

    def write(self, pieces: Iterable[str | bytes], *, writes: bool = True) -> ExportResult:
        """Replace the file by these pieces, or leave it alone if it has them already.

        With `writes` false nothing is written, and the result says what would be. After an
        error the file is as it was before. Raises `ExportError` for a file that was not
        exported, or was edited since.
        """
        if self._leads_away:
            raise ExportError(
                f"{quoted(self._path)} is not there, but a link leads to it.",
                "Remove the link, or choose another name.",
            )
        with explained(self._path, action="written", kind=ExportError):
            before, fingerprint = self._checked()
            if writes:
                if self._makes_folder:
                    self._path.parent.mkdir(parents=True, exist_ok=True)
                files.remove_leftovers(self._path.parent)
            digest, temporary = self._written(pieces, writes=writes)
            outcome: ExportOutcome = "updated" if before else "new"
            if digest == before:
                outcome = "unchanged"
            if temporary is None:
                return ExportResult(str(self._path), outcome)
            try:
                if outcome != "unchanged":
                    if files.fingerprint(self._path) != fingerprint:
                        raise _edited(self._path)
                    self._remember(before, digest)
                    temporary.replace(self._path)
                    files.sync_folder(self._path.parent)
            finally:
                temporary.unlink(missing_ok=True)
        return ExportResult(str(self._path), outcome)

    def _checked(self) -> tuple[str, files.Fingerprint | None]:
        """Return the digest and fingerprint of the file as it is, if it is an export."""
        fingerprint = files.fingerprint(self._path)
        if fingerprint is None:
            return "", None
        digest = _digest_of(self._path)
        known = self._memory.all().get(self._key)
        if known is None:
            raise ExportError(
                f"{quoted(self._path)} is already there, and was not exported.",
                "Choose another name, or move it away first.",
            )
        if digest not in known:
            raise _edited(self._path)
        return digest, fingerprint

    def _written(self, pieces: Iterable[str | bytes], *, writes: bool) -> tuple[str, Path | None]:
        """Write the pieces to a temporary file; return their digest and its path."""
        digest = hashlib.sha256()
        encoded = (
            piece if isinstance(piece, bytes) else piece.encode("utf-8", "replace")
            for piece in pieces
        )
        if not writes:
            for data in encoded:
                digest.update(data)
            return digest.hexdigest(), None
        temporary = files.temporary_name(self._path.parent)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        try:
            with os.fdopen(os.open(temporary, flags, _NEW_FILE), "wb") as file:
                with suppress(FileNotFoundError):  # a new file has the usual permissions
                    os.fchmod(file.fileno(), self._path.stat().st_mode & _PERMISSIONS)
                for data in encoded:
                    digest.update(data)
                    file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        return digest.hexdigest(), temporary

    @property
    def _key(self) -> str:
        return as_utf8(str(self._path))

    def _remember(self, *digests: str) -> None:
        def remembered(known: dict[str, list[str]]) -> dict[str, list[str]]:
            there = {
                path: before
                for path, before in known.items()
                if os.path.lexists(path) or "\\x" in path  # bytes of a name that is not UTF-8
            }
            return there | {self._key: list(digests)}

        try:
            self._memory.change(remembered)
        except LibraryError as error:
            raise ExportError(error.message, error.hint) from error


def _edited(path: Path) -> ExportError:
    return ExportError(
        f"{quoted(path)} was changed since it was exported, and was left as it is.",
        "Choose another name, or move it away first.",
    )


def _digest_of(path: Path) -> str:
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "It is not a regular file", str(path))
        digest = hashlib.sha256()
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
        return digest.hexdigest()
