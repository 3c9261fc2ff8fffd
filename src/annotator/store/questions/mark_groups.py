"""The groups of marks in lists, in their order, with the groups that each mark is in."""

# ruff: noqa: S608 - only our own names are put into statements

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Literal, get_args

from annotator.model.kinds import DEFAULT_KINDS
from annotator.model.vocabulary import Status
from annotator.store.questions.articles import site_of
from annotator.store.questions.names import author_of, speaker_of, spelled

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from annotator.model import Annotation

    Groups = Sequence[tuple[str, str]]  # key and label
    Membership = Mapping[int, Sequence[int]]  # from a mark's number to places in the groups

_QUARTER = 900_000_000  # microseconds; all time zones are apart by a multiple of it
_MICROSECONDS = 1_000_000
_NONE = ("", "")


def _by_article(connection: sqlite3.Connection) -> tuple[Groups, Membership]:
    articles = connection.execute(
        "SELECT number, id, line FROM articles ORDER BY added DESC, id DESC"
    ).fetchall()
    place_of = {number: (place,) for place, (number, _, _) in enumerate(articles)}
    marks = connection.execute("SELECT number, article FROM marks")
    groups = [(article_id, line.split("\t")[1]) for _, article_id, line in articles]
    return groups, {number: place_of[article] for number, article in marks}


def _by_site(connection: sqlite3.Connection) -> tuple[Groups, Membership]:
    sites = {
        number: site_of(host, site)
        for number, host, site in connection.execute("SELECT number, host, site FROM articles")
    }
    marks = connection.execute("SELECT number, article FROM marks")
    return _by_key({number: sites[article] for number, article in marks})


def _by_status(connection: sqlite3.Connection) -> tuple[Groups, Membership]:
    marks = connection.execute("SELECT number, status FROM marks")
    return _by_key(dict(marks.fetchall()), in_front=get_args(Status))


def _by_spelled(
    connection: sqlite3.Connection,
    column: Literal["kind", "speaker", "author"],
    spelling: Callable[[Annotation], str],
    in_front: Iterable[str] = (),
) -> tuple[Groups, Membership]:
    """Group by a column without capitals, with labels as a mark of each group has them."""
    keys = dict(connection.execute(f"SELECT number, {column} FROM marks").fetchall())
    groups, membership = _by_key(keys, in_front=in_front)
    labels = spelled(connection, {key: number for number, key in keys.items() if key}, spelling)
    return [(key, labels.get(key, label)) for key, label in groups], membership


def _by_day(connection: sqlite3.Connection) -> tuple[Groups, Membership]:
    """Group by the day on which a mark was made, where the user is; the newest is first."""
    marks = connection.execute("SELECT number, created / ? FROM marks", (_QUARTER,)).fetchall()
    day_of = {quarter: _day(quarter) for quarter in {quarter for _, quarter in marks}}
    days = sorted(set(day_of.values()), reverse=True)
    return _by_key({number: day_of[quarter] for number, quarter in marks}, in_front=days)


def _day(quarter: int) -> str:
    return time.strftime("%Y-%m-%d", time.localtime(quarter * _QUARTER // _MICROSECONDS))


def _by_tag(connection: sqlite3.Connection) -> tuple[Groups, Membership]:
    """Group by tags as they are spelled most often; a mark with two tags is in two groups."""
    spellings = connection.execute(
        "SELECT key, name FROM tags WHERE mark NOT NULL GROUP BY key, name ORDER BY count(*), name"
    )
    label_of = dict(spellings.fetchall())  # the last one is used most
    groups = [*sorted(label_of.items()), _NONE]
    place_of = {key: place for place, (key, _) in enumerate(groups)}
    places_of: dict[int, list[int]] = {}
    for mark, key in connection.execute("SELECT mark, key FROM tags WHERE mark NOT NULL"):
        places_of.setdefault(mark, []).append(place_of[key])
    marks, without = connection.execute("SELECT number FROM marks"), (len(label_of),)
    return groups, {number: places_of.get(number, without) for (number,) in marks}


def _by_key(keys: Mapping[int, str], *, in_front: Iterable[str] = ()) -> tuple[Groups, Membership]:
    """Return a group for each key: those in front, then in the order of keys, then without one."""
    used = set(keys.values())
    front = [key for key in in_front if key in used]
    rest = sorted(used.difference(front, [""]))
    ordered = [*front, *rest, ""]
    place_of = {key: (place,) for place, key in enumerate(ordered)}
    return [(key, key) for key in ordered], {number: place_of[key] for number, key in keys.items()}


MEMBERSHIPS: Mapping[str, Callable[[sqlite3.Connection], tuple[Groups, Membership]]] = {
    "article": _by_article,
    "tag": _by_tag,
    "speaker": partial(_by_spelled, column="speaker", spelling=speaker_of),
    "author": partial(_by_spelled, column="author", spelling=author_of),
    "status": _by_status,
    "kind": partial(
        _by_spelled,
        column="kind",
        spelling=lambda mark: mark.kind,
        in_front=[kind.name for kind in DEFAULT_KINDS],
    ),
    "site": _by_site,
    "day": _by_day,
}
