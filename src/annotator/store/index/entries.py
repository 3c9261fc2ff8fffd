"""An article's file as rows of the index; only the rows that say something new are written."""

# ruff: noqa: S608 - only names of ours are put into statements; values go through question marks

import hashlib
import re
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from annotator.model import Annotation, ArticleRecord, tags
from annotator.model.tsv import article_fields, as_line, mark_fields
from annotator.store.index.conditions import microseconds
from annotator.store.index.sealing import sealed
from annotator.store.index.sweep import Row
from annotator.store.index.words import AFTER_ALL, fold
from annotator.store.shelf import row_of
from annotator.store.tables import Tables

_HOST = re.compile(r"\w+://(?:[^/?#@]*@)?([^/?#:]+)")
_CLAIM = "claim"


class Entry(NamedTuple):
    """What an article's file held, and how it looked; `signature` is empty to read it again."""

    article_id: str
    signature: str
    digest: bytes
    tables: Tables


class Unchanged(NamedTuple):
    """A file that holds what it did, however it looks now."""

    article_id: str
    signature: str


class Lost(NamedTuple):
    """An article that is gone, or cannot be read."""

    article_id: str


def write(connection: sqlite3.Connection, entry: Entry | Unchanged | Lost) -> None:
    """Make the index say what an article's file says; how its row looks is then to be checked."""
    connection.execute("INSERT OR REPLACE INTO rows VALUES (?, '')", (row_of(entry.article_id),))
    match entry:
        case Entry():
            _write(connection, entry)
        case Unchanged(article_id, signature):
            connection.execute(
                "UPDATE articles SET signature = ? WHERE id = ?", (signature, article_id)
            )
        case Lost(article_id):
            _remove(connection, article_id)


def signatures(connection: sqlite3.Connection, row: str) -> dict[str, str]:
    """Return for each known article of a row how its file looked when it was read."""
    found = connection.execute(
        "SELECT id, signature FROM articles WHERE id >= ? AND id < ?", (row, row + AFTER_ALL)
    )
    return dict(found.fetchall())


def settle(connection: sqlite3.Connection, row: Row) -> None:
    """Believe what is known of a row for as long as it looks so, or forget one that is gone.

    A program that writes anything about the row takes the belief away.
    """
    if row.files:
        connection.execute("INSERT OR REPLACE INTO rows VALUES (?, ?)", (row.name, row.looks))
    else:
        connection.execute("DELETE FROM rows WHERE name = ?", (row.name,))


def _write(connection: sqlite3.Connection, entry: Entry) -> None:
    known = connection.execute(
        "SELECT number, revision FROM articles WHERE id = ?", (entry.article_id,)
    ).fetchone()
    number, revision = known or (None, "")
    record = entry.tables.record
    number = _write_article(connection, number, entry, record)
    _write_marks(connection, number, record, entry.tables.annotations.values())
    _write_lines(connection, number, entry.tables.in_order)
    if revision != record.revision:
        connection.execute(
            "UPDATE marks SET fit = iif(revision = ?, 'exact', '') WHERE article = ?",
            (record.revision, number),
        )


def _remove(connection: sqlite3.Connection, article_id: str) -> None:
    known = connection.execute("SELECT number FROM articles WHERE id = ?", (article_id,)).fetchone()
    if known:
        _remove_marks(connection, "SELECT number FROM marks WHERE article = ?", known[0])
        connection.execute("DELETE FROM tags WHERE article = ?", known)
        connection.execute("DELETE FROM article_words WHERE rowid = ?", known)
        connection.execute("DELETE FROM mark_lines WHERE article = ?", known)
        connection.execute("DELETE FROM articles WHERE number = ?", known)


