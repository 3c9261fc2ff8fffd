"""Questions about the marks that a round of the daily review is chosen from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from annotator.model.daily_round import HIGHLIGHT, OPEN_STATUSES
from annotator.store.index.connection import batches, placeholders
from annotator.store.index.filters import microseconds, moment
from annotator.store.index.question import question
from annotator.store.results import MarkAge

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from annotator.model.daily_round import Urgency

_BATCH = 500  # marks that are looked up at once


class _Group(NamedTuple):
    """The condition for the marks of one urgency, which is that of `urgency_of`."""

    sql: str
    values: tuple[str, ...]


_OPEN = tuple(sorted(OPEN_STATUSES))
_GROUPS: Mapping[Urgency, _Group] = {
    "open": _Group(f"status IN ({placeholders(_OPEN)})", _OPEN),
    "other": _Group(
        f"status NOT IN ({placeholders(_OPEN)}) AND NOT (status = '' AND kind = ?)",
        (*_OPEN, HIGHLIGHT),
    ),
    "highlight": _Group("status = '' AND kind = ?", (HIGHLIGHT,)),
}


@question()
def oldest_marks(
    connection: sqlite3.Connection, before: Mapping[Urgency, datetime], *, limit: int
) -> tuple[MarkAge, ...]:
    """Return for each urgency the first marks that were made before a moment, oldest first."""
    return tuple(
        age
        for urgency, until in before.items()
        for age in _ages(
            connection,
            f"created < ? AND {_GROUPS[urgency].sql} ORDER BY created LIMIT ?",
            (microseconds(until), *_GROUPS[urgency].values, limit),
        )
    )


@question()
def ages_of(connection: sqlite3.Connection, ids: Sequence[str]) -> tuple[MarkAge, ...]:
    """Return what decides when these marks come up for review, if they still exist."""
    return tuple(
        age
        for batch in batches(ids, _BATCH)
        for age in _ages(connection, f"id IN ({placeholders(batch)})", tuple(batch))
    )


def _ages(connection: sqlite3.Connection, where: str, values: tuple[object, ...]) -> list[MarkAge]:
    rows = connection.execute(
        f"SELECT id, kind, status, created FROM marks WHERE {where}",  # noqa: S608 - our own conditions
        values,
    )
    return [MarkAge(name, kind, status, moment(made)) for name, kind, status, made in rows]
