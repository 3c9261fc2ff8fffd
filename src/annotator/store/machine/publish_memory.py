"""The memory of publishing: what each account was sent, and what others wrote there.

It is a small SQLite file in the state folder of a library. A thing is remembered as begun before
it is sent, with all that is sent, and as sent when the service has answered. So a run that is
killed in between knows what to ask the service for. Without the memory the service is asked for
everything. No token is in it.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from annotator.codec import decode, encode
from annotator.model import Annotation
from annotator.model.moment import Moment
from annotator.store.access import WriteLock
from annotator.store.machine.state_database import StateMemory

VERSION = 1  # of the tables; a file of another version is made again
_TABLES = """
CREATE TABLE IF NOT EXISTS sent (
    account TEXT, item TEXT, state BLOB NOT NULL, PRIMARY KEY (account, item)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS guests (
    account TEXT, article TEXT, guests BLOB NOT NULL, PRIMARY KEY (account, article)
    ) WITHOUT ROWID;
"""


class SentItem(Struct, frozen=True, omit_defaults=True):
    """A thing that was sent, or is `begun`; one that is `gone` was deleted by the service.

    `body` is what was sent, and `mark` the mark as it was then: the base of merging what both
    sides change. `updated` is the time of the last change as the service says it. It was made
    there by the run `made`, and changed last by the run `changed`, each named by its beginning.
    """

    stage: Literal["begun", "sent", "gone"]
    label: str
    article_id: str
    made: Moment
    changed: Moment
    remote_id: str = ""
    updated: str = ""
    body: dict[str, Any] = {}
    mark: Annotation | None = None


class Guest(Struct, frozen=True, omit_defaults=True):
    """A mark that somebody else published on an article: it is shown, and is none of ours."""

    id: str
    author: str
    quote: str
    prefix: str = ""
    suffix: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    created: str = ""
    address: str = ""


class PublishMemory(StateMemory):
    """The memory of one library; one run at a time holds its `lock`."""

    def __init__(self, state: Path) -> None:
        super().__init__(state, "publishing/memory.db", _TABLES, version=VERSION, name="publishing")
        self.lock = WriteLock(state / "locks" / "publishing.lock")
        with self._explained():  # a begun item must not be lost with the power
            self._database.execute("PRAGMA synchronous = FULL")

    def sent(self, account: str) -> dict[str, SentItem]:
        """Return what an account was sent, by the keys of the items."""
        with self._explained(), self._lock:
            rows = self._database.execute(
                "SELECT item, state FROM sent WHERE account = ?", (account,)
            ).fetchall()
            return {key: decode(state, SentItem) for key, state in rows}

    def accounts(self) -> dict[str, int]:
        """Return how many things each account has been sent."""
        with self._explained(), self._lock:
            rows = self._database.execute("SELECT account, count(*) FROM sent GROUP BY account")
            return dict(rows.fetchall())

    def remember(self, account: str, items: Mapping[str, SentItem | None]) -> None:
        """Remember items in one write; those without a state are forgotten."""
        put = [(account, key, encode(item)) for key, item in items.items() if item is not None]
        gone = [(account, key) for key, item in items.items() if item is None]
        with self._explained(), self._lock, self._database:
            self._database.executemany("INSERT OR REPLACE INTO sent VALUES (?, ?, ?)", put)
            self._database.executemany("DELETE FROM sent WHERE account = ? AND item = ?", gone)

    def put_guests(self, account: str, article_id: str, guests: Iterable[Guest]) -> None:
        """Remember what others published on an article, in place of what was known."""
        row = account, article_id, encode(tuple(guests))
        with self._explained(), self._lock, self._database:
            self._database.execute("INSERT OR REPLACE INTO guests VALUES (?, ?, ?)", row)

    def guests(self, article_id: str) -> tuple[Guest, ...]:
        """Return what others published on an article, of all accounts."""
        with self._explained(), self._lock:
            rows = self._database.execute(
                "SELECT guests FROM guests WHERE article = ?", (article_id,)
            ).fetchall()
        return tuple(guest for row in rows for guest in decode(row[0], tuple[Guest, ...]))
