"""The copies that sync programs leave beside a file that two machines have changed.

    annotations.sync-conflict-20260314-092653-ABCDEFG.json    Syncthing
    annotations (Ann's conflicted copy 2026-03-14).json       Dropbox, Nextcloud
    annotations_conflict-20260314-092653.json                 ownCloud
    annotations 2.json, annotations (1).json                  iCloud, Google Drive
    annotations-LAPTOP.json                                   OneDrive
    annotations.json.conflict1                                rclone

Second copies and copies that were merged get copies as well, where a sync program does not leave
them out: `annotations.json.sync-conflict-20260314-092653-ABCDEFG.bak`.

Their names begin and end like the file's own name; whether they are copies is decided by
what is inside.

A file that git could not merge has both versions in it.
"""

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

from annotator.store.disk import files

MERGED = ".merged"  # the suffix of copies that were merged

_OURS, _BASE, _BETWEEN, _THEIRS = b"<<<<<<<", b"|||||||", b"=======", b">>>>>>>"


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
            names = conflict_copies(self._path)
            self._names = tuple(name for name in names if name not in self._ignored)
            is_settled = time.time_ns() - changed > files.SETTLED_AFTER
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


def needless_copies(path: Path) -> Iterator[Path]:
    """Yield the conflict copies of a file's second copy, and of its copies that were merged."""
    end = rf"{re.escape(path.suffix)}(?:\.conflict\d+)?"
    own = re.compile(rf".*{end}(?:-[0-9a-f]{{4}})?{re.escape(MERGED)}|[a-z_]+{end}\.bak")
    copy = re.compile(rf"{re.escape(path.stem)}\b.*(?:\.bak|{re.escape(MERGED)})(?:\.conflict\d+)?")
    for name in sorted(os.listdir(path.parent)):  # noqa: PTH208 - names alone are needed
        if copy.fullmatch(name) and not own.fullmatch(name):
            yield path.with_name(name)


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
