"""Pages that the user's browser gives: kept at once, and put into the library one by one."""

import asyncio
import re
from collections.abc import Callable

from annotator import store
from annotator.errors import AnnotatorError, InvalidInput, LibraryBusy, LibraryError
from annotator.fetch import FetchOptions
from annotator.model.document import kind_of
from annotator.store import Captured, Library
from annotator.usecases.articles.add import Attempt, add
from annotator.usecases.articles.retry import remember
from annotator.usecases.articles.sources import STANDARD_INPUT, Source
from annotator.usecases.sandbox.pool import prepare

MAX_WAITING = 200  # pages
AT_ONCE = 6  # pages that are worked on, of which some may have to be fetched
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

    `report` hears of each page that was done with, and of what keeps one waiting.
    """

    def __init__(
        self,
        library: Library,
        *,
        options: FetchOptions | None = None,
        report: Callable[[Attempt], None] = lambda _attempt: None,
    ) -> None:
        self._library, self._options, self._report = library, options, report
        self._folder = store.CaptureFolder(library.state)
        self._waiting: dict[str, asyncio.Future[Attempt]] = {}
        self._queue = asyncio.Queue[str]()
        self._coming = 0

    async def put(self, captured: Captured) -> asyncio.Future[Attempt]:
        """Keep a page, and return what becomes of it. Raises `LibraryError`, also if many wait."""
        if not (captured.url or captured.data):
            raise InvalidInput("The page has no address.", "Save it as a file, and add that.")
        if len(self._waiting) + self._coming >= MAX_WAITING:
            raise LibraryBusy(f"{MAX_WAITING} pages wait already.", "Try again in a minute.")
        self._coming += 1
        await prepare()  # the worker that cleans it starts meanwhile
        try:
            key = await asyncio.to_thread(self._folder.keep, captured)
        finally:
            self._coming -= 1
        return self._expect(key)

    async def work(self) -> None:
        """Put pages into the library for as long as this runs, first those of the last time."""
        for key in self._folder.waiting():
            self._expect(key)
        await asyncio.gather(*(self._go_on() for _ in range(AT_ONCE)))

    def _expect(self, key: str) -> asyncio.Future[Attempt]:
        if key not in self._waiting:
            self._waiting[key] = asyncio.get_running_loop().create_future()
            self._queue.put_nowait(key)
        return self._waiting[key]

    async def _go_on(self) -> None:
        while True:
            key = await self._queue.get()
            captured = await asyncio.to_thread(self._folder.get, key)
            attempt = await self._added(captured) if captured else None
            while captured and attempt and isinstance(attempt.error, LibraryError):
                self._report(attempt)  # the disk may be full, and the page waits until it is not
                await asyncio.sleep(PAUSE)
                attempt = await self._added(captured)
            self._folder.drop(key)
            waiting = self._waiting.pop(key)
            if attempt:
                self._report(attempt)
                waiting.set_result(attempt)

    async def _added(self, captured: Captured) -> Attempt:
        has_data = bool(captured.data)
        source = Source(
            captured.url or STANDARD_INPUT,
            url=captured.url if has_data else "",
            stdin=captured.data if has_data else None,
            tags=captured.tags,
            keeps_saved=captured.keeps_saved,
        )
        now = captured.received
        try:
            return Attempt(source, await add(self._library, source, now=now, options=self._options))
        except AnnotatorError as error:
            if captured.url and has_data and not isinstance(error, LibraryError):
                address = Source(captured.url, tags=captured.tags)  # to be fetched, if wished
                await asyncio.to_thread(remember, self._library, address, error, now=now)
            return Attempt(source, error=error)
