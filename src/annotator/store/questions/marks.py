"""Questions about marks: those that match a query, as values or as lines, and their numbers."""

# ruff: noqa: S608 - only our own names are put into statements; values go through placeholders

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.model.query import EVERYTHING, Query
from annotator.store.index.connection import decode_annotation, rows_for
from annotator.store.index.filters import Condition, for_marks
from annotator.store.index.full_text import AFTER_ALL
from annotator.store.index.question import question
from annotator.store.questions.articles import records_by_number
from annotator.store.results import Marked

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence


@question()
def find_marks(
    connection: sqlite3.Connection, query: Query = EVERYTHING, article_id: str = ""
) -> tuple[Marked, ...]:
    """Return the marks that match, of one article or of all: newest article first, by position."""
    condition = for_marks(query)
    of_one = Condition("a.id = ?", (article_id,)) if article_id else Condition("1")
    rows = connection.execute(
        "SELECT a.number, m.data FROM articles a JOIN marks m ON m.article = a.number "
        f"WHERE {of_one.sql} AND ({condition.sql}) "
        "ORDER BY a.added DESC, a.id DESC, m.first, m.last, m.id",
        (*of_one.values, *condition.values),
    ).fetchall()
    record_of = records_by_number(connection, {article for article, _ in rows})
    return tuple(Marked(record_of[article], decode_annotation(data)) for article, data in rows)


@question("seen")
def load_marks(connection: sqlite3.Connection, numbers: Sequence[int]) -> tuple[Marked, ...]:
    """Return marks of a list by their numbers in this order, if they still exist."""
    return marks_numbered(connection, tuple(numbers))


@question()
def mark_lines(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the marks of each article as lines of fields, in one string for each article."""
    rows = connection.execute(
        "SELECT l.lines FROM articles a JOIN mark_lines l ON l.article = a.number "
        "ORDER BY a.added DESC, a.id DESC"
    )
    return tuple(lines for (lines,) in rows)


@question()
def mark_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Return the number of marks of each article that has any, by the article's id."""
    return dict(
        connection.execute(
            "SELECT a.id, count(*) FROM marks m JOIN articles a ON a.number = m.article "
            "GROUP BY m.article"
        ).fetchall()
    )


@question()
def articles_of_marks(connection: sqlite3.Connection, prefix: str) -> list[str]:
    """Return the ids of the articles that have marks whose ids begin with `prefix`, in order."""
    rows = connection.execute(
        "SELECT DISTINCT a.id FROM marks m JOIN articles a ON a.number = m.article "
        "WHERE m.id >= ? AND m.id < ? ORDER BY a.id",
        (prefix, prefix + AFTER_ALL),
    )
    return [article_id for (article_id,) in rows]


def marks_numbered(connection: sqlite3.Connection, numbers: Sequence[int]) -> tuple[Marked, ...]:
    """Return the marks in these rows, in the order of `numbers`; missing ones are skipped."""
    sql = "SELECT number, article, data FROM marks WHERE number IN ({})"
    row_of = {
        number: (article, data) for number, article, data in rows_for(connection, sql, numbers)
    }
    record_of = records_by_number(connection, {article for article, _ in row_of.values()})
    return tuple(
        Marked(record_of[article], decode_annotation(data))
        for article, data in (row_of[number] for number in numbers if number in row_of)
    )
