"""The routes of wallabag's programs: its extension, wallabagger, gives pages by them.

They are what the extension needs to save a page. What it asks of the library it does not get.
"""

from collections.abc import Awaitable, Sequence

from annotator.model.identity import id_of_url, is_web_address
from annotator.serve.capture import CaptureRoutes, page_of
from annotator.serve.http import MAX_HEAD, Incoming, Refused, Reply, Route
from annotator.serve.request_checks import RequestChecks
from annotator.usecases.exporting.device_library import number_of

VERSION = "2.6.13"  # of wallabag, whose interface this is a part of
MAX_TEXT = 16 << 20  # bytes of a page, which has no pictures in it
ENTRIES = "/api/entries.json"
TOKEN = "/oauth/v2/token"  # noqa: S105 - a path
SECONDS = 3600  # until the extension asks for the token again, and gets the same one


def wallabag_routes(taking: CaptureRoutes, checks: RequestChecks) -> Sequence[Route]:
    """Return the routes."""

    async def version(_request: Incoming) -> Reply:
        return Reply.of(VERSION)

    async def token(request: Incoming) -> Reply:
        given = request.values()
        if not checks.is_token(str(given.get("refresh_token"))):
            checks.log_in(request, str(given.get("password") or ""))
        tokens = dict.fromkeys(("access_token", "refresh_token"), checks.token())
        return Reply.of({**tokens, "expires_in": SECONDS, "token_type": "bearer"})

    async def save(request: Incoming) -> Awaitable[Reply]:
        given = request.values()
        url, title, content, tags = (
            str(given.get(key) or "") for key in ("url", "title", "content", "tags")
        )
        data = page_of(content, title) if content else b""
        return entry(await taking.take(url, data, tags=tags.split(",")), url, title)

    async def entry(reply: Awaitable[Reply], url: str, title: str) -> Reply:
        await reply  # which may be a refusal
        number = number_of(id_of_url(url)) if is_web_address(url) else 0
        saved = {"id": number, "url": url, "title": title or url, "tags": []}
        return Reply.of({**saved, "is_archived": 0, "is_starred": 0})

    async def nothing(request: Incoming) -> Reply:
        return Reply.of([] if request.path.endswith("tags.json") else {"exists": None})

    async def refuse(_request: Incoming) -> Reply:
        raise Refused(403, "Articles are changed and removed in annotator itself.")

    return (
        Route("GET", "/api/version", version, needs_token=False),
        Route("POST", TOKEN, token, takes=MAX_HEAD, needs_token=False),
        Route("POST", ENTRIES, save, takes=MAX_TEXT),
        Route("PATCH", "/api/entries/", refuse, takes=MAX_HEAD),
        Route("DELETE", "/api/entries/", refuse),
        Route("GET", "/api/entries/exists.json", nothing),
        Route("GET", "/api/tags.json", nothing),
    )
