"""The memory of imports: items of each service as they were, to resume and to find changes.

It is a small SQLite file in the state folder of a library. For each item of a service it has
the article that it became, a fingerprint of the item, and the values that were imported; for
each highlight its mark and its values. So a value that the user changed here since is known by
the difference, and so is one that the service changed.

An item is remembered as begun before its article is written, and as it is after its marks were
written. Ids of marks are made of what they are imported from, so a program that is killed in
between writes the same marks again.
"""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from annotator.codec import decode, encode
from annotator.store.machine.state_database import StateMemory

_DELETED = "deleted"  # in place of the fingerprint of an item
VERSION = 1  # of the tables; a file of another version is made again
_TABLES = """
CREATE TABLE IF NOT EXISTS items (
    service TEXT, item TEXT, article TEXT NOT NULL, fingerprint TEXT NOT NULL,
    is_settled INTEGER NOT NULL, base BLOB NOT NULL, PRIMARY KEY (service, item)
    ) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS marks (
    service TEXT, item TEXT, highlight TEXT, mark TEXT NOT NULL, base BLOB NOT NULL,
    PRIMARY KEY (service, item, highlight)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reports (number INTEGER PRIMARY KEY, report BLOB NOT NULL);
"""


class ItemBase(Struct, frozen=True):
    """The values of an item as they were imported last.

    `given` are tags that the user gave to all items of an import. An item `lacks_text` if
    its article was made of what the import knew of it.
    """

    tags: tuple[str, ...] = ()
    state: str = ""
    given: tuple[str, ...] = ()
    lacks_text: bool = False


class MarkBase(Struct, frozen=True):
    """The values of a highlight as they were imported last, and the words it was placed on."""

    mark_id: str
    quote: str
    placed: str = ""
    note: str = ""
    kind: str = ""
    tags: tuple[str, ...] = ()


class RememberedItem(Struct, frozen=True):
    """An item that was imported. One that is not settled is tried again by the next import."""

    article_id: str
    fingerprint: str
    is_settled: bool = True
    base: ItemBase = ItemBase()
    marks: Mapping[str, MarkBase] = {}

    @classmethod
    def begun(cls, article_id: str) -> "RememberedItem":
        """Return what is remembered of a new item before its article is written."""
        return cls(article_id, "", is_settled=False)

    @property
    def is_deleted(self) -> bool:
        """Whether its article was deleted for good, after it was imported."""
        return self.fingerprint == _DELETED

    @property
    def has_begun(self) -> bool:
        """Whether its article is new, and was perhaps not written to the end."""
        return not self.fingerprint and not self.is_settled

    @property
    def is_undone(self) -> bool:
        """Whether its last import was taken back, in an article that was here before."""
        return not self.fingerprint and self.is_settled


class ImportMemory(StateMemory):
    """The memory of one library.

    For example:

    with ImportMemory(library.state) as memory:
        memory.remember("pocket", "229279689", RememberedItem.begun("5d41402abc4b2a76"))
        memory.recall("pocket", "229279689").has_begun  # True
    """

    def __init__(self, state: Path) -> None:
        super().__init__(state, "imports/memory.db", _TABLES, version=VERSION, name="imports")

    def recall(self, service: str, item: str) -> RememberedItem | None:
        """Return what is remembered of an item, None if it was never imported."""
        with self._explained(), self._lock:
            row = self._database.execute(
                "SELECT article, fingerprint, is_settled, base FROM items"
                " WHERE service = ? AND item = ?",
                (service, item),
            ).fetchone()
            if row is None:
                return None
            marks = self._database.execute(
                "SELECT highlight, base FROM marks WHERE service = ? AND item = ?", (service, item)
            ).fetchall()
            return RememberedItem(
                row[0],
                row[1],
                bool(row[2]),
                decode(row[3], ItemBase),
                {key: decode(base, MarkBase) for key, base in marks},
            )

    def unsettled(self) -> frozenset[tuple[str, str]]:
        """Return the services and items that are to be tried again."""
        with self._explained(), self._lock:
            rows = self._database.execute("SELECT service, item FROM items WHERE NOT is_settled")
            return frozenset((service, item) for service, item in rows)

    def remember(self, service: str, item: str, value: RememberedItem) -> None:
        """Remember an item with its highlights; those of earlier files stay remembered."""
        with self._explained(), self._lock, self._database:
            self._put(service, item, value)

    def put_back(self, items: Iterable[tuple[str, str, RememberedItem]]) -> None:
        """Remember items of services as they were, without the highlights that came later."""
        with self._explained(), self._lock, self._database:
            for service, item, value in items:
                self._database.execute(
                    "DELETE FROM marks WHERE service = ? AND item = ?", (service, item)
                )
                self._put(service, item, value)

    def _put(self, service: str, item: str, value: RememberedItem) -> None:
        values = (value.article_id, value.fingerprint, value.is_settled, encode(value.base))
        self._database.execute(
            "INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?, ?, ?)", (service, item, *values)
        )
        self._database.executemany(
            "INSERT OR REPLACE INTO marks VALUES (?, ?, ?, ?, ?)",
            [(service, item, key, base.mark_id, encode(base)) for key, base in value.marks.items()],
        )

    def note_deleted(self, article_ids: Collection[str]) -> None:
        """Remember that articles were deleted for good, so that no import brings them back."""
        with self._explained(), self._lock, self._database:
            self._database.executemany(
                "UPDATE items SET fingerprint = ? WHERE article = ?",
                [(_DELETED, article_id) for article_id in article_ids],
            )

    def keep_report(self, report: bytes) -> None:
        """Keep the report of an import in place of the last one."""
        with self._explained(), self._lock, self._database:
            self._database.execute("INSERT OR REPLACE INTO reports VALUES (1, ?)", (report,))

    def report(self) -> bytes:
        """Return the report of the last import, empty if there is none."""
        with self._explained(), self._lock:
            row = self._database.execute("SELECT report FROM reports").fetchone()
        return row[0] if row else b""
