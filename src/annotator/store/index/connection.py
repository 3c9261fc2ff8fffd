"""The file of the index: opened when it is wanted, thrown away when it is broken."""

import sqlite3
import threading
import weakref
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from annotator.store import files

T = TypeVar("T")

PATIENCE = 2.0  # seconds; others write in steps of a tenth, and the files answer within one

_CACHE = 512  # KiB of pages; four times as many, as is usual, make nothing here any quicker

_AWAY = frozenset(
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
_PRIMARY = 0xFF  # the part of an error's code that tells its kind


class IndexUnavailable(Exception):
    """The index cannot be used just now; the files must answer. No person ever sees it."""


class Database:
    """The tables in a file, or in memory if there is no path; any thread may use it."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._inode: int | None = None

    @property
    def exists(self) -> bool:
        """Tell whether there is anything to bring up to date."""
        return self._connection is not None or (self._path is not None and self._path.exists())

    def ask(self, question: Callable[[sqlite3.Connection], T]) -> T:
        """Return the answer; a broken file is thrown away, and the question asked of a new one.

        Raises `IndexUnavailable` if no file can be had, or it is in use for too long.
        """
        with self._lock:
            for _ in range(2):
                try:
                    return question(self._opened())
                except (sqlite3.Error, ValueError, OSError) as error:
                    self._let_go()
                    if self._path is None or _is_away(error):
                        raise IndexUnavailable(str(error)) from error
                    _discard(self._path)
            raise IndexUnavailable("It breaks whenever it is made.")

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._let_go()

    def throw_away(self) -> None:
        """Delete the file; the next question makes a new one."""
        with self._lock:
            self._let_go()
            if self._path is not None:
                _discard(self._path)

    def _opened(self) -> sqlite3.Connection:
        if self._path is not None and self._inode != _inode(self._path):
            self._let_go()  # it was deleted, and another program may have made a new one
        if self._connection is None:
            self._connection = connection = self._connect()
            weakref.finalize(self, connection.close)
        return self._connection

    def _connect(self) -> sqlite3.Connection:
        if self._path is None:
            return _prepared(_connection(":memory:"))
        files.make_folder(self._path.parent)
        connection = _prepared(_connection(str(self._path)))
        self._inode = _inode(self._path)
        return connection

    def _let_go(self) -> None:
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
        self._connection = self._inode = None


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """Make what is written one change, that is there whole or not at all."""
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
    """Let several questions see the same state, whatever other programs write meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        with suppress(sqlite3.Error):
            connection.execute("COMMIT")


def places(values: Collection[object]) -> str:
    """Return a question mark of SQL for each value."""
    return ", ".join("?" * len(values))


def in_parts(values: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Yield the values, so many at a time."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def _connection(path: str) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)


def _prepared(connection: sqlite3.Connection) -> sqlite3.Connection:
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA cache_size = -{_CACHE}")
        connection.execute("PRAGMA cell_size_check = ON")
        if not is_current(connection):
            _require_empty(connection)
            create(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _require_empty(connection: sqlite3.Connection) -> None:
    if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise ValueError("It holds tables of another version.")


def _is_away(error: Exception) -> bool:
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None)
        return code is not None and code & _PRIMARY in _AWAY
    return isinstance(error, OSError)


def _discard(path: Path) -> None:
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}-journal"):
        with suppress(OSError):
            path.with_name(name).unlink()


def _inode(path: Path) -> int | None:
    try:
        return path.stat().st_ino
    except OSError:
        return None


VERSION = 3  # raise it whenever a table, or what is put into one, changes: older files are dropped

# rows.looks is how the files of the articles in one folder looked when all of them had
# been read, empty if each must be looked at. articles.signature is how one looked when it
# was read, empty if it must be read again, and digest tells whether it then says anything
# new. wording stands for the words that should find the article, worded for those that do.
# line, and mark_lines for all marks of an article at once, are what lists print. A mark's
# fit is empty until it was looked for in a text that it was not made on.
_TABLES = """
CREATE TABLE rows (name TEXT PRIMARY KEY, looks TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, signature TEXT NOT NULL,
    digest BLOB NOT NULL, added INTEGER NOT NULL, state TEXT NOT NULL, access TEXT NOT NULL,
    site TEXT NOT NULL, host TEXT NOT NULL, authors TEXT NOT NULL, revision TEXT NOT NULL,
    wording TEXT NOT NULL, worded TEXT NOT NULL DEFAULT '', line TEXT NOT NULL,
    record BLOB NOT NULL);
CREATE INDEX articles_by_added ON articles (added, id);
CREATE INDEX articles_without_words ON articles (number) WHERE wording != worded;
CREATE TABLE marks (
    number INTEGER PRIMARY KEY, article INTEGER NOT NULL, id TEXT NOT NULL,
    first INTEGER NOT NULL, last INTEGER NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL,
    speaker TEXT NOT NULL, has_note INTEGER NOT NULL, has_claim INTEGER NOT NULL,
    revision TEXT NOT NULL, fit TEXT NOT NULL, is_worded INTEGER NOT NULL DEFAULT 0,
    data BLOB NOT NULL);
CREATE INDEX marks_by_id ON marks (id);
CREATE INDEX marks_by_place ON marks (article, first, last, id);
CREATE INDEX marks_without_words ON marks (number) WHERE NOT is_worded;
CREATE INDEX marks_without_place ON marks (article) WHERE fit = '';
CREATE TABLE mark_lines (article INTEGER PRIMARY KEY, lines TEXT NOT NULL);
CREATE TABLE tags (
    article INTEGER NOT NULL, mark INTEGER, key TEXT NOT NULL, name TEXT NOT NULL,
    used INTEGER NOT NULL);
CREATE INDEX tags_by_key ON tags (key, name, used, article, mark);
CREATE INDEX tags_by_article ON tags (article);
CREATE INDEX tags_by_mark ON tags (mark) WHERE mark NOT NULL;
CREATE TABLE links (mark INTEGER NOT NULL, relation TEXT NOT NULL, target TEXT NOT NULL);
CREATE INDEX links_by_target ON links (target, mark);
CREATE INDEX links_by_mark ON links (mark);
CREATE VIRTUAL TABLE article_words USING fts5 (
    title, about, tags, text, tokenize = 'porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE mark_words USING fts5 (
    quote, note, tags, claim, tokenize = 'porter unicode61 remove_diacritics 2');
"""


def is_current(connection: sqlite3.Connection) -> bool:
    """Tell whether the file has the tables of this version."""
    return bool(connection.execute("PRAGMA user_version").fetchone()[0] == VERSION)


def create(connection: sqlite3.Connection) -> None:
    """Make the tables in an empty file, unless another program was first."""
    connection.execute("BEGIN IMMEDIATE")
    if not is_current(connection):
        for statement in filter(str.strip, _TABLES.split(";")):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")
