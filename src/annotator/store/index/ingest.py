"""Taking into the index what the files of articles say."""

# ruff: noqa: S608 - only names of ours are put into statements; values go through question marks

# ruff: noqa: S608 - only names of ours are put into statements; values go through question marks
import hashlib
import re
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from annotator.model import Annotation, ArticleRecord, tags
from annotator.model.tsv import article_fields, as_line, mark_fields
from annotator.store.articles.article_paths import row_of
from annotator.store.format.article_tables import Tables, parse_tables
from annotator.store.index.connection import in_parts, places, writing
from annotator.store.index.filters import microseconds
from annotator.store.index.full_text import AFTER_ALL, fold
from annotator.store.index.record_codec import sealed
from annotator.store.index.scan import UNKNOWN, Row, Source, settled

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
                    settle(connection, row)


def _changed(connection: sqlite3.Connection, row: Row) -> list[str]:
    """Return the articles of a row whose file is not as it was when it was read."""
    found, known = row.signatures(), signatures(connection, row.name)
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
                write(connection, entry)


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
