"""The vectors of marked words, which take long to make: a file in the cache of a library."""

from collections.abc import Collection, Mapping
from pathlib import Path

from annotator.store.machine.state_database import StateMemory

VERSION = 1  # of the table; a file of another version is made again
_TABLES = """
CREATE TABLE IF NOT EXISTS vectors (text BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID;
SELECT sum(length(vector)) FROM vectors;  -- reads all: a file with damage is made again
"""
_SPARE = 100  # vectors of marks that are gone, which may stay


class ClaimVectors(StateMemory):
    """The vectors of one library, by the digest of a text and the model."""

    def __init__(self, cache: Path) -> None:
        super().__init__(cache, "claim_vectors.db", _TABLES, version=VERSION, name="vectors")

    def all(self) -> dict[bytes, bytes]:
        """Return all vectors by their keys."""
        with self._explained(), self._lock:
            return dict(self._database.execute("SELECT text, vector FROM vectors").fetchall())

    def add(self, vectors: Mapping[bytes, bytes]) -> None:
        """Keep more vectors."""
        with self._explained(), self._lock, self._database:
            sql = "INSERT OR REPLACE INTO vectors VALUES (?, ?)"
            self._database.executemany(sql, vectors.items())

    def drop_all_but(self, wanted: Collection[bytes]) -> None:
        """Delete the vectors of texts that nothing says any more, if there are many."""
        gone = [(key,) for key in self.all().keys() - wanted]
        if len(gone) > len(wanted) + _SPARE:
            with self._explained(), self._lock, self._database:
                self._database.executemany("DELETE FROM vectors WHERE text = ?", gone)
