"""Access to a library: locks, permissions, the reason for read-only, and notices of repairs."""

import fcntl
import hashlib
import os
import stat
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import LibraryBusy, LibraryError, LibraryReadOnly, LibraryTooNew
from annotator.store.disk import files
from annotator.store.disk.os_errors import explain, explained, quoted

if TYPE_CHECKING:
    from filelock import BaseFileLock

MAX_WAIT = 10.0  # seconds; a write takes milliseconds, so a longer wait is a program that hangs
POLL_INTERVAL = 0.002  # seconds between two attempts; about as long as a write takes


class WriteLock:
    """A reentrant lock between threads and between programs, released when its program dies.

    The lock file at `path` is in the state folder. A program that has another one, since it runs
    for another home or in a container, does not see it; so the `folder` that is written to is
    locked itself as well, which leaves no file in it for sync programs to copy.
    """

    def __init__(
        self, path: Path, *, folder: Path | None = None, max_wait: float = MAX_WAIT
    ) -> None:
        self._path = path
        self._folder = folder
        self._descriptor: int | None = None  # of the folder while it is locked
        self._max_wait = max_wait
        self._threads = threading.RLock()
        self._file: BaseFileLock | None = None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock; raises `LibraryBusy` if another program holds it for too long."""
        if not self._threads.acquire(timeout=self._max_wait):
            raise self._busy()
        try:
            file = self._acquire()
            try:
                with self._folder_held():
                    yield
            finally:
                file.release()
        finally:
            self._threads.release()

    def _acquire(self) -> "BaseFileLock":
        from filelock import FileLock, Timeout  # only writing needs it

        with explained(self._path, action="written"):
            if self._file is None:
                files.make_folder(self._path.parent)
                self._file = FileLock(self._path, mode=files.PRIVATE_FILE, thread_local=False)
            try:
                self._file.acquire(timeout=self._max_wait, poll_interval=POLL_INTERVAL)
            except Timeout as error:
                raise self._busy() from error
        return self._file

    @contextmanager
    def _folder_held(self) -> Iterator[None]:
        if self._folder is None or self._descriptor is not None:
            yield
            return
        self._descriptor = self._locked_folder(self._folder)
        try:
            yield
        finally:
            os.close(self._descriptor)
            self._descriptor = None

    def _locked_folder(self, folder: Path) -> int:
        """Return a descriptor of the folder, which is locked as long as it is open."""
        end = time.monotonic() + self._max_wait
        with explained(folder, action="written"):
            while True:
                files.make_folder(folder)
                descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
                try:
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    if os.path.samestat(os.fstat(descriptor), folder.stat()):
                        return descriptor
                except BlockingIOError:
                    if time.monotonic() > end:
                        os.close(descriptor)
                        raise self._busy() from None
                    time.sleep(POLL_INTERVAL)
                except FileNotFoundError:  # it was moved away meanwhile
                    pass
                except OSError:  # network file systems lock no folders, only files
                    return descriptor
                os.close(descriptor)

    def _busy(self) -> LibraryBusy:
        return LibraryBusy(
            f"Another program has been writing to the library for {self._max_wait:g} seconds.",
            "Wait until it has finished, or close it, and try again.",
        )


class LibraryAccess:
    """Access to one library. `state` is its own folder within the program's state folder.

    `author` is asked for the name of who makes and changes marks when that happens first.
    """

    def __init__(self, folder: Path, state: Path, author: Callable[[], str] = str) -> None:
        self.folder = folder
        self._ask_author = author
        self.state = state / "libraries" / folder_key(folder)
        self._refusal: tuple[type[LibraryError], str, str] | None = None
        self._signs: tuple[Path, ...] = ()
        self._locks: dict[str, WriteLock] = {}
        self._notices: list[str] = []
        if not _is_writable(self.folder):
            message = f"The library {quoted(self.folder)} is read-only."
            hint = "Check its permissions, or choose another library with --library."
            self.refuse_changes(LibraryReadOnly, message, hint)
        try:
            files.make_folder(self.state)
        except OSError as error:
            message, hint = explain(error, self.state, action="written")
            message += " Without it, nothing can be locked."
            self.refuse_changes(LibraryReadOnly, message, hint)

    @cached_property
    def author(self) -> str:
        """Who makes and changes marks now; empty if nobody knows."""
        return self._ask_author()

    def ask_author(self, author: Callable[[], str]) -> None:
        """Ask `author` who the user is from now on."""
        self._ask_author = author
        self.__dict__.pop("author", None)

    @property
    def is_read_only(self) -> bool:
        """Whether all changes are refused."""
        return self._refusal is not None

    @property
    def notices(self) -> tuple[str, ...]:
        """The damage that was found and repaired so far, in sentences for the user."""
        return tuple(self._notices)

    def refuse_changes(self, kind: type[LibraryError], message: str, hint: str) -> None:
        """Refuse all changes from now on with this error, unless they are refused already."""
        self._refusal = self._refusal or (kind, message, hint)

    def expect(self, *names: str) -> None:
        """Expect one of these files in the folder from now on, if one of them is there."""
        signs = tuple(self.folder / name for name in names)
        self._signs = signs if any(map(os.path.exists, signs)) else ()

    def require_present(self) -> None:
        """Raise `LibraryError` if the library that was opened is not in its folder any more.

        An unmounted disk leaves an empty folder, in which a change would be lost from sight.
        """
        if self._signs and not any(map(os.path.exists, self._signs)):
            raise LibraryError(
                f"The library {quoted(self.folder)} is not there any more.",
                "Its disk may be unmounted, or it was moved. Bring it back, and try again.",
            )

    def require_writable(self) -> None:
        """Raise the reason why changes are refused, if they are."""
        self.require_present()
        if self._refusal:
            kind, message, hint = self._refusal
            raise kind(message, hint)

    def require_known_schema(self) -> None:
        """Raise `LibraryTooNew` if a file that looks damaged may be in a newer format."""
        if self._refusal and self._refusal[0] is LibraryTooNew:
            self.require_writable()

    def notice(self, sentence: str) -> None:
        """Add a sentence to the notices, once."""
        if sentence not in self._notices:
            self._notices.append(sentence)
            import logging  # here, since lists do without it, and notices are rare

            logging.getLogger(__name__).info("%s", sentence)

    def lock(self, name: str, folder: Path | None = None) -> WriteLock:
        """Return the lock of that name, for files in `folder`; all threads get the same one."""
        path = self.state / "locks" / f"{name}.lock"
        return self._locks.setdefault(name, WriteLock(path, folder=folder))


def folder_key(folder: Path) -> str:
    """Return a short name for a folder, under which the state and cache folders keep its data."""
    return hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]


def make_private(path: Path, status: os.stat_result) -> None:
    """Give a file or folder to its owner alone."""
    path.chmod(files.PRIVATE_FOLDER if stat.S_ISDIR(status.st_mode) else files.PRIVATE_FILE)


def has_wrong_permissions(status: os.stat_result) -> bool:
    """Whether one of our files or folders is open to others, or cannot be read by its owner.

    A library without permission to write is fine: somebody protects it.
    """
    is_ours = status.st_uid == os.geteuid()
    is_regular = stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)
    return is_ours and is_regular and (is_open_to_others(status) or not _is_readable(status))


def is_open_to_others(status: os.stat_result) -> bool:
    """Whether a file's group or all users have any permission."""
    return bool(status.st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def _is_readable(status: os.stat_result) -> bool:
    needed = stat.S_IRUSR | (stat.S_IXUSR if stat.S_ISDIR(status.st_mode) else 0)
    return status.st_mode & needed == needed


def walk(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Yield a folder and everything in it, parents first, without following links."""
    with suppress(FileNotFoundError):  # another program may remove it at the same time
        status = folder.lstat()
        yield folder, status
        if stat.S_ISDIR(status.st_mode):
            for path in sorted(folder.iterdir()):
                yield from walk(path)


def _is_writable(folder: Path) -> bool:
    is_effective = os.access in os.supports_effective_ids
    return os.access(folder, os.W_OK | os.X_OK, effective_ids=is_effective)
