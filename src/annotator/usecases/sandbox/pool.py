"""Worker processes that stay for the next page.

A process needs about a fifth of a second of processor time to load the parser
and its rules, and then a hundredth of a second for a page. An event loop has at
most `MAX_WORKERS`: the first is started for the first page, or ahead of it (see
`spawn`), the second when a page has waited for a while. They end with the loop,
or when none has been needed for a minute. A worker that exceeded a limit,
crashed, was cancelled or has done enough pages is replaced.

This is written by hand because the libraries cost more than they do here.
Loading `multiprocessing` or pebble takes 20 to 50 ms, which a command for a
single page does not get back; pebble takes 5 ms to hand over a task, half of
what a page needs; and their workers inherit the environment, the import path
and the terminal of the program, which these must not.
"""

import asyncio
import logging
import signal
from asyncio import AbstractEventLoop, StreamReader, StreamReaderProtocol, StreamWriter
from collections.abc import AsyncGenerator
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from annotator.usecases.sandbox import protocol, spawn

if TYPE_CHECKING:
    from asyncio import ReadTransport
    from subprocess import Popen

MAX_WORKERS = 2
PATIENCE = 1.0  # seconds that a page waits for the first worker before a second one is started
IDLE_SECONDS = 60.0  # until unused workers end; each occupies some 80 MB

# A fresh worker would say the same. A crash or a lack of memory may be due to earlier pages.
_FINAL = {protocol.DONE, protocol.REFUSED, protocol.FAILED, -signal.SIGXCPU}

_BUFFER = 1 << 20  # bytes of an answer that are read before the program takes them

_log = logging.getLogger(__name__)


async def ask(request: bytes, limits: protocol.CleaningLimits) -> tuple[int, bytes]:
    """Return the code and the answer of a worker for a `Task` in JSON.

    The code is that of the answer. Where a worker gave none it is the signal
    that ended it, negative, or its exit code. Raises `TimeoutError` when the
    time is over, `OSError` if no worker can be started. Cancelling ends the
    worker at once.
    """
    return await (await _pool()).ask(request, limits)


async def prepare() -> None:
    """Start a worker if there is none, so that it loads while a page is being fetched."""
    with suppress(OSError):  # which `ask` will report
        await (await _pool()).prepare()


async def _pool() -> "_Pool":
    loop = asyncio.get_running_loop()
    if loop not in _pools:
        for closed in [each for each in _pools if each.is_closed()]:
            del _pools[closed]
        _pools[loop] = _Pool(loop)
        await _pools[loop].end_with_loop()
    return _pools[loop]


