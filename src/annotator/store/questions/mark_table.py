"""The question for all marks in groups and in an order: a table of the numbers of their rows.

A list of 100,000 marks is shown a screenful at a time, while its query changes with
every letter. So the order of all marks is made once for each way to look at them, and
kept in memory until the index changes. A query then only says which rows are in it,
which SQLite answers from its indexes: they are taken out of the order without sorting,
and without reading a mark. The marks themselves are loaded when they are shown.
"""

# ruff: noqa: S608 - only our own names are put into statements; values go through placeholders

from __future__ import annotations

import time
from array import array
from collections import Counter
from datetime import datetime
from functools import partial, reduce
from itertools import chain, compress, groupby, repeat
from operator import and_, itemgetter
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args
from weakref import WeakKeyDictionary

from msgspec import Struct

from annotator.model.kinds import DEFAULT_KINDS
from annotator.model.query import EVERYTHING, Every, Query
from annotator.model.vocabulary import Status
from annotator.store.index.filters import numbers_of_marks
from annotator.store.index.question import question
from annotator.store.questions.articles import site_of
from annotator.store.questions.names import author_of, speaker_of, spelled

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from annotator.model import Annotation
    from annotator.store.results import MarkView

    Groups = Sequence[tuple[str, str]]  # key and label
    Membership = Mapping[int, Sequence[int]]  # from a mark's number to places in the groups

_QUARTER = 900_000_000  # microseconds; all time zones are apart by a multiple of it
_MICROSECONDS = 1_000_000
_NONE = ("", "")

KEPT_PARTS = 30  # of queries, of a tenth of a megabyte each for 100,000 marks
KEPT = 6  # ways to look at the marks, of about a megabyte each for 100,000 marks

_NUMBERS = "q"  # the type of the arrays of row numbers
_GROUPS = "l"

# Each article in turn, and its marks: both orders are those of an index, so nothing is sorted.
_ALL_IN_PLACE = (
    "SELECT m.number, a.number FROM articles a CROSS JOIN marks m ON m.article = a.number "
    "ORDER BY a.added DESC, a.id DESC, m.first, m.last, m.id"
)

# Orders that also order the groups: reversing them turns the groups round as well.
_ORDER_THE_GROUPS = frozenset(
    {
        ("article", "place"),
        ("article", "created"),
        ("day", "created"),
        ("day", "modified"),
        ("day", "place"),
        ("status", "status"),
        ("speaker", "speaker"),
    }
)

_COLUMNS = {
    "created": "created",
    "modified": "modified",
    "status": "status",
    "speaker": "speaker",
    "quote": "opening",
}
_NEWEST_FIRST = ("created", "modified")


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


class MarkGroup(Struct, frozen=True):
    """Marks that a list shows together; `start` and `count` are places in the list.

    The key is the same for all spellings of the label; both are empty for marks that
    have nothing to be grouped by, such as those without a tag.
    """

    key: str
    label: str
    start: int
    count: int


class MarkListing(Struct, frozen=True):
    """Marks in the order of a list, by the numbers of their rows in the index.

    A mark with two tags is listed twice if the list is grouped by tags. `total` is the
    number of different marks that match, even if the list is only the first part of them.
    """

    numbers: Sequence[int] = ()
    groups: tuple[MarkGroup, ...] = ()
    total: int = 0
    is_whole: bool = True


class _Rows(NamedTuple):
    """All marks as they are looked at: the numbers of their rows, and the group of each."""

    numbers: array[int]
    highest: int
    places: array[int]  # of each row's group in `groups`
    groups: Sequence[tuple[str, str]]  # key and label


class MarkTable:
    """The orders of all marks of an index, kept while the index stays as it is."""

    def __init__(self) -> None:
        self._state: object = None
        self._views: dict[MarkView, _Rows] = {}
        self._masks: dict[Query, int] = {}

    def listing(
        self, connection: sqlite3.Connection, query: Query, view: MarkView, limit: int | None
    ) -> MarkListing:
        """Return the marks that match."""
        self._forget_if_changed(connection)
        mask = None if query == EVERYTHING else self._mask(connection, query)
        is_stored_order = view.grouping in ("article", "none") and view[1:] == ("place", False)
        if limit is not None and view not in self._views and is_stored_order:
            return _first_part(connection, mask, view, limit)
        rows = self._views.pop(view, None) or _put_in_order(connection, view)
        self._views[view] = rows  # the last one was used last
        if len(self._views) > KEPT:
            del self._views[next(iter(self._views))]
        if mask is None:
            groups = _counted(rows.groups, rows.places)
            return MarkListing(rows.numbers, groups, len(set(rows.numbers)))
        is_match = mask.to_bytes(max(rows.highest + 1, _length(mask)), "little")
        chosen = bytes(map(is_match.__getitem__, rows.numbers))
        numbers = array(_NUMBERS, compress(rows.numbers, chosen))
        places = array(_GROUPS, compress(rows.places, chosen))
        return MarkListing(numbers, _counted(rows.groups, places), is_match.count(1))

    def _forget_if_changed(self, connection: sqlite3.Connection) -> None:
        (by_others,) = connection.execute("PRAGMA data_version").fetchone()
        today = datetime.now().astimezone().date()  # which a query may be about
        state = (by_others, connection.total_changes, today)
        if state != self._state:
            self._state = state
            self._views = {}
            self._masks = {}

    def _mask(self, connection: sqlite3.Connection, query: Query) -> int:
        """Return the marks that match: a byte for each number of a row, the lowest one first.

        The parts of a query are kept, since all but the last stay as someone types.
        """
        if isinstance(query, Every):
            return reduce(and_, [self._mask(connection, part) for part in query.parts])
        mask = self._masks.pop(query, None)
        if mask is None:
            mask = _as_mask(connection.execute(*numbers_of_marks(query)).fetchall())
        self._masks[query] = mask
        if len(self._masks) > KEPT_PARTS:
            del self._masks[next(iter(self._masks))]
        return mask


