"""How hosts are asked: how many sources at once, and slowly if one says that there are too many."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from http import HTTPStatus
from typing import Final, TypeVar
from urllib.parse import urlsplit

from annotator.errors import ServerAnswered
from annotator.fetch import FetchOptions

MAX_PARALLEL: Final = 8  # more gain nothing on a home connection
MAX_PER_HOST: Final = 2  # as few as browsers opened when servers were small

MAX_BUSY: Final = 4  # times that a page is asked for of a host that is asked too often
SHORTEST_GAP, LONGEST_GAP = 0.25, 20.0  # seconds between two pages of such a host
FIRST_GAP = 1.0  # if the host names none

_Answer = TypeVar("_Answer")


class Hosts:
    """The hosts that one job after another asks for pages, and what each of them can take.

    `at_once` tasks work in all, and `MAX_PER_HOST` for each host. A host that answers 429
    is asked for one page after the other. The gap between two of them grows while it says so,
    is as long as it wishes, and shrinks again while it does not.
    """

    def __init__(self, at_once: int = MAX_PARALLEL) -> None:
        self._all = asyncio.Semaphore(at_once)
        self._slots: defaultdict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(MAX_PER_HOST)
        )
        self._gaps: dict[str, float] = {}
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._refused: dict[str, str] = {}  # the last address of a host that was refused

    @asynccontextmanager
    async def slot(self, host: str) -> AsyncIterator[None]:
        """Wait for a free slot; local sources share those of the host with an empty name."""
        async with self._slots[host], self._all:
            yield

    async def ask(
        self, url: str, options: FetchOptions, fetch: Callable[[FetchOptions], Awaitable[_Answer]]
    ) -> _Answer:
        """Return what `fetch` gets from an address, asked again if its host is too busy.

        Raises what `fetch` raises, at last also that the host is too busy.
        """
        host, at_once = _host(url), replace(options, repeats_if_too_many=False)
        for _ in range(MAX_BUSY):
            async with self._turn(host):
                try:
                    answer = await fetch(at_once)
                except ServerAnswered as error:
                    is_asked_too_often = error.status == HTTPStatus.TOO_MANY_REQUESTS
                    if not is_asked_too_often or error.retry_after > LONGEST_GAP:
                        raise
                    self._slow_down(host, url, float(error.retry_after))
                    continue
            if host in self._gaps:
                self._gaps[host] = max(SHORTEST_GAP, self._gaps[host] * 0.75)
                self._refused.pop(host, None)
            return answer
        return await fetch(options)

    @asynccontextmanager
    async def _turn(self, host: str) -> AsyncIterator[None]:
        """Wait until a page may be asked for."""
        if host not in self._gaps:
            yield
            return
        async with self._turns[host]:
            await asyncio.sleep(self._gaps[host])
            yield

    def _slow_down(self, host: str, url: str, wished: float) -> None:
        """Leave a gap before the next page of a host that is asked too often.

        It grows if two pages in a row are refused; one alone may redirect, and ask twice.
        """
        known = self._gaps.get(host, 0.0)
        is_second = self._refused.get(host, url) != url
        longer = known * 2 if is_second else known
        self._refused[host] = url
        self._gaps[host] = min(max(longer, wished, FIRST_GAP), LONGEST_GAP)


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc
    except ValueError:
        return ""
