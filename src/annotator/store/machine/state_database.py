"""Databases in the state folder: memories that may be lost, and are then made again.

A power cut may take what was remembered last, since nothing waits for the disk after each
write. Whoever keeps a memory so must do no harm without it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from annotator.errors import LibraryError

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
