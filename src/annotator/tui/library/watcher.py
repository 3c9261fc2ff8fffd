"""What other programs do to a library while one looks at it."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from annotator.store import Library
from annotator.tui.workers import run_action

_SECONDS = 1.0  # between two looks
_SHARE = 1 / 50  # of the time, at most, that looks take: one at 10,000 articles takes 0.04 s


class LibraryWatch:
    """Looks out while the screen is seen; it is read anew anyhow when one comes back to it."""

    def __init__(
        self, screen: Screen[Any], library: Library, *, changed: Callable[[], None]
    ) -> None:
        self._screen = screen
        self._library = library
        self._changed = changed

    async def run(self, shown: Callable[[], tuple[object, object]]) -> None:
        """Call `changed` whenever the library holds other articles or marks than are `shown`."""
        looks, pause = None, _SECONDS
        while True:
            await asyncio.sleep(pause)
            if self._screen.is_current:
                began = time.monotonic()
                before, looks = looks, await asyncio.to_thread(self._library.fingerprint)
                pause = max(_SECONDS, (time.monotonic() - began) / _SHARE)
                if looks != before:
                    run_action(self._screen, self._compare, shown())

    async def _compare(self, shown: tuple[object, object]) -> None:
        if await asyncio.to_thread(self._held) != shown:
            self._changed()

    def _held(self) -> tuple[object, object]:
        return self._library.records(), self._library.mark_counts()
