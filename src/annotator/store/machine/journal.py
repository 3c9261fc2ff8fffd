"""The last changes of the command line, kept so that the last one can be taken back.

The journal belongs to the machine. It forgets the oldest changes when there are many or they are
large. One that cannot be read is empty: then nothing can be taken back, and nothing is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Raw, Struct

from annotator.codec import decode, encode
from annotator.store import files
from annotator.store.os_errors import explained

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from annotator.store.access import WriteLock

MOST = 20  # changes
MOST_BYTES = 8_000_000  # some thousand marks, as they were before and after


class Change(Struct, frozen=True):
    """A change with its steps as JSON; one that was too large for the journal has none."""

    name: str
    steps: tuple[Raw, ...] = ()


class Journal:
    """The last changes to one library, the newest last."""

    def __init__(self, path: Path, *, lock: WriteLock) -> None:
        self._path = path
        self._lock = lock

    def changes(self) -> list[Change]:
        """Return all changes; none if the file cannot be read."""
        try:
            return decode(files.read(self._path)[0], list[Change])
        except (OSError, ValueError):
            return []

    def add(self, change: Change) -> None:
        """Add a change."""
        with self._lock.held(), explained(self._path, action="written"):
            self._write([*self.changes(), _fitting(change)][-MOST:])

    def drop(self, change: Change) -> None:
        """Drop the newest change, if it is still this one."""
        with self._lock.held(), explained(self._path, action="written"):
            changes = self.changes()
            if changes and changes[-1] == change:
                self._write(changes[:-1])

    def _write(self, changes: Sequence[Change]) -> None:
        sizes = [sum(map(len, change.steps)) for change in changes]
        first = 0
        while sum(sizes[first:]) > MOST_BYTES:
            first += 1
        files.make_folder(self._path.parent)
        files.replace(self._path, encode(changes[first:]))


def _fitting(change: Change) -> Change:
    is_too_large = sum(map(len, change.steps)) > MOST_BYTES
    return Change(change.name) if is_too_large else change
