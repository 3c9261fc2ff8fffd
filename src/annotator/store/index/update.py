"""Whether the index is as the files of the articles are, and where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from annotator.store import files
from annotator.store.index.sweep import UNKNOWN, Row, sweep

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from annotator.store.shelf import Shelf
    from annotator.store.tables import Tables


class Source(NamedTuple):
    """Where the articles are. `known` is what is in memory of one, whether or not it still holds.

    `tables` mends what it can; it and `text` give nothing for what is lost.
    """

    shelf: Shelf
    file_name: str
    known: Callable[[str], Tables | None]
    tables: Callable[[str], Tables | None]
    text: Callable[[str, str], str | None]

    def read(self, article_id: str) -> tuple[bytes, files.Signature]:
        """Return what an article's file holds, and how it looks."""
        return files.read(self.shelf.path(article_id) / self.file_name)


def update(connection: sqlite3.Connection, source: Source) -> None:
    """Read the files that changed since they were last read, and forget those that are gone."""
    known = dict(connection.execute("SELECT name, looks FROM rows"))
    changed = [
        row
        for row in sweep(source.shelf.folder, source.file_name)
        if known.pop(row.name, UNKNOWN) != (looks := row.looks) or looks == UNKNOWN
    ]
    gone = [Row(name, ()) for name in known]
    if changed or gone:
        from annotator.store.index.intake import take_in

        take_in(connection, source, [*changed, *gone])
