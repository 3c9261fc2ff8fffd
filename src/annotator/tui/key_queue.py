"""The order of keys: each is passed on when everything that the one before it opened has the focus.

Keys can arrive faster than a dialog opens: typed ahead, pasted, or after a slow
connection stalled. Textual passes each to the widget that has the focus at that
moment, so that the words meant for a dialog would run as commands below it.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from textual import events
from textual.app import App
from textual.message import Message
from textual.worker import Worker

Typed = events.Key | events.Paste

MAX_HELD = 10_000  # keys; more come from one that is stuck

_ALWAYS = "ctrl+q"  # quits even while something does not open
_PAUSE = 0.01  # seconds between two looks
_LAPS = 3  # of the focused widget to the app: a key, a message it causes, and one more by a parent


class Lap(Message):
    """Follows a key from the focused widget to the app, which sets `ended`."""

    def __init__(self) -> None:
        super().__init__()
        self.ended = asyncio.Event()


class KeyQueue:
    """Holds keys back until the one before them is done. `give` passes a key to the app."""

    def __init__(self, app: App[Any], give: Callable[[Typed], Awaitable[None]]) -> None:
        self._app, self._give = app, give
        self._held: deque[Typed] = deque()
        self._openers: list[Worker[None]] = []
        self._rest: Worker[None] | None = None  # gives the keys that are held
        self.is_busy = self._is_opening = False

    def wait_for(self, opener: Worker[None]) -> None:
        """Hold keys until `opener` ends, or `pass_keys` is called because it has opened."""
        self._openers.append(opener)

    def pass_keys(self) -> None:
        """Wait for no worker any longer, only for the focus."""
        self._openers.clear()

    async def take(self, typed: Typed) -> None:
        """Pass on a key, now or after those before it."""
        is_stuck = self._is_opening and isinstance(typed, events.Key) and typed.key == _ALWAYS
        if is_stuck:
            await self._give(typed)
        elif not self.is_busy:
            self.is_busy = True
            await self._give(typed)
            self._rest = self._app.run_worker(self._give_rest, group="keys")
        elif len(self._held) < MAX_HELD:
            self._held.append(typed)

    async def _give_rest(self) -> None:
        try:
            await self._until_done()
            while self._held and self._app.screen_stack:  # not when the program ends
                await self._give(self._held.popleft())
                await self._until_done()
        finally:
            self.is_busy = False

    async def _until_done(self) -> None:
        """Wait until the key is done, and what it opened has the focus."""
        await self._run_laps()
        while self._is_waiting():
            self._is_opening = True
            await asyncio.sleep(_PAUSE)
            if not self._is_waiting():
                await self._run_laps()
        self._is_opening = False

    def _is_waiting(self) -> bool:
        self._openers = [each for each in self._openers if not each.is_finished]
        return bool(self._openers)

    async def _run_laps(self) -> None:
        """Let all messages arrive that the focused widget and its parents were sent by now."""
        for _ in range(_LAPS):
            if not self._app.screen_stack:  # the program ends
                return
            lap, start = Lap(), self._app.focused or self._app.screen
            start.post_message(lap.set_sender(start))
            while start.is_attached and not lap.ended.is_set():  # it may be removed before that
                with suppress(TimeoutError):
                    await asyncio.wait_for(lap.ended.wait(), _PAUSE)
