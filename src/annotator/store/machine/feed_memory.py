"""The memory of feeds: when each was asked, what its server said, and the texts of its entries.

It is a small SQLite file in the state folder of a library. It is not in the library: what a
server calls unchanged is what this machine had of it, and the rows of another one may not have
arrived. Without the memory feeds are asked for as a whole, and entries come without their texts.
"""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from annotator.codec import decode, encode, pack, unpack
from annotator.model.moment import Moment
from annotator.store.disk import compression
from annotator.store.machine.state_database import StateMemory

LEVEL = 3  # of Zstandard: texts are short
MAX_TEXT = 8_000_000  # bytes of an entry, which has up to a million characters
VERSION = 1  # of the tables; a file of another version is made again
_TABLES = """
CREATE TABLE IF NOT EXISTS feeds (feed TEXT PRIMARY KEY, state BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS texts (entry TEXT PRIMARY KEY, text BLOB NOT NULL);
"""


class FeedState(Struct, frozen=True, omit_defaults=True):
    """A feed as this machine knows it.

    `url`, `etag` and `modified` are of its last whole answer, at `fetched`; `seen` are the ids of
    the entries that it had. It was last asked at `checked`, and is `due` again then. A server may
    have asked to be left alone `until` a moment. `interval` is how many seconds it usually is left
    alone. `error` says why the last `errors` tries failed.
    """

    checked: Moment
    due: Moment
    fetched: Moment | None = None
    until: Moment | None = None
    url: str = ""
    etag: str = ""
    modified: str = ""
    seen: tuple[str, ...] = ()
    interval: int = 3_600
    errors: int = 0
    error: str = ""


class FeedText(Struct, frozen=True):
    """The text of an entry as HTML, and the address that links in it are relative to."""

    html: str
    base: str = ""


class FeedMemory(StateMemory):
    """The memory of one library."""

    def __init__(self, state: Path) -> None:
        super().__init__(state, "feeds/memory.db", _TABLES, version=VERSION, name="feeds")

    def states(self) -> dict[str, FeedState]:
        """Return what is known of each feed, by its id."""
        with self._explained(), self._lock:
            rows = self._database.execute("SELECT feed, state FROM feeds").fetchall()
            return {feed: decode(state, FeedState) for feed, state in rows}

    def text(self, entry: str) -> FeedText | None:
        """Return the text of an entry, None if its feed had none."""
        with self._explained(), self._lock:
            row = self._database.execute(
                "SELECT text FROM texts WHERE entry = ?", (entry,)
            ).fetchone()
            try:
                return unpack(compression.decompress(row[0], MAX_TEXT), FeedText) if row else None
            except ValueError:
                return None

    def remember(
        self, states: Mapping[str, FeedState], texts: Mapping[str, FeedText] | None = None
    ) -> None:
        """Remember states of feeds and texts of entries, in one write."""
        pressed = [
            (key, compression.compress(pack(text), LEVEL)) for key, text in (texts or {}).items()
        ]
        plain = [(feed, encode(state)) for feed, state in states.items()]
        with self._explained(), self._lock, self._database:
            self._database.executemany("INSERT OR REPLACE INTO feeds VALUES (?, ?)", plain)
            self._database.executemany("INSERT OR REPLACE INTO texts VALUES (?, ?)", pressed)

    def forget(self, feeds: Iterable[str] = (), *, all_texts_but: Collection[str]) -> None:
        """Forget the states of feeds, and the texts of all entries but these."""
        with self._explained(), self._lock, self._database:
            for feed in feeds:
                self._database.execute("DELETE FROM feeds WHERE feed = ?", (feed,))
            known = self._database.execute("SELECT entry FROM texts").fetchall()
            gone = [(entry,) for (entry,) in known if entry not in all_texts_but]
            self._database.executemany("DELETE FROM texts WHERE entry = ?", gone)