def _write_article(
    connection: sqlite3.Connection, number: int | None, entry: Entry, record: ArticleRecord
) -> int:
    row = {
        "id": entry.article_id,
        "signature": entry.signature,
        "digest": entry.digest,
        "added": microseconds(record.added),
        "state": record.state,
        "access": record.access,
        "site": fold(record.site_name),
        "host": _host(record.url),
        "authors": fold("\n".join(record.byline)),
        "revision": record.revision,
        "wording": _wording(record),
        "line": as_line(article_fields(record)),
        "record": sealed(record),
    }
    if number is None:
        names = ", ".join(row)
        places = ", ".join(f":{name}" for name in row)
        made = connection.execute(f"INSERT INTO articles ({names}) VALUES ({places})", row)
        number = int(made.lastrowid or 0)
    else:
        changes = ", ".join(f"{name} = :{name}" for name in row)
        connection.execute(
            f"UPDATE articles SET {changes} WHERE number = :number", row | {"number": number}
        )
        connection.execute("DELETE FROM tags WHERE article = ? AND mark IS NULL", (number,))
    _write_tags(connection, (number, None), record.tags, record.modified)
    return number


def _write_marks(
    connection: sqlite3.Connection,
    article: int,
    record: ArticleRecord,
    annotations: Iterable[Annotation],
) -> None:
    rows = connection.execute("SELECT data, number FROM marks WHERE article = ?", (article,))
    gone = dict(rows.fetchall())
    for annotation in annotations:
        data = sealed(annotation)
        if gone.pop(data, None) is None:
            _write_mark(connection, article, record, (annotation, data))
    for number in gone.values():
        _remove_marks(connection, "SELECT ?", number)


def _write_lines(
    connection: sqlite3.Connection, article: int, annotations: Sequence[Annotation]
) -> None:
    connection.execute("DELETE FROM mark_lines WHERE article = ?", (article,))
    if annotations:
        lines = "\n".join([as_line(mark_fields(each)) for each in annotations])
        connection.execute("INSERT INTO mark_lines VALUES (?, ?)", (article, lines))


def _write_mark(
    connection: sqlite3.Connection,
    article: int,
    record: ArticleRecord,
    mark: tuple[Annotation, bytes],
) -> None:
    annotation, data = mark
    claim, target = annotation.claim, annotation.target
    is_claim = claim is not None or annotation.kind == _CLAIM
    made = connection.execute(
        "INSERT INTO marks (article, id, first, last, kind, status, speaker, has_note, has_claim, "
        "revision, fit, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            article,
            annotation.id,
            target.position.start,
            target.position.end,
            fold(annotation.kind),
            claim.status if claim else "open" if is_claim else "",
            fold(claim.speaker) if claim else "",
            bool(annotation.note),
            is_claim,
            target.revision,
            "exact" if target.revision == record.revision else "",
            data,
        ),
    )
    number = int(made.lastrowid or 0)
    if annotation.tags:
        _write_tags(connection, (article, number), annotation.tags, annotation.modified)
    for link in annotation.links:
        connection.execute(
            "INSERT INTO links VALUES (?, ?, ?)", (number, link.relation, link.target)
        )


def _remove_marks(connection: sqlite3.Connection, numbers: str, value: int) -> None:
    for table, column in _OF_MARKS:
        connection.execute(f"DELETE FROM {table} WHERE {column} IN ({numbers})", (value,))


def _write_tags(
    connection: sqlite3.Connection,
    bearer: tuple[int, int | None],
    names: Iterable[str],
    used: datetime,
) -> None:
    moment = microseconds(used)
    connection.executemany(
        "INSERT INTO tags VALUES (?, ?, ?, ?, ?)",
        [(*bearer, tags.key(name), name, moment) for name in names],
    )


def _host(url: str) -> str:
    match = _HOST.match(url)
    return fold(match[1]) if match else ""


def _wording(record: ArticleRecord) -> str:
    """Return what changes whenever the words that find the article do."""
    said = (record.revision, record.title, record.byline, record.site_name, record.url, record.tags)
    return hashlib.sha1(repr(said).encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


# The words first: they are found by what still is in `marks`.
_OF_MARKS = (
    ("mark_words", "rowid"),
    ("tags", "mark"),
    ("links", "mark"),
    ("marks", "number"),
)
