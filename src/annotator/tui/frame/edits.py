"""Edits of the library, written in the order in which they were made, with one history.

Each is written in a thread, because a disk may be slow.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime
from functools import partial
from time import monotonic
from typing import Any, Literal, NamedTuple, Protocol, TypeVar

from textual.screen import Screen

from annotator.errors import LibraryError
from annotator.model import Annotation
from annotator.model.labels import count
from annotator.store import Library
from annotator.tui.frame.notifications import describe_step, tell
from annotator.tui.messages import ValueMessage
from annotator.usecases.library.undo import History, Step
from annotator.usecases.marks.mark_edit import MarkEdit

_PATIENCE = 0.5  # seconds until the progress of an edit is shown

Clock = Callable[[], datetime]
How = Literal["made", "undone", "redone"]
Result = TypeVar("Result")
Operation = Callable[[], Coroutine[Any, Any, Result]]


class Change(NamedTuple):
    """A step that was made, undone or redone."""

    step: Step
    how: How

    @property
    def marks(self) -> tuple[Annotation, ...]:
        """The marks that were changed, as they are now; none of other steps."""
        return self._sides[1]

    @property
    def deleted(self) -> frozenset[str]:
        """The ids of the marks that are gone now."""
        return _ids(self._sides[0]) - _ids(self._sides[1])

    @property
    def has_new(self) -> bool:
        """Whether it brought marks back, or changed something else."""
        is_of_marks = isinstance(self.step, MarkEdit)
        return not is_of_marks or bool(_ids(self._sides[1]) - _ids(self._sides[0]))

    @property
    def _sides(self) -> tuple[tuple[Annotation, ...], tuple[Annotation, ...]]:
        if not isinstance(self.step, MarkEdit):
            return (), ()
        sides = self.step.before, self.step.after
        return sides[::-1] if self.how == "undone" else sides


class LibraryChanged(ValueMessage, bubble=False):
    """Tells every screen what an edit has changed, whichever screen it was made on."""

    change: Change


class Watcher(Protocol):
    """Something that follows the edits, such as an open article."""

    def without(self, mark_ids: Iterable[str]) -> AbstractContextManager[None]:
        """Do not show these marks while they are deleted; they come back if that fails."""

    async def written(self) -> None:
        """Read what was written, before the next edit is made."""


class EditQueue:
    """All edits that are made while the program is open, in order, with their history.

    `announce` is called with each change.
    """

    def __init__(self, library: Library, *, now: Clock) -> None:
        self.history = History()
        self.announce: Callable[[Change], None] = lambda _: None
        self.was_stopped = False
        self._library = library
        self._now = now
        self._watchers: list[Watcher] = []
        self._lock = asyncio.Lock()
        self._tasks: set[asyncio.Task[Any]] = set()  # the edits that are not written yet
        self._since: float | None = None  # when the edit that is running was begun
        self._done = (0, 0)  # articles, and all of them

    def watch(self, watcher: Watcher) -> None:
        """Let something follow the edits from now on."""
        self._watchers.append(watcher)

    def unwatch(self, watcher: Watcher) -> None:
        """Let it follow them no more."""
        if watcher in self._watchers:
            self._watchers.remove(watcher)

    async def change(self, edit: Callable[[], Step], *, deleted: Iterable[str] = ()) -> Step:
        """Make an edit, remember it for undo, and return it.

        `deleted` are the ids of marks that it deletes, which are not shown from now on.
        """
        step = await self._timed(partial(self.history.make, edit), deleted)
        self.announce(Change(step, "made"))
        return step

    async def make(
        self,
        edit: Callable[..., Step],
        *args: object,
        deleted: Iterable[str] = (),
        **options: object,
    ) -> Step:
        """Make an edit that takes the library, these arguments and the time, as `change` does."""
        make = partial(edit, self._library, *args, now=self._now(), **options)
        return await self.change(make, deleted=deleted)

    def record(self, step: Step) -> None:
        """Remember a step that was made otherwise."""
        self.history.record(step)
        self.announce(Change(step, "made"))

    async def undo(self) -> Change | None:
        """Undo the newest step and return it, or return None if there is none."""
        return await self._take(self.history.next_undo, self.history.undo, "undone")

    async def redo(self) -> Change | None:
        """Redo the step that was undone last and return it, or return None if there is none."""
        return await self._take(self.history.next_redo, self.history.redo, "redone")

    async def run(self, function: Callable[[], Result]) -> Result:
        """Call `function` in a thread, after all earlier edits."""
        return await self.run_async(partial(self._call, function))

    async def run_async(self, operation: Operation[Result]) -> Result:
        """Run `operation` after all earlier edits, to its end, even if the caller stops waiting.

        The watchers are not told.
        """
        task = asyncio.create_task(self._run(operation))
        self._tasks.add(task)
        task.add_done_callback(self._forget)
        return await asyncio.shield(task)

    @property
    def progress(self) -> str:
        """The progress of an edit, in words; empty if none has been running for a while."""
        if self._since is None or monotonic() - self._since < _PATIENCE:
            return ""
        done, total = self._done
        return f"{done:,} of {count(total, 'article')}" if total else "working …"

    def goes_on(self, done: int, total: int) -> bool:
        """Note how far an edit is, and return whether it goes on; this is called in its thread."""
        self._done = done, total
        return not self.was_stopped

    def stop(self) -> bool:
        """Stop the edit that is running, and return whether there is one."""
        self.was_stopped = bool(self.progress)
        return self.was_stopped

    @property
    def is_idle(self) -> bool:
        """Whether every edit is written or has failed."""
        return not self._tasks

    async def settled(self) -> None:
        """Wait until every edit is written or has failed."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def _take(
        self, step: Step | None, take: Callable[..., Step | None], how: How
    ) -> Change | None:
        known = Change(step, how).deleted if step is not None and self.is_idle else ()
        made = await self._timed(partial(take, self._library, now=self._now()), known)
        if made is None:
            return None
        change = Change(made, how)
        self.announce(change)
        return change

    async def _timed(self, function: Callable[[], Result], deleted: Iterable[str]) -> Result:
        """Run a function with its progress, without showing the marks that it deletes."""
        self._since, self._done, self.was_stopped = monotonic(), (0, 0), False
        ids = tuple(deleted)
        with ExitStack() as hidden:
            hidden.callback(self._end)
            for watcher in self._watchers if ids else ():
                hidden.enter_context(watcher.without(ids))
            return await self.run(function)

    def _end(self) -> None:
        self._since = None

    async def _run(self, operation: Operation[Result]) -> Result:
        async with self._lock:
            return await operation()

    def _forget(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # otherwise asyncio warns when the caller has stopped waiting

    async def _call(self, function: Callable[[], Result]) -> Result:
        result = await asyncio.to_thread(function)
        for watcher in tuple(self._watchers):
            await watcher.written()
        return result


async def take_step(
    screen: Screen[Any], edits: EditQueue, library: Library, *, is_undo: bool
) -> None:
    """Undo the newest step, or redo the one that was undone last, and say which it was.

    That is any change since the program was opened, whichever screen it was made on.
    """
    change = await (edits.undo() if is_undo else edits.redo())
    if change is None:
        tell(screen, f"Nothing to {'undo' if is_undo else 'redo'}.")
        return
    shown = getattr(screen, "article_id", None)
    where = await asyncio.to_thread(_title, library, change.step, shown)
    tell(screen, f"{'Undid' if is_undo else 'Redid'}: {describe_step(change.step, where=where)}")


def _ids(marks: Iterable[Annotation]) -> frozenset[str]:
    return frozenset(mark.id for mark in marks)


def _title(library: Library, step: Step, shown: str | None) -> str:
    """Return the title of the article that a step is about, unless it is shown or named anyway."""
    if len(step.article_ids) != 1 or step.article_ids[0] == shown:
        return ""
    try:
        record = library.article(step.article_ids[0]).record()
    except LibraryError:  # it is in the bin, and the step is about that
        return ""
    title = record.title or record.url
    return "" if title == step.words else title
