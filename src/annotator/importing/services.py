"""Services that are asked over their APIs, since their files leave highlights out.

A service is a generator that yields requests and is sent their answers; it returns a document
in the shape of a file, which the format of the service reads. So nothing here knows the
network, and a download can be kept and imported again.
"""

from collections.abc import Callable, Generator, Mapping
from typing import Final, NamedTuple
from urllib.parse import quote

from msgspec import Struct

from annotator.errors import InvalidInput, did_you_mean
from annotator.importing.readers.json_values import JsonObject, objects_in

Document = dict[str, object]

_MAX_PAGES: Final = 20_000  # of answers; a server that sends the same cursor for ever is stopped


class Request(NamedTuple):
    """A request to the API of a service: a path below its address, and a query."""

    path: str
    query: Mapping[str, str] = {}


Steps = Generator[Request, object, Document]


class Service(Struct, frozen=True, kw_only=True):
    """A service with an API.

    `address` is where it is, empty for a program on a server of the user's own. `authorization`
    is the header with `{token}` in it, empty if no token is needed. `steps` begins a download,
    and `format_name` is the format that reads it. `where` says where the user finds the token.
    """

    name: str
    title: str
    address: str
    authorization: str
    steps: Callable[[], Steps]
    format_name: str
    where: str = ""


def _readwise() -> Steps:
    return (yield from _by_cursor("/api/v2/export/", "pageCursor", "nextPageCursor", {}))


def _reader() -> Steps:
    query = {"withHtmlContent": "true"}
    return (yield from _by_cursor("/api/v3/list/", "pageCursor", "nextPageCursor", query))


def _by_cursor(path: str, name: str, field: str, query: Mapping[str, str]) -> Steps:
    """Collect the `results` of all pages, each of which names the next one."""
    results: list[JsonObject] = []
    cursor = ""
    for _ in range(_MAX_PAGES):
        answer = _object((yield Request(path, {**query, name: cursor} if cursor else query)))
        results += answer.objects("results")
        following = answer.text(field)
        if not following or following == cursor:
            break
        cursor = following
    return {"results": results}


def _hypothesis() -> Steps:
    """Collect the annotations of the user whose token it is."""
    user = _object((yield Request("/profile"))).text("userid")
    rows: list[JsonObject] = []
    query = {"limit": "200", "sort": "created", "order": "asc", "user": user}
    for _ in range(_MAX_PAGES):
        found = _object((yield Request("/search", query))).objects("rows")
        rows += found
        if not found or found[-1].text("created") == query.get("search_after"):
            break
        query = query | {"search_after": found[-1].text("created")}
    return {"export_userid": user, "annotations": list({x.text("id"): x for x in rows}.values())}


def _raindrop() -> Steps:
    items: list[JsonObject] = []
    folders: list[JsonObject] = []
    for path in ("/rest/v1/collections", "/rest/v1/collections/childrens"):
        folders += _object((yield Request(path))).objects("items")
    for page in range(_MAX_PAGES):
        query = {"perpage": "50", "page": str(page)}
        found = _object((yield Request("/rest/v1/raindrops/0", query))).objects("items")
        items += found
        if not found:
            break
    return {"raindrops": items, "collections": folders}


def _karakeep() -> Steps:
    bookmarks = yield from _karakeep_pages("/api/v1/bookmarks", "bookmarks", includeContent="true")
    highlights = yield from _karakeep_pages("/api/v1/highlights", "highlights")
    lists = _object((yield Request("/api/v1/lists"))).objects("lists")
    members: dict[str, list[str]] = {}
    for each in lists:
        path = f"/api/v1/lists/{quote(each.text('id'), safe='')}/bookmarks"
        for bookmark in (yield from _karakeep_pages(path, "bookmarks", includeContent="false")):
            members.setdefault(bookmark.text("id"), []).append(each.text("id"))
    for bookmark in bookmarks:
        bookmark["lists"] = list(members.get(bookmark.text("id"), ()))
    return {"bookmarks": bookmarks, "lists": lists, "highlights": highlights}


