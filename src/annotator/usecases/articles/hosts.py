"""A limit on how many sources are fetched in parallel, in all and from each host."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

MAX_PARALLEL = 8  # more gain nothing on a home connection
MAX_PER_HOST = 2  # as few as browsers opened when servers were small


class HostLimiter:
    """Lets `MAX_PARALLEL` tasks work in all, and `MAX_PER_HOST` for each host."""

    def __init__(self) -> None:
        self._all = asyncio.Semaphore(MAX_PARALLEL)
        self._hosts: defaultdict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(MAX_PER_HOST)
        )

    @asynccontextmanager
    async def slot(self, host: str) -> AsyncIterator[None]:
        """Wait for a free slot; local sources share those of the host with an empty name."""
        async with self._hosts[host], self._all:
            yield