_TABLES: WeakKeyDictionary[sqlite3.Connection, MarkTable] = WeakKeyDictionary()


@question("soon")
def list_marks(
    connection: sqlite3.Connection, query: Query, view: MarkView, limit: int | None = None
) -> MarkListing:
    """Return the marks that match in groups and in order, as numbers for `load_marks`.

    With a `limit`, it may return only the first groups that have at least so many
    marks, if these are found without putting all marks in order.
    """
    table = _TABLES.setdefault(connection, MarkTable())
    return table.listing(connection, query, view, limit)


def _first_part(
    connection: sqlite3.Connection, mask: int | None, view: MarkView, limit: int
) -> MarkListing:
    """Return the marks of the newest articles, in the order in which SQLite finds them."""
    (highest, total) = connection.execute("SELECT max(number), count(*) FROM marks").fetchone()
    matches: Iterable[tuple[int, int]] = connection.execute(_ALL_IN_PLACE)
    if mask is not None:
        is_match = mask.to_bytes(max((highest or 0) + 1, _length(mask)), "little")
        matches = (row for row in matches if is_match[row[0]])
        total = is_match.count(1)
    numbers: array[int] = array(_NUMBERS)
    groups = []
    is_whole = True
    for article, rows in groupby(matches, itemgetter(1)):
        start = len(numbers)
        is_whole = start < limit
        if not is_whole:
            break
        numbers.extend(number for number, _ in rows)
        groups.append((article, start, len(numbers) - start))
    if view.grouping == "none":
        one_group = (MarkGroup("", "", 0, len(numbers)),) if numbers else ()
        return MarkListing(numbers, one_group, total, is_whole)
    lines = {
        article: connection.execute("SELECT id, line FROM articles WHERE number = ?", (article,))
        for article, _, _ in groups
    }
    return MarkListing(
        numbers,
        tuple(
            MarkGroup(key, line.split("\t")[1], start, count)
            for article, start, count in groups
            for key, line in lines[article]
        ),
        total,
        is_whole,
    )


def _as_mask(matches: Sequence[tuple[int]]) -> int:
    is_match = bytearray(max(matches, default=(0,))[0] + 1)
    for (number,) in matches:
        is_match[number] = 1
    return int.from_bytes(is_match, "little")


def _length(mask: int) -> int:
    return (mask.bit_length() + 7) // 8


def _counted(groups: Sequence[tuple[str, str]], places: array[int]) -> tuple[MarkGroup, ...]:
    """Return the groups of rows whose places ascend."""
    mark_groups = []
    start = 0
    for place, count in Counter(places).items():
        mark_groups.append(MarkGroup(*groups[place], start, count))
        start += count
    return tuple(mark_groups)


def _put_in_order(connection: sqlite3.Connection, view: MarkView) -> _Rows:
    ordered = _ordered(connection, view)
    if view.grouping == "none":
        numbers = array(_NUMBERS, ordered)
        places = array(_GROUPS, [0]) * len(numbers)
        return _Rows(numbers, max(numbers, default=0), places, [("", "")])
    groups, membership = MEMBERSHIPS[view.grouping](connection)
    members: list[list[int]] = [[] for _ in groups]
    for number in ordered:
        for group in membership[number]:
            members[group].append(number)
    if view.is_reversed and (view.grouping, view.order) in _ORDER_THE_GROUPS:
        groups, members = groups[::-1], members[::-1]
    groups_of_rows = (repeat(place, len(numbers)) for place, numbers in enumerate(members))
    return _Rows(
        array(_NUMBERS, chain.from_iterable(members)),
        max(ordered, default=0),
        array(_GROUPS, chain.from_iterable(groups_of_rows)),
        groups,
    )


def _ordered(connection: sqlite3.Connection, view: MarkView) -> list[int]:
    """Return the numbers of all marks in order; those with nothing to order by are last."""
    placed = _in_place(connection)
    if view.order == "place":
        return placed[::-1] if view.is_reversed else placed
    column = _COLUMNS[view.order]
    keys = dict(connection.execute(f"SELECT number, {column} FROM marks").fetchall())
    if view.order == "status":
        ranks = {status: rank for rank, status in enumerate(get_args(Status), 1)} | {"": 0}
        keys = {number: ranks[status] for number, status in keys.items()}
    is_downward = view.is_reversed != (view.order in _NEWEST_FIRST)
    with_key = [number for number in placed if keys[number]]
    without = [number for number in placed if not keys[number]]
    return [*sorted(with_key, key=keys.__getitem__, reverse=is_downward), *without]


def _in_place(connection: sqlite3.Connection) -> list[int]:
    """Return the numbers of all marks: newest article first, then by position.

    SQLite takes both orders from its indexes. In one query it would look up the marks of
    each article on their own, which takes three times as long.
    """
    placed = connection.execute(
        "SELECT number, article FROM marks ORDER BY article, first, last, id"
    )
    marks_of = {
        article: [number for number, _ in rows] for article, rows in groupby(placed, itemgetter(1))
    }
    articles = connection.execute("SELECT number FROM articles ORDER BY added DESC, id DESC")
    return [number for (article,) in articles for number in marks_of.get(article, ())]
