"""The routes of wallabag's programs: the extension wallabagger gives pages by them.

Of wallabag's interface they are what the extension needs to save a page. What it asks of the
library it does not get: no article, no tag, and not whether a page is known.
"""

from collections.abc import Awaitable
from itertools import count

from annotator.serve.capture import CaptureRoutes, page_of
from annotator.serve.http import MAX_HEAD, Incoming, Refused, Reply, Route
from annotator.serve.walls import Walls

VERSION = "2.6.13"  # of wallabag, whose interface this is a part of
MAX_BODY = 16 << 20  # bytes; the text of a page, without its pictures
SECONDS = 3600  # until the extension asks for the token again, and gets the same one
_ENTRY = "/api/entries/"
_SECRETS = ("password", "client_secret", "refresh_token")


class WallabagRoutes:
    """What the door answers to wallabag's programs."""

    def __init__(self, captures: CaptureRoutes, walls: Walls) -> None:
        self._captures = captures
        self._walls = walls
        self._numbers = count(1)

    def routes(self) -> tuple[Route, ...]:
        """Return the routes."""
        return (
            Route("GET", "/api/version", self.version, needs_token=False),
            Route("POST", "/oauth/v2/token", self.token, takes=MAX_HEAD, needs_token=False),
            Route("POST", "/api/entries.json", self.save, takes=MAX_BODY),
            Route("PATCH", _ENTRY, self.change, takes=MAX_HEAD),
            Route("DELETE", _ENTRY, self.change),
            Route("GET", "/api/entries/exists.json", self.exists),
            Route("GET", "/api/tags.json", self.tags),
        )

    async def version(self, _request: Incoming) -> Reply:
        """Tell the version of wallabag."""
        return Reply.of(VERSION)

    async def token(self, request: Incoming) -> Reply:
        """Give the token to who names it as the password, or has it already."""
        given = request.values()
        is_known = [self._walls.is_token(str(given.get(name))) for name in _SECRETS]
        if not any(is_known):
            raise self._walls.wrong_token()
        token = self._walls.token()
        return Reply.of(
            {
                "access_token": token,
                "refresh_token": token,
                "expires_in": SECONDS,
                "token_type": "bearer",
                "scope": None,
            }
        )

    async def save(self, request: Incoming) -> Awaitable[Reply]:
        """Take a page, with its text or as an address that is fetched."""
        given = request.values()
        url, title, content = (str(given.get(key) or "") for key in ("url", "title", "content"))
        data = page_of(content, title) if content else b""
        reply = await self._captures.take(url, data, tags=_tags(given.get("tags")))
        return self._entry(reply, url, title)

    async def _entry(self, reply: Awaitable[Reply], url: str, title: str) -> Reply:
        await reply
        entry = {"id": next(self._numbers), "url": url, "title": title or url, "tags": []}
        return Reply.of(entry | {"is_archived": 0, "is_starred": 0, "preview_picture": None})

    async def change(self, _request: Incoming) -> Reply:
        """Refuse to change what is in the library."""
        raise Refused(403, "Pages are changed and removed in annotator itself.")

    async def exists(self, _request: Incoming) -> Reply:
        """Tell nothing about what is in the library."""
        return Reply.of({"exists": None})

    async def tags(self, _request: Incoming) -> Reply:
        """Tell no tags."""
        return Reply.of([])


def _tags(given: object) -> tuple[str, ...]:
    names = given.split(",") if isinstance(given, str) else given
    if not isinstance(names, list):
        return ()
    return tuple(name.strip() for name in names if isinstance(name, str) and name.strip())
