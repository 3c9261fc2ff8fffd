"""Services that are asked over their APIs, since their files leave highlights out.

A service is a generator that yields requests and is sent their answers; it returns a document
in the shape of a file, which the format of the service reads. So nothing here knows the
network, and a download can be kept and imported again.
"""

from collections.abc import Callable, Generator, Mapping
from typing import Final, NamedTuple
from urllib.parse import quote

from msgspec import Struct

from annotator.errors import ImportFailed, InvalidInput, did_you_mean
from annotator.importing.readers.json_values import JsonObject, objects_in
from annotator.importing.readers.limits import MAX_ITEMS
from annotator.model.data_file import toml_beside

Document = dict[str, object]

_MAX_PAGES: Final = 2_000  # of answers; a server that always names another page is stopped
_MAX_EMPTY: Final = 5  # pages without records, one after the other


class Request(NamedTuple):
    """A request to the API of a service: a path below its address, and a query."""

    path: str
    query: Mapping[str, str] = {}


Steps = Generator[Request, object, Document]


class Service(Struct, frozen=True):
    """A service with an API.

    `name` is also that of the format that reads a download, and `steps` begins one. `address`
    is where it is, empty for a program on a server of the user's own. `authorization` is the
    header with `{token}` in it, empty if no token is needed. `where` says where the user finds
    the token.
    """

    name: str
    title: str
    steps: Callable[[], Steps]
    address: str = ""
    authorization: str = "Bearer {token}"
    where: str = ""


class _AnswerPage(NamedTuple):
    """An answer with the records in it; `number` counts the pages, `total` all records so far."""

    answer: JsonObject
    records: list[JsonObject]
    number: int
    total: int


# What asks for the next page; empty at the end.
Following = Callable[[_AnswerPage], Mapping[str, str]]


def _pages(
    path: str, query: Mapping[str, str], following: Following, *, field: str = ""
) -> Generator[Request, object, list[JsonObject]]:
    """Collect the records of all pages: those in a field of the answers, or the answers.

    It ends when a page names no other, or the same one again. Raises `ImportFailed` if there is
    no end.
    """
    records: list[JsonObject] = []
    empty = 0
    for number in range(1, _MAX_PAGES + 1):
        answer = yield Request(path, query)
        page = _object(answer).objects(field) if field else objects_in(answer)
        records += page
        empty = 0 if page else empty + 1
        after = following(_AnswerPage(_object(answer), page, number, len(records)))
        if after.items() <= query.items() or empty > _MAX_EMPTY:
            return records
        if len(records) > MAX_ITEMS:
            break
        query = {**query, **after}
    raise ImportFailed(
        f"The service sends more than {min(len(records), MAX_ITEMS):,} records, without an end.",
        "Export a file there, in parts.",
    )


def _cursor(name: str, field: str) -> Following:
    """Return how the next page is asked for with what is in a field of the answer."""
    return lambda page: {name: cursor} if (cursor := page.answer.text(field)) else {}


def _after_last(name: str, field: str) -> Following:
    """Return how the next page is asked for with a field of the last record."""
    return lambda page: {name: page.records[-1].text(field)} if page.records else {}


def _offset(name: str) -> Following:
    """Return how the next page is asked for with the number of records so far."""
    return lambda page: {name: str(page.total)} if page.records else {}


def _readwise() -> Steps:
    following = _cursor("pageCursor", "nextPageCursor")
    return {"results": (yield from _pages("/api/v2/export/", {}, following, field="results"))}


def _reader() -> Steps:
    query, following = {"withHtmlContent": "true"}, _cursor("pageCursor", "nextPageCursor")
    return {"results": (yield from _pages("/api/v3/list/", query, following, field="results"))}


def _hypothesis() -> Steps:
    """Collect the annotations of the user whose token it is."""
    user = _object((yield Request("/profile"))).text("userid")
    query = {"limit": "200", "sort": "created", "order": "asc", "user": user}
    following = _after_last("search_after", "created")
    rows = yield from _pages("/search", query, following, field="rows")
    return {"export_userid": user, "annotations": _by_id(rows)}


