"""Worker processes that stay for the next page.

A process needs about a fifth of a second of processor time to load the parser
and its rules, and then a hundredth of a second for a page. An event loop has at
most `MAX_WORKERS`: the first is started for the first page, the second when a
page has waited for a while. They end with the loop, or when none has been
needed for a minute. A worker that exceeded a limit, crashed, was cancelled or
has done enough pages is replaced.

This is written by hand because the libraries cost more than they do here.
Loading `multiprocessing` or pebble takes 20 to 50 ms, which a command for a
single page does not get back; pebble takes 5 ms to hand over a task, half of
what a page needs; and their workers inherit the environment, the import path
and the terminal of the program, which these must not.
"""

import asyncio
import logging
import os
import signal
import sys
from asyncio import AbstractEventLoop
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from typing import Self

from annotator.usecases.sandbox.protocol import (
    ANSWER,
    DONE,
    FAILED,
    LOST,
    REFUSED,
    REQUEST,
    CleaningLimits,
)

MAX_WORKERS = 2
PATIENCE = 1.0  # seconds that a page waits for the first worker before a second one is started
IDLE_SECONDS = 60.0  # until unused workers end; each occupies some 80 MB

# A worker finds the modules that the program finds, however that was installed.
_START = (
    "import sys; sys.path[:] = sys.argv[1:]; "
    "from annotator.usecases.sandbox.worker import main; main()"
)
_ENVIRONMENT = ("LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")

# A fresh worker would say the same. A crash or a lack of memory may be due to earlier pages.
_FINAL = {DONE, REFUSED, FAILED, -signal.SIGXCPU}

_log = logging.getLogger(__name__)


async def ask(request: bytes, limits: CleaningLimits) -> tuple[int, bytes]:
    """Return the code and the answer of a worker for a `Task` in JSON.

    The code is that of the answer. Where a worker gave none it is the signal
    that ended it, negative, or its exit code. Raises `TimeoutError` when the
    time is over, `OSError` if no worker can be started. Cancelling ends the
    worker at once.
    """
    return await _pool().ask(request, limits)


async def prepare() -> None:
    """Start a worker if there is none, so that it loads while a page is being fetched."""
    with suppress(OSError):  # which `ask` will report
        await _pool().prepare()


def _pool() -> "_Pool":
    loop = asyncio.get_running_loop()
    if loop not in _pools:
        _pools[loop] = _Pool(loop)
    return _pools[loop]


class _Pool:
    """The workers of one event loop. Each page has one to itself, or waits for one."""

    def __init__(self, loop: AbstractEventLoop) -> None:
        self._loop = loop
        self._idle: list[_Worker] = []
        self._places = asyncio.Semaphore(1)
        self._count = 1  # places, taken or free
        self._pages = 0  # that are at work or wait
        self._is_used = True  # since the keeper last looked
        self._is_prepared = False
        self._keeper = loop.create_task(self._end_when_idle())

    async def ask(self, request: bytes, limits: CleaningLimits) -> tuple[int, bytes]:
        """See the function `ask`; a page waits for as long as it takes to get a worker."""
        self._is_used = True
        self._pages += 1
        try:
            await self._take_place()
            try:
                worker = self._idle.pop() if self._idle else None
                is_fresh = worker is None or worker.is_fresh
                code, answer = await self._ask(worker, request, limits)
                if is_fresh or code in _FINAL:
                    return code, answer
                _log.warning("Trying the page again in a fresh worker")
                return await self._ask(None, request, limits)
            finally:
                self._places.release()
        finally:
            self._pages -= 1

    async def prepare(self) -> None:
        """See the function `prepare`."""
        if not (self._is_prepared or self._idle or self._pages):
            self._is_prepared = True
            self._idle.append(await _Worker.start())

    async def _take_place(self) -> None:
        patience = PATIENCE if self._count < MAX_WORKERS else None
        try:
            async with asyncio.timeout(patience):
                await self._places.acquire()
        except TimeoutError:
            if self._count < MAX_WORKERS:
                self._count += 1
            else:  # another page has been given the second place
                await self._places.acquire()

    async def _ask(
        self, worker: "_Worker | None", request: bytes, limits: CleaningLimits
    ) -> tuple[int, bytes]:
        """Give a task to a worker, or to a new one; keep the worker if it can do another."""
        is_last = True
        try:
            async with asyncio.timeout(limits.wall_seconds):
                worker = worker or await _Worker.start()
                code, answer, is_last = await worker.ask(request, limits)
                return code, answer
        finally:
            if worker and is_last:
                await worker.end()
            elif worker:
                self._idle.append(worker)

    async def _end_when_idle(self) -> None:
        """End the workers when none has been needed for a while, or with the event loop."""
        try:
            while self._pages or self._is_used:
                self._is_used = False
                await asyncio.sleep(IDLE_SECONDS)
        finally:
            del _pools[self._loop]
            for worker in self._idle:
                await worker.end()


class _Worker:
    """A process that answers one task after another."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self.is_fresh = True

    @classmethod
    async def start(cls) -> Self:
        """Start a process with nothing of the program but the import path and the language.

        In a session of its own it does not get the terminal's Ctrl-C, which ends
        the program, and with it this process.
        """
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-c", _START, *filter(None, sys.path)),
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
            start_new_session=True,
        )
        _log.debug("Worker %d started", process.pid)
        return cls(process)

    async def ask(self, request: bytes, limits: CleaningLimits) -> tuple[int, bytes, bool]:
        """Return the code, the answer, and whether the worker ends with it."""
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:  # which they are not, being pipes
            raise BrokenPipeError
        self.is_fresh = False
        header = REQUEST.pack(limits.cpu_seconds, limits.memory_bytes, len(request))
        try:
            with suppress(ConnectionError):  # it ends before it has read everything
                stdin.write(header + request)
                await stdin.drain()
            code, is_last, length = ANSWER.unpack(await stdout.readexactly(ANSWER.size))
            return code, await stdout.readexactly(length), is_last
        except asyncio.IncompleteReadError:
            code = await self._process.wait() or LOST
            _log.warning("Worker %d ended without an answer, with %d", self._process.pid, code)
            return code, b"", True

    async def end(self) -> None:
        """End the process at once, whatever it does."""
        with suppress(ProcessLookupError):
            self._process.kill()
        await self._process.communicate()  # which reads what would keep its pipe open
        _log.debug("Worker %d ended", self._process.pid)


_pools: dict[AbstractEventLoop, _Pool] = {}
