"""Questions about names: how tags and speakers are spelled, and how often they are in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from annotator.model import tags
from annotator.store.index.connection import decode_annotation, rows_for
from annotator.store.index.filters import AFTER_SEPARATOR, moment
from annotator.store.index.question import question
from annotator.store.results import TagSpelling

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Mapping
    from datetime import datetime

    from annotator.model import Annotation

Numbers = tuple[int, int]  # of marks and of articles


class TagNode(Struct, frozen=True):
    """A tag in the tree of all tags, with the numbers of marks and articles that have it.

    `all_marks` and `all_articles` also count those that have a tag below it. `last_used` is None
    for a tag that only those below it make. `colour` is #rrggbb, its own or that of the nearest
    tag above it; empty if none has one, or if it was not asked for.
    """

    name: str
    key: str
    marks: int = 0
    articles: int = 0
    all_marks: int = 0
    all_articles: int = 0
    last_used: datetime | None = None
    colour: str = ""

    @property
    def depth(self) -> int:
        """The number of tags above it."""
        return self.name.count(tags.SEPARATOR)

    @property
    def label(self) -> str:
        """The last level of its name."""
        return self.name.rpartition(tags.SEPARATOR)[2]


class SpeakerUse(Struct, frozen=True):
    """A speaker as spelled in one of the newest marks, and the number of marks that quote them.

    `key` ignores case.
    """

    name: str
    count: int
    key: str


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
def tag_counts(connection: sqlite3.Connection) -> tuple[TagNode, ...]:
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
        TagNode(
            names[key],
            key,
            *own.get(key, (0, 0)),
            *totals[key],
            moment(used[key]) if key in used else None,
        )
        for key in sorted(names, key=lambda key: key.split(tags.SEPARATOR))
    )


@question()
def speaker_counts(connection: sqlite3.Connection) -> tuple[SpeakerUse, ...]:
    """Return the speakers by their names."""
    rows = connection.execute(
        "SELECT speaker, count(*), max(number) FROM marks WHERE speaker != '' "
        "GROUP BY speaker ORDER BY speaker"
    ).fetchall()
    names = spelled(connection, {key: number for key, _, number in rows}, speaker_of)
    return tuple(SpeakerUse(names[key], uses, key) for key, uses, _ in rows)


@question("soon")
def mark_authors(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the names of those who made marks."""
    rows = connection.execute(
        "SELECT author, max(number) FROM marks WHERE author != '' GROUP BY author ORDER BY author"
    ).fetchall()
    return tuple(spelled(connection, dict(rows), author_of).values())


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


def author_of(mark: Annotation) -> str:
    """Return who made a mark; empty if that is not known."""
    return mark.author


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
