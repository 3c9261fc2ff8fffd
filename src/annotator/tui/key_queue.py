"""The order of keys: each is passed on when everything that the one before it opened has the focus.

Keys can arrive faster than a dialog opens: typed ahead, pasted, or after a slow
connection stalled. Textual passes each to the widget that has the focus at that
moment, so that the words meant for a dialog would run as commands below it.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from textual import events
from textual.app import App
from textual.message import Message
from textual.worker import Worker

from annotator.tui.notifications import warn

Typed = events.Key | events.Paste

MAX_HELD = 10_000  # keys; more come from one that is stuck

_LOG = logging.getLogger(__name__)

_ALWAYS = "ctrl+q"  # quits even while something does not open
_PAUSE, _LONGEST_PAUSE = 0.01, 0.5  # seconds between two looks
_PATIENCE = 5.0  # seconds until what a key does counts as stuck
_LAPS = 3  # of the focused widget to the app: a key, a message it causes, and one more by a parent


class Lap(Message):
    """Follows a key from the focused widget to the app, which sets `ended`."""

    def __init__(self, ended: asyncio.Event) -> None:
        super().__init__()
        self.ended = ended


class KeyQueue:
    """Holds keys back until the one before them is done. `give` passes a key to the app."""

    def __init__(self, app: App[Any], give: Callable[[Typed], Awaitable[None]]) -> None:
        self._app, self._give = app, give
        self._held: deque[Typed] = deque()
        self._openers: list[Worker[None]] = []
        self._rest: Worker[None] | None = None  # gives the keys that are held
        self._is_giving = self._is_opening = False
        self._given = 0.0  # when the last key was
        self._is_reported = False

    @property
    def is_busy(self) -> bool:
        """Whether a key is not done yet; never true once nothing works on it any longer."""
        return self._is_giving or (self._rest is not None and not self._rest.is_finished)

    def wait_for(self, opener: Worker[None]) -> None:
        """Hold keys until `opener` ends, or `pass_keys` is called because it has opened."""
        self._openers.append(opener)

    def pass_keys(self) -> None:
        """Wait for no worker any longer, only for the focus."""
        self._openers.clear()

    async def take(self, typed: Typed) -> None:
        """Pass on a key, now or after those before it."""
        is_leaving = isinstance(typed, events.Key) and typed.key == _ALWAYS
        if is_leaving and (self._is_opening or self._is_stuck):
            await self._give(typed)
        elif not self.is_busy:
            self._is_giving = True
            try:
                await self._pass_on(typed)
            finally:
                self._is_giving = False
            self._rest = self._app.run_worker(self._give_rest, group="keys")
        elif len(self._held) < MAX_HELD:
            self._held.append(typed)

    async def _pass_on(self, typed: Typed) -> None:
        self._given, self._is_reported = time.monotonic(), False
        await self._give(typed)

    async def _give_rest(self) -> None:
        await self._until_done()
        while self._held and self._app.screen_stack:  # not when the program ends
            await self._pass_on(self._held.popleft())
            await self._until_done()

    async def _until_done(self) -> None:
        """Wait until the key is done, and what it opened has the focus."""
        await self._run_laps()
        while self._is_waiting():
            self._is_opening = True
            await asyncio.sleep(_PAUSE)
            self._report()
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
            ended, start, pause = asyncio.Event(), self._app.focused or self._app.screen, _PAUSE
            while start.is_attached and not ended.is_set():  # it may be removed before that
                start.post_message(Lap(ended).set_sender(start))  # again, if one was lost
                with suppress(TimeoutError):
                    await asyncio.wait_for(ended.wait(), pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
                self._report()

    @property
    def _is_stuck(self) -> bool:
        return self.is_busy and time.monotonic() - self._given > _PATIENCE

    def _report(self) -> None:
        """Say once for each key that it is stuck, and write to the log what it waits for."""
        if self._is_stuck and not self._is_reported:
            self._is_reported = True
            work = ", ".join(each.name for each in self._openers) or "the focused widget"
            _LOG.warning("a key is not done after %.0f s: it waits for %s", _PATIENCE, work)
            warn(self._app, "Still working. Other keys wait until it is done; Ctrl+Q leaves.")
