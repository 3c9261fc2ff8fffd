"""The routes that take pages: the form of SingleFile, as Karakeep's users set it up."""

import asyncio
from collections.abc import Awaitable, Sequence
from datetime import UTC, datetime
from html import escape

from annotator.errors import FetchError, InvalidInput
from annotator.fetch import check_address
from annotator.serve.forms import form_of
from annotator.serve.http import MAX_BODY, Incoming, Refused, Reply, Route
from annotator.store import Captured
from annotator.usecases.articles.add import Attempt
from annotator.usecases.articles.captures import Captures, read_capture

SINGLEFILE_PATH = "/api/v1/bookmarks/singlefile"
PATIENCE = 8.0  # seconds that a browser waits for the article; later it is told that it waits

# What may become of an article that is in the library: all but the first make a new revision.
IF_EXISTS = ("skip", "overwrite", "overwrite-recrawl", "append", "append-recrawl")
_UTF8 = b"\xef\xbb\xbf"


class CaptureRoutes:
    """What the door answers to pages that come."""

    def __init__(self, captures: Captures, *, patience: float = PATIENCE) -> None:
        self._captures = captures
        self._patience = patience

    def routes(self) -> tuple[Route, ...]:
        """Return the routes."""
        return (Route("POST", SINGLEFILE_PATH, self.singlefile, takes=MAX_BODY),)

    async def singlefile(self, request: Incoming) -> Awaitable[Reply]:
        """Take the form with a page and its address."""
        wish = request.query.get("ifexists", "overwrite")
        if wish not in IF_EXISTS:
            raise Refused(400, f"“ifexists” is one of: {', '.join(IF_EXISTS)}.")
        form = await asyncio.to_thread(form_of, request)
        if not form.get("file"):
            raise Refused(400, "The form has no field “file” with the page.")
        url = form.get("url", b"").decode("utf-8", "replace").strip()
        return await self.take(url, form.pop("file"), keeps_saved=wish == "skip")

    async def take(
        self, url: str, data: bytes, *, keeps_saved: bool = False, tags: Sequence[str] = ()
    ) -> Awaitable[Reply]:
        """Keep a page, and return what answers when it is in the library.

        Raises `Refused` for one that cannot be kept.
        """
        try:
            url = check_address(url) if url else ""
            data = await asyncio.to_thread(read_capture, data)
            named = tuple(filter(None, map(str.strip, tags)))
            page = Captured(url, datetime.now(UTC), data, named, keeps_saved=keeps_saved)
            return self._outcome(await self._captures.put(page))
        except (FetchError, InvalidInput) as error:
            raise Refused(422, str(error)) from error

    async def _outcome(self, coming: asyncio.Future[Attempt]) -> Reply:
        try:
            attempt = await asyncio.wait_for(asyncio.shield(coming), self._patience)
        except TimeoutError:
            return Reply.of({"outcome": "waiting", "alreadyExists": False}, 202)
        if attempt.added is None:
            raise Refused(422, str(attempt.error))
        outcome = attempt.added.outcome
        answer = {"id": attempt.added.record.id, "outcome": outcome}
        is_new = outcome == "added"
        return Reply.of({**answer, "alreadyExists": not is_new}, 201 if is_new else 200)


def page_of(html: str, title: str) -> bytes:
    """Return a page that a program sent as text, as the bytes of a file."""
    head = "" if "<title" in html[:100_000].lower() else f"<title>{escape(title)}</title>"
    return _UTF8 + (head + html).encode("utf-8", "replace")
