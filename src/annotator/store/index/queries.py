"""The questions that lists and searches ask, in SQL. The index is up to date when they run."""

# ruff: noqa: S608 - only names of ours are put into statements; values go through question marks

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from annotator.model.query import EVERYTHING, Query
from annotator.store.index.connection import places
from annotator.store.index.filters import Condition, for_articles, for_marks, moment
from annotator.store.index.full_text import AFTER_ALL, ranking, shown, snippet
from annotator.store.index.record_codec import annotation_of, record_of
from annotator.store.index.results import (
    Found,
    FoundArticle,
    FoundMark,
    Marked,
    Snippet,
    TagSpelling,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Sequence

    from annotator.model import Annotation, ArticleRecord

SNIPPET_TOKENS = 24  # words; two lines of a terminal

MANY = 500  # rows of which it is quicker to read all than to look each up


def records(connection: sqlite3.Connection) -> tuple[ArticleRecord, ...]:
    """Return all articles, newest added first."""
    return articles(connection, EVERYTHING)


def articles(connection: sqlite3.Connection, query: Query) -> tuple[ArticleRecord, ...]:
    """Return the articles that fit, newest added first."""
    return tuple(map(record_of, _of_articles(connection, "a.record", query)))


def article_lines(connection: sqlite3.Connection, query: Query) -> tuple[str, ...]:
    """Return the articles that fit as lines of fields, newest added first."""
    return tuple(_of_articles(connection, "a.line", query))


def marks(connection: sqlite3.Connection, query: Query, article_id: str) -> tuple[Marked, ...]:
    """Return the marks that fit, of one article or all: newest article first, by position."""
    condition = for_marks(query)
    of_one = Condition("a.id = ?", (article_id,)) if article_id else Condition("1")
    rows = connection.execute(
        "SELECT a.number, m.data FROM articles a JOIN marks m ON m.article = a.number "
        f"WHERE {of_one.sql} AND ({condition.sql}) "
        "ORDER BY a.added DESC, a.id DESC, m.first, m.last, m.id",
        (*of_one.values, *condition.values),
    ).fetchall()
    of = _records(connection, {article for article, _ in rows})
    return tuple(Marked(of[article], annotation_of(data)) for article, data in rows)


def mark_lines(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the marks of each article that has some as lines of fields, in that order."""
    rows = connection.execute(
        "SELECT l.lines FROM articles a JOIN mark_lines l ON l.article = a.number "
        "ORDER BY a.added DESC, a.id DESC"
    )
    return tuple(lines for (lines,) in rows)


def mark_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many marks each article has that has some, by the article's id."""
    return dict(
        connection.execute(
            "SELECT a.id, count(*) FROM marks m JOIN articles a ON a.number = m.article "
            "GROUP BY m.article"
        ).fetchall()
    )


def bearers(connection: sqlite3.Connection, prefix: str) -> tuple[tuple[str, str], ...]:
    """Return the ids of the marks that begin so, each with its article's."""
    rows = connection.execute(
        "SELECT m.id, a.id FROM marks m JOIN articles a ON a.number = m.article "
        "WHERE m.id >= ? AND m.id < ?",
        (prefix, prefix + AFTER_ALL),
    )
    return tuple(rows)


def spellings(connection: sqlite3.Connection) -> tuple[TagSpelling, ...]:
    """Return the tags in use, each spelling for itself."""
    rows = connection.execute(
        "SELECT name, key, count(*), min(used), max(used) FROM tags GROUP BY key, name"
    )
    return tuple(
        TagSpelling(name, key, count, moment(first), moment(last))
        for name, key, count, first, last in rows
    )


def linking_to(connection: sqlite3.Connection, target: str) -> tuple[Annotation, ...]:
    """Return the marks that have a link to this mark or page, in the order of their making."""
    rows = connection.execute(
        "SELECT data FROM marks WHERE number IN (SELECT mark FROM links WHERE target = ?) "
        "ORDER BY id",
        (target,),
    )
    return tuple(annotation_of(data) for (data,) in rows)


def search(connection: sqlite3.Connection, query: Query, limit: int) -> Found:
    """Return the best articles and marks that fit, at most `limit` of each."""
    numbers, article_count = _best(connection, _ARTICLES, query, limit)
    records_of = _records(connection, numbers)
    why = _snippets(connection, "article_words", query, numbers)
    found = tuple(FoundArticle(records_of[each], why.get(each, Snippet())) for each in numbers)
    numbers, mark_count = _best(connection, _MARKS, query, limit)
    return Found(found, _found_marks(connection, query, numbers), article_count, mark_count)


class _Place(NamedTuple):
    """Where best ones are looked for, and what orders those of equal rank."""

    number: str
    tables: str
    words: str
    weights: str  # of the words' columns: what is said in few words tells more
    order: str
    condition: Callable[[Query], Condition]


_ARTICLES = _Place(
    number="a.number",
    tables="articles a",
    words="article_words",
    weights="8.0, 2.0, 6.0, 1.0",
    order="a.added DESC, a.id DESC",
    condition=for_articles,
)
_MARKS = _Place(
    number="m.number",
    tables="marks m JOIN articles a ON a.number = m.article",
    words="mark_words",
    weights="1.0, 3.0, 4.0, 2.0",
    order="a.added DESC, a.id DESC, m.first, m.last, m.id",
    condition=for_marks,
)


def _best(
    connection: sqlite3.Connection, place: _Place, query: Query, limit: int
) -> tuple[list[int], int]:
    """Return the numbers of the best that fit, and how many fit."""
    asked, rest = ranking(query)
    numbers = _ranked(connection, place, (asked, rest), limit) if asked else []
    condition = place.condition(query)
    if len(numbers) < limit:  # what has the words here and there comes last
        rows = connection.execute(
            f"SELECT {place.number} FROM {place.tables} WHERE ({condition.sql}) "
            f"AND {place.number} NOT IN ({places(numbers)}) ORDER BY {place.order} LIMIT ?",
            (*condition.values, *numbers, limit - len(numbers)),
        )
        numbers += [number for (number,) in rows]
    if len(numbers) < limit:
        return numbers, len(numbers)
    count = connection.execute(
        f"SELECT count(*) FROM {place.tables} WHERE {condition.sql}", condition.values
    )
    return numbers, count.fetchone()[0]


def _ranked(
    connection: sqlite3.Connection, place: _Place, wanted: tuple[str, Query], limit: int
) -> list[int]:
    """Return the numbers of those that have the words themselves, by what the words are worth."""
    asked, rest = wanted
    condition = place.condition(rest)
    order = f"ORDER BY bm25({place.words}, {place.weights})"
    if rest == EVERYTHING:
        sql = f"SELECT rowid FROM {place.words} WHERE {place.words} MATCH ? {order} LIMIT ?"
    else:
        sql = (
            f"SELECT {place.number} FROM {place.words} CROSS JOIN {place.tables} "
            f"WHERE {place.number} = {place.words}.rowid AND {place.words} MATCH ? "
            f"AND ({condition.sql}) {order} LIMIT ?"
        )
    rows = connection.execute(sql, (asked, *condition.values, limit))
    return [number for (number,) in rows]


def _of_articles(connection: sqlite3.Connection, column: str, query: Query) -> list[Any]:
    condition = for_articles(query)
    rows = connection.execute(
        f"SELECT {column} FROM articles a WHERE {condition.sql} ORDER BY a.added DESC, a.id DESC",
        condition.values,
    )
    return [value for (value,) in rows]


def _found_marks(
    connection: sqlite3.Connection, query: Query, numbers: Sequence[int]
) -> tuple[FoundMark, ...]:
    rows = connection.execute(
        f"SELECT number, article, data FROM marks WHERE number IN ({places(numbers)})", numbers
    )
    marks_of = {number: (article, annotation_of(data)) for number, article, data in rows}
    records_of = _records(connection, [article for article, _ in marks_of.values()])
    why = _snippets(connection, "mark_words", query, numbers)
    return tuple(
        FoundMark(records_of[article], annotation, why.get(number, Snippet()))
        for number in numbers
        for article, annotation in [marks_of[number]]
    )


def _snippets(
    connection: sqlite3.Connection, table: str, query: Query, numbers: Sequence[int]
) -> dict[int, Snippet]:
    asked, _ = ranking(query)
    if not asked:
        return {}
    rows = connection.execute(
        f"SELECT rowid, {snippet(table, SNIPPET_TOKENS)} FROM {table} "
        f"WHERE {table} MATCH ? AND rowid IN ({places(numbers)})",
        (asked, *numbers),
    )
    return {number: Snippet(*shown(text)) for number, text in rows}


def _records(connection: sqlite3.Connection, numbers: Collection[int]) -> dict[int, ArticleRecord]:
    if len(numbers) <= MANY:
        rows = connection.execute(
            f"SELECT number, record FROM articles WHERE number IN ({places(numbers)})",
            tuple(numbers),
        )
    else:
        rows = connection.execute("SELECT number, record FROM articles")
    return {number: record_of(data) for number, data in rows}