class _Pool:
    """The workers of one event loop. Each page has one to itself, or waits for one."""

    def __init__(self, loop: AbstractEventLoop) -> None:
        self._loop = loop
        self._idle: list[_Worker] = []
        self._places = asyncio.Semaphore(1)
        self._count = 1  # places, taken or free
        self._pages = 0  # that are at work or wait
        self._is_prepared = False
        self._is_closed = False
        self._timer: asyncio.TimerHandle | None = None  # until the idle workers end
        self._closing = self._close_at_end()

    async def ask(self, request: bytes, limits: protocol.CleaningLimits) -> tuple[int, bytes]:
        """See the function `ask`; a page waits for as long as it takes to get a worker."""
        self._pages += 1
        self._set_timer()
        try:
            await self._take_place()
            try:
                async with asyncio.timeout(limits.wall_seconds):
                    return await self._ask_twice(request, limits)
            finally:
                self._places.release()
        finally:
            self._pages -= 1
            self._set_timer()

    async def prepare(self) -> None:
        """See the function `prepare`."""
        if not (self._is_prepared or self._is_closed or self._idle or self._pages):
            self._is_prepared = True
            self._keep(await _Worker.start())
            self._set_timer()

    async def end_with_loop(self) -> None:
        """Have the event loop end the workers when it ends, after its last task.

        A task could not do that: the loop cancels those that it has when it
        begins to end, and one of them may still ask for a page.
        """
        await anext(self._closing)

    async def _close_at_end(self) -> AsyncGenerator[None, None]:
        try:
            yield
        finally:  # the loop closes its asynchronous generators last
            self._is_closed = True
            self._end_idle()

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

    async def _ask_twice(
        self, request: bytes, limits: protocol.CleaningLimits
    ) -> tuple[int, bytes]:
        """Give a task to an idle worker, and to a new one if earlier pages may be to blame."""
        worker = self._idle.pop() if self._idle else None
        is_fresh = worker is None or worker.is_fresh
        code, answer = await self._ask(worker, request, limits)
        if is_fresh or code in _FINAL:
            return code, answer
        _log.warning("Trying the page again in a fresh worker")
        return await self._ask(None, request, limits)

    async def _ask(
        self, worker: "_Worker | None", request: bytes, limits: protocol.CleaningLimits
    ) -> tuple[int, bytes]:
        """Give a task to a worker, or to a new one; keep the worker if it can do another."""
        worker = worker or await _Worker.start()
        is_last = True
        try:
            code, answer, is_last = await worker.ask(request, limits)
            return code, answer
        finally:
            if is_last:
                worker.end()
            else:
                self._keep(worker)

    def _keep(self, worker: "_Worker") -> None:
        if self._is_closed:
            worker.end()
        else:
            self._idle.append(worker)

    def _set_timer(self) -> None:
        """End the idle workers after a while without pages."""
        if self._timer:
            self._timer.cancel()
        self._timer = None
        if self._idle and not self._pages:
            self._timer = self._loop.call_later(IDLE_SECONDS, self._end_idle)

    def _end_idle(self) -> None:
        while self._idle:
            self._idle.pop().end()
        self._is_prepared = False
        self._set_timer()


class _Worker:
    """A process that answers one task after another."""

    def __init__(
        self,
        process: "Popen[bytes]",
        tasks: StreamWriter,
        answers: StreamReader,
        output: "ReadTransport",
    ) -> None:
        self._process = process
        self._tasks = tasks
        self._answers = answers
        self._output = output  # from which the answers are read
        self.is_fresh = True

    @classmethod
    async def start(cls) -> Self:
        """Return a worker with a new process, or with the one that was started ahead."""
        loop = asyncio.get_running_loop()
        answers = StreamReader(limit=_BUFFER)
        reading = StreamReaderProtocol(answers)
        writing = StreamReaderProtocol(StreamReader())  # which lets `drain` wait, and reads nothing
        output = None
        process = spawn.take()
        try:
            output, _ = await loop.connect_read_pipe(lambda: reading, process.stdout)
            pipe, _ = await loop.connect_write_pipe(lambda: writing, process.stdin)
        except BaseException:
            if output:
                output.close()
            spawn.end(process)
            raise
        _log.debug("Worker %d started", process.pid)
        return cls(process, StreamWriter(pipe, writing, None, loop), answers, output)

    async def ask(self, request: bytes, limits: protocol.CleaningLimits) -> tuple[int, bytes, bool]:
        """Return the code, the answer, and whether the worker ends with it."""
        self.is_fresh = False
        header = protocol.REQUEST.pack(limits.cpu_seconds, limits.memory_bytes, len(request))
        try:
            with suppress(ConnectionError):  # it ends before it has read everything
                self._tasks.write(header + request)
                await self._tasks.drain()
            code, is_last, length = protocol.ANSWER.unpack(
                await self._answers.readexactly(protocol.ANSWER.size)
            )
            return code, await self._answers.readexactly(length), is_last
        except asyncio.IncompleteReadError:
            code = self._process.wait() or protocol.LOST  # at once, since it has closed its files
            _log.warning("Worker %d ended without an answer, with %d", self._process.pid, code)
            return code, b"", True

    def end(self) -> None:
        """End the process at once, whatever it does."""
        if not self._tasks.is_closing():  # as it is once the process has ended
            self._tasks.transport.abort()
        self._output.close()
        spawn.end(self._process)
        _log.debug("Worker %d ended", self._process.pid)


_pools: dict[AbstractEventLoop, _Pool] = {}
