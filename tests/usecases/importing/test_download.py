"""Downloads from services over their APIs, from a server that answers as theirs do."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

import pytest

from annotator.errors import FetchError, InvalidInput
from annotator.importing.item import Skipped
from annotator.importing.services import service_named, service_names
from annotator.usecases.importing.download import download, token_of
from annotator.usecases.importing.plan import plan_of

TOKEN = "secret-7"
URL = "https://example.org/a"


def paged(rows, start, size=1):
    return rows[int(start) : int(start) + size]


def readwise(path, query):
    books = [
        {"user_book_id": n, "source_url": f"{URL}{n}", "title": "T", "category": "articles",
         "highlights": [{"id": n, "text": f"Words {n}."}]}
        for n in range(2)
    ]  # fmt: skip
    start = int(query.get("pageCursor", 0))
    following = start + 1 if start + 1 < len(books) else None
    return {"results": paged(books, start), "nextPageCursor": following}


def reader(path, query):
    return {"nextPageCursor": None, "results": [
        {"id": "d", "source_url": URL, "category": "article", "location": "new",
         "reading_progress": 0, "html_content": "<p>Words 0.</p>"},
        {"id": "h", "category": "highlight", "parent_id": "d", "content": "Words 0."},
    ]}  # fmt: skip


def hypothesis(path, query):
    if path == "/profile":
        return {"userid": "acct:me@example.org"}
    rows = [
        {"id": str(n), "uri": URL, "user": query["user"], "created": f"2024-01-0{n + 1}",
         "text": "", "tags": [],
         "target": [{"selector": [{"type": "TextQuoteSelector", "exact": f"Words {n}."}]}]}
        for n in range(3)
    ]  # fmt: skip
    return {
        "total": 3,
        "rows": [x for x in rows if x["created"] > query.get("search_after", "")][:2],
    }


def raindrop(path, query):
    if "collections" in path:
        return {"items": [] if "childrens" in path else [{"_id": 5, "title": "War"}]}
    return {"items": [] if query["page"] != "0" else [
        {"_id": 1, "link": URL, "title": "T", "excerpt": "", "tags": ["x"],
         "collection": {"$id": 5}, "highlights": [{"_id": "h", "text": "Words 0."}]}
    ]}  # fmt: skip


def karakeep(path, query):
    if path == "/api/v1/lists":
        return {"lists": [{"id": "l", "name": "War"}]}
    if path == "/api/v1/highlights":
        return {"nextCursor": None, "highlights": [
            {"id": "h", "bookmarkId": "b", "text": "Words 0.", "startOffset": 0, "endOffset": 8}
        ]}  # fmt: skip
    return {"nextCursor": None, "bookmarks": [
        {"id": "b", "createdAt": "2024-01-01T10:00:00Z", "tags": [{"id": "t", "name": "x"}],
         "content": {"type": "link", "url": URL, "title": "T", "htmlContent": "<p>Words 0.</p>"}}
    ]}  # fmt: skip


def linkwarden(path, query):
    if path.endswith("/highlights"):
        return {"response": [{"id": 9, "text": "Words 0.", "comment": "Why", "startOffset": 0}]}
    links = [{"id": 1, "name": "T", "url": URL, "tags": [], "collection": {"name": "War"}}]
    return {"response": [] if query.get("cursor") else links}


def readeck(path, query):
    rows = (
        [{"id": "h", "bookmark_id": "b", "bookmark_url": URL, "text": "Words 0."}]
        if path.endswith("annotations")
        else [{"id": "b", "url": URL, "title": "T", "is_archived": True, "is_marked": False,
               "read_progress": 100}]
    )  # fmt: skip
    return paged(rows, query["offset"])


def zotero(path, query):
    items = [
        {"key": "A", "version": 1, "data": {"key": "A", "itemType": "webpage", "url": URL}},
        {"key": "B", "version": 1,
         "data": {"key": "B", "itemType": "attachment", "parentItem": "A"}},
        {"key": "C", "version": 1, "data": {"key": "C", "itemType": "annotation",
         "parentItem": "B", "annotationType": "highlight", "annotationText": "Words 0."}},
    ]  # fmt: skip
    return paged(items, query["start"])


ANSWERS = {each.__name__: each for each in (
    hypothesis, karakeep, linkwarden, raindrop, readeck, reader, readwise, zotero
)}  # fmt: skip


@contextmanager
def server(answer, *, refusals=()):
    """Serve an API; the first requests get the statuses `refusals`, and a wrong token 401."""
    left = list(refusals)
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            parts = urlsplit(self.path)
            asked.append(self.headers.get("Authorization"))
            if left:
                self.send_response(left.pop(0))
                self.send_header("Retry-After", "1")
                self.send_header("Location", "http://127.0.0.1:1/")
                self.end_headers()
                return
            is_allowed = answer is zotero or self.headers["Authorization"] in {
                f"Token {TOKEN}",
                f"Bearer {TOKEN}",
            }
            body = json.dumps(answer(parts.path, dict(parse_qsl(parts.query)))).encode()
            self.send_response(200 if is_allowed else 401)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(body if is_allowed else b"{}")

        def log_message(self, *arguments):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}", asked
        http.shutdown()
        thread.join()


@pytest.mark.parametrize("name", service_names())
async def test_all_pages_of_a_service_are_read_with_their_highlights(name):
    service = service_named(name)
    with server(ANSWERS[name]) as (address, _):
        source = await download(service, server=address, token=TOKEN)
    plan = plan_of(source, format_name=service.name)
    quotes = [mark.quote for each in plan.items for mark in each.highlights.values()]
    count = {"readwise": 2, "hypothesis": 3}.get(name, 1)
    assert sorted(quotes) == [f"Words {number}." for number in range(count)]
    assert all(each.item.url.startswith(URL) for each in plan.items)
    assert not any(isinstance(each, Skipped) for each in plan.lines)


@pytest.mark.slow
async def test_a_service_that_is_busy_is_asked_again_when_it_says():
    with server(readwise, refusals=[429]) as (address, asked):
        await download(service_named("readwise"), server=address, token=TOKEN)
    assert len(asked) == 3


async def test_a_wrong_token_is_named_without_showing_it():
    with server(reader) as (address, _), pytest.raises(FetchError) as caught:
        await download(service_named("reader"), server=address, token="wrong-9")
    assert "does not accept the token" in caught.value.message
    assert "wrong-9" not in f"{caught.value.message} {caught.value.hint}"


async def test_a_redirect_is_not_followed_with_the_token():
    with server(reader, refusals=[302]) as (address, asked), pytest.raises(FetchError) as caught:
        await download(service_named("reader"), server=address, token=TOKEN)
    assert "redirects" in caught.value.message
    assert len(asked) == 1


async def test_what_is_missing_is_said_before_anything_is_sent():
    with pytest.raises(InvalidInput, match="needs a token"):
        await download(service_named("readwise"))
    with pytest.raises(InvalidInput, match="server of your own"):
        await download(service_named("karakeep"), token=TOKEN)


def test_a_token_is_in_a_file_or_in_the_environment(tmp_path):
    service = service_named("readwise")
    path = tmp_path / "token"
    path.write_text(f"{TOKEN}\n")
    assert token_of(service, path, {}) == TOKEN
    assert token_of(service, None, {"ANNOTATOR_READWISE_TOKEN": TOKEN}) == TOKEN
    path.write_text("")
    with pytest.raises(InvalidInput, match="does not hold a token"):
        token_of(service, path, {})
