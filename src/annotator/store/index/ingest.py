"""Ingesting changed files of articles into the index; only rows that differ are written."""

# ruff: noqa: S608 - only our own names are put into statements; values go through placeholders

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, NamedTuple

from msgspec.json import encode

from annotator.errors import IndexingStopped
from annotator.model import Claim, tags
from annotator.model.tsv import article_fields, as_line, mark_fields
from annotator.store.articles.article_paths import FILE_NAME, shard_of
from annotator.store.disk import files
from annotator.store.format.article_tables import Tables, parse_tables
from annotator.store.format.conflict_copies import conflict_copies
from annotator.store.index.connection import batches, placeholders, with_crc, writing
from annotator.store.index.filters import microseconds
from annotator.store.index.full_text import AFTER_ALL, fold
from annotator.store.index.scan import ArticleSource, Shard, folder_time, settled_with_folder

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from annotator.model import Annotation, ArticleRecord

BATCH = 100  # articles in one transaction, so that other programs wait for a tenth of a second

OPENING = 40  # characters of a quote that it is ordered by
_BEFORE_WORDS = " \"'«»‘’“”„([—–-…"  # a list in the order of quotes starts from their words

_HOST = re.compile(r"\w+://(?:[^/?#@]*@)?([^/?#:]+)")
_NO_CLAIM = Claim()


class _News(NamedTuple):
    """What is new about an article: its contents, if its file has others than before.

    The fingerprint is that of its file, `UNKNOWN` to read it again, and None if it is gone.
    """

    article_id: str
    fingerprint: str | None = None
    digest: bytes = b""
    tables: Tables | None = None


def ingest(
    connection: sqlite3.Connection,
    source: ArticleSource,
    *,
    shards: Sequence[Shard] = (),
    article_ids: Sequence[str] = (),
    goes_on: Callable[[int, int], bool],
) -> None:
    """Read the files of articles, and of those that changed in shards; forget those that are gone.

    Then the shards' fingerprints are remembered. Raises `IndexingStopped` if `goes_on`, which gets
    how many articles are done and how many there are, says so: the next time goes on there.

    A shard is remembered only if nothing in it has changed again, and only in a
    transaction of its own: other programs may have written to the index since.
    """
    changed = [article_id for shard in shards for article_id in _changed(connection, shard)]
    wanted = [*article_ids, *changed]
    for number, batch in enumerate(batches(wanted, BATCH)):
        if not goes_on(number * BATCH, len(wanted)):
            raise IndexingStopped(
                "The index of the library is not complete.", "The next start goes on with it."
            )
        rows = connection.execute(
            f"SELECT id, digest, signature FROM articles WHERE id IN ({placeholders(batch)})", batch
        )
        known = {article_id: (digest, fingerprint) for article_id, digest, fingerprint in rows}
        all_news = [_news(source, article_id, known.get(article_id)) for article_id in batch]
        if any(all_news):
            with writing(connection):
                for news in filter(None, all_news):
                    _write(connection, news)
    goes_on(len(wanted), len(wanted))
    if any(shard.fingerprint and not _changed(connection, shard) for shard in shards):
        with writing(connection):
            for shard in shards:
                if shard.fingerprint and not _changed(connection, shard):
                    _remember(connection, shard)


def _changed(connection: sqlite3.Connection, shard: Shard) -> list[str]:
    """Return the articles of a shard whose files have changed, appeared or gone."""
    fingerprints = shard.fingerprints()
    known = dict(
        connection.execute(
            "SELECT id, signature FROM articles WHERE id >= ? AND id < ?",
            (shard.name, shard.name + AFTER_ALL),
        ).fetchall()
    )
    changed = [
        article_id
        for article_id, fingerprint in fingerprints.items()
        if fingerprint == files.UNKNOWN or known.get(article_id) != fingerprint
    ]
    return [*changed, *(known.keys() - fingerprints.keys())]


def _remember(connection: sqlite3.Connection, shard: Shard) -> None:
    """Skip a shard from now on while its fingerprint stays the same; forget one that is gone.

    Every program that writes one of its articles to the index resets this.
    """
    if shard.files:
        connection.execute(
            "INSERT OR REPLACE INTO rows VALUES (?, ?)", (shard.name, shard.fingerprint)
        )
    else:
        connection.execute("DELETE FROM rows WHERE name = ?", (shard.name,))


def _news(source: ArticleSource, article_id: str, known: tuple[bytes, str] | None) -> _News | None:
    """Return what is new about an article; None if there is nothing new.

    Its conflict copies are merged first.
    """
    path = source.paths.path(article_id)
    changed = folder_time(path)
    if conflict_copies(path / FILE_NAME):
        source.reader().tables(article_id)
    try:
        data, read_as = files.read(path / FILE_NAME)
        fingerprint = settled_with_folder(read_as, changed)
        digest = hashlib.sha256(data).digest()
        if known is None or digest != known[0]:
            tables = parse_tables(data, source.reader().known(article_id))
            return _News(article_id, fingerprint, digest, tables)
        return _News(article_id, fingerprint) if fingerprint != known[1] else None
    except (OSError, ValueError):
        # A damaged or missing file: use what can be recovered, and read it again next time.
        recovered = source.reader().tables(article_id)
        if recovered is not None:
            return _News(article_id, files.UNKNOWN, b"", recovered)
        return _News(article_id) if known is not None else None


