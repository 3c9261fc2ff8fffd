"""Searching: the articles and marks that match words best, with the passages that do."""

# ruff: noqa: S608 - only our own names are put into statements; values go through placeholders

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from annotator.model.query import EVERYTHING, Query
from annotator.store.index.connection import placeholders
from annotator.store.index.filters import Condition, for_articles, for_marks
from annotator.store.index.full_text import TOKENIZER, parse_snippet, ranking, snippet_sql
from annotator.store.index.question import question
from annotator.store.questions.articles import articles_numbered
from annotator.store.questions.marks import marks_numbered
from annotator.store.results import Found, FoundArticle, FoundMark, Snippet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SNIPPET_TOKENS = 24  # words; two lines of a terminal

# FTS5's `snippet` compares all hits of a row with each other, and its `highlight` copies the text
# for each of them: for a word that a novel has 30,000 times they take seconds. A long text is cut
# into pieces instead, which are searched in their order until one has the words.
LONG = 60_000  # characters; 10,000 words, in which a common one is found 500 times
_PIECE = 8_000  # characters
_BATCH = 10  # pieces that are searched at a time
_BETWEEN, _EITHER = " AND ", " OR "


@question()
def search(connection: sqlite3.Connection, query: Query, *, limit: int) -> Found:
    """Return the best articles and marks that match, at most `limit` of each."""
    numbers, article_count = _best(connection, _ARTICLES, query, limit)
    snippets = _snippets(connection, "article_words", query, numbers)
    articles = tuple(
        FoundArticle(record, snippets.get(number, Snippet()))
        for number, record in zip(numbers, articles_numbered(connection, numbers), strict=True)
    )
    numbers, mark_count = _best(connection, _MARKS, query, limit)
    snippets = _snippets(connection, "mark_words", query, numbers)
    marks = tuple(
        FoundMark(*marked, snippets.get(number, Snippet()))
        for number, marked in zip(numbers, marks_numbered(connection, numbers), strict=True)
    )
    return Found(articles, marks, article_count, mark_count)


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


def _snippets(
    connection: sqlite3.Connection, table: str, query: Query, numbers: Sequence[int]
) -> dict[int, Snippet]:
    expression, _ = ranking(query)
    if not expression:
        return {}
    long = long_articles(connection, numbers) if table == _ARTICLES.words else ()
    short = [number for number in numbers if number not in long]
    rows = connection.execute(
        f"SELECT rowid, {snippet_sql(table, SNIPPET_TOKENS)} FROM {table} "
        f"WHERE {table} MATCH ? AND rowid IN ({placeholders(short)})",
        (expression, *short),
    )
    texts = dict(rows.fetchall())
    for number in long:
        texts[number] = long_snippet(connection, number, expression, SNIPPET_TOKENS)
    return {number: Snippet(*parse_snippet(text)) for number, text in texts.items()}


def long_articles(connection: sqlite3.Connection, numbers: Sequence[int]) -> tuple[int, ...]:
    """Return those of the articles whose text is long."""
    rows = connection.execute(
        f"SELECT rowid FROM article_words WHERE rowid IN ({placeholders(numbers)}) "
        "AND length(text) > ?",
        (*numbers, LONG),
    )
    return tuple(number for (number,) in rows)


def long_snippet(connection: sqlite3.Connection, number: int, expression: str, tokens: int) -> str:
    """Return the first good passage of a long article, marked as by `snippet_sql`.

    If no piece has all the words, it is one that has some. Empty if none has any.
    """
    row = connection.execute(
        "SELECT title, text FROM article_words WHERE rowid = ?", (number,)
    ).fetchone()
    title, text = row or ("", "")
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.execute(f"CREATE VIRTUAL TABLE pieces USING fts5 (text, tokenize = '{TOKENIZER}')")
        wanted = f"SELECT {snippet_sql('pieces', tokens)} FROM pieces WHERE pieces MATCH ? "
        pieces = _pieces(title, text)
        while batch := list(islice(pieces, _BATCH)):
            memory.executemany(
                "INSERT INTO pieces (text) VALUES (?)", ((piece,) for piece in batch)
            )
            best = memory.execute(f"{wanted} ORDER BY rowid LIMIT 1", (expression,)).fetchone()
            if best:
                return str(best[0])
        either = expression.replace(_BETWEEN, _EITHER)
        best = memory.execute(f"{wanted} ORDER BY rank LIMIT 1", (either,)).fetchone()
    return str(best[0]) if best else ""


def _pieces(title: str, text: str) -> Iterator[str]:
    """Yield the text in pieces that end between words, then the title."""
    start = 0
    while start < len(text):
        end = text.rfind(" ", start, start + _PIECE) if start + _PIECE < len(text) else len(text)
        end = end if end > start else start + _PIECE
        yield text[start:end]
        start = end
    yield title
