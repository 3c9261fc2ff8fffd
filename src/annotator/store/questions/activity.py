"""Questions about days: what was added, finished and marked, and the marks of a daily round."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from annotator.model.daily_round import HIGHLIGHT, OPEN_STATUSES
from annotator.store.index.connection import placeholders, rows_for
from annotator.store.index.filters import microseconds, moment
from annotator.store.index.question import question
from annotator.store.questions.articles import site_of
from annotator.store.questions.names import speaker_of, spelled
from annotator.store.results import Activity, MarkAge, Uses

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from annotator.model.daily_round import Urgency

    Cut = Callable[[datetime | None], Sequence[datetime]]  # from when all began to the edges
    Within = tuple[int, int]  # microseconds: the first, and the first after it

_AGES = "SELECT id, kind, status, created FROM marks WHERE"
_EVENTS = {
    "added": "SELECT count(*) FROM articles WHERE added >= ? AND added < ?",
    "finished": "SELECT count(*) FROM articles WHERE finished >= ? AND finished < ?",
    "marked": "SELECT count(*) FROM marks WHERE created >= ? AND created < ?",
}

# The sign before a column keeps SQLite from looking up each mark in the order of that column:
# reading all entries of an index that has every column in question takes a tenth of the time.
_MARKS = (
    "SELECT kind, status, speaker, count(*), min(number) FROM marks "
    "WHERE +created >= ? AND +created < ? GROUP BY kind, status, speaker"
)
_MARKS_OF_ARTICLES = (
    "SELECT article, count(*) FROM marks WHERE created >= ? AND created < ? GROUP BY article"
)
_TAGS_OF_MARKS = (
    "SELECT key, name, count(*) FROM tags WHERE +mark IN "
    "(SELECT number FROM marks WHERE created >= ? AND created < ?) GROUP BY key, name"
)
_TAGS_OF_ALL_MARKS = "SELECT key, name, count(*) FROM tags WHERE mark NOT NULL GROUP BY key, name"
_TAGS_OF_ARTICLES = (
    "SELECT key, name, count(*) FROM tags WHERE mark IS NULL AND +article IN "
    "(SELECT number FROM articles WHERE added >= ? AND added < ?) GROUP BY key, name"
)


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


@question()
def activity(connection: sqlite3.Connection, cut: Cut) -> Activity:
    """Return the counts for the time between each edge and the next one.

    `cut` gets the moment when all began, and returns the edges.
    """
    began = connection.execute(
        "SELECT min(moment) FROM (SELECT min(added) AS moment FROM articles UNION ALL "
        "SELECT min(created) FROM marks)"
    ).fetchone()[0]
    first = None if began is None else moment(began)
    moments = tuple(map(microseconds, cut(first)))
    within = moments[0], moments[-1]
    counts = {
        name: tuple(connection.execute(sql, part).fetchone()[0] for part in pairwise(moments))
        for name, sql in _EVENTS.items()
    }
    kinds, statuses, speakers = _marks_by_trait(connection, within)
    sites, finished_some_day = _by_site(connection, within)
    return Activity(
        first=first,
        **counts,
        finished_some_day=finished_some_day,
        sites=sites,
        tags=_by_tag(connection, within),
        speakers=speakers,
        statuses=_uses(statuses),
        kinds=_uses(kinds),
    )


def _marks_by_trait(
    connection: sqlite3.Connection, within: Within
) -> tuple[Counter[str], Counter[str], tuple[Uses, ...]]:
    """Return how many marks each kind, status and speaker has."""
    kinds, statuses, speakers = Counter[str](), Counter[str](), Counter[str]()
    examples: dict[str, int] = {}
    for kind, status, speaker, count, number in connection.execute(_MARKS, within):
        kinds[kind] += count
        if status:
            statuses[status] += count
        if speaker:
            speakers[speaker] += count
            examples[speaker] = number
    names = spelled(connection, examples, speaker_of)
    return kinds, statuses, _uses({names[key]: count for key, count in speakers.items()})


def _by_site(connection: sqlite3.Connection, within: Within) -> tuple[tuple[Uses, ...], int]:
    """Return the sites, and how many articles are read but not known since when."""
    marks_of = dict(connection.execute(_MARKS_OF_ARTICLES, within).fetchall())
    marks, articles, finished_some_day = Counter[str](), Counter[str](), 0
    for number, host, site, added, is_undated in connection.execute(
        "SELECT number, host, site, added, state = 'read' AND finished IS NULL FROM articles"
    ):
        finished_some_day += is_undated
        name = site_of(host, site)
        if name and number in marks_of:
            marks[name] += marks_of[number]
        if name and within[0] <= added < within[1]:
            articles[name] += 1
    return _uses(marks, articles), finished_some_day


def _by_tag(connection: sqlite3.Connection, within: Within) -> tuple[Uses, ...]:
    marks, articles = Counter[str](), Counter[str]()
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    first, last = connection.execute("SELECT min(created), max(created) FROM marks").fetchone()
    has_all = first is not None and within[0] <= first and last < within[1]
    of_marks = (_TAGS_OF_ALL_MARKS, ()) if has_all else (_TAGS_OF_MARKS, within)
    for counter, (sql, values) in ((marks, of_marks), (articles, (_TAGS_OF_ARTICLES, within))):
        for key, name, count in connection.execute(sql, values):
            counter[key] += count
            spellings[key][name] += count
    spelled = {key: names.most_common(1)[0][0] for key, names in spellings.items()}
    return tuple(tag._replace(name=spelled[tag.name]) for tag in _uses(marks, articles))


def _uses(marks: Mapping[str, int], articles: Mapping[str, int] | None = None) -> tuple[Uses, ...]:
    """Return the names with their numbers, those with most marks first."""
    articles = articles or {}
    names: Iterable[str] = marks.keys() | articles.keys()
    uses = [Uses(name, marks.get(name, 0), articles.get(name, 0)) for name in names]
    return tuple(sorted(uses, key=lambda use: (-use.marks, -use.articles, use.name)))


def _age(row: tuple[Any, ...]) -> MarkAge:
    mark_id, kind, status, made = row
    return MarkAge(mark_id, kind, status, moment(made))