def _write(connection: sqlite3.Connection, news: _News) -> None:
    shard = shard_of(news.article_id)
    connection.execute("INSERT OR REPLACE INTO rows VALUES (?, '')", (shard,))
    if news.fingerprint is None:
        _remove(connection, news.article_id)
    elif news.tables is None:
        connection.execute(
            "UPDATE articles SET signature = ? WHERE id = ?", (news.fingerprint, news.article_id)
        )
    else:
        _write_tables(connection, news, news.tables)


def _write_tables(connection: sqlite3.Connection, news: _News, tables: Tables) -> None:
    known = connection.execute(
        "SELECT number, revision FROM articles WHERE id = ?", (news.article_id,)
    ).fetchone()
    number, revision = known or (None, "")
    record = tables.record
    number = _write_article(connection, number, news, tables)
    _write_marks(connection, number, record, tables.annotations.values())
    connection.execute("DELETE FROM mark_lines WHERE article = ?", (number,))
    if tables.annotations:
        lines = "\n".join([as_line(mark_fields(mark)) for mark in tables.in_order])
        connection.execute("INSERT INTO mark_lines VALUES (?, ?)", (number, lines))
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
    connection: sqlite3.Connection, number: int | None, news: _News, tables: Tables
) -> int:
    record = tables.record
    binned = [tombstone.removed for tombstone in tables.deleted.values() if tombstone.mark]
    row = {
        "id": news.article_id,
        "signature": news.fingerprint,
        "digest": news.digest,
        "added": microseconds(record.added),
        "finished": microseconds(record.finished) if record.finished else None,
        "binned": min(map(microseconds, binned), default=None),
        "state": record.state,
        "access": record.access,
        "site": fold(record.site_name),
        "host": _host(record.url),
        "authors": fold("\n".join(record.byline)),
        "doi": record.known_doi.lower(),
        "revision": record.revision,
        "wording": _wording(record),
        "line": as_line(article_fields(record)),
        "record": with_crc(encode(record)),
    }
    if number is None:
        number = _insert(connection, "articles", row)
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
    """Write the marks that differ. An edited mark keeps its number, which lists know it by."""
    rows = connection.execute("SELECT id, number, data FROM marks WHERE article = ?", (article,))
    old = {mark_id: (number, data) for mark_id, number, data in rows.fetchall()}
    for annotation in annotations:
        data = with_crc(encode(annotation))
        number, known = old.pop(annotation.id, (None, None))
        if data != known:
            if number is not None:
                _remove_marks(connection, "SELECT ?", number)
            _write_mark(connection, (number, article), record, (annotation, data))
    for number, _ in old.values():
        _remove_marks(connection, "SELECT ?", number)


def _write_mark(
    connection: sqlite3.Connection,
    numbers: tuple[int | None, int],
    record: ArticleRecord,
    mark: tuple[Annotation, bytes],
) -> None:
    annotation, data = mark
    number, article = numbers
    row = _mark_row(annotation, record) | {"number": number, "article": article, "data": data}
    number = _insert(connection, "marks", row)
    if annotation.tags:
        _write_tags(connection, (article, number), annotation.tags, annotation.modified)
    for link in annotation.links:
        connection.execute(
            "INSERT INTO links VALUES (?, ?, ?, ?)",
            (number, link.relation, link.target, link.is_reversed),
        )


def _insert(connection: sqlite3.Connection, table: str, row: Mapping[str, object]) -> int:
    """Insert a row, and return its number."""
    values = ", ".join(f":{name}" for name in row)
    made = connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({values})", row)
    return int(made.lastrowid or 0)


def _mark_row(annotation: Annotation, record: ArticleRecord) -> dict[str, object]:
    claim = annotation.claim or _NO_CLAIM
    target = annotation.target
    return {
        "id": annotation.id,
        "first": target.position.start,
        "last": target.position.end,
        "kind": fold(annotation.kind),
        "status": annotation.status or "",
        "speaker": fold(claim.speaker),
        "author": fold(annotation.author),
        "proposed": fold(annotation.proposed),
        "created": microseconds(annotation.created),
        "modified": microseconds(annotation.modified),
        "opening": fold(annotation.quote[:OPENING].lstrip(_BEFORE_WORDS)),
        "has_note": bool(annotation.note),
        "has_claim": annotation.status is not None,
        "type": claim.type or "",
        "confidence": claim.confidence or "",
        "said": claim.said_on,
        "verdict": fold(claim.verdict),
        "revision": target.revision,
        "fit": "exact" if target.revision == record.revision else "",
    }


# The words first, since they are found by what is still in `marks`.
_TABLES_OF_MARKS = (
    ("mark_words", "rowid"),
    ("tags", "mark"),
    ("links", "mark"),
    ("marks", "number"),
)


def _remove_marks(connection: sqlite3.Connection, numbers: str, value: int) -> None:
    for table, column in _TABLES_OF_MARKS:
        connection.execute(f"DELETE FROM {table} WHERE {column} IN ({numbers})", (value,))


def _write_tags(
    connection: sqlite3.Connection,
    tagged: tuple[int, int | None],
    names: Iterable[str],
    used: datetime,
) -> None:
    moment = microseconds(used)
    connection.executemany(
        "INSERT INTO tags VALUES (?, ?, ?, ?, ?)",
        [(*tagged, tags.key(name), name, moment) for name in names],
    )


def _host(url: str) -> str:
    match = _HOST.match(url)
    return fold(match[1]) if match else ""


def _wording(record: ArticleRecord) -> str:
    """Return digits that change whenever the words that find the article do."""
    said = (record.revision, record.title, record.byline, record.site_name, record.url, record.tags)
    return hashlib.sha1(repr(said).encode("utf-8", "replace"), usedforsecurity=False).hexdigest()
