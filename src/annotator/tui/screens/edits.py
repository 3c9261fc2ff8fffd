"""Changes to marks: told to the library one after the other, and remembered for undoing."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from annotator.store import Library
from annotator.tui.desk import Clock
from annotator.tui.screens.turns import Turns
from annotator.usecases.history import History, Step

Result = TypeVar("Result")


class Edits:
    """What a sitting changes. The library hears of it in a thread, since a disk may stall."""

    def __init__(self, library: Library, *, now: Clock, history: History | None = None) -> None:
        self.history = history or History()
        self._library = library
        self._now = now
        self._turns = Turns()

    async def change(self, story: Callable[[], Step]) -> None:
        """Let the library do what `story` tells, and remember it for undoing."""
        await self._tell_library(lambda: self.history.record(story()))

    async def undo(self) -> Step | None:
        """Take the latest step back and return it; nothing if there is none."""
        return await self._tell_library(partial(self.history.undo, self._library, now=self._now()))

    async def redo(self) -> Step | None:
        """Make the step that was last undone again; nothing if there is none."""
        return await self._tell_library(partial(self.history.redo, self._library, now=self._now()))

    async def settled(self) -> None:
        """Wait until everything that was begun is on the disk, or was refused."""
        await self._turns.settled()

    async def _tell_library(self, story: Callable[[], Result]) -> Result:
        return await self._turns.take(partial(self._told, story))

    async def _told(self, story: Callable[[], Result]) -> Result:
        return await asyncio.to_thread(story)
