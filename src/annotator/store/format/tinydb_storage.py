"""TinyDB on a guarded file: one lock from reading to writing, one write for several tables."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from annotator.store.format.article_tables import Tables
from annotator.store.format.mirrored_file import Contents, GuardedFile
from annotator.store.format.table_rows import Row, Rows, assemble, sealed
from annotator.store.ids import new_id

Documents = dict[str, Row | dict[str, Any]]


class ArticleStorage(Storage):
    """The tables of an article's file. It lives as long as one change, in one thread.

    Nothing but bytes is remembered, so that no caller can alter what another reads.
    """

    def __init__(self, file: GuardedFile[Tables]) -> None:
        self._file = file
        self._depth = 0
        self._before: Contents[Tables] | None = None
        self._pending: Rows | None = None

    @contextmanager
    def transaction(self) -> Iterator[Contents[Tables] | None]:
        """Hold the lock, and put on disk at the end what was written meanwhile.

        Gives what there was before; an error leaves it so.
        """
        self._file.access.require_writable()
        with self._file.lock.held():
            if self._depth == 0:
                self._before = self._file.read_anew()
            self._depth += 1
            try:
                yield self._before
                if self._depth == 1:
                    self._commit()
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self._before = self._pending = None

    def read(self) -> dict[str, Documents] | None:
        """Return the tables, new objects each time; nothing if there is no file yet.

        Of thousands of marks a change looks into one, so that the rest is not decoded.
        """
        rows = self._rows()
        if rows is None:
            return None
        return {name: {key: Row(row) for key, row in table.items()} for name, table in rows.items()}

    def write(self, data: dict[str, Documents]) -> None:
        """Take the tables for the end of the transaction. What is no value is refused now."""
        with self.transaction():
            self._pending = {
                name: {key: _as_bytes(key, document) for key, document in documents.items()}
                for name, documents in data.items()
            }

    def _rows(self) -> Rows | None:
        if self._pending is not None:
            return self._pending
        contents = self._before if self._depth else self._file.read()
        return contents.value.rows if contents else None

    def _commit(self) -> None:
        if self._pending is None:
            return
        data = assemble(self._pending)
        if self._before is None or data != self._before.data:
            self._file.write(data)


class LockedTable(Table):
    """A table with text for ids, changed only under the lock and never answered from a cache.

    Whole numbers would be given twice by two programs. A cached answer would
    outlive another program's write.
    """

    document_id_class = str  # type: ignore[assignment]  # its type says int, its documentation any

    def replace(self, documents: Mapping[str, Mapping[str, Any]]) -> None:
        """Insert whole documents by their ids, or put them in others' places, in one write."""
        self._update_table(lambda table: cast("dict[str, Any]", table).update(documents))

    def discard(self, ids: Iterable[str]) -> None:
        """Remove documents, and let those be that are not there, in one write."""
        gone = frozenset(ids)
        self._update_table(lambda table: _drop(cast("dict[str, Any]", table), gone))

    def _get_next_id(self) -> str:
        return new_id()

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        with cast("ArticleStorage", self.storage).transaction():
            super()._update_table(updater)


class ArticleDatabase(TinyDB):
    """The TinyDB of one article."""

    table_class = LockedTable
    default_table_name = "annotations"

    def __init__(self, file: GuardedFile[Tables]) -> None:
        super().__init__(file, storage=ArticleStorage)
        self.locked = cast("ArticleStorage", self.storage)
        self.article = self._table("article")
        self.annotations = self._table("annotations")
        self.tombstones = self._table("tombstones")

    def _table(self, name: str) -> LockedTable:
        # another program's write does not empty TinyDB's cache of answers: there is none
        return cast("LockedTable", self.table(name, cache_size=0))

    def drop_table(self, name: str) -> None:
        """Drop a table, under the lock."""
        with self.locked.transaction():
            super().drop_table(name)

    def drop_tables(self) -> None:
        """Drop every table, under the lock; refused for want of the article's record."""
        with self.locked.transaction():
            super().drop_tables()


def _as_bytes(identity: str, document: Row | dict[str, Any]) -> bytes:
    return document.as_bytes(identity) if isinstance(document, Row) else sealed(identity, document)


def _drop(table: dict[str, Any], ids: frozenset[str]) -> None:
    for identity in ids & table.keys():
        del table[identity]
