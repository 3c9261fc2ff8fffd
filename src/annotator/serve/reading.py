"""The library as pages that a browser can read, on this computer or, if wanted, in its network."""

import asyncio
from collections.abc import Mapping
from functools import partial

from annotator.errors import NotInLibrary
from annotator.serve.door import Door
from annotator.serve.http import HTML, Incoming, Refused, Reply, Route
from annotator.serve.page_walls import READING, Entrance, PageWalls, Password
from annotator.usecases.exporting.served_pages import STYLE, ServedPages, message_page

_POLICY = (
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_SEALED = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def reading_door(
    pages: ServedPages, port: int, guard: Entrance | Password, *, address: str = ""
) -> Door:
    """Return the door to the pages of a library, for those whom the guard lets in."""
    answer = partial(_answer, pages, guard)
    routes = [Route(method, "/", answer) for method in sorted(READING)]  # with all below it
    walls = PageWalls.of(port, guard.admit, address=address)
    return Door(routes, walls, refusal=_refusal)


async def _answer(pages: ServedPages, guard: Entrance | Password, request: Incoming) -> Reply:
    if fields := guard.enter(request):
        return Reply(b"", 303, HTML, fields)
    number = request.query.get("page", "")
    number = number if number.isascii() and number.isdecimal() else "1"
    query = request.query.get("q", "")
    try:
        page = await asyncio.to_thread(pages.page, request.path, query, int(number[:9]))
    except NotInLibrary as error:
        raise Refused(404, error.message) from error
    media_type = "text/css; charset=utf-8" if request.path == STYLE else HTML
    return Reply(page.encode("utf-8", "replace"), 200, media_type, _SEALED)


def _refusal(status: int, sentence: str, fields: Mapping[str, str]) -> Reply:
    return Reply(message_page(sentence).encode(), status, HTML, {**_SEALED, **fields})
