"""Finding out which articles' files have changed, without opening any.

The library has one file for each article, in 256 shards (folders named after the first
two digits of the articles' ids). A scan takes the status of every file, which the system
has in memory: 10,000 files take 0.04 s. Each status becomes a *fingerprint* of inode,
size and modification time, and those of a shard become one fingerprint of the shard.
The time of an article's folder is part of it, which changes when a sync program puts a
conflict copy there: that takes a third more.

For example, another program writes a mark into the article `a3f0…`:

    shard   at the last refresh      now
    a2      8123.-52291              8123.-52291     unchanged, its articles are not looked at
    a3      5512.90417               5512.-1187      changed: compare its articles one by one
            a3f0…  77.2100.1500      a3f0…  81.2391.1742      read and ingested
            a3f9…  78.1800.1200      a3f9…  78.1800.1200      unchanged

A fingerprint is believed only when the file is two seconds old. Before that, the file
could be written again within the same tick of a coarse clock and keep its fingerprint,
so it counts as unknown and is read again next time (git calls such files "racy").
"""

from __future__ import annotations

import os
import time
import zlib
from typing import TYPE_CHECKING, NamedTuple

from annotator.store.articles.article_paths import FILE_NAME, is_id, shard_of
from annotator.store.disk import files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from annotator.store.articles.article_paths import ArticlePaths
    from annotator.store.articles.folder_reader import FolderReader


class ArticleSource(NamedTuple):
    """The articles that an index is derived from; `reader` is loaded when it is first called."""

    paths: ArticlePaths
    reader: Callable[[], FolderReader]


class Shard(NamedTuple):
    """A folder of articles, and the status of their files; None where the file is missing.

    `folders` are the times of the articles' folders.
    """

    name: str
    files: tuple[tuple[str, os.stat_result | None], ...]
    folders: tuple[int, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Digits that change when a file changes, appears or goes; `UNKNOWN` if one is missing.

        The hash of a tuple of numbers is the same in every run, and very fast.
        """
        statuses = [status for _, status in self.files if status is not None]
        if len(statuses) < len(self.files):
            return files.UNKNOWN
        names = zlib.crc32("/".join([name for name, _ in self.files]).encode("utf-8", "replace"))
        numbers = [(status.st_ino, status.st_size, status.st_mtime_ns) for status in statuses]
        return f"{names}.{hash((*numbers, self.folders))}"

    def fingerprints(self) -> dict[str, str]:
        """Return the fingerprint of each article's file; `UNKNOWN` where it is missing."""
        return {
            name: f"{status.st_ino}.{status.st_size}.{status.st_mtime_ns}.{folder}"
            if status
            else files.UNKNOWN
            for (name, status), folder in zip(self.files, self.folders, strict=True)
            if name.startswith(self.name) and is_id(name)
        }


def scan(folder: Path) -> Iterator[Shard]:
    """Yield each shard of the folder of articles, with the status of the articles' files.

    The shard's folder is kept open, so that the system looks up one name instead of a
    whole path: this makes the scan a third quicker.
    """
    for name in _names(folder):
        try:
            descriptor = os.open(folder / name, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError:
            continue
        try:
            articles = sorted(os.listdir(descriptor))  # noqa: PTH208 - a descriptor is not a path
            folders = _folders(articles, descriptor)
            statuses = _statuses(articles, descriptor)
            yield Shard(name, tuple(zip(articles, statuses, strict=True)), folders)
        finally:
            os.close(descriptor)


def fingerprints_in(shards: Iterable[Shard]) -> dict[str, str]:
    """Return the fingerprint of each article whose file is there; `UNKNOWN` for a new file."""
    now = time.time_ns()
    return {
        name: files.settled((status.st_ino, status.st_size, status.st_mtime_ns), now)
        for shard in shards
        for name, status in shard.files
        if status is not None
    }


def statuses_of(folder: Path, article_ids: Iterable[str]) -> dict[str, object]:
    """Return for each article a value that changes with its file; None if that is missing.

    After a change to thousands of articles, these are looked at with each letter of a query.
    """
    statuses: dict[str, object] = {}
    for article_id in article_ids:
        try:
            status = os.stat(f"{folder}/{shard_of(article_id)}/{article_id}/{FILE_NAME}")  # noqa: PTH116 - a path object takes longer than the rest
            statuses[article_id] = (status.st_ino, status.st_size, status.st_mtime_ns)
        except OSError:
            statuses[article_id] = None
    return statuses


def folder_time(folder: Path) -> int:
    """Return when a name in a folder was last added, removed or replaced; 0 if it is missing."""
    try:
        return os.stat(folder).st_mtime_ns  # noqa: PTH116 - as quick as for a shard
    except OSError:
        return 0


def settled_with_folder(fingerprint: files.Fingerprint, folder: int) -> str:
    """Return the fingerprint of an article's file and its folder's time; `UNKNOWN` as `settled`."""
    file = files.settled(fingerprint)
    is_settled = abs(time.time_ns() - folder) >= files.SETTLED_AFTER
    return f"{file}.{folder}" if file and is_settled else files.UNKNOWN


def _folders(articles: list[str], descriptor: int) -> tuple[int, ...]:
    stat = os.stat
    try:
        return tuple([stat(name, dir_fd=descriptor).st_mtime_ns for name in articles])
    except OSError:  # one of them has just gone
        return (0,) * len(articles)


def _statuses(articles: list[str], descriptor: int) -> Sequence[os.stat_result | None]:
    stat = os.stat
    try:
        return [stat(f"{name}/{FILE_NAME}", dir_fd=descriptor) for name in articles]
    except OSError:  # one of them is missing
        return [_status(f"{name}/{FILE_NAME}", descriptor) for name in articles]


def _status(path: str, descriptor: int) -> os.stat_result | None:
    try:
        return os.stat(path, dir_fd=descriptor)
    except OSError:
        return None


def _names(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208 - names are enough
    except OSError:
        return []
