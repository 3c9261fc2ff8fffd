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


async def watch_library(
    screen: Screen[Any],
    library: Library,
    is_outdated: Callable[[], bool],
    *,
    changed: Callable[[], object],
) -> None:
    """Call `changed` each time files have changed and the screen `is_outdated`.

    That is asked in a thread, while the screen is at the front: coming back to it reads the
    library anyway, so nothing is missed.
    """

    async def compare() -> None:
        if await asyncio.to_thread(is_outdated):
            changed()

    fingerprint: object = None
    is_gone, pause = False, _PAUSE
    while True:
        await asyncio.sleep(pause)
        if not screen.is_current:
            continue
        began, before = time.monotonic(), fingerprint
        try:
            fingerprint = await asyncio.to_thread(library.fingerprint)
        except LibraryError as error:
            if not is_gone:
                tell_error(screen, error)
            fingerprint, is_gone = None, True
        else:
            if is_gone:
                tell(screen, "The library is back.")
            is_gone = False
        looked = time.monotonic() - began
        pause = min(max(_PAUSE, looked / _MAX_SHARE), _LONGEST_PAUSE)
        if fingerprint != before and screen.display:  # it was not closed since
            run_action(screen, compare)
