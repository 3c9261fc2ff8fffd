"""Databases in the state folder: memories that may be lost, and are then made again.

A power cut may take what was remembered last, since nothing waits for the disk after each
write. Whoever keeps a memory so must do no harm without it.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Literal, Self

from annotator.errors import LibraryError
from annotator.store.disk import files

_BESIDE = ("-wal", "-shm")  # the endings of the files that SQLite keeps beside it


@contextmanager
def reporting_problems(name: str) -> Iterator[None]:
    """Raise any problem of the database with that name as a `LibraryError`."""
    try:
        yield
    except (sqlite3.Error, OSError, ValueError) as error:
        raise LibraryError(
            f"{name} cannot be used: {error}.", "See whether the disk is full, and try again."
        ) from error


class StateMemory:
    """A memory of one library; use it as a context manager. Methods raise `LibraryError`.

    All threads may call them. `place` is where it is in the `state` folder of the library, and
    `name` what is remembered.
    """

    def __init__(self, state: Path, place: str, tables: str, *, version: int, name: str) -> None:
        self._path = state / place
        self._lock = threading.Lock()
        self._explained = partial(reporting_problems, f"The memory of {name}")
        with self._explained():
            files.make_folder(self._path.parent)
            self._database = open_state_database(
                self._path, tables, version=version, isolation="DEFERRED"
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:  # what is stopped leaves threads behind, which still write
            self._database.close()


def open_state_database(
    path: Path, tables: str, *, version: int, isolation: Literal["DEFERRED", "IMMEDIATE"]
) -> sqlite3.Connection:
    """Return the database with these tables, for all threads.

    One that is broken, or whose tables have another version, is deleted and made again.
    Raises `sqlite3.Error` or `OSError` if that is impossible.
    """
    for is_new in (False, True):
        if is_new:
            for file in (path, *(path.with_name(f"{path.name}{end}") for end in _BESIDE)):
                file.unlink(missing_ok=True)
        connection = sqlite3.connect(path, isolation_level=isolation, check_same_thread=False)
        try:
            connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;")
            known = connection.execute("PRAGMA user_version").fetchone()[0]
            if known in {0, version}:
                connection.executescript(f"{tables}PRAGMA user_version = {version};")
                return connection
        except sqlite3.DatabaseError:
            if is_new:
                raise
        connection.close()
    raise sqlite3.DatabaseError("it has tables of another version")
