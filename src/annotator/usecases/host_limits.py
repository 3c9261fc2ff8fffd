"""Leave to start, so that neither this machine nor a server is asked for too much at once."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

AT_ONCE = 8  # sources; more gain nothing on a household's line
AT_ONCE_A_HOST = 2  # what browsers did in the days of small servers


class Lanes:
    """What work on many sources waits for: eight lanes in all, two to each host."""

    def __init__(self) -> None:
        self._all = asyncio.Semaphore(AT_ONCE)
        self._hosts: defaultdict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(AT_ONCE_A_HOST)
        )

    @asynccontextmanager
    async def to(self, host: str) -> AsyncIterator[None]:
        """Wait for leave to ask `host`; the local machine is a host like any other."""
        async with self._hosts[host], self._all:
            yield
