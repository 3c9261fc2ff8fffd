"""Questions about links between marks, which are followed over any number of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotator.model.identity import is_web_address
from annotator.store.index.connection import rows_for
from annotator.store.index.question import question
from annotator.store.questions.marks import marks_numbered

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from annotator.store.results import Marked

_NUMBERS = "SELECT number FROM marks WHERE id IN ({})"
_LINKING = "SELECT mark FROM links WHERE target IN ({})"
_SOURCES = (
    "SELECT m.id FROM links l JOIN marks m ON m.number = l.mark "
    "WHERE l.target IN ({}) AND l.relation IN ({})"
)
_TARGETS = (
    "SELECT l.target FROM marks m JOIN links l ON l.mark = m.number "
    "WHERE m.id IN ({}) AND l.relation IN ({})"
)
_PAIRS = (
    "SELECT m.id, t.id FROM links l JOIN marks m ON m.number = l.mark "
    "JOIN marks t ON t.id = l.target WHERE l.relation = ?"
)
_ACROSS = (
    "SELECT a.id, b.id, t.id, m.id, l.relation, l.is_reversed, t.modified, m.modified FROM links l "
    "JOIN marks m ON m.number = l.mark JOIN marks t ON t.id = l.target "
    "JOIN articles a ON a.number = t.article JOIN articles b ON b.number = m.article "
    "WHERE m.article != t.article ORDER BY a.id, t.id, m.id, l.relation"
)
_TARGETED = "SELECT DISTINCT t.id FROM links l JOIN marks t ON t.id = l.target"
_LOST = (
    "SELECT m.id, l.target FROM links l JOIN marks m ON m.number = l.mark "
    "WHERE NOT EXISTS (SELECT 1 FROM marks t WHERE t.id = l.target) ORDER BY m.id, l.target"
)


@question("soon")
def linked_marks(
    connection: sqlite3.Connection, ids: Sequence[str] = (), *, targets: Sequence[str] = ()
) -> tuple[Marked, ...]:
    """Return the marks with these ids, and those that link to one of these targets."""
    numbers = (*_column(connection, _NUMBERS, ids), *_column(connection, _LINKING, targets))
    return marks_numbered(connection, tuple(dict.fromkeys(numbers)))


@question("soon")
def connected_marks(
    connection: sqlite3.Connection, mark_id: str, *, against: Sequence[str], along: Sequence[str]
) -> tuple[Marked, ...]:
    """Return a mark and all that are reached from it, over any number of links, nearest first.

    Links of the relations `against` are followed from their target to the mark that
    holds them, those of `along` the other way.
    """
    reached = connected_ids(connection, mark_id, against=against, along=along)
    numbers = tuple(_column(connection, _NUMBERS, tuple(reached)))
    marks = {marked.annotation.id: marked for marked in marks_numbered(connection, numbers)}
    return tuple(marks[reached_id] for reached_id in reached if reached_id in marks)


def connected_ids(
    connection: sqlite3.Connection, mark_id: str, *, against: Sequence[str], along: Sequence[str]
) -> Sequence[str]:
    """Return the ids of a mark and of what `connected_marks` reaches from it, nearest first."""
    reached, ids = {mark_id: None}, [mark_id]
    while ids:
        next_ids = (
            *_column(connection, _SOURCES, ids, against),
            *_column(connection, _TARGETS, ids, along),
        )
        ids = [other for other in dict.fromkeys(next_ids) if other not in reached]
        reached.update(dict.fromkeys(ids))
    return tuple(reached)


@question()
def lost_targets(connection: sqlite3.Connection) -> tuple[tuple[str, str], ...]:
    """Return the ids of marks that link to a mark that is not in the library, with its id."""
    rows = connection.execute(_LOST)
    return tuple((source, target) for source, target in rows if not is_web_address(target))


@question()
def articles_with_binned_marks(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the ids of articles with marks in the bin, the longest deleted first."""
    rows = connection.execute("SELECT id FROM articles WHERE binned NOT NULL ORDER BY binned")
    return tuple(article_id for (article_id,) in rows)


@question("seen")
def linked_pairs(connection: sqlite3.Connection, relation: str) -> tuple[tuple[str, str], ...]:
    """Return the ids of both ends of every link of a relation between marks."""
    return tuple(connection.execute(_PAIRS, (relation,)))


@question("soon")
def links_across(connection: sqlite3.Connection) -> tuple[tuple[str, ...], ...]:
    """Return every link to a mark from one of another article, after the ids of both articles."""
    return tuple(connection.execute(_ACROSS))


@question("soon")
def linked_targets(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the ids of the marks that others link to."""
    return frozenset(target for (target,) in connection.execute(_TARGETED))


def _column(
    connection: sqlite3.Connection, sql: str, values: Sequence[str], *others: Sequence[str]
) -> Iterator[Any]:
    """Yield the only column of a query whose first list of values may be of any length."""
    return (value for (value,) in rows_for(connection, sql, values, *others))
