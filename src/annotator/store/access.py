"""What a library may do to its files: whether it may write, its locks, and what it had to mend."""

import hashlib
import os
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import LibraryBusy, LibraryError, LibraryReadOnly, LibraryTooNew
from annotator.store import files
from annotator.store.os_errors import explained, in_words, quoted

if TYPE_CHECKING:
    from filelock import BaseFileLock


def make_private(folder: Path) -> None:
    """Take from everybody but the owner what they may do with a folder and all that is in it."""
    for path, status in everything(folder):
        if is_amiss(status):
            path.chmod(_right(status))


def is_amiss(status: os.stat_result) -> bool:
    """Tell whether a file or folder of ours may be used by others, or not by its owner."""
    is_ours = status.st_uid == os.geteuid()
    is_plain = stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)
    return is_ours and is_plain and stat.S_IMODE(status.st_mode) != _right(status)


def everything(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Yield a folder and all that is in it, each before what is below it; no link is followed."""
    with suppress(FileNotFoundError):  # another program may take it away meanwhile
        status = folder.lstat()
        yield folder, status
        if stat.S_ISDIR(status.st_mode):
            for path in sorted(folder.iterdir()):
                yield from everything(path)


def _right(status: os.stat_result) -> int:
    return files.PRIVATE_FOLDER if stat.S_ISDIR(status.st_mode) else files.PRIVATE_FILE


PATIENCE = 10.0  # seconds; a write takes milliseconds, so a longer wait is a program that hangs
POLL = 0.002  # seconds between two tries; about as long as a write takes


class WriteLock:
    """A lock that a thread may take again while it holds it. It dies with its program."""

    def __init__(self, path: Path, *, patience: float = PATIENCE) -> None:
        self._path = path
        self._patience = patience
        self._threads = threading.RLock()
        self._file: BaseFileLock | None = None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock; raises `LibraryBusy` if another has held it for too long."""
        if not self._threads.acquire(timeout=self._patience):
            raise self._busy()
        try:
            file = self._acquire()
            try:
                yield
            finally:
                file.release()
        finally:
            self._threads.release()

    def _acquire(self) -> "BaseFileLock":
        from filelock import FileLock, Timeout

        with in_words(self._path, deed="written"):
            if self._file is None:
                files.make_folder(self._path.parent)
                self._file = FileLock(self._path, mode=files.PRIVATE_FILE, thread_local=False)
            try:
                self._file.acquire(timeout=self._patience, poll_interval=POLL)
            except Timeout as error:
                raise self._busy() from error
        return self._file

    def _busy(self) -> LibraryBusy:
        return LibraryBusy(
            f"Another program has been writing to the library for {self._patience:g} seconds.",
            "Wait until it has finished, or close it, and try again.",
        )


class Access:
    """The rights of one opened library. `state` is this library's part of the state folder."""

    def __init__(self, folder: Path, state: Path) -> None:
        self.folder = folder
        self.state = state / "libraries" / digest_of(folder)
        self._refusal: tuple[type[LibraryError], str, str] | None = None
        self._locks: dict[str, WriteLock] = {}
        self._notices: list[str] = []
        self._look_for_obstacles()

    @property
    def is_read_only(self) -> bool:
        """Tell whether every change will be refused."""
        return self._refusal is not None

    @property
    def why_read_only(self) -> str:
        """What every change will be refused with, in sentences; empty if none will be."""
        return f"{self._refusal[1]} {self._refusal[2]}" if self._refusal else ""

    @property
    def notices(self) -> tuple[str, ...]:
        """What was found damaged and what was done about it, in sentences."""
        return tuple(self._notices)

    def refuse(self, kind: type[LibraryError], message: str, hint: str) -> None:
        """Refuse every change from now on, in these words; the first refusal stays."""
        self._refusal = self._refusal or (kind, message, hint)

    def require_writable(self) -> None:
        """Raise what stands in the way of a change, if anything does."""
        if self._refusal:
            kind, message, hint = self._refusal
            raise kind(message, hint)

    def require_known_schema(self) -> None:
        """Raise `LibraryTooNew` if what cannot be read may be right for a later version."""
        if self._refusal and self._refusal[0] is LibraryTooNew:
            self.require_writable()

    def notice(self, sentence: str) -> None:
        """Remember what a face should tell, once."""
        if sentence not in self._notices:
            self._notices.append(sentence)

    def lock(self, name: str) -> WriteLock:
        """Return the lock of that name, the same one for every thread."""
        path = self.state / "locks" / f"{name}.lock"
        return self._locks.setdefault(name, WriteLock(path))

    def _look_for_obstacles(self) -> None:
        if not _may_write_in(self.folder):
            message = f"The library {quoted(self.folder)} may only be read."
            hint = "Check its permissions, or name another library with --library."
            self.refuse(LibraryReadOnly, message, hint)
        try:
            files.make_folder(self.state)
        except OSError as error:
            message, hint = explained(error, self.state, deed="written")
            self.refuse(LibraryReadOnly, f"{message} Without it nothing can be locked.", hint)


def _may_write_in(folder: Path) -> bool:
    is_effective = os.access in os.supports_effective_ids
    return os.access(folder, os.W_OK | os.X_OK, effective_ids=is_effective)


def digest_of(folder: Path) -> str:
    """Return a name for what the state folder holds of `folder`."""
    return hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
