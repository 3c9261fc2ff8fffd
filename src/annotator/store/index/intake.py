"""Taking into the index what the files of articles say."""

# ruff: noqa: S608 - only names of ours are put into statements; values go through question marks

import hashlib
import sqlite3
from collections.abc import Sequence

from annotator.store.index import entries
from annotator.store.index.database import in_parts, places, writing
from annotator.store.index.entries import Entry, Lost, Unchanged
from annotator.store.index.sweep import UNKNOWN, Row, settled
from annotator.store.index.update import Source
from annotator.store.tables import parse_tables

AT_ONCE = 100  # articles in one change, so that another program waits for a tenth of a second


def take_in(connection: sqlite3.Connection, source: Source, rows: Sequence[Row]) -> None:
    """Read the files that changed in some rows, and believe those rows from then on."""
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


def _news(
    source: Source, article_id: str, known: tuple[bytes, str] | None
) -> Entry | Unchanged | Lost | None:
    """Return what the index does not know yet of an article, if there is anything."""
    try:
        data, looks = source.read(article_id)
        signature, digest = settled(looks), hashlib.sha256(data).digest()
        if known is None or digest != known[0]:
            tables = parse_tables(data, source.known(article_id))
            return Entry(article_id, signature, digest, tables)
        return Unchanged(article_id, signature) if signature != known[1] else None
    except (OSError, ValueError):
        return _mended(source, article_id, is_known=known is not None)


def _mended(source: Source, article_id: str, *, is_known: bool) -> Entry | Lost | None:
    """Return what is had of a file that cannot be read as it is; it is read again next time."""
    tables = source.tables(article_id)
    if tables is not None:
        return Entry(article_id, UNKNOWN, b"", tables)
    return Lost(article_id) if is_known else None
