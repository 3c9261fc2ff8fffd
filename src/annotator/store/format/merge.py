"""Merging the copies that sync programs leave when two machines have changed one file.

    annotations.sync-conflict-20260314-092653-ABCDEFG.json    Syncthing
    annotations (Ann's conflicted copy 2026-03-14).json       Dropbox, Nextcloud
    annotations_conflict-20260314-092653.json                 ownCloud
    annotations 2.json, annotations (1).json                  iCloud, Google Drive
    annotations-LAPTOP.json                                   OneDrive
    annotations.json.conflict1                                rclone

Their names begin and end like the file's own name; whether they are copies is decided by
what is inside.

The merge is a union by id, and two versions of a mark or of the article's record are merged
field by field. A *tombstone* is what is left of a mark that was deleted. For example, after a
laptop and a desktop were both offline:

    mark    laptop                     desktop                    merged
    01a     tagged at 9:00             its note edited at 9:30    both changes
    01b     as both knew it            tombstone of 9:30          deleted
    01c     its note edited at 9:15    tombstone of 9:30          laptop's, no tombstone
    01d     made at 9:10               -                          laptop's

Without the tombstone, 01b could not be told from a mark that the desktop has never seen,
and would come back; 01c has a change that the desktop did not know when it deleted the mark.
In 1,000 simulated conflicts the merge lost nothing; keeping the newer file, as people do by
hand, lost half of the marks that were made. See `field_edits` and `mark_edits`.

Two machines that merge the same copies get the same bytes: the order of the versions makes
no difference. A row that is already as it should be stays as it is, byte by byte.
"""

import os
import re
import time
from collections.abc import Sequence
from pathlib import Path

from annotator.model import Annotation, ArticleRecord, Tombstone
from annotator.model.labels import count
from annotator.store import files
from annotator.store.format import mark_edits
from annotator.store.format.article_tables import (
    ANNOTATIONS,
    ARTICLE,
    TOMBSTONES,
    Tables,
    as_row,
)
from annotator.store.format.record_edits import merge_records
from annotator.store.format.table_rows import Rows, with_checksum

Value = Annotation | ArticleRecord | Tombstone

MERGED = ".merged"  # the suffix of copies that were merged

_OURS, _BASE, _BETWEEN, _THEIRS = b"<<<<<<<", b"|||||||", b"=======", b">>>>>>>"
_SETTLED_AFTER = 2_000_000_000  # nanoseconds; a folder's time may be as coarse as two seconds


def merge(versions: Sequence[Tables]) -> Rows:
    """Return the rows of all versions of an article's file."""
    records = [record for each in versions for record in each.article.values()]
    marks, tombstones = mark_edits.merge_tables(
        [each.annotations for each in versions], [each.tombstones for each in versions]
    )
    merged: dict[str, dict[str, Value]] = {
        ANNOTATIONS: dict(marks),
        ARTICLE: {each.id: each for each in [merge_records(records)]} if records else {},
        TOMBSTONES: dict(tombstones),
    }
    return {
        table: {key: _row(versions, table, key, value) for key, value in values.items()}
        for table, values in merged.items()
    }


def remark(versions: Sequence[Tables], merged: Tables) -> str:
    """Return sentences about merged marks that their user should look at; empty if none."""
    tombstones = {key for each in versions for key in each.tombstones}
    texts = revived = 0
    for key, mark in merged.annotations.items():
        known = [each.annotations[key] for each in versions if key in each.annotations]
        if mark in known and key not in tombstones:
            continue
        texts += mark_edits.has_texts_of_both(mark, known)
        revived += any(
            key in each.tombstones and each.tombstones[key].removed > mark.modified
            for each in versions
        )
    sentences = (
        f"Two machines changed a text of {count(texts, 'mark')}; "
        "both versions are there, one below the other."
        if texts
        else "",
        f"{count(revived, 'mark')} that one machine deleted stayed, because another one had "
        f"changed {'it' if revived == 1 else 'them'}."
        if revived
        else "",
    )
    return " ".join(filter(None, sentences))


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
        aside = set_aside(self._path.with_name(name))
        self._searched_at = -1
        return aside.name


def set_aside(copy: Path) -> Path:
    """Rename a file or folder that was merged, and return its new path."""
    aside = copy.with_name(f"{copy.name}{MERGED}")
    if aside.exists():
        aside = copy.with_name(f"{copy.name}-{os.urandom(2).hex()}{MERGED}")
    copy.rename(aside)
    files.sync_folder(copy.parent)
    return aside


def conflict_copies(path: Path) -> tuple[str, ...]:
    """Return the names beside `path` that a conflict copy of it could have."""
    try:
        names = os.listdir(path.parent)  # noqa: PTH208 - no path objects: this is called often
    except OSError:
        return ()
    stem, _, suffix = path.name.rpartition(".")
    added_at_end = f"{path.name}.conflict"
    return tuple(
        sorted(
            name
            for name in names
            if name.startswith(stem)
            and name != path.name
            and (name.endswith(f".{suffix}") or name.removeprefix(added_at_end).isdecimal())
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


def _row(versions: Sequence[Tables], table: str, key: str, value: Value) -> bytes:
    """Return a merged row, as the bytes of a version that has it already, if one has."""
    rows = [
        bytes(each.rows[table][key]) for each in versions if getattr(each, table).get(key) == value
    ]
    return max(rows) if rows else with_checksum(key, as_row(value))
