"""The last changes of the command line, kept so that the last one can be taken back.

The journal belongs to the machine. It forgets the oldest changes when there are many or they are
large. One that cannot be read is empty: then nothing can be taken back, and nothing is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Raw, Struct

from annotator.store.machine.state_file import StateFile

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.store.access import WriteLock

MOST = 20  # changes
MOST_BYTES = 8_000_000  # some thousand marks, as they were before and after


class JournalEntry(Struct, frozen=True):
    """A change with its steps as JSON; one that was too large for the journal has none."""

    name: str
    steps: tuple[Raw, ...] = ()


class Journal(StateFile[list[JournalEntry]]):
    """The last changes to one library, the newest last."""

    def __init__(self, state: Path, *, lock: WriteLock) -> None:
        super().__init__(state / "undo.json", list[JournalEntry], empty=[], lock=lock)

    def add(self, change: JournalEntry) -> None:
        """Add a change."""
        self.change(lambda changes: _bounded([*changes, _fitting(change)][-MOST:]))

    def drop(self, change: JournalEntry) -> None:
        """Drop the newest change, if it is still this one."""
        self.change(lambda changes: changes[:-1] if changes[-1:] == [change] else changes)


def _bounded(changes: list[JournalEntry]) -> list[JournalEntry]:
    sizes = [sum(map(len, change.steps)) for change in changes]
    first = 0
    while sum(sizes[first:]) > MOST_BYTES:
        first += 1
    return changes[first:]


def _fitting(change: JournalEntry) -> JournalEntry:
    is_too_large = sum(map(len, change.steps)) > MOST_BYTES
    return JournalEntry(change.name) if is_too_large else change
