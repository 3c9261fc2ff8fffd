"""How the files of all articles look just now, without opening any."""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from annotator.store import files
from annotator.store.articles.article_paths import is_id

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

    from annotator.store.articles.article_paths import Shelf
    from annotator.store.format.article_tables import Tables


UNKNOWN = ""  # the signature of a file that must be read again
SETTLED_AFTER = 2_000_000_000  # nanoseconds; the coarsest file systems tell times to two seconds

_Status = os.stat_result | None


class Row(NamedTuple):
    """The articles that share a folder, and what the system says of their files."""

    name: str
    files: tuple[tuple[str, _Status], ...]

    @property
    def looks(self) -> str:
        """Some digits that change when one of the files does, or comes; `UNKNOWN` if one is gone.

        The hash of a tuple of numbers is the same in every run, and very quick.
        """
        statuses = [status for _, status in self.files if status is not None]
        if len(statuses) < len(self.files):
            return UNKNOWN
        names = zlib.crc32("/".join([name for name, _ in self.files]).encode("utf-8", "replace"))
        numbers = [(each.st_ino, each.st_size, each.st_mtime_ns) for each in statuses]
        return f"{names}.{hash(tuple(numbers))}"

    def signatures(self) -> dict[str, str]:
        """Return for each article the signature of its file; `UNKNOWN` where there is none."""
        return {
            name: _signature(status)
            for name, status in self.files
            if name.startswith(self.name) and is_id(name)
        }


def sweep(folder: Path, name: str) -> Iterator[Row]:
    """Yield each row of the folder of articles, with the files of that name in it.

    A row's folder is held open meanwhile: the system then looks up one name
    rather than a whole path, which makes the sweep a third quicker.
    """
    for row in _names(folder):
        try:
            descriptor = os.open(folder / row, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError:
            continue
        try:
            names = sorted(os.listdir(descriptor))  # noqa: PTH208 - a descriptor is no path
            yield Row(row, tuple(zip(names, _statuses(names, name, descriptor), strict=True)))
        finally:
            os.close(descriptor)


def settled(signature: files.Signature) -> str:
    """Return the signature as it is remembered: not at all if the file is only just written.

    It could be written again within the same tick of the clock, and look the same.
    """
    age = abs(time.time_ns() - signature[2])
    return UNKNOWN if age < SETTLED_AFTER else _text(*signature)


def _statuses(folders: list[str], name: str, row: int) -> Sequence[_Status]:
    stat = os.stat
    try:
        return [stat(f"{each}/{name}", dir_fd=row) for each in folders]
    except OSError:
        return [_status(f"{each}/{name}", row) for each in folders]


def _status(path: str, row: int) -> _Status:
    try:
        return os.stat(path, dir_fd=row)
    except OSError:
        return None


def _signature(status: _Status) -> str:
    return _text(status.st_ino, status.st_size, status.st_mtime_ns) if status else UNKNOWN


def _text(inode: int, size: int, modified: int) -> str:
    return f"{inode}.{size}.{modified}"


def _names(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208 - names are all it takes
    except OSError:
        return []


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
        from annotator.store.index.ingest import take_in

        take_in(connection, source, [*changed, *gone])
