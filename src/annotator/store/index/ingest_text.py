"""Ingesting text: the words of articles and marks, and how marks fit changed texts.

Both cost far more than the rest of the index, so they are done when a question needs
them, or in the background.
"""

# ruff: noqa: S608 - only our own names are put into statements; values go through placeholders

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from annotator.model import CLAIM_FIELDS, Anchored
from annotator.store.index.connection import (
    batches,
    decode_annotation,
    decode_record,
    placeholders,
    writing,
)
from annotator.store.index.full_text import with_word_breaks

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence

    from annotator.model import Annotation, ArticleRecord
    from annotator.store.index.scan import ArticleSource

    Step = Callable[[sqlite3.Connection], None]

ARTICLES_AT_ONCE = 50  # so that other programs wait for a tenth of a second
MARKS_AT_ONCE = 100  # which take some hundred kilobytes

_NO_TEXT = "-"  # appended to the wording of an article whose text is missing, or not written yet


def steps(connection: sqlite3.Connection, source: ArticleSource) -> Sequence[Step]:
    """Return the steps that make everything searchable and record how marks fit their texts.

    Each step is small, and may be taken later, or never.
    """
    return [
        partial(ingest, source=source, numbers=batch)
        for pending, ingest, size in _WORK
        for batch in batches([number for (number,) in connection.execute(pending)], size)
    ]


def _ingest_articles(
    connection: sqlite3.Connection, source: ArticleSource, numbers: Sequence[int]
) -> None:
    rows = _rows(connection, "articles", "number, wording, worded, record", numbers)
    changed = []
    for number, wanted, worded, data in rows:
        record = decode_record(data)
        text = source.reader().text(record.id, record.revision)
        wording = wanted if text is not None else wanted + _NO_TEXT
        if wording != worded:
            changed.append((number, wanted, wording, _article_words(record, text or "")))
    if changed:
        with writing(connection):
            for number, wanted, wording, words in changed:
                _write_article_words(connection, number, (wanted, wording), words)


def _write_article_words(
    connection: sqlite3.Connection, number: int, wordings: tuple[str, str], words: tuple[str, ...]
) -> None:
    wanted, wording = wordings
    updated = connection.execute(
        "UPDATE articles SET worded = ? WHERE number = ? AND wording = ?", (wording, number, wanted)
    )
    if updated.rowcount:  # otherwise another program has ingested a newer record in between
        connection.execute("DELETE FROM article_words WHERE rowid = ?", (number,))
        connection.execute(
            "INSERT INTO article_words (rowid, title, about, tags, text) VALUES (?, ?, ?, ?, ?)",
            (number, *words),
        )


def _article_words(record: ArticleRecord, text: str) -> tuple[str, ...]:
    about = " · ".join(filter(None, (*record.byline, record.site_name, record.url)))
    return tuple(map(with_word_breaks, (record.title, about, _tag_words(record.tags), text)))


def _ingest_marks(
    connection: sqlite3.Connection,
    source: ArticleSource,  # noqa: ARG001 - as in all steps
    numbers: Sequence[int],
) -> None:
    with writing(connection):
        rows = _rows(connection, "marks", "number, is_worded, data", numbers)
        pending = [
            (number, decode_annotation(data)) for number, is_done, data in rows if not is_done
        ]
        connection.executemany(
            "INSERT INTO mark_words (rowid, quote, note, tags, claim) VALUES (?, ?, ?, ?, ?)",
            [(number, *_mark_words(annotation)) for number, annotation in pending],
        )
        connection.executemany(
            "UPDATE marks SET is_worded = 1 WHERE number = ?", [(number,) for number, _ in pending]
        )


def _mark_words(annotation: Annotation) -> tuple[str, ...]:
    claim = annotation.claim
    said = [field.of(claim) for field in CLAIM_FIELDS if field.is_searchable] if claim else []
    columns = (
        annotation.quote,
        annotation.note,
        _tag_words(annotation.tags),
        " · ".join(filter(None, said)),
    )
    return tuple(map(with_word_breaks, columns))


def _tag_words(tags: Sequence[str]) -> str:
    return " ".join(f"#{tag}" for tag in tags)


def _fit_marks(
    connection: sqlite3.Connection, source: ArticleSource, numbers: Sequence[int]
) -> None:
    """Anchor the marks that were made on another text, and record their fit."""
    from annotator.anchoring import anchor_all  # slow to load, and rarely needed

    articles = _rows(connection, "articles", "number, revision, record", numbers)
    for article, revision, record in articles:
        text = source.reader().text(decode_record(record).id, revision)
        if text is None:
            continue
        marks = connection.execute(
            "SELECT number, data FROM marks WHERE article = ? AND fit = ''", (article,)
        ).fetchall()
        places = anchor_all([decode_annotation(data).target for _, data in marks], text)
        fits = [place.fit if isinstance(place, Anchored) else "orphan" for place in places]
        with writing(connection):
            connection.executemany(
                "UPDATE marks SET fit = ? WHERE number = ? AND fit = '' "
                "AND EXISTS (SELECT 1 FROM articles WHERE number = ? AND revision = ?)",
                [
                    (fit, number, article, revision)
                    for fit, (number, _) in zip(fits, marks, strict=True)
                ],
            )


def _rows(
    connection: sqlite3.Connection, table: str, columns: str, numbers: Sequence[int]
) -> list[tuple[Any, ...]]:
    return connection.execute(
        f"SELECT {columns} FROM {table} WHERE number IN ({placeholders(numbers)})", numbers
    ).fetchall()


_WORK = (
    ("SELECT number FROM articles WHERE wording != worded", _ingest_articles, ARTICLES_AT_ONCE),
    ("SELECT number FROM marks WHERE NOT is_worded", _ingest_marks, MARKS_AT_ONCE),
    ("SELECT DISTINCT article FROM marks WHERE fit = ''", _fit_marks, ARTICLES_AT_ONCE),
)
