"""Work on many articles, such as adding, refreshing or importing them: several at once.

`do_all` does it while its caller waits. The jobs of a `JobQueue` go on while their user does
something else; each has a state, can be stopped, and tried again.
Both ask `Hosts` how many sources are asked at once, and slowly of one that says it is too many.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace as with_options
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, Final, Generic, Literal, Protocol, TypeVar
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from annotator.errors import AnnotatorError, ServerAnswered
from annotator.fetch import FetchOptions

MAX_PARALLEL: Final = 8  # more gain nothing on a home connection
MAX_PER_HOST: Final = 2  # as few as browsers opened when servers were small

MAX_BUSY: Final = 4  # times that a page is asked for of a host that is asked too often
SHORTEST_GAP, LONGEST_GAP = 0.25, 20.0  # seconds between two pages of such a host
FIRST_GAP = 1.0  # if the host names none

_Answer = TypeVar("_Answer")
Item = TypeVar("Item")
Result = TypeVar("Result")
JobState = Literal["waiting", "working", "done", "failed", "stopped"]
Tell = Callable[[str], None]

ENDED: frozenset[JobState] = frozenset({"done", "failed", "stopped"})
MAX_STARTED: Final = 500  # items that wait for their turn: a file may have a hundred thousand
_AGAIN: frozenset[JobState] = frozenset({"failed", "stopped"})


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
        host, at_once = _host(url), with_options(options, repeats_if_too_many=False)
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


async def do_all(items: Iterable[Item], work: Callable[[Item], Awaitable[None]]) -> None:
    """Do work on each item, several at once; the work itself takes a slot of its host.

    The first error that it raises stops the others, and is raised.
    """
    window = asyncio.Semaphore(MAX_STARTED)

    async def one(item: Item) -> None:
        try:
            await work(item)
        finally:
            window.release()

    try:
        async with asyncio.TaskGroup() as group:
            for item in items:
                await window.acquire()
                group.create_task(one(item))
    except ExceptionGroup as errors:
        raise errors.exceptions[0] from None


def in_order(now: datetime, number: int) -> datetime:
    """Return when the article at this place among several is added.

    They differ, so that a list with the newest first has them in the order in which they
    were given, whichever is fetched first.
    """
    return now - timedelta(microseconds=number)


class RunningTask(Protocol):
    """A coroutine that runs."""

    def cancel(self) -> object:
        """Stop it."""


class Job(Struct, Generic[Result], frozen=True):
    """A job: what it is on, its state, and its result or the error that it ended with.

    `step` is what it does now, while it works, and `since` when it was given, if it is known.
    """

    key: str
    label: str
    host: str = ""
    state: JobState = "waiting"
    step: str = ""
    result: Result | None = None
    error: AnnotatorError | None = None
    since: datetime | None = None

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will happen, unless it is tried again."""
        return self.state in ENDED


class JobQueue(Generic[Result]):
    """Jobs in the order in which they were added, of which as many work as `Hosts` allows.

    `work` does one job: it gets its key, and a function that it tells its steps. `start`
    runs a coroutine; `changed` is called after every change. `hosts` is how the work should
    ask for pages. With a clock, `now`, the jobs have their time.
    """

    def __init__(
        self,
        work: Callable[[str, Tell], Awaitable[Result]],
        *,
        changed: Callable[[], None],
        start: Callable[[Coroutine[Any, Any, None]], RunningTask] = asyncio.create_task,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self._work = work
        self._changed = changed
        self._start = start
        self._now = now
        self.hosts = Hosts()
        self.in_browser: set[str] = set()  # keys of jobs whose pages the user's browser renders
        self._jobs: dict[str, Job[Result]] = {}
        self._tasks: dict[str, RunningTask] = {}

    @property
    def jobs(self) -> tuple[Job[Result], ...]:
        """All jobs, the oldest first."""
        return tuple(self._jobs.values())

    def since(self, key: str) -> datetime | None:
        """Return when a job was given, if it is known."""
        job = self._jobs.get(key)
        return job.since if job else None

    @property
    def counts(self) -> Counter[JobState]:
        """The number of jobs in each state."""
        return Counter(job.state for job in self._jobs.values())

    @property
    def is_busy(self) -> bool:
        """Whether a job waits or works."""
        return any(not job.has_ended for job in self._jobs.values())

    def add(self, jobs: Sequence[Job[Result]]) -> None:
        """Add jobs; one with the key of a job that has not ended is left out."""
        new = []
        now = self._now() if self._now else None
        for number, job in enumerate(jobs):
            known = self._jobs.get(job.key)
            if known is None or known.has_ended:
                self._jobs.pop(job.key, None)
                self._jobs[job.key] = replace(job, since=in_order(now, number)) if now else job
                new.append(job.key)
        for key in new:
            self._begin(key)
        self._changed()

    def stop(self, key: str) -> None:
        """Stop a job, unless it has ended."""
        job = self._jobs.get(key)
        if job is not None and not job.has_ended:
            self._jobs[key] = replace(job, state="stopped", step="")
            if (task := self._tasks.pop(key, None)) is not None:  # else it is being started
                task.cancel()
            self._changed()

    def retry(self, key: str) -> None:
        """Try a job again that failed or was stopped."""
        job = self._jobs.get(key)
        if job is not None and job.state in _AGAIN:
            self._jobs[key] = replace(job, state="waiting", error=None)
            self._begin(key)
            self._changed()

    def stop_all(self) -> None:
        """Stop all jobs that have not ended."""
        for key in [*self._jobs]:
            self.stop(key)

    def retry_all(self) -> None:
        """Try all jobs again that failed or were stopped."""
        for key in [*self._jobs]:
            self.retry(key)

    def forget(self, key: str) -> None:
        """Remove a job that has ended from the list."""
        job = self._jobs.get(key)
        if job is not None and job.has_ended:
            del self._jobs[key]
            self._changed()

    def forget_ended(self) -> None:
        """Remove all jobs that have ended from the list."""
        self._jobs = {key: job for key, job in self._jobs.items() if not job.has_ended}
        self._changed()

    def _begin(self, key: str) -> None:
        """Start a job. It is listed by then, since it may work, end or stop others at once."""
        job = self._jobs.get(key)
        if job is None or job.has_ended:
            return
        self._tasks[key] = task = self._start(self._do(key, job.host))
        begun = self._jobs.get(key)
        if begun is not None and begun.state == "stopped":
            task.cancel()

    async def _do(self, key: str, host: str) -> None:
        try:
            async with self.hosts.slot(host):
                self._set(key, state="working")
                result = await self._work(key, lambda step: self._set(key, step=step))
                self._set(key, state="done", step="", result=result)
        except AnnotatorError as error:
            self._set(key, state="failed", step="", error=error)

    def _set(self, key: str, **changes: Any) -> None:  # noqa: ANN401  fields of different types
        job = self._jobs.get(key)
        if job is not None and job.state != "stopped":  # its task may not have ended yet
            self._jobs[key] = replace(job, **changes)
            self._changed()


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc
    except ValueError:
        return ""
