"""Databases of SQLite, opened from memory, to read only, and within limits."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from annotator.errors import ImportFailed
from annotator.importing.readers.limits import MAX_CELL

MAGIC = b"SQLite format 3\0"
_STEPS = 200_000_000  # of the database's machine; a device with 50,000 marks takes a tenth
_EVERY = 1_000_000  # steps between two looks at their number
_ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION})


def tables_of(data: bytes) -> frozenset[str]:
    """Return the names of the tables in lower case; none for what is not such a database."""
    if not data.startswith(MAGIC):
        return frozenset()
    try:
        with opened(data) as database:
            tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            return frozenset(str(name).lower() for (name,) in tables)
    except ImportFailed:
        return frozenset()


@contextmanager
def opened(data: bytes) -> Iterator[sqlite3.Connection]:
    """Open a database for SELECT alone; its errors become an `ImportFailed`."""
    steps = 0

    def is_too_much() -> bool:
        nonlocal steps
        steps += _EVERY
        return steps > _STEPS

    def allow(action: int, *_: object) -> int:
        return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY

    try:
        with closing(sqlite3.connect(":memory:")) as database:
            no_journal = b"\x01\x01"  # a write-ahead log, which memory cannot have
            database.deserialize(data[:18] + no_journal + data[20:])
            database.row_factory = sqlite3.Row
            database.text_factory = lambda raw: raw.decode("utf-8", "replace")
            database.execute("PRAGMA trusted_schema = OFF")
            database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, max(MAX_CELL * 10, 1))
            database.set_progress_handler(is_too_much, _EVERY)
            database.set_authorizer(allow)
            yield database
    except (sqlite3.Error, MemoryError, OverflowError) as error:
        raise ImportFailed(f"The database cannot be read: {error}.") from error


def columns_of(database: sqlite3.Connection, table: str) -> frozenset[str]:
    """Return the names of the columns of a table, as older devices lack some."""
    quoted = table.replace('"', '""')
    rows = database.execute(f'SELECT * FROM "{quoted}" LIMIT 0')  # noqa: S608  quoted above
    return frozenset(str(column[0]) for column in rows.description)