def _karakeep_pages(
    path: str, field: str, **query: str
) -> Generator[Request, object, list[JsonObject]]:
    found: list[JsonObject] = []
    cursor = ""
    for _ in range(_MAX_PAGES):
        more = {"cursor": cursor} if cursor else {}
        answer = _object((yield Request(path, {"limit": "100", **query, **more})))
        found += answer.objects(field)
        following = answer.text("nextCursor")
        if not following or following == cursor:
            break
        cursor = following
    return found


def _linkwarden() -> Steps:
    """Collect the links, and of each its highlights, which no request gives together."""
    links: list[JsonObject] = []
    cursor = ""
    for _ in range(_MAX_PAGES):
        query = {"sort": "1"} | ({"cursor": cursor} if cursor else {})
        found = _object((yield Request("/api/v1/links", query))).objects("response")
        links += found
        if not found or found[-1].text("id") == cursor:
            break
        cursor = found[-1].text("id")
    for link in links:
        path = f"/api/v1/links/{quote(link.text('id'), safe='')}/highlights"
        link["highlights"] = list(_object((yield Request(path))).objects("response"))
    return {"links": list({each.text("id"): each for each in links}.values())}


def _readeck() -> Steps:
    bookmarks = yield from _by_offset("/api/bookmarks", "offset")
    annotations = yield from _by_offset("/api/bookmarks/annotations", "offset")
    return {"bookmarks": bookmarks, "annotations": annotations}


def _zotero() -> Steps:
    items = yield from _by_offset("/api/users/0/items", "start", format="json")
    return {"items": items}


def _by_offset(path: str, name: str, **query: str) -> Generator[Request, object, list[JsonObject]]:
    """Collect the lists of all pages, up to one that is empty."""
    found: list[JsonObject] = []
    for _ in range(_MAX_PAGES):
        answer = yield Request(path, {"limit": "100", **query, name: str(len(found))})
        page = objects_in(answer)
        found += page
        if not page:
            break
    return found


def _object(answer: object) -> JsonObject:
    if isinstance(answer, JsonObject):
        return answer
    made = JsonObject()
    made.line = 0
    return made


_SERVICES: Final[Mapping[str, Service]] = {
    each.name: each
    for each in (
        Service(
            name="hypothesis",
            title="Hypothesis",
            address="https://api.hypothes.is/api",
            authorization="Bearer {token}",
            steps=_hypothesis,
            format_name="hypothesis",
            where="hypothes.is/account/developer",
        ),
        Service(
            name="karakeep",
            title="Karakeep",
            address="",
            authorization="Bearer {token}",
            steps=_karakeep,
            format_name="karakeep",
            where="Settings, API Keys",
        ),
        Service(
            name="linkwarden",
            title="Linkwarden",
            address="",
            authorization="Bearer {token}",
            steps=_linkwarden,
            format_name="linkwarden",
            where="Settings, Access Tokens",
        ),
        Service(
            name="raindrop",
            title="Raindrop",
            address="https://api.raindrop.io",
            authorization="Bearer {token}",
            steps=_raindrop,
            format_name="raindrop",
            where="app.raindrop.io, Settings, Integrations, a test token of an app",
        ),
        Service(
            name="readeck",
            title="Readeck",
            address="",
            authorization="Bearer {token}",
            steps=_readeck,
            format_name="readeck",
            where="Settings, API Tokens",
        ),
        Service(
            name="reader",
            title="Readwise Reader",
            address="https://readwise.io",
            authorization="Token {token}",
            steps=_reader,
            format_name="reader",
            where="readwise.io/access_token",
        ),
        Service(
            name="readwise",
            title="Readwise",
            address="https://readwise.io",
            authorization="Token {token}",
            steps=_readwise,
            format_name="readwise",
            where="readwise.io/access_token",
        ),
        Service(
            name="zotero",
            title="Zotero on this computer",
            address="http://localhost:23119",
            authorization="",
            steps=_zotero,
            format_name="zotero",
        ),
    )
}


def service_named(name: str) -> Service:
    """Return a service. Raises `InvalidInput` for an unknown one."""
    found = _SERVICES.get(name)
    if found is None:
        raise InvalidInput(
            f"Unknown service: {name}.{did_you_mean(name, _SERVICES)}",
            f"There are {', '.join(_SERVICES)}.",
        )
    return found


def service_names() -> tuple[str, ...]:
    """Return the names of all services."""
    return tuple(_SERVICES)
