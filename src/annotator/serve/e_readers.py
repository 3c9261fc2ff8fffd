"""The routes of e-readers: feeds of OPDS, and those calls of wallabag that KOReader makes.

All of them need the password, or the token that it is exchanged for; what changes something
takes the token only, which no browser sends by itself.
"""

import asyncio
import hmac
import re
from collections.abc import Callable, Sequence
from typing import TypeVar
from urllib.parse import quote

from annotator.errors import InvalidQuery, InvalidTag, NotInLibrary
from annotator.export.html.epub import MEDIA_TYPE
from annotator.serve.capture import CaptureRoutes
from annotator.serve.http import MAX_HEAD, Incoming, Refused, Reply, Route
from annotator.serve.page_checks import READING, PageChecks, PasswordGuard
from annotator.serve.request_checks import RequestChecks
from annotator.serve.wallabag import ENTRIES, TOKEN, wallabag_routes
from annotator.usecases.exporting.device_library import DeviceLibrary, whole

T = TypeVar("T")

FEED = "application/atom+xml;profile=opds-catalog;charset=utf-8"
_BOOK = re.compile(r"/opds/book/([0-9a-f]{16})\.epub")
_METHODS = ("GET", "PATCH", "POST", "DELETE")
_ENTRY = re.compile(r"/api/entries/(\d{1,14})(?:\.json|/(export\.epub|tags\.json))")


class DeviceChecks(PageChecks):
    """Lets those in that know the password, or the token, which is made of it and of a secret."""

    def __init__(self, port: int, guard: PasswordGuard, secret: str, address: str = "") -> None:
        super().__init__(port, guard.admit, address)
        own = hmac.new(secret.encode(), guard.password.encode(), "sha256").hexdigest()
        self.token, self.guard = lambda: own, guard

    def admit(self, request: Incoming, route: Route | None) -> None:
        """Raise `Refused` for a request without the token, or the password if it only reads."""
        if route is None or route.needs_token:
            is_bearer = request.field("authorization").lower().startswith("bearer ")
            if is_bearer or request.method not in READING:
                RequestChecks.admit(self, request, route)
            else:
                self.guard.admit(request)

    def is_from_here(self, request: Incoming, _route: Route | None) -> bool:
        """Return whether no page on the web has made the browser send a request."""
        return RequestChecks.is_from_here(self, request, _route)

    def log_in(self, request: Incoming, password: str) -> None:
        """Raise `Refused` for a wrong password, and for one after many guesses."""
        self.guard.let_in(request, password)


def device_routes(
    devices: DeviceLibrary, taking: CaptureRoutes, checks: DeviceChecks
) -> Sequence[Route]:
    """Return the routes."""

    async def feed(request: Incoming) -> Reply:
        if book := _BOOK.fullmatch(request.path):
            return await _book(devices, book[1])
        path, asked = request.path.removeprefix("/opds"), request.query
        number = max(1, whole(asked.get("page", ""), 1))
        text = await _asked(devices.feed, path, asked.get("q", ""), number)
        return Reply(text.encode("utf-8", "replace"), 200, FEED)

    async def entries(request: Incoming) -> Reply:
        return Reply.of(await _asked(devices.entries, request.query))

    async def entry(request: Incoming) -> Reply:
        match = _ENTRY.fullmatch(request.path)
        number = int(match[1]) if match else 0
        wish = f"{request.method} {(match[2] or '') if match else 'nothing'}"
        if wish == "GET export.epub":
            return await _book(devices, number)
        if wish in {"PATCH ", "POST tags.json"}:
            return Reply.of(await _asked(devices.change, number, request.values()))
        if wish == "DELETE ":
            return Reply.of(await _asked(devices.remove, number))
        raise Refused(404, "There is nothing at this address.")

    return (
        *(Route(method, path, feed) for method in READING for path in ("/opds", "/opds/")),
        Route("GET", ENTRIES, entries),
        *(way for way in wallabag_routes(taking, checks) if way.path in {TOKEN, ENTRIES}),
        *(Route(method, "/api/entries/", entry, takes=MAX_HEAD) for method in _METHODS),
    )


async def _book(devices: DeviceLibrary, source: int | str) -> Reply:
    name, book = await _asked(devices.book, source)
    kind = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Reply(book, 200, MEDIA_TYPE, {"Content-Disposition": kind})


async def _asked(answer: Callable[..., T], *values: object) -> T:
    try:
        return await asyncio.to_thread(answer, *values)
    except (InvalidTag, InvalidQuery, NotInLibrary) as error:
        raise Refused(404 if isinstance(error, NotInLibrary) else 400, error.message) from error
