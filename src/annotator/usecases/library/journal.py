"""Taking back the last change of the command line, also after its program has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Raw, Struct

from annotator.codec import decode, encode
from annotator.errors import BatchInterrupted, Conflict, LibraryError, NotInLibrary
from annotator.store.machine.journal import JournalEntry

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from annotator.store import Library
    from annotator.usecases.library.undo import Step

_MORE = "`annotator undo` again takes back the change before it."


class TakenBack(Struct, frozen=True):
    """The steps of a change as far as they were taken back, and why others were not."""

    steps: tuple[Step, ...]
    refused: tuple[LibraryError, ...] = ()


def remember(library: Library, steps: Iterable[Step]) -> None:
    """Add a change to the journal, unless it changed nothing."""
    kept = [step for step in steps if not step.is_empty]
    if kept:
        library.journal.add(JournalEntry(kept[0].name, tuple(Raw(encode(step)) for step in kept)))


def take_back(library: Library, kind: type[Step], *, now: datetime) -> TakenBack | None:
    """Take back the last change, and return what was taken back; None if there is none.

    `kind` is the union of all kinds of steps. What was changed elsewhere since stays. If that is
    all of it, the change is forgotten, and `Conflict` raised; if the disk is full, it can be tried
    again.
    """
    changes = library.journal.all()
    if not changes:
        return None
    change = changes[-1]
    try:
        steps = [decode(bytes(step), kind) for step in change.steps]
    except ValueError:  # of a version that knew other kinds of steps
        steps = []
    if not steps:
        library.journal.drop(change)
        raise Conflict(f"“{change.name}” was too large a change to be taken back.", _MORE)
    done: list[Step] = []
    refused: list[LibraryError] = []
    for step in reversed(steps):
        try:
            done.append(step.undo(library, now=now))
        except (Conflict, NotInLibrary) as error:
            refused.append(error)
        except BatchInterrupted as error:
            raise BatchInterrupted(error.message, "Try again.", step=error.step) from error
    library.journal.drop(change)
    if not done:
        raise Conflict(refused[0].message, f"{refused[0].hint} {_MORE}")
    return TakenBack(tuple(done), tuple(refused))
