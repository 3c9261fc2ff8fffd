"""Questions for the marks, or articles, that share rare words with a text: they may be similar.

Words that many marks have say little and cost much, so each group of words is asked for
only as many marks as a rare one can have. A mark counts for each group that it has a
word of, the more the rarer the group is.
"""

from __future__ import annotations

from collections import defaultdict
from heapq import nsmallest
from itertools import chain, combinations
from math import log
from typing import TYPE_CHECKING

from annotator.model.query import every
from annotator.model.vocabulary import SAME
from annotator.store.index.connection import rows_for
from annotator.store.index.full_text import match_expression
from annotator.store.index.question import IndexQuestion, question
from annotator.store.questions.articles import articles_numbered
from annotator.store.questions.links import connected_ids
from annotator.store.questions.marks import marks_numbered

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from annotator.model import Annotation, ArticleRecord
    from annotator.model.query import Words
    from annotator.store.results import Marked

COMMON = 2000  # marks; a word that more have is common
FEW = 20  # marks with rare words; with fewer, those with two common ones are taken too
NEAR = 12  # words between two common ones that may be of one sentence
NEAR_EACH_OTHER = 6  # common groups of a sentence whose pairs are looked for, the first ones
PAIRED = 4  # common groups that are combined, the most telling first

_MATCH = "SELECT rowid FROM mark_words WHERE mark_words MATCH ? LIMIT ?"
_MATCH_ARTICLES = "SELECT rowid FROM article_words WHERE article_words MATCH ? LIMIT ?"
_LINKED = (  # marks that link to some marks, those that these link to, and these themselves
    "SELECT mark FROM links WHERE target IN ({})",
    (
        "SELECT t.number FROM marks m JOIN links l ON l.mark = m.number "
        "JOIN marks t ON t.id = l.target WHERE m.id IN ({})"
    ),
    "SELECT number FROM marks WHERE id IN ({})",
)


def marks_sharing(
    groups: Sequence[Sequence[Words]], annotation: Annotation, *, limit: int
) -> IndexQuestion[tuple[Marked, ...]]:
    """Ask for the marks of other articles that share the rarest words with one, best first.

    `groups` are most telling first; the words of a group count once. Marks that are
    linked to the mark, or to one that is linked to it as the same, are left out.
    """

    def answer(connection: sqlite3.Connection) -> tuple[Marked, ...]:
        [(total,)] = connection.execute("SELECT count(*) FROM marks")
        points: defaultdict[int, float] = defaultdict(float)
        common = []
        for expression in filter(None, map(_expression, groups)):
            numbers = _numbers(connection, expression)
            if len(numbers) > COMMON:
                common.append(expression)
            else:
                _count(points, numbers, total)
        if len(points) < FEW:
            for one, other in combinations(common[:PAIRED], 2):
                _count(points, _numbers(connection, f"{one} AND {other}"), total)
        for number in _left_out(connection, annotation):
            points.pop(number, None)
        return marks_numbered(connection, _best(points, limit))

    return IndexQuestion(answer, every(*chain(*groups)), "soon")


@question()
def marks_apart(connection: sqlite3.Connection, annotation: Annotation) -> tuple[Marked, ...]:
    """Return all marks of other articles that are not linked to one, as in `marks_sharing`."""
    numbers = {number for (number,) in connection.execute("SELECT number FROM marks")}
    return marks_numbered(connection, sorted(numbers - _left_out(connection, annotation)))


def articles_sharing(
    sought: Sequence[Sequence[Sequence[Words]]], *, limit: int
) -> IndexQuestion[tuple[tuple[ArticleRecord, ...], ...]]:
    """Ask for each text for the articles that share its rarest words, best first.

    A text is given as groups of words that stand for the same thing.
    """

    def answer(connection: sqlite3.Connection) -> tuple[tuple[ArticleRecord, ...], ...]:
        return tuple(
            articles_numbered(connection, _articles_with(connection, groups, limit))
            for groups in sought
        )

    return IndexQuestion(answer, every(*chain(*chain(*sought))))


def _articles_with(
    connection: sqlite3.Connection, groups: Sequence[Sequence[Words]], limit: int
) -> Sequence[int]:
    """Return the numbers of the articles that have the rarest of these words, best first."""
    [(total,)] = connection.execute("SELECT count(*) FROM articles")
    points: defaultdict[int, float] = defaultdict(float)
    common = []
    for group in groups:
        expression = _expression(group, "title about text")
        numbers = _numbers(connection, expression, _MATCH_ARTICLES) if expression else []
        if len(numbers) <= COMMON:
            _count(points, numbers, total)
        else:
            common.append(match_expression(group[0]))
    for one, other in combinations(common[:NEAR_EACH_OTHER], 2):
        expression = f"text : NEAR({one} {other}, {NEAR})"
        numbers = _numbers(connection, expression, _MATCH_ARTICLES)
        if len(numbers) <= COMMON:
            _count(points, numbers, total)
    return _best(points, limit)


def _best(points: Mapping[int, float], limit: int) -> Sequence[int]:
    best = nsmallest(limit, points.items(), key=lambda item: (-item[1], -item[0]))
    return [number for number, _ in best]


def _expression(group: Iterable[Words], columns: str = "quote claim") -> str:
    words = list(dict.fromkeys(filter(None, map(match_expression, group))))
    return f"{{{columns}}} : ({' OR '.join(words)})" if words else ""


def _numbers(connection: sqlite3.Connection, expression: str, sql: str = _MATCH) -> list[int]:
    return [number for (number,) in connection.execute(sql, (expression, COMMON + 1))]


def _count(points: defaultdict[int, float], numbers: Sequence[int], total: int) -> None:
    weight = log(1 + total / max(1, len(numbers)))
    for number in numbers:
        points[number] += weight


def _left_out(connection: sqlite3.Connection, annotation: Annotation) -> set[int]:
    """Return the marks of the same article, and those that are linked already."""
    own = "SELECT m.number FROM marks m JOIN articles a ON a.number = m.article WHERE a.id = ?"
    left_out = {number for (number,) in connection.execute(own, (annotation.article_id,))}
    same = connected_ids(connection, annotation.id, against=(SAME,), along=(SAME,))
    for sql in _LINKED:
        left_out.update(number for (number,) in rows_for(connection, sql, same))
    return left_out
