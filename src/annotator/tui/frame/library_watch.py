"""The watch for changes that other programs make to the library."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from annotator.errors import LibraryError
from annotator.store import Library
from annotator.tui.notifications import tell, tell_error
from annotator.tui.workers import run_action

_PAUSE = 1.0  # seconds between two looks at the library
_MAX_SHARE = 1 / 50  # of the time that looking may take: at 10,000 articles a look takes 0.04 s
_LONGEST_PAUSE = 10.0  # seconds: one look may be late because the machine is busy with other work


class LibraryWatch:
    """Watches the library while its screen is at the front.

    Coming back to the screen reads the library anyway, so nothing is missed.
    """

    def __init__(
        self, screen: Screen[Any], library: Library, *, changed: Callable[[], None]
    ) -> None:
        self._screen = screen
        self._library = library
        self._changed = changed
        self._is_gone = False

    async def run(self, is_outdated: Callable[[], bool]) -> None:
        """Call `changed` each time files have changed and the screen `is_outdated`.

        That is asked in a thread.
        """
        fingerprint, pause = None, _PAUSE
        while True:
            await asyncio.sleep(pause)
            if self._screen.is_current:
                began = time.monotonic()
                before, fingerprint = fingerprint, await self._look()
                looked = time.monotonic() - began
                pause = min(max(_PAUSE, looked / _MAX_SHARE), _LONGEST_PAUSE)
                if fingerprint != before and self._screen.display:  # it was not closed since
                    run_action(self._screen, self._compare, is_outdated)

    async def _look(self) -> object:
        """Return the library's fingerprint; if it is gone, None, and the user is told once."""
        try:
            fingerprint = await asyncio.to_thread(self._library.fingerprint)
        except LibraryError as error:
            if not self._is_gone:
                tell_error(self._screen, error)
            self._is_gone = True
            return None
        if self._is_gone:
            tell(self._screen, "The library is back.")
        self._is_gone = False
        return fingerprint

    async def _compare(self, is_outdated: Callable[[], bool]) -> None:
        if await asyncio.to_thread(is_outdated):
            self._changed()
