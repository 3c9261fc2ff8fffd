"""The inbox: entries of feeds as rows, which are dismissed here, and kept by `sync.keep`."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from annotator.errors import AmbiguousId, Conflict, NotInLibrary
from annotator.model.feed import Feed, InboxRow
from annotator.model.identity import id_of_url, normalise_url
from annotator.model.labels import count
from annotator.model.text import clean_line
from annotator.store import FEEDS, INBOX, Library

Value = TypeVar("Value")

KEPT_FOR: Final = timedelta(days=90)


class InboxEntry(Struct, frozen=True):
    """A row of the inbox with its id and the feed that it is from."""

    id: str
    row: InboxRow
    feed: Feed

    @property
    def name(self) -> str:
        """Its id, the part first that differs from that of other entries of its feed."""
        return self.id.removeprefix(self.row.feed) + self.row.feed

    def has(self, typed: str) -> bool:
        """Return whether its title or the name of its feed has what was typed."""
        return typed.strip().casefold() in f"{self.row.title} {self.feed.name}".casefold()


class InboxEdit(Struct, frozen=True, tag=True):
    """Rows that were dismissed, and feeds that were removed with theirs: a step for undo."""

    rows: Mapping[str, InboxRow]
    feeds: Mapping[str, Feed] = {}
    name: str = "Dismiss"
    article_ids: tuple[str, ...] = ()
    remark: str = ""

    @property
    def words(self) -> str:
        names = [feed.name for feed in self.feeds.values()]
        return next(iter(names or [row.name for row in self.rows.values()]), "")

    @property
    def size(self) -> int:
        return len(self.feeds or self.rows)

    @property
    def extent(self) -> str:
        """The number with its noun: “2 entries”."""
        return count(self.size, "feed" if self.feeds else "entry", "" if self.feeds else "entries")

    @property
    def is_empty(self) -> bool:
        return not self.size

    def undo(self, library: Library, *, now: datetime) -> "InboxEdit":
        """Put the rows and feeds back. Raises `Conflict` if all of them are there again."""
        rows, feeds = library.catalog.values(INBOX), library.catalog.values(FEEDS)
        edit = replace(self, rows=_without(self.rows, rows), feeds=_without(self.feeds, feeds))
        return _put(library, edit, edit.rows, edit.feeds, now=now)

    def redo(self, library: Library, *, now: datetime) -> "InboxEdit":
        """Dismiss and remove them again. Raises `Conflict` if none of them is there."""
        rows, feeds = library.catalog.values(INBOX), library.catalog.values(FEEDS)
        edit = replace(
            self,
            rows={key: row for key, row in rows.items() if key in self.rows},
            feeds={key: feed for key, feed in feeds.items() if key in self.feeds},
        )
        return _put(library, edit, dict.fromkeys(edit.rows), dict.fromkeys(edit.feeds), now=now)


def inbox(library: Library, *, now: datetime) -> tuple[InboxEntry, ...]:
    """Return what waits in the inbox, newest first; what the library has by now is left out."""
    feeds, rows = library.catalog.values(FEEDS), library.catalog.values(INBOX)
    ids = {key: id_of_url(row.link) for key, row in rows.items() if row.link}
    known = library.fingerprints(set(ids.values())) if ids else {}
    listed = [
        InboxEntry(key, row, feeds[row.feed])
        for key, row in rows.items()
        if row.feed in feeds and not is_old(row, now) and ids.get(key) not in known
    ]
    return tuple(sorted(listed, key=lambda entry: (entry.row.date, entry.id), reverse=True))


def is_old(row: InboxRow, now: datetime) -> bool:
    """Return whether a row has waited too long to be shown."""
    return now - row.added > KEPT_FOR


def find_entries(
    library: Library, names: Sequence[str], *, now: datetime
) -> tuple[InboxEntry, ...]:
    """Return entries by the beginning of their names, their addresses or their titles.

    Raises `NotInLibrary` for a name that is none of them, `AmbiguousId` for one of several.
    """
    waiting = {entry.name: entry for entry in inbox(library, now=now)}
    known = {key: (entry.row.name, [entry.row.link]) for key, entry in waiting.items()}
    hint = "`annotator feeds inbox` lists what waits."
    found = (find_named(known, name, "in the inbox", hint) for name in names)
    return tuple(waiting[key] for key in dict.fromkeys(found))


def find_named(
    known: Mapping[str, tuple[str, Collection[str]]], name: str, what: str, hint: str
) -> str:
    """Return the id of what has an address or title, or else of which an id begins so.

    `known` are titles and addresses by ids. Raises `AmbiguousId` if several are meant, and for
    none `NotInLibrary` with `what` the name is not, and a `hint`.
    """
    wanted, address = name.strip().casefold(), normalise_url(name.strip())
    matching = [
        key
        for key, (title, addresses) in known.items()
        if wanted and (title.casefold() == wanted or address in map(normalise_url, addresses))
    ] or [key for key in known if wanted and key.startswith(wanted)]
    if len(matching) > 1:
        raise AmbiguousId.of(clean_line(name), matching)
    if not matching:
        raise NotInLibrary(f"“{clean_line(name)}” is not {what}.", hint)
    return matching[0]


def dismiss(library: Library, ids: Sequence[str], *, now: datetime) -> InboxEdit:
    """Take rows out of the inbox, and return the step."""
    rows = library.catalog.values(INBOX)
    edit = InboxEdit({key: rows[key] for key in ids if key in rows})
    return edit.redo(library, now=now) if edit.rows else edit


def _without(values: Mapping[str, Value], known: Mapping[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in values.items() if key not in known}


def _put(
    library: Library,
    edit: InboxEdit,
    rows: Mapping[str, InboxRow | None],
    feeds: Mapping[str, Feed | None],
    *,
    now: datetime,
) -> InboxEdit:
    """Write values of an edit, and return it; raises `Conflict` if there are none."""
    if edit.is_empty:
        raise Conflict(
            "The inbox was left as it is: it was changed elsewhere.", "Look at it as it is now."
        )
    if feeds:
        library.catalog.put(FEEDS, feeds, now=now)
    if rows:
        library.catalog.put(INBOX, rows, now=now)
    return edit
