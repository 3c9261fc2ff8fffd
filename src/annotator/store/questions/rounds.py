"""Questions about the marks that a round of the daily review is chosen from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from annotator.model.daily_round import HIGHLIGHT, OPEN_STATUSES
from annotator.store.index.connection import placeholders, rows_for
from annotator.store.index.filters import microseconds, moment
from annotator.store.index.question import question
from annotator.store.results import MarkAge

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from annotator.model.daily_round import Urgency


_AGES = "SELECT id, kind, status, created FROM marks WHERE"


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
        _age(row)
        for urgency, until in before.items()
        for row in connection.execute(
            f"{_AGES} created < ? AND {_GROUPS[urgency].sql} ORDER BY created LIMIT ?",
            (microseconds(until), *_GROUPS[urgency].values, limit),
        )
    )


@question()
def ages_of(connection: sqlite3.Connection, ids: Sequence[str]) -> tuple[MarkAge, ...]:
    """Return what decides when these marks come up for review, if they still exist."""
    return tuple(map(_age, rows_for(connection, f"{_AGES} id IN ({{}})", ids)))


def _age(row: tuple[Any, ...]) -> MarkAge:
    mark_id, kind, status, made = row
    return MarkAge(mark_id, kind, status, moment(made))