def _raindrop() -> Steps:
    folders: list[JsonObject] = []
    for path in ("/rest/v1/collections", "/rest/v1/collections/childrens"):
        folders += _object((yield Request(path))).objects("items")
    items = yield from _pages(
        "/rest/v1/raindrops/0",
        {"perpage": "50", "page": "0"},
        lambda page: {"page": str(page.number)} if page.records else {},
        field="items",
    )
    return {"raindrops": items, "collections": folders}


def _karakeep() -> Steps:
    def pages(path: str, field: str, **query: str) -> Generator[Request, object, list[JsonObject]]:
        following = _cursor("cursor", "nextCursor")
        return _pages(path, {"limit": "100", **query}, following, field=field)

    bookmarks = yield from pages("/api/v1/bookmarks", "bookmarks", includeContent="true")
    highlights = yield from pages("/api/v1/highlights", "highlights")
    lists = _object((yield Request("/api/v1/lists"))).objects("lists")
    members: dict[str, list[str]] = {}
    for folder in lists:
        path = f"/api/v1/lists/{quote(folder.text('id'), safe='')}/bookmarks"
        for bookmark in (yield from pages(path, "bookmarks", includeContent="false")):
            members.setdefault(bookmark.text("id"), []).append(folder.text("id"))
    for bookmark in bookmarks:
        bookmark["lists"] = list(members.get(bookmark.text("id"), ()))
    return {"bookmarks": bookmarks, "lists": lists, "highlights": highlights}


def _linkwarden() -> Steps:
    """Collect the links, and of each its highlights, which no request gives together."""
    following = _after_last("cursor", "id")
    links = yield from _pages("/api/v1/links", {"sort": "1"}, following, field="response")
    for link in links:
        path = f"/api/v1/links/{quote(link.text('id'), safe='')}/highlights"
        link["highlights"] = list(_object((yield Request(path))).objects("response"))
    return {"links": _by_id(links)}


def _readeck() -> Steps:
    query, following = {"limit": "100", "offset": "0"}, _offset("offset")
    bookmarks = yield from _pages("/api/bookmarks", query, following)
    annotations = yield from _pages("/api/bookmarks/annotations", query, following)
    return {"bookmarks": bookmarks, "annotations": annotations}


def _zotero() -> Steps:
    query = {"limit": "100", "format": "json", "start": "0"}
    return {"items": (yield from _pages("/api/users/0/items", query, _offset("start")))}


def _by_id(records: list[JsonObject]) -> list[JsonObject]:
    """Return records once, since a page may begin with the last ones of the page before."""
    return list({record.text("id"): record for record in records}.values())


def _object(answer: object) -> JsonObject:
    return answer if isinstance(answer, JsonObject) else JsonObject()


_STEPS: Final[Mapping[str, Callable[[], Steps]]] = {
    "hypothesis": _hypothesis,
    "karakeep": _karakeep,
    "linkwarden": _linkwarden,
    "raindrop": _raindrop,
    "readeck": _readeck,
    "reader": _reader,
    "readwise": _readwise,
    "zotero": _zotero,
}
_SERVICES: Final[Mapping[str, Service]] = {
    name: Service(name, steps=_STEPS[name], **facts)
    for name, facts in toml_beside(__package__, "services.toml").items()
}


def service_named(name: str) -> Service:
    """Return a service. Raises `InvalidInput` for an unknown one."""
    service = _SERVICES.get(name)
    if service is None:
        raise InvalidInput(
            f"Unknown service: {name}.{did_you_mean(name, _SERVICES)}",
            f"Choose one of: {', '.join(_SERVICES)}.",
        )
    return service


def service_names() -> tuple[str, ...]:
    """Return the names of all services."""
    return tuple(_SERVICES)
