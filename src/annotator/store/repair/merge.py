"""Two versions of an article's file as one: nothing that either machine did is lost."""

import os
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from annotator.codec import to_plain
from annotator.model import Annotation, ArticleRecord
from annotator.store import files
from annotator.store.format.article_tables import (
    ANNOTATIONS,
    ARTICLE,
    TOMBSTONES,
    Tables,
    Tombstone,
)
from annotator.store.format.table_rows import Rows, sealed


class _Dated(NamedTuple):
    """A row and its time; of two at the same time the greater row wins, on every machine."""

    moment: datetime
    row: bytes


def merge(versions: Sequence[Tables]) -> Rows:
    """Return the rows of all versions, of each mark the one that was modified last.

    A mark that one version removed stays removed, unless another has changed it
    since. The order of the versions makes no difference, so that two machines
    that merge the same copies agree.
    """
    marks = _latest(_dated(each.rows, ANNOTATIONS, each.annotations) for each in versions)
    graves = _latest(_dated(each.rows, TOMBSTONES, each.tombstones) for each in versions)
    buried = {
        key for key, grave in graves.items() if key not in marks or marks[key].moment < grave.moment
    }
    return {
        ANNOTATIONS: {key: mark.row for key, mark in marks.items() if key not in buried},
        ARTICLE: _record(versions),
        TOMBSTONES: {key: graves[key].row for key in buried},
    }


def _dated(
    rows: Rows, table: str, values: Mapping[str, Annotation | Tombstone]
) -> dict[str, _Dated]:
    return {key: _Dated(_moment(value), bytes(rows[table][key])) for key, value in values.items()}


def _moment(value: Annotation | Tombstone) -> datetime:
    return value.removed if isinstance(value, Tombstone) else value.modified


def _latest(versions: Iterable[Mapping[str, _Dated]]) -> dict[str, _Dated]:
    latest: dict[str, _Dated] = {}
    for key, version in chain.from_iterable(each.items() for each in versions):
        latest[key] = max(version, latest.get(key, version))
    return latest


def _record(versions: Sequence[Tables]) -> dict[str, bytes]:
    """Return the record that was changed last, with the revisions of all."""
    dated = sorted(
        (record.modified, bytes(each.rows[ARTICLE][key]), record)
        for each in versions
        for key, record in each.article.items()
    )
    if not dated:
        return {}
    *_, (_, row, record) = dated
    whole = _with_all_revisions(record, [each for *_, each in dated])
    return {record.id: row if whole == record else sealed(record.id, to_plain(whole))}


def _with_all_revisions(record: ArticleRecord, records: Sequence[ArticleRecord]) -> ArticleRecord:
    revisions = dict.fromkeys(chain.from_iterable(each.revisions for each in records))
    added = min(each.added for each in records)
    if set(revisions) == set(record.revisions) and added == record.added:
        return record
    return replace(record, revisions=tuple(revisions), added=added)


MERGED = ".merged"  # what a copy's name ends with once all of it is in the file

_SETTLED = 2_000_000_000  # nanoseconds; a folder's time may be as coarse as two seconds


class Copies:
    """The conflict copies beside a file, looked for only when the folder has changed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._looked_at = -1
        self._names: tuple[str, ...] = ()
        self._unusable: frozenset[str] = frozenset()

    def names(self) -> tuple[str, ...]:
        """Return the copies that are there to be merged; it costs one look at the folder."""
        try:
            changed = self._path.parent.stat().st_mtime_ns
        except OSError:
            return ()
        if changed != self._looked_at:
            found = conflict_copies(self._path)
            self._names = tuple(name for name in found if name not in self._unusable)
            is_settled = time.time_ns() - changed > _SETTLED
            self._looked_at = changed if is_settled else -1
        return self._names

    def leave(self, name: str) -> None:
        """Let be what turned out to be no copy."""
        self._unusable |= {name}
        self._looked_at = -1

    def put_aside(self, name: str) -> str:
        """Rename a copy that was merged, so that it is kept and not merged again."""
        copy = self._path.with_name(name)
        aside = copy.with_name(f"{name}{MERGED}")
        if aside.exists():
            aside = copy.with_name(f"{name}-{os.urandom(2).hex()}{MERGED}")
        copy.rename(aside)
        files.sync_folder(copy.parent)
        self._looked_at = -1
        return aside.name


def conflict_copies(path: Path) -> tuple[str, ...]:
    """Return the names beside `path` that begin and end as its name does."""
    try:
        names = os.listdir(path.parent)  # noqa: PTH208 - no path objects: it is looked at often
    except OSError:
        return ()
    return tuple(sorted(name for name in names if is_copy_of(path.name, name)))


def is_copy_of(name: str, other: str) -> bool:
    """Tell whether the file `other` is called what a conflict copy of `name` would be."""
    stem, _, suffix = name.rpartition(".")
    return other != name and other.startswith(stem) and other.endswith(f".{suffix}")
