"""Questions about articles: those that match a query, as records or as lines."""

# ruff: noqa: S608 - only our own names are put into statements; values go through placeholders

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotator.model.query import EVERYTHING, Query
from annotator.store.index.connection import decode_record, rows_for
from annotator.store.index.filters import for_articles
from annotator.store.index.question import question

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Sequence

    from annotator.model import ArticleRecord

READ_ALL_ABOVE = 500  # rows; then reading the whole table is quicker than looking each up


@question()
def find_articles(
    connection: sqlite3.Connection, query: Query | None = None
) -> tuple[ArticleRecord, ...]:
    """Return the articles that match, newest first."""
    return tuple(map(decode_record, _column(connection, "a.record", query or EVERYTHING)))


@question()
def record_hashes(connection: sqlite3.Connection) -> frozenset[int]:
    """Return a hash of each article's record, which only this run of the program knows."""
    rows = connection.execute("SELECT record FROM articles")
    return frozenset(hash(decode_record(data)) for (data,) in rows)


@question()
def article_lines(connection: sqlite3.Connection, query: Query | None = None) -> tuple[str, ...]:
    """Return the articles that match as lines of fields, newest first."""
    return tuple(_column(connection, "a.line", query or EVERYTHING))


def articles_numbered(
    connection: sqlite3.Connection, numbers: Sequence[int]
) -> tuple[ArticleRecord, ...]:
    """Return the articles in these rows, in the order of `numbers`."""
    record_of = records_by_number(connection, numbers)
    return tuple(record_of[number] for number in numbers)


def records_by_number(
    connection: sqlite3.Connection, numbers: Collection[int]
) -> dict[int, ArticleRecord]:
    """Return the articles in these rows, and perhaps others, by the numbers of their rows."""
    sql = "SELECT number, record FROM articles"
    rows: Iterable[tuple[int, bytes]]
    if len(numbers) <= READ_ALL_ABOVE:
        rows = rows_for(connection, f"{sql} WHERE number IN ({{}})", tuple(numbers))
    else:
        rows = connection.execute(sql)
    return {number: decode_record(data) for number, data in rows}


def site_of(host: str, site: str) -> str:
    """Return the name of an article's site: its host, or what it calls itself without one."""
    return host.removeprefix("www.") or site


def _column(connection: sqlite3.Connection, column: str, query: Query) -> list[Any]:
    condition = for_articles(query)
    rows = connection.execute(
        f"SELECT {column} FROM articles a WHERE {condition.sql} ORDER BY a.added DESC, a.id DESC",
        condition.values,
    )
    return [value for (value,) in rows]
