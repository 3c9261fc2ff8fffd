"""Pages that the user's browser gives: kept at once, and put into the library one by one."""

import asyncio
import re
from collections.abc import Callable
from contextlib import suppress

from annotator import store
from annotator.errors import AnnotatorError, InvalidInput, LibraryBusy, LibraryError
from annotator.fetch import FetchOptions
from annotator.model.document import kind_of
from annotator.model.identity import is_web_address
from annotator.store import Captured, Library
from annotator.usecases.articles.add import Attempt, add
from annotator.usecases.articles.retry import remember
from annotator.usecases.articles.sources import STANDARD_INPUT, Source

MAX_WAITING = 200  # pages
AT_ONCE = 2  # pages that are worked on: as many as there are workers to clean them
PAUSE = 30.0  # seconds until a page is tried again that the library could not take

# Pictures and fonts that a saved page has within: by far most of it, and never shown.
_DATA = re.compile(rb"""data:[\w.+/-]{1,100}[^,"'<>\s]{0,200},[^"'<>\s)\\]{2000,}""")
_ZIP, _END_OF_ZIP, _AT_END = b"PK\x03\x04", b"PK\x05\x06", 70_000


def read_capture(data: bytes) -> bytes:
    """Return what is kept of a page. Raises `InvalidInput` for one that is compressed."""
    if kind_of(data[:4096]):
        return data
    is_page_with_zip = _END_OF_ZIP in data[-_AT_END:] and _ZIP in data
    if data.startswith(_ZIP) or is_page_with_zip:
        raise InvalidInput(
            "The page is compressed.",
            "In SingleFile's options, under “File format”, choose HTML, and save it again.",
        )
    return _DATA.sub(b"data:,", data)


class Captures:
    """The pages of one library that wait, and the work on them.

    `report` hears of every page that was done with, and of what keeps one waiting.
    """

    def __init__(
        self,
        library: Library,
        *,
        options: FetchOptions | None = None,
        report: Callable[[Attempt], None] = lambda _attempt: None,
        pause: float = PAUSE,
    ) -> None:
        self._library = library
        self._folder = store.CaptureFolder(library.state)
        self._options = options
        self._report = report
        self._pause = pause
        self._outcomes: dict[str, asyncio.Future[Attempt]] = {}
        self._queue = asyncio.Queue[str]()
        self._coming = 0

    async def put(self, captured: Captured) -> str:
        """Keep a page, and return its key. Raises `LibraryError`, also if too many wait."""
        if not is_web_address(captured.url) and (captured.url or not captured.data):
            raise InvalidInput(
                "The page has no address on the web.", "Save it as a file, and add that."
            )
        if len(self._outcomes) + self._coming >= MAX_WAITING:
            raise LibraryBusy(f"{MAX_WAITING} pages wait already.", "Try again in a minute.")
        self._coming += 1
        try:
            key = await asyncio.to_thread(self._folder.keep, captured)
        finally:
            self._coming -= 1
        self._expect(key)
        return key

    async def outcome(self, key: str, seconds: float) -> Attempt | None:
        """Return what became of a page; None if it still waits after some seconds."""
        outcome = self._outcomes.get(key)
        if outcome is None:
            return None
        with suppress(TimeoutError):
            return await asyncio.wait_for(asyncio.shield(outcome), seconds)
        return None

    async def work(self) -> None:
        """Put pages into the library for as long as this runs, first those of the last time."""
        for key in await asyncio.to_thread(self._folder.keys):
            if key not in self._outcomes:
                self._expect(key)
        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(self._go_on())

    async def _go_on(self) -> None:
        while True:
            await self._take_in(await self._queue.get())

    def _expect(self, key: str) -> None:
        self._outcomes[key] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait(key)

    async def _take_in(self, key: str) -> None:
        captured = await asyncio.to_thread(self._folder.get, key)
        if captured is not None:
            attempt = await self._added(captured)
            while isinstance(attempt.error, LibraryError):  # as of a full disk: it waits for that
                self._report(attempt)
                await asyncio.sleep(self._pause)
                attempt = await self._added(captured)
            await asyncio.to_thread(self._folder.drop, key)
            self._report(attempt)
            self._outcomes[key].set_result(attempt)
        del self._outcomes[key]

    async def _added(self, captured: Captured) -> Attempt:
        source = Source(
            captured.url or STANDARD_INPUT,
            url=captured.url if captured.data else "",
            stdin=captured.data or None,
            tags=captured.tags,
            keeps_saved=captured.keeps_saved,
        )
        try:
            added = await add(self._library, source, now=captured.received, options=self._options)
        except AnnotatorError as error:
            if (
                captured.url and captured.data and not isinstance(error, LibraryError)
            ):  # else `add` did so
                address = Source(captured.url, tags=captured.tags)
                await asyncio.to_thread(
                    remember, self._library, address, error, now=captured.received
                )
            return Attempt(source, error=error)
        return Attempt(source, added=added)
