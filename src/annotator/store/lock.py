"""One writer at a time, among threads and among programs."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import LibraryBusy
from annotator.store import files
from annotator.store.wording import in_words

if TYPE_CHECKING:
    from filelock import BaseFileLock

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
