"""The routes that take pages: the form of SingleFile, as Karakeep's users set it up."""

import asyncio
import re
from collections.abc import Awaitable, Sequence
from html import escape

from msgspec.structs import replace

from annotator.errors import FetchError, InvalidInput
from annotator.fetch import check_address
from annotator.serve.http import Incoming, Refused, Reply
from annotator.usecases.articles.add import Attempt
from annotator.usecases.articles.captures import Captures, read_capture
from annotator.usecases.articles.sources import STANDARD_INPUT, Source

SINGLEFILE_PATH = "/api/v1/bookmarks/singlefile"
PATIENCE = 8.0  # seconds that a browser waits for the article; later it is told that it waits

# What may become of an article that is in the library: all but the first make a new revision.
IF_EXISTS = ("skip", "overwrite", "overwrite-recrawl", "append", "append-recrawl")
_UTF8 = b"\xef\xbb\xbf"

MAX_FIELDS = 20

_BOUNDARY = re.compile(r'(?i)multipart/form-data\s*;.*?boundary=("[^"]{1,70}"|[^\s";,]{1,70})')
_NAME = re.compile(rb"""(?i)content-disposition:[^\r\n]*?[;\s]name="([^"\r\n]{1,100})\"""")
_MAX_HEAD = 2_000  # bytes of the lines before a field


class CaptureRoutes:
    """How the server answers programs that send pages."""

    def __init__(self, captures: Captures, *, patience: float = PATIENCE) -> None:
        self._captures = captures
        self._patience = patience

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
        """Keep a page; return what answers when it is an article. Raises `Refused` if it cannot."""
        try:
            url = check_address(url) if url or not data else ""
            kept = await asyncio.to_thread(read_capture, data) if data else None
            named = tuple(filter(None, map(str.strip, tags)))
            page = Source(url or STANDARD_INPUT, url if data else "", kept, named)
            page = replace(page, keeps_saved=keeps_saved)
            return self._outcome(await self._captures.put(page))
        except (FetchError, InvalidInput) as error:
            raise Refused(422, str(error), page=url) from error

    async def _outcome(self, coming: asyncio.Future[Attempt]) -> Reply:
        try:
            attempt = await asyncio.wait_for(asyncio.shield(coming), self._patience)
        except TimeoutError:
            reason = {"reason": self._captures.problem} if self._captures.problem else {}
            return Reply.of({"outcome": "waiting", "alreadyExists": False, **reason}, 202)
        if attempt.added is None:
            raise Refused(422, str(attempt.error), is_told=True)
        outcome = attempt.added.outcome
        answer = {"id": attempt.added.record.id, "outcome": outcome}
        is_new = outcome == "added"
        return Reply.of({**answer, "alreadyExists": not is_new}, 201 if is_new else 200)


def page_of(html: str, title: str) -> bytes:
    """Return a page that a program sent as text, as the bytes of a file."""
    head = "" if "<title" in html[:100_000].lower() else f"<title>{escape(title)}</title>"
    return _UTF8 + (head + html).encode("utf-8", "replace")


def form_of(request: Incoming) -> dict[str, bytes]:
    """Return the fields of the form in a request. Raises `Refused` if it holds none.

    `email` takes a second and a half for 30 MB, and `cgi` is gone from Python.
    """
    kind = _BOUNDARY.match(request.field("content-type"))
    if not kind:
        raise Refused(415, "Send a form, as multipart/form-data.")
    body, line = request.body, b"\r\n--" + kind[1].strip('"').encode("latin-1")
    fields: dict[str, bytes] = {}
    start = body.find(line)
    at = len(line) - 2 if body.startswith(line[2:]) else start + len(line)
    for _ in range(MAX_FIELDS):
        head = body.find(b"\r\n\r\n", at, at + _MAX_HEAD)
        end = body.find(line, head + 2)
        name = _NAME.search(body, at, head) if head >= 0 and end >= 0 else None
        if body[at : at + 2] != b"\r\n" or not name:
            break
        fields.setdefault(name[1].decode("utf-8", "replace"), bytes(body[head + 4 : end]))
        at = end + len(line)
    if body[at : at + 2] != b"--":
        raise Refused(400, "The form is damaged.")
    return fields
