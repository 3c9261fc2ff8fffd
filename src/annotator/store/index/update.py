"""Bringing the index up to date with the files of the articles."""

# ruff: noqa: S608 - only names of ours are put into statements; values go through question marks

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from annotator.store import files
from annotator.store.index import entries
from annotator.store.index.database import places, writing
from annotator.store.index.entries import Entry, Lost, Unchanged
from annotator.store.index.sweep import UNKNOWN, Row, settled, sweep
from annotator.store.shelf import Shelf
from annotator.store.tables import Tables, parse_tables

T = TypeVar("T")

AT_ONCE = 100  # articles in one change, so that another program waits for a tenth of a second


class Source(NamedTuple):
    """Where the articles are. `tables` mends what it can; both give nothing for what is lost."""

    shelf: Shelf
    file_name: str
    tables: Callable[[str], Tables | None]
    text: Callable[[str, str], str | None]

    def read(self, article_id: str) -> tuple[bytes, files.Signature]:
        """Return what an article's file holds, and how it looks."""
        return files.read(self.shelf.path(article_id) / self.file_name)


def update(connection: sqlite3.Connection, source: Source) -> None:
    """Read the files that changed since they were last read, and forget those that are gone."""
    known = dict(connection.execute("SELECT name, looks FROM rows"))
    seen = {row.name: row for row in sweep(source.shelf.folder, source.file_name)}
    changed = [row for row in seen.values() if known.get(row.name) != row.looks or not row.looks]
    gone = [Row(name, ()) for name in known.keys() - seen.keys()]
    if changed or gone:
        _update_rows(connection, source, [*changed, *gone])


def _update_rows(connection: sqlite3.Connection, source: Source, rows: Sequence[Row]) -> None:
    news = [identity for row in rows for identity in _changed(connection, row)]
    for some in in_parts(news, AT_ONCE):
        refresh(connection, source, some)
    if any(row.looks and not _changed(connection, row) for row in rows):
        with writing(connection):
            for row in rows:
                if row.looks and not _changed(connection, row):  # nobody wrote meanwhile
                    entries.settle(connection, row)


def _changed(connection: sqlite3.Connection, row: Row) -> list[str]:
    """Return the articles of a row whose file is not as it was when it was read."""
    found, known = row.signatures(), entries.signatures(connection, row.name)
    changed = [
        identity
        for identity, signature in found.items()
        if signature == UNKNOWN or known.get(identity) != signature
    ]
    return [*changed, *(known.keys() - found.keys())]


def refresh(connection: sqlite3.Connection, source: Source, article_ids: Sequence[str]) -> None:
    """Read the files of some articles, and forget those that are gone."""
    rows = connection.execute(
        f"SELECT id, digest, signature FROM articles WHERE id IN ({places(article_ids)})",
        article_ids,
    )
    known = {identity: (digest, signature) for identity, digest, signature in rows}
    news = [
        entry
        for identity in article_ids
        if (entry := _news(source, identity, known.get(identity))) is not None
    ]
    if news:
        with writing(connection):
            for entry in news:
                entries.write(connection, entry)


def in_parts(values: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Yield the values, so many at a time."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def _news(
    source: Source, article_id: str, known: tuple[bytes, str] | None
) -> Entry | Unchanged | Lost | None:
    """Return what the index does not know yet of an article, if there is anything."""
    try:
        data, looks = source.read(article_id)
        signature, digest = settled(looks), hashlib.sha256(data).digest()
        if known is None or digest != known[0]:
            return Entry(article_id, signature, digest, parse_tables(data))
        return Unchanged(article_id, signature) if signature != known[1] else None
    except (OSError, ValueError):
        return _mended(source, article_id, is_known=known is not None)


def _mended(source: Source, article_id: str, *, is_known: bool) -> Entry | Lost | None:
    """Return what is had of a file that cannot be read as it is; it is read again next time."""
    tables = source.tables(article_id)
    if tables is not None:
        return Entry(article_id, UNKNOWN, b"", tables)
    return Lost(article_id) if is_known else None
