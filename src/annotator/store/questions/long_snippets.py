"""Snippets of long articles, in a time that grows with their length.

FTS5's `snippet` compares all hits of a row with each other, and its `highlight` copies the text
for each of them: for a word that a novel has 30,000 times they take seconds. Here the text is
cut into pieces, which are searched in their order until one has the words.
"""

# ruff: noqa: S608 - only our own names are put into statements; values go through placeholders

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING

from annotator.store.index.connection import placeholders
from annotator.store.index.full_text import TOKENIZER, snippet_sql

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONG = 60_000  # characters; 10,000 words, in which a common one is found 500 times
_PIECE = 8_000  # characters
_BATCH = 10  # pieces that are searched at a time
_BETWEEN, _EITHER = " AND ", " OR "


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
