"""Edits of the library, written in the order in which they were made, with undo.

Each is written in a thread, because a disk may be slow.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from typing import Any, TypeVar

from annotator.store import Library
from annotator.tui.context import Clock
from annotator.usecases.library.undo import Step, UndoStack

Result = TypeVar("Result")
Operation = Callable[[], Coroutine[Any, Any, Result]]


class SerialQueue:
    """Runs operations one after another, to their end, even if a caller stops waiting."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._tasks: set[asyncio.Task[Any]] = set()

    async def run(self, operation: Operation[Result]) -> Result:
        """Run `operation` after all earlier ones, and return its result."""
        task = asyncio.create_task(self._run(operation))
        self._tasks.add(task)
        task.add_done_callback(self._forget)
        return await asyncio.shield(task)

    @property
    def is_idle(self) -> bool:
        """Whether every operation has ended."""
        return not self._tasks

    async def settled(self) -> None:
        """Wait until every operation has ended, with a result or an error."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def _run(self, operation: Operation[Result]) -> Result:
        async with self._lock:
            return await operation()

    def _forget(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # otherwise asyncio warns when the caller has stopped waiting


class EditQueue:
    """Edits of the library, in order, with undo. After each one `written` is awaited."""

    def __init__(
        self,
        library: Library,
        *,
        now: Clock,
        undo_stack: UndoStack | None = None,
        written: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self.undo_stack = undo_stack or UndoStack()
        self._library = library
        self._now = now
        self._written = written
        self._queue = SerialQueue()

    async def change(self, edit: Callable[[], Step]) -> Step:
        """Make an edit, remember it for undo, and return it."""
        return await self.run(partial(self.undo_stack.make, edit))

    async def undo(self) -> Step | None:
        """Undo the newest step and return it, or return None if there is none."""
        return await self.run(partial(self.undo_stack.undo, self._library, now=self._now()))

    async def redo(self) -> Step | None:
        """Redo the step that was undone last and return it, or return None if there is none."""
        return await self.run(partial(self.undo_stack.redo, self._library, now=self._now()))

    async def run(self, function: Callable[[], Result]) -> Result:
        """Call `function` in a thread, after all earlier edits."""
        return await self.run_async(partial(self._call, function))

    async def run_async(self, operation: Operation[Result]) -> Result:
        """Run `operation` after all earlier edits; `written` is not awaited after it."""
        return await self._queue.run(operation)

    @property
    def is_idle(self) -> bool:
        """Whether every edit is written or has failed."""
        return self._queue.is_idle

    async def settled(self) -> None:
        """Wait until every edit is written or has failed."""
        await self._queue.settled()

    async def _call(self, function: Callable[[], Result]) -> Result:
        result = await asyncio.to_thread(function)
        if self._written is not None:
            await self._written()
        return result
