"""The SQLite file of the index: created when it is needed, and deleted when it is broken.

Records and marks are in it as JSON, with a checksum against damaged pages of the file.
"""

from __future__ import annotations

import sqlite3
import threading
import weakref
import zlib
from contextlib import contextmanager, suppress
from functools import cache
from itertools import chain
from pkgutil import get_data
from typing import TYPE_CHECKING, Any, TypeVar

from annotator import model
from annotator.store.disk import files
from annotator.store.index import IndexUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from pathlib import Path

    from msgspec.json import Decoder

    from annotator.model import Annotation, ArticleRecord

T = TypeVar("T")

MAX_WAIT = 2.0  # seconds; others write for a tenth at a time, and reading all files takes one

VALUES_AT_ONCE = 400  # of a list in one statement; SQLite's oldest limit is 999 for all lists

SCHEMA_VERSION = 15  # of tables.sql; raise it if its contents change: older files are deleted

_CHECKSUM_BYTES = 4  # before the value
_CACHE = 512  # KiB of pages; four times as much, SQLite's default, gains nothing here

_TEMPORARY = frozenset(  # errors that say nothing about the file itself, so it is not deleted
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_NOMEM,
    }
)
_PRIMARY = 0xFF  # the part of an extended error code that has the kind of error


class KeptConnection(sqlite3.Connection):
    """A connection that values can be kept for, in a weak dictionary, as long as it is there."""


class IndexConnection:
    """A connection to the index, in a file or in memory; all threads may use it in turn."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._inode: int | None = None

    @property
    def exists(self) -> bool:
        """Whether there is an index already."""
        return self._connection is not None or (self._path is not None and self._path.exists())

    def run(self, operation: Callable[[sqlite3.Connection], T]) -> T:
        """Return the operation's result; a broken file is deleted, and a new one tried once.

        Raises `IndexUnavailable` if the file cannot be opened, or is locked for too long.
        """
        with self._lock:
            for _ in range(2):
                try:
                    return operation(self._opened())
                except (sqlite3.Error, ValueError, OSError) as error:
                    self._close()
                    if self._path is None or _is_temporary(error):
                        raise IndexUnavailable(str(error)) from error
                    _delete(self._path)
            raise IndexUnavailable("a new index breaks again")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._close()

    def delete(self) -> None:
        """Delete the file; the next operation creates a new one."""
        with self._lock:
            self._close()
            if self._path is not None:
                _delete(self._path)

    def _opened(self) -> sqlite3.Connection:
        if self._path is not None and self._inode != _inode(self._path):
            self._close()  # the file was deleted, and another program may have created a new one
        if self._connection is None:
            if self._path is None:
                connection = _prepared(":memory:")
            else:
                files.make_folder(self._path.parent)
                connection = _prepared(str(self._path))
                self._inode = _inode(self._path)
            self._connection = connection
            weakref.finalize(self, connection.close)
        return self._connection

    def _close(self) -> None:
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
        self._connection = self._inode = None


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """Run the block in a write transaction: all of it is written, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def reading(connection: sqlite3.Connection) -> Iterator[None]:
    """Run the block in a read transaction: all queries see the same state."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        with suppress(sqlite3.Error):
            connection.execute("COMMIT")


def placeholders(values: Collection[object]) -> str:
    """Return a question mark for each value, separated by commas."""
    return ", ".join("?" * len(values))


def batches(values: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Yield the values in batches of `size`."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def rows_for(
    connection: sqlite3.Connection, sql: str, values: Sequence[object], *others: Sequence[object]
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a statement for a list of values, which may be of any length.

    Each `{}` in the statement stands for a list: first for the values, then for the `others`.
    """
    for batch in batches(values, VALUES_AT_ONCE):
        statement = sql.format(*map(placeholders, (batch, *others)))
        yield from connection.execute(statement, (*batch, *chain(*others)))


def with_crc(data: bytes) -> bytes:
    """Return an encoded value with its checksum before it."""
    return zlib.crc32(data).to_bytes(_CHECKSUM_BYTES, "big") + data


def decode_record(data: bytes) -> ArticleRecord:
    """Return the record; `ValueError` if its checksum does not match."""
    return _decoders()[0].decode(_verified(data))


def decode_annotation(data: bytes) -> Annotation:
    """Return the mark; `ValueError` if its checksum does not match."""
    return _decoders()[1].decode(_verified(data))


def _verified(data: bytes) -> bytes:
    value = data[_CHECKSUM_BYTES:]
    if zlib.crc32(value) != int.from_bytes(data[:_CHECKSUM_BYTES], "big"):
        raise ValueError("A row of the index is damaged.")
    return value


@cache
def _decoders() -> tuple[Decoder[ArticleRecord], Decoder[Annotation]]:
    from msgspec.json import Decoder  # plain lists print lines of the index and decode no value

    return Decoder(model.ArticleRecord), Decoder(model.Annotation)


def _prepared(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path,
        timeout=MAX_WAIT,
        isolation_level=None,
        check_same_thread=False,
        factory=KeptConnection,
    )
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA cache_size = -{_CACHE}")
        connection.execute("PRAGMA cell_size_check = ON")
        if not _has_tables(connection):
            _create_tables(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _has_tables(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION)


def _create_tables(connection: sqlite3.Connection) -> None:
    if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise ValueError("It has tables of another version.")
    connection.execute("BEGIN IMMEDIATE")
    if not _has_tables(connection):  # another program may have been first
        tables = (get_data(__package__ or "", "tables.sql") or b"").decode()
        for statement in tables.strip().split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.execute("COMMIT")


def _is_temporary(error: Exception) -> bool:
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None)
        return code is not None and code & _PRIMARY in _TEMPORARY
    return isinstance(error, OSError)


def _delete(path: Path) -> None:
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}-journal"):
        with suppress(OSError):
            path.with_name(name).unlink()


def _inode(path: Path) -> int | None:
    try:
        return path.stat().st_ino
    except OSError:
        return None
