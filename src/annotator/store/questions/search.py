"""The SQL queries behind lists and searches, on an index that was just refreshed."""

# ruff: noqa: S608 - only our own names are put into statements; values go through placeholders

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from annotator.model.query import EVERYTHING, Query
from annotator.store.index.connection import batches, placeholders
from annotator.store.index.filters import Condition, for_articles, for_marks, moment
from annotator.store.index.full_text import AFTER_ALL, parse_snippet, ranking, snippet_sql
from annotator.store.index.record_codec import decode_annotation, decode_record
from annotator.store.questions.long_snippets import long_articles, long_snippet
from annotator.store.results import (
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

    from annotator.model import ArticleRecord

SNIPPET_TOKENS = 24  # words; two lines of a terminal

READ_ALL_ABOVE = 500  # rows; then reading the whole table is quicker than looking each up


def records(connection: sqlite3.Connection) -> tuple[ArticleRecord, ...]:
    """Return all articles, newest first."""
    return articles(connection, EVERYTHING)


def articles(connection: sqlite3.Connection, query: Query) -> tuple[ArticleRecord, ...]:
    """Return the articles that match, newest first."""
    return tuple(map(decode_record, _of_articles(connection, "a.record", query)))


def article_lines(connection: sqlite3.Connection, query: Query) -> tuple[str, ...]:
    """Return the articles that match as lines of fields, newest first."""
    return tuple(_of_articles(connection, "a.line", query))


def marks(connection: sqlite3.Connection, query: Query, article_id: str) -> tuple[Marked, ...]:
    """Return the marks that match, of one article or of all: newest article first, by position."""
    condition = for_marks(query)
    of_one = Condition("a.id = ?", (article_id,)) if article_id else Condition("1")
    rows = connection.execute(
        "SELECT a.number, m.data FROM articles a JOIN marks m ON m.article = a.number "
        f"WHERE {of_one.sql} AND ({condition.sql}) "
        "ORDER BY a.added DESC, a.id DESC, m.first, m.last, m.id",
        (*of_one.values, *condition.values),
    ).fetchall()
    records_of = _records(connection, {article for article, _ in rows})
    return tuple(Marked(records_of[article], decode_annotation(data)) for article, data in rows)


def mark_lines(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the marks of each article as lines of fields, in the same order."""
    rows = connection.execute(
        "SELECT l.lines FROM articles a JOIN mark_lines l ON l.article = a.number "
        "ORDER BY a.added DESC, a.id DESC"
    )
    return tuple(lines for (lines,) in rows)


def mark_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Return the number of marks of each article that has any, by the article's id."""
    return dict(
        connection.execute(
            "SELECT a.id, count(*) FROM marks m JOIN articles a ON a.number = m.article "
            "GROUP BY m.article"
        ).fetchall()
    )


def marks_by_id_prefix(connection: sqlite3.Connection, prefix: str) -> tuple[tuple[str, str], ...]:
    """Return the ids of the marks that begin with `prefix`, each with its article's id."""
    rows = connection.execute(
        "SELECT m.id, a.id FROM marks m JOIN articles a ON a.number = m.article "
        "WHERE m.id >= ? AND m.id < ?",
        (prefix, prefix + AFTER_ALL),
    )
    return tuple(rows)


def tag_spellings(connection: sqlite3.Connection) -> tuple[TagSpelling, ...]:
    """Return the tags in use, each spelling separately."""
    rows = connection.execute(
        "SELECT name, key, count(*), min(used), max(used) FROM tags GROUP BY key, name"
    )
    return tuple(
        TagSpelling(name, key, count, moment(first), moment(last))
        for name, key, count, first, last in rows
    )


def search(connection: sqlite3.Connection, query: Query, limit: int) -> Found:
    """Return the best articles and marks that match, at most `limit` of each."""
    numbers, article_count = _best(connection, _ARTICLES, query, limit)
    records_of = _records(connection, numbers)
    snippets = _snippets(connection, "article_words", query, numbers)
    found = tuple(FoundArticle(records_of[each], snippets.get(each, Snippet())) for each in numbers)
    numbers, mark_count = _best(connection, _MARKS, query, limit)
    return Found(found, _found_marks(connection, query, numbers), article_count, mark_count)


class _Ranked(NamedTuple):
    """The tables for a ranked search, and the order of results with equal rank."""

    number: str
    tables: str
    words: str
    weights: str  # of the columns of words: short columns weigh more
    order: str
    condition: Callable[[Query], Condition]


_ARTICLES = _Ranked(
    number="a.number",
    tables="articles a",
    words="article_words",
    weights="8.0, 2.0, 6.0, 1.0",
    order="a.added DESC, a.id DESC",
    condition=for_articles,
)
_MARKS = _Ranked(
    number="m.number",
    tables="marks m JOIN articles a ON a.number = m.article",
    words="mark_words",
    weights="1.0, 3.0, 4.0, 2.0",
    order="a.added DESC, a.id DESC, m.first, m.last, m.id",
    condition=for_marks,
)


def _best(
    connection: sqlite3.Connection, kind: _Ranked, query: Query, limit: int
) -> tuple[list[int], int]:
    """Return the numbers of the best matches, and how many there are in total."""
    expression, rest = ranking(query)
    numbers = _ranked(connection, kind, (expression, rest), limit) if expression else []
    condition = kind.condition(query)
    if len(numbers) < limit:  # then those in which the words are spread over several places
        rows = connection.execute(
            f"SELECT {kind.number} FROM {kind.tables} WHERE ({condition.sql}) "
            f"AND {kind.number} NOT IN ({placeholders(numbers)}) ORDER BY {kind.order} LIMIT ?",
            (*condition.values, *numbers, limit - len(numbers)),
        )
        numbers += [number for (number,) in rows]
    if len(numbers) < limit:
        return numbers, len(numbers)
    count = connection.execute(
        f"SELECT count(*) FROM {kind.tables} WHERE {condition.sql}", condition.values
    )
    return numbers, count.fetchone()[0]


def _ranked(
    connection: sqlite3.Connection, kind: _Ranked, wanted: tuple[str, Query], limit: int
) -> list[int]:
    """Return the numbers of the rows that have all words themselves, best first (BM25)."""
    expression, rest = wanted
    condition = kind.condition(rest)
    order = f"ORDER BY bm25({kind.words}, {kind.weights})"
    if rest == EVERYTHING:
        sql = f"SELECT rowid FROM {kind.words} WHERE {kind.words} MATCH ? {order} LIMIT ?"
    else:
        sql = (
            f"SELECT {kind.number} FROM {kind.words} CROSS JOIN {kind.tables} "
            f"WHERE {kind.number} = {kind.words}.rowid AND {kind.words} MATCH ? "
            f"AND ({condition.sql}) {order} LIMIT ?"
        )
    rows = connection.execute(sql, (expression, *condition.values, limit))
    return [number for (number,) in rows]


def _of_articles(connection: sqlite3.Connection, column: str, query: Query) -> list[Any]:
    condition = for_articles(query)
    rows = connection.execute(
        f"SELECT {column} FROM articles a WHERE {condition.sql} ORDER BY a.added DESC, a.id DESC",
        condition.values,
    )
    return [value for (value,) in rows]


def marks_numbered(connection: sqlite3.Connection, numbers: Sequence[int]) -> tuple[Marked, ...]:
    """Return the marks in these rows, in the order of `numbers`; missing ones are skipped."""
    found: dict[int, tuple[int, bytes]] = {}
    for batch in batches(numbers, READ_ALL_ABOVE):
        rows = connection.execute(
            f"SELECT number, article, data FROM marks WHERE number IN ({placeholders(batch)})",
            batch,
        )
        found |= {number: (article, data) for number, article, data in rows}
    records_of = _records(connection, {article for article, _ in found.values()})
    return tuple(
        Marked(records_of[article], decode_annotation(data))
        for article, data in (found[each] for each in numbers if each in found)
    )


def articles_numbered(
    connection: sqlite3.Connection, numbers: Sequence[int]
) -> tuple[ArticleRecord, ...]:
    """Return the articles in these rows, in the order of `numbers`."""
    records_of = _records(connection, numbers)
    return tuple(records_of[number] for number in numbers)


def _found_marks(
    connection: sqlite3.Connection, query: Query, numbers: Sequence[int]
) -> tuple[FoundMark, ...]:
    rows = connection.execute(
        f"SELECT number, article, data FROM marks WHERE number IN ({placeholders(numbers)})",
        numbers,
    )
    marks_of = {number: (article, decode_annotation(data)) for number, article, data in rows}
    records_of = _records(connection, [article for article, _ in marks_of.values()])
    snippets = _snippets(connection, "mark_words", query, numbers)
    return tuple(
        FoundMark(records_of[article], annotation, snippets.get(number, Snippet()))
        for number in numbers
        for article, annotation in [marks_of[number]]
    )


def _snippets(
    connection: sqlite3.Connection, table: str, query: Query, numbers: Sequence[int]
) -> dict[int, Snippet]:
    expression, _ = ranking(query)
    if not expression:
        return {}
    long = long_articles(connection, numbers) if table == _ARTICLES.words else ()
    short = [each for each in numbers if each not in long]
    rows = connection.execute(
        f"SELECT rowid, {snippet_sql(table, SNIPPET_TOKENS)} FROM {table} "
        f"WHERE {table} MATCH ? AND rowid IN ({placeholders(short)})",
        (expression, *short),
    )
    found = dict(rows.fetchall())
    for number in long:
        found[number] = long_snippet(connection, number, expression, SNIPPET_TOKENS)
    return {number: Snippet(*parse_snippet(text)) for number, text in found.items()}


def _records(connection: sqlite3.Connection, numbers: Collection[int]) -> dict[int, ArticleRecord]:
    if len(numbers) <= READ_ALL_ABOVE:
        rows = connection.execute(
            f"SELECT number, record FROM articles WHERE number IN ({placeholders(numbers)})",
            tuple(numbers),
        )
    else:
        rows = connection.execute("SELECT number, record FROM articles")
    return {number: decode_record(data) for number, data in rows}
