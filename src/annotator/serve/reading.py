"""The library as pages that a browser can read, on this computer or, if wanted, in its network."""

import asyncio
from collections.abc import Mapping

from annotator.errors import NotInLibrary
from annotator.serve.http import HTML, Incoming, Refused, Reply, Route
from annotator.serve.page_checks import READING, SEALED, CookieGuard, PageChecks, PasswordGuard
from annotator.serve.server import HttpServer
from annotator.usecases.exporting.served_pages import STYLE, ServedPages, message_page

_FIELDS = SEALED | {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
}


def reading_server(
    pages: ServedPages, port: int, guard: CookieGuard | PasswordGuard, *, address: str = ""
) -> HttpServer:
    """Return the server to the pages of a library, for those whom the guard lets in."""

    async def answer(request: Incoming) -> Reply:
        if fields := guard.enter(request):
            return Reply(b"", 303, HTML, fields)
        query, number = request.query.get("q", ""), request.query.get("page", "")
        number = number[:9] if number.isascii() and number.isdecimal() else "1"
        try:
            page = await asyncio.to_thread(pages.page, request.path, query, int(number))
        except NotInLibrary as error:
            raise Refused(404, error.message) from error
        media_type = "text/css; charset=utf-8" if request.path == STYLE else HTML
        return Reply(page.encode("utf-8", "replace"), 200, media_type, _FIELDS)

    routes = [Route(method, "", answer) for method in READING]
    return HttpServer(routes, PageChecks(port, guard.admit, address), refusal=_refusal)


def _refusal(status: int, sentence: str, fields: Mapping[str, str]) -> Reply:
    return Reply(message_page(sentence).encode(), status, HTML, {**_FIELDS, **fields})
