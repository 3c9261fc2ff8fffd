"""The history of edits: any of them can be undone and redone, the newest first.

A step holds the values before and after it. Before a step is undone or redone, those values are
compared with what the library holds. If another program has changed the mark or the article since
then, the step raises `Conflict` and changes nothing. A step of many marks or articles leaves those
that were changed elsewhere, and restores the others.

The last change of the command line can be taken back also after its program has ended.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from itertools import chain
from typing import Protocol

from msgspec import Raw, Struct

from annotator.codec import decode, encode
from annotator.errors import BatchInterrupted, Conflict, LibraryError, NotInLibrary
from annotator.store import Library
from annotator.store.machine.state_files import JournalEntry

MAX_STEPS = 1_000  # more than a day's work

_MORE = "`annotator undo` again takes back the change before it."


class Step(Protocol):
    """An edit that can be undone."""

    @property
    def name(self) -> str:
        """A verb, for example “Tag”."""

    @property
    def article_ids(self) -> tuple[str, ...]:
        """The articles that were edited, or whose marks were; none if it is not about any."""

    @property
    def words(self) -> str:
        """The text of the first mark or passage, or the title of the first article."""

    @property
    def size(self) -> int:
        """The number of marks and articles."""

    @property
    def extent(self) -> str:
        """That number with what they are: “500 marks”."""

    @property
    def remark(self) -> str:
        """A sentence about what was left as it is, because it was changed elsewhere; or nothing."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""

    def undo(self, library: Library, *, now: datetime) -> "Step":
        """Restore the values from before the step; return the step as far as it was taken back.

        Raises `Conflict` if they were edited since.
        """

    def redo(self, library: Library, *, now: datetime) -> "Step":
        """Restore the values from after the step; return the step as far as it was made again.

        Raises `Conflict` if they were edited since.
        """


class StepsTogether(Struct, frozen=True):
    """Several steps that are one for their user, named after the first."""

    steps: tuple[Step, ...]

    @classmethod
    def made(cls, edits: Iterable[Callable[[], Step]]) -> "StepsTogether":
        """Make edits one after another. What was made before one that fails is a step too."""
        steps: list[Step] = []
        for edit in edits:
            try:
                steps.append(edit())
            except LibraryError as error:
                done = [*steps, *([error.step] if isinstance(error, BatchInterrupted) else ())]
                if not done:
                    raise
                step = cls(tuple(done))
                raise BatchInterrupted(error.message, error.hint, step=step) from error
        return cls(tuple(steps))

    @property
    def name(self) -> str:
        return self.steps[0].name

    @property
    def article_ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(chain.from_iterable(step.article_ids for step in self.steps)))

    @property
    def words(self) -> str:
        return self.steps[0].words

    @property
    def size(self) -> int:
        return sum(step.size for step in self.steps)

    @property
    def extent(self) -> str:
        """That number with what they are: “2 articles and 3 marks”."""
        return " and ".join(step.extent for step in self.steps)

    @property
    def remark(self) -> str:
        return " ".join(filter(None, (step.remark for step in self.steps)))

    @property
    def is_empty(self) -> bool:
        return all(step.is_empty for step in self.steps)

    def undo(self, library: Library, *, now: datetime) -> "StepsTogether":
        undone = [partial(step.undo, library, now=now) for step in reversed(self.steps)]
        return StepsTogether(StepsTogether.made(undone).steps[::-1])

    def redo(self, library: Library, *, now: datetime) -> "StepsTogether":
        return StepsTogether.made(partial(step.redo, library, now=now) for step in self.steps)


def described(step: Step, quoted: Callable[[str], str], *, where: str = "") -> str:
    """Return a step in a few words: what was done, to which text or how much of it, and `where`.

    `quoted` quotes a text, shortened if it is long.
    """
    is_one = step.size == 1 and step.words
    what = quoted(step.words) if is_one else step.extent
    between, place = " " if is_one else ", ", f" in {quoted(where)}" if where else ""
    said = f"{step.name.lower()}{between}{what}{place}"
    return f"{said}. {step.remark}".strip() if step.remark or not is_one else said


class History:
    """The steps that can be undone or redone, newest last. A new step drops the undone ones.

    A step that meets a conflict is dropped, so that earlier ones can be reached. A step that
    fails because the disk is full or busy stays, and can be tried again.
    """

    def __init__(self, done: Iterable[Step] = ()) -> None:
        self._done = list(done)
        self._undone: list[Step] = []

    @property
    def done(self) -> tuple[Step, ...]:
        """The steps that can be undone, the newest last."""
        return tuple(self._done)

    @property
    def next_undo(self) -> Step | None:
        """The step that would be undone now."""
        return self._done[-1] if self._done else None

    @property
    def next_redo(self) -> Step | None:
        """The step that would be redone now."""
        return self._undone[-1] if self._undone else None

    def make(self, edit: Callable[[], Step]) -> Step:
        """Make an edit, add it as a step, and return it.

        Of an edit that is interrupted, the part that was made is a step too.
        """
        try:
            step = edit()
        except BatchInterrupted as error:
            self.record(error.step)
            hint = f"{error.hint} Undo takes back what was changed.".strip()
            raise BatchInterrupted(error.message, hint, step=error.step) from error
        self.record(step)
        return step

    def record(self, step: Step) -> None:
        """Add a step, unless it changed nothing."""
        if not step.is_empty:
            self._done = [*self._done, step][-MAX_STEPS:]
            self._undone = []

    def undo(self, library: Library, *, now: datetime) -> Step | None:
        """Undo the newest step and return it, or return None if there is none.

        Of a step of many, the part that was undone is returned, and can be redone.
        """
        return _take(self._done, self._undone, lambda step: step.undo(library, now=now))

    def redo(self, library: Library, *, now: datetime) -> Step | None:
        """Redo the step that was undone last and return it, or return None if there is none."""
        return _take(self._undone, self._done, lambda step: step.redo(library, now=now))


def _take(steps: list[Step], others: list[Step], apply: Callable[[Step], Step]) -> Step | None:
    if not steps:
        return None
    try:
        made = apply(steps[-1])
    except (Conflict, NotInLibrary):  # it can never be applied
        steps.pop()
        raise
    steps.pop()
    others.append(made)
    return made


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
        steps = [decode(bytes(step), kind) for step in library.journal.steps(change)]
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
