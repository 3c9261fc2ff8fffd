"""Questions about names: how tags and speakers are spelled, and how often they are in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.model import tags
from annotator.store.index.connection import decode_annotation, rows_for
from annotator.store.index.filters import AFTER_SEPARATOR, moment
from annotator.store.index.question import question
from annotator.store.results import SpeakerCount, TagCount, TagSpelling

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Mapping

    from annotator.model import Annotation

Numbers = tuple[int, int]  # of marks and of articles


@question()
def tag_spellings(connection: sqlite3.Connection) -> tuple[TagSpelling, ...]:
    """Return the tags in use by articles and marks, the most usual spelling of a tag first.

    That does not depend on times, so that undo brings the spelling back, too.
    """
    rows = connection.execute(
        "SELECT name, key, count(*), max(used) FROM tags "
        "GROUP BY key, name ORDER BY count(*) DESC, name"
    )
    return tuple(TagSpelling(name, key, count, moment(last)) for name, key, count, last in rows)


@question()
def tag_counts(connection: sqlite3.Connection) -> tuple[TagCount, ...]:
    """Return the tags in use and those above them, in the order of trees.

    Each is spelled as it mostly is.
    """
    names: dict[str, str] = {}
    own: dict[str, Numbers] = {}
    used: dict[str, int] = {}
    rows = connection.execute(
        "SELECT key, name, count(mark), count(*) - count(mark), max(used) FROM tags "
        "GROUP BY key, name ORDER BY count(*) DESC, name"
    )
    for key, name, marks, articles, last in rows:
        names.setdefault(key, name)
        before = own.get(key, (0, 0))
        own[key] = before[0] + marks, before[1] + articles
        used[key] = max(last, used.get(key, last))
    for name in list(names.values()):
        for above in tags.ancestors(name):
            names.setdefault(tags.key(above), above)
    has_below = {tags.key(above) for name in names.values() for above in tags.ancestors(name)}
    totals = own | _totals(connection, has_below)
    return tuple(
        TagCount(
            names[key],
            key,
            *own.get(key, (0, 0)),
            *totals[key],
            moment(used[key]) if key in used else None,
        )
        for key in sorted(names, key=lambda key: key.split(tags.SEPARATOR))
    )


@question()
def speaker_counts(connection: sqlite3.Connection) -> tuple[SpeakerCount, ...]:
    """Return the speakers, each as spelled in one of the newest marks, by their names."""
    rows = connection.execute(
        "SELECT speaker, count(*), max(number) FROM marks WHERE speaker != '' "
        "GROUP BY speaker ORDER BY speaker"
    ).fetchall()
    names = spelled(connection, {key: number for key, _, number in rows}, speaker_of)
    return tuple(SpeakerCount(names[key], key, uses) for key, uses, _ in rows)


def spelled(
    connection: sqlite3.Connection,
    numbers: Mapping[str, int],
    spelling: Callable[[Annotation], str],
) -> dict[str, str]:
    """Return keys as a mark of each spells them, since keys are without capitals.

    `numbers` has the row of a mark for each key.
    """
    rows = rows_for(
        connection, "SELECT number, data FROM marks WHERE number IN ({})", tuple(numbers.values())
    )
    spelled_in = {number: spelling(decode_annotation(data)) for number, data in rows}
    return {key: spelled_in[number] or key for key, number in numbers.items()}


def speaker_of(mark: Annotation) -> str:
    """Return who said what a mark claims; empty if that is not known."""
    return mark.claim.speaker if mark.claim else ""


def _totals(connection: sqlite3.Connection, keys: Collection[str]) -> dict[str, Numbers]:
    """Return the numbers of marks and articles with a tag or one below it, each counted once."""
    totals = {}
    for key in keys:
        (marks, articles) = connection.execute(
            "SELECT count(DISTINCT mark), count(DISTINCT CASE WHEN mark IS NULL THEN article END) "
            "FROM tags WHERE key = ? OR key > ? AND key < ?",
            (key, key + tags.SEPARATOR, key + AFTER_SEPARATOR),
        ).fetchone()
        totals[key] = marks, articles
    return totals
