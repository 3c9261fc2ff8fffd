"""Pages that the user's browser gives: kept at once, and put into the library one by one.

Whoever gave one was told that it is kept, so it is a file by then, which goes when the article is
in the library. A program that is killed in between stores it again, which changes nothing.
Only those give one that know the token.
"""

import asyncio
import re
import secrets
from collections.abc import Callable
from datetime import UTC, datetime

from annotator.codec import pack, unpack
from annotator.errors import AnnotatorError, InvalidInput, LibraryBusy, LibraryError
from annotator.fetch import FetchOptions
from annotator.model.document import kind_of
from annotator.settings import Folders
from annotator.store import Library, new_id
from annotator.store.disk import files
from annotator.store.disk.os_errors import explained
from annotator.usecases.articles.add import Attempt, add
from annotator.usecases.articles.retry import remember
from annotator.usecases.articles.sources import Source
from annotator.usecases.sandbox.clean import COPY_TEXT, IN_A_BROWSER
from annotator.usecases.sandbox.pool import prepare

MAX_WAITING = 200  # pages
AT_ONCE = 6  # pages that are worked on, of which some may have to be fetched
PAUSE = 30.0  # seconds until a page is tried again that the library could not take

# Pictures and fonts that a saved page has within: by far most of it, and never shown.
_DATA = re.compile(rb"""data:[\w.+/-]{1,100}[^,"'<>\s]{0,200},[^"'<>\s)\\]{2000,}""")
_SUFFIX = ".page"
_ZIP, _END_OF_ZIP, _AT_END = b"PK\x03\x04", b"PK\x05\x06", 70_000
_WHOLE = re.compile(r"[\w-]{43}", re.ASCII)


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
    """The pages of one library that wait; `report` hears what becomes of each, or keeps it.

    Each server has a `folder` of its own for them, since what it may fetch differs.
    """

    def __init__(
        self,
        library: Library,
        report: Callable[[Attempt], None],
        options: FetchOptions,
        folder: str = "captured",
    ) -> None:
        self._library, self._report, self._options = library, report, options
        self._folder = library.state / folder
        self._waiting: dict[str, asyncio.Future[Attempt]] = {}
        self._queue = asyncio.Queue[str]()
        self._coming = 0
        self.problem = ""  # for which pages wait that the library cannot take

    async def put(self, page: Source) -> asyncio.Future[Attempt]:
        """Keep a page, and return what becomes of it. Raises `LibraryError`, also if many wait."""
        if len(self._waiting) + self._coming >= MAX_WAITING:
            raise LibraryBusy(f"{MAX_WAITING} pages wait already.", "Try again in a minute.")
        self._coming += 1
        try:
            await prepare()  # the worker that cleans it starts meanwhile
            return self._expect(await asyncio.to_thread(self._keep, page))
        finally:
            self._coming -= 1

    async def work(self) -> None:
        """Put pages into the library for as long as this runs, first those of the last time."""
        for path in sorted(self._folder.glob(f"*{_SUFFIX}")):
            self._expect(path.stem)
        await asyncio.gather(*(self._go_on() for _ in range(AT_ONCE)))

    def _keep(self, page: Source) -> str:
        key = new_id()  # in the order in which they came
        with explained(self._folder, action="written"):
            files.make_folder(self._folder)
            files.create(self._folder / (key + _SUFFIX), pack(page))
        return key

    def _expect(self, key: str) -> asyncio.Future[Attempt]:
        if key not in self._waiting:
            self._waiting[key] = asyncio.get_running_loop().create_future()
            self._queue.put_nowait(key)
        return self._waiting[key]

    async def _go_on(self) -> None:
        while True:
            key = await self._queue.get()
            path = self._folder / (key + _SUFFIX)
            try:
                page = unpack((await asyncio.to_thread(files.read, path))[0], Source)
                now = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            except (OSError, ValueError):  # it is gone, or damaged
                del self._waiting[key]
                continue
            (attempt,) = await asyncio.gather(self._settled(page, now), return_exceptions=True)
            if isinstance(attempt, BaseException):  # a fault of ours: the other pages go on
                kept = path.replace(path.with_suffix(".failed"))
                reason = f"The page was not added, by a fault of the program: {attempt!r}."
                attempt = Attempt(page, error=AnnotatorError(reason, f"It is kept as {kept}."))
            path.unlink(missing_ok=True)
            self._report(attempt)
            self._waiting.pop(key).set_result(attempt)

    async def _settled(self, page: Source, now: datetime) -> Attempt:
        attempt = await self._added(page, now)
        if isinstance(attempt.error, LibraryError):  # as of a full disk: it waits for that
            self._report(attempt)
        while isinstance(attempt.error, LibraryError):
            self.problem = str(attempt.error)
            await asyncio.sleep(PAUSE)
            attempt = await self._added(page, now)
            self.problem = ""
        return attempt

    async def _added(self, page: Source, now: datetime) -> Attempt:
        try:
            return Attempt(page, await add(self._library, page, now=now, options=self._options))
        except AnnotatorError as error:
            if page.stdin is not None and error.hint == IN_A_BROWSER:  # it comes from one
                error.hint = COPY_TEXT
            if page.url and not isinstance(error, LibraryError):
                address = Source(page.url, tags=page.tags)  # to be fetched, if wished
                await asyncio.to_thread(remember, self._library, address, error, now=now)
            return Attempt(page, error=error)


def serve_token(folders: Folders, *, is_new: bool = False) -> str:
    """Return the token: a new one if it is wanted or there is none. Raises `LibraryError`."""
    path = folders.state / "door_token"
    with explained(path, action="written"):
        try:
            kept = "" if is_new else files.read(path, at_most=100)[0].decode("ascii", "replace")
        except FileNotFoundError:
            kept = ""
        if _WHOLE.fullmatch(kept.strip()):
            return kept.strip()
        token = secrets.token_urlsafe(32)  # bytes
        files.make_folder(path.parent)
        files.replace(path, f"{token}\n".encode())  # with the permissions of a private file
    return token
