"""The words of articles and marks in the index, and the places of marks in changed texts.

Both cost far more than lists do, so they are made when a question needs them.
"""

# ruff: noqa: S608 - only names of ours are put into statements; values go through question marks

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from annotator.model import CLAIM_FIELDS
from annotator.store.index.connection import in_parts, places, writing
from annotator.store.index.full_text import spaced
from annotator.store.index.record_codec import annotation_of, record_of

if TYPE_CHECKING:
    from annotator.model import Annotation, ArticleRecord
    from annotator.store.index.scan import Source

ARTICLES_AT_ONCE = 50  # so that another program waits for a tenth of a second
MARKS_AT_ONCE = 100  # which take some hundred kilobytes

_NO_TEXT = "-"  # after the wording of an article whose text is not there, or not yet


Step = Callable[[sqlite3.Connection], None]


def update_words(connection: sqlite3.Connection, source: Source) -> None:
    """Let every article and mark be found by its words, and say how each mark fits its text."""
    for step in steps_to_words(connection, source):
        step(connection)


def steps_to_words(connection: sqlite3.Connection, source: Source) -> Sequence[Step]:
    """Return in small steps what `update_words` would do; each may be taken later, or never."""
    return [
        *_steps(
            connection,
            "SELECT number FROM articles WHERE wording != worded",
            _word_articles(source),
        ),
        *_steps(
            connection, "SELECT number FROM marks WHERE NOT is_worded", _word_marks, MARKS_AT_ONCE
        ),
        *_steps(
            connection, "SELECT DISTINCT article FROM marks WHERE fit = ''", _place_marks(source)
        ),
    ]


_Work = Callable[[sqlite3.Connection, Sequence[int]], None]


def _steps(
    connection: sqlite3.Connection, pending: str, work: _Work, size: int = ARTICLES_AT_ONCE
) -> Iterator[Step]:
    numbers = [number for (number,) in connection.execute(pending)]
    for some in in_parts(numbers, size):
        yield _step(work, some)


def _step(work: _Work, numbers: Sequence[int]) -> Step:
    return lambda connection: work(connection, numbers)


def _word_articles(source: Source) -> _Work:
    def step(connection: sqlite3.Connection, numbers: Sequence[int]) -> None:
        rows = _rows(connection, "articles", "number, wording, worded, record", numbers)
        read = []
        for number, wording, worded, data in rows:
            record = record_of(data)
            text = source.text(record.id, record.revision)
            now = wording if text is not None else wording + _NO_TEXT
            if now != worded:
                read.append((number, (wording, now), _article_words(record, text or "")))
        if read:
            with writing(connection):
                for each in read:
                    _write_article_words(connection, *each)

    return step


def _write_article_words(
    connection: sqlite3.Connection, number: int, wording: tuple[str, str], words: tuple[str, ...]
) -> None:
    wanted, worded = wording
    changed = connection.execute(
        "UPDATE articles SET worded = ? WHERE number = ? AND wording = ?", (worded, number, wanted)
    )
    if changed.rowcount:  # else another program was told something newer meanwhile
        connection.execute("DELETE FROM article_words WHERE rowid = ?", (number,))
        connection.execute(
            "INSERT INTO article_words (rowid, title, about, tags, text) VALUES (?, ?, ?, ?, ?)",
            (number, *words),
        )


def _article_words(record: ArticleRecord, text: str) -> tuple[str, ...]:
    about = " · ".join(filter(None, (*record.byline, record.site_name, record.url)))
    return tuple(map(spaced, (record.title, about, _tag_words(record.tags), text)))


def _word_marks(connection: sqlite3.Connection, numbers: Sequence[int]) -> None:
    with writing(connection):
        rows = _rows(connection, "marks", "number, is_worded, data", numbers)
        pending = [(number, annotation_of(data)) for number, is_done, data in rows if not is_done]
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
    return tuple(
        map(
            spaced,
            (
                annotation.quote,
                annotation.note,
                _tag_words(annotation.tags),
                " · ".join(filter(None, said)),
            ),
        )
    )


def _tag_words(tags: Sequence[str]) -> str:
    return " ".join(f"#{tag}" for tag in tags)


def _place_marks(source: Source) -> _Work:
    def step(connection: sqlite3.Connection, numbers: Sequence[int]) -> None:
        for article, revision, data in _rows(
            connection, "articles", "number, revision, record", numbers
        ):
            text = source.text(record_of(data).id, revision)
            if text is not None:
                _place(connection, article, revision, text)

    return step


def _place(connection: sqlite3.Connection, article: int, revision: str, text: str) -> None:
    from annotator.anchoring import anchor_all
    from annotator.model import Anchored

    rows = connection.execute(
        "SELECT number, data FROM marks WHERE article = ? AND fit = ''", (article,)
    ).fetchall()
    found = anchor_all([annotation_of(data).target for _, data in rows], text)
    fits = [place.fit if isinstance(place, Anchored) else "orphan" for place in found]
    with writing(connection):
        connection.executemany(
            "UPDATE marks SET fit = ? WHERE number = ? AND fit = '' "
            "AND EXISTS (SELECT 1 FROM articles WHERE number = ? AND revision = ?)",
            [(fit, number, article, revision) for fit, (number, _) in zip(fits, rows, strict=True)],
        )


def _rows(
    connection: sqlite3.Connection, table: str, columns: str, numbers: Sequence[int]
) -> list[tuple[Any, ...]]:
    return connection.execute(
        f"SELECT {columns} FROM {table} WHERE number IN ({places(numbers)})", numbers
    ).fetchall()
