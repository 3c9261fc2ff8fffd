"""The copies that programs which synchronise folders leave of a file that two machines changed.

    annotations.sync-conflict-20260314-092653-ABCDEFG.json    Syncthing
    annotations (Ann's conflicted copy 2026-03-14).json       Dropbox, Nextcloud
    annotations_conflict-20260314-092653.json                 ownCloud
    annotations 2.json, annotations (1).json                  iCloud, Google Drive
    annotations-LAPTOP.json                                   OneDrive

They have in common how the name begins and ends, and what is inside.
"""

import os
import time
from pathlib import Path

from annotator.store import files

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
