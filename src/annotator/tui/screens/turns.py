"""Work that takes turns: one piece after the other, and what was begun is finished."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")
Work = Callable[[], Coroutine[Any, Any, Result]]


class Turns:
    """A queue of work that goes on even if whoever waits for it goes away."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._tasks: set[asyncio.Task[Any]] = set()

    async def take(self, work: Work[Result]) -> Result:
        """Do `work` when all that came before is done, and return what it returns."""
        task = asyncio.create_task(self._in_turn(work))
        self._tasks.add(task)
        task.add_done_callback(self._forget)
        return await asyncio.shield(task)

    async def settled(self) -> None:
        """Wait until everything that was begun has ended, well or not."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def _in_turn(self, work: Work[Result]) -> Result:
        async with self._turn:
            return await work()

    def _forget(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # seen here, should nobody wait for it any more
