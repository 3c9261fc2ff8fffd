import asyncio
import json
from contextlib import asynccontextmanager

import pytest

from annotator.errors import LibraryError
from annotator.fetch import DEFAULT_OPTIONS, FetchOptions
from annotator.model.identity import id_of_url
from annotator.serve.capture import SINGLEFILE_PATH, CaptureRoutes
from annotator.serve.http import MAX_BODY, Route
from annotator.serve.request_checks import RequestChecks
from annotator.serve.wallabag import wallabag_routes
from annotator.usecases.articles import captures
from annotator.usecases.articles.add import add
from annotator.usecases.articles.captures import Captures
from annotator.usecases.articles.sources import Source
from annotator.usecases.exporting.device_library import number_of
from asking import EXTENSION, FORM, TOKEN, form, opening
from serving import serve
from waiting import until

STORY = """<!DOCTYPE html> <html lang=en><!--
 Page saved with SingleFile
 url: https://example.org/comment
 saved date: Sun Nov 29 2026 03:34:50 GMT+0000 (Coordinated Universal Time)
--><meta charset=utf-8><title>The bridge stays open</title>
<link rel=canonical href=https://example.org/news/bridge>
<script type=application/ld+json>{"@type": "NewsArticle", "headline": "The bridge stays open",
"author": {"@type": "Person", "name": "Ann Lee"}, "datePublished": "2026-11-27"}</script>
<body><img src=data:image/png;base64,%s><article><h1>The bridge stays open</h1>
<p>The council voted 3 to 2 on Tuesday to keep the old bridge open until the new one is finished.
<p>It was built in 1923 and carries eight thousand cars on each working day of the week — still.
%s</article>"""
PAGE = (STORY % ("A" * 50_000, "")).encode()
LONGER = (
    STORY % ("A" * 50_000, "<p>The new bridge will be finished in spring, says Ann Lee.")
).encode()
URL = "https://example.org/news/bridge?utm_source=feed"


@asynccontextmanager
async def server(library, *, works=True):
    """Open a server that takes pages into a library, and work on them if it `works`."""
    waiting = Captures(library, [].append, DEFAULT_OPTIONS)
    taking = CaptureRoutes(waiting, patience=30.0 if works else 0.01)
    checks = RequestChecks(1, lambda: TOKEN)
    async with opening(
        Route("POST", SINGLEFILE_PATH, taking.singlefile, takes=MAX_BODY),
        *wallabag_routes(taking, checks),
    ) as ask:
        work = asyncio.create_task(waiting.work()) if works else None
        yield ask
        if work:
            work.cancel()
            await asyncio.wait([work])


@pytest.fixture
async def ask(library, cleaned_here):
    async with server(library) as asking:
        yield asking


def post(ask, body, wish="", **fields):
    kind = {"Content_Type": FORM, "Origin": EXTENSION}
    path = SINGLEFILE_PATH + (f"?ifexists={wish}" if wish else "")
    return ask("POST", path, body, **kind | fields)


async def test_a_page_becomes_an_article_at_the_address_in_the_form(ask, library):
    got = await post(ask, form(file=PAGE, url=URL))
    assert got.status == 201
    record = library.article(got.value["id"]).record()
    assert got.value == {"id": record.id, "outcome": "added", "alreadyExists": False}
    assert (record.url, record.title) == (URL, "The bridge stays open")
    assert (record.byline, record.published) == (("Ann Lee",), "2026-11-27")
    extraction = library.article(record.id).extraction(record.revision)
    assert extraction.article.canonical_url == "https://example.org/news/bridge"
    page = library.article(record.id).page(record.revision)
    assert "AAAA" not in page.html
    assert len(page.html) < 2_000


async def test_without_an_address_in_the_form_the_page_names_its_own(ask, library):
    got = await post(ask, form(file=PAGE))
    assert library.article(got.value["id"]).record().url == "https://example.org/comment"
    got = await post(ask, form(file=b"<p>No address, but a sentence that may well be kept.</p>"))
    assert got.status == 201


async def test_a_page_may_name_an_address_in_a_private_network_that_is_in_the_library(ask, library):
    url = "http://127.0.0.1:8127/mill"
    page, longer = (
        data.replace(b"https://example.org/comment", url.encode()) for data in (PAGE, LONGER)
    )
    await post(ask, form(file=page))
    assert [record.url for record in library.records()] == [""]
    first = await post(ask, form(file=page, url=url))
    assert first.value["outcome"] == "added"
    got = await post(ask, form(file=longer))
    assert got.value == {**first.value, "outcome": "revised", "alreadyExists": True}


@pytest.mark.parametrize("wish", ["", "overwrite", "overwrite-recrawl", "append", "append-recrawl"])
async def test_a_page_that_is_in_the_library_becomes_a_new_revision(ask, library, wish):
    first = await post(ask, form(file=PAGE, url=URL))
    again = await post(ask, form(file=PAGE, url=URL), wish)
    assert (again.status, again.value["outcome"]) == (200, "unchanged")
    longer = await post(ask, form(file=LONGER, url=URL), wish)
    assert longer.value == {**again.value, "outcome": "revised", "id": first.value["id"]}
    assert len(library.article(first.value["id"]).record().revisions) == 2


async def test_a_page_that_is_in_the_library_stays_if_the_form_says_so(ask, library):
    first = await post(ask, form(file=PAGE, url=URL), "skip")
    assert first.status == 201
    got = await post(ask, form(file=LONGER, url=URL), "skip")
    assert got.value == {**first.value, "outcome": "unchanged", "alreadyExists": True}
    assert len(library.article(first.value["id"]).record().revisions) == 1


@pytest.mark.parametrize(
    ("status", "words", "fields"),
    [
        (422, "choose HTML", {"file": b"PK\x03\x04" + b"x" * 100, "url": URL}),
        (422, "choose HTML", {"file": b"<html>PK\x03\x04 PK\x05\x06</html>", "url": URL}),
        (422, "No readable text", {"file": b"<html><title>x</title></html>", "url": URL}),
        (422, "file://", {"file": PAGE, "url": "file:///home/me/page.html"}),
        (422, "contains spaces", {"file": PAGE, "url": "no address"}),
        (422, "password", {"file": PAGE, "url": "https://me:secret@example.org/"}),
        (422, "program", {"file": b"\x7fELF\x02\x01\x01", "url": URL}),
        (400, "no field “file”", {"data": PAGE, "url": URL}),
    ],
)
async def test_what_cannot_be_kept_is_refused_with_a_sentence(ask, library, status, words, fields):
    got = await post(ask, form(**fields))
    assert got.status == status
    assert words in got.value["error"]
    assert library.records() == ()


async def test_an_unknown_wish_is_refused(ask):
    assert (await post(ask, form(file=PAGE, url=URL), "burn")).status == 400


async def test_an_address_whose_page_had_no_text_is_remembered_to_be_tried_again(ask, library):
    await post(ask, form(file=b"<html><title>x</title></html>", url=URL))
    assert [failed.address for failed in library.failures.all()] == [URL]
    await post(ask, form(file=PAGE, url=URL))
    assert library.failures.all() == ()


async def test_pages_wait_on_the_disk_and_are_taken_in_by_the_next_start(library, cleaned_here):
    async with server(library, works=False) as ask:
        got = await post(ask, form(file=PAGE, url=URL))
        assert (got.status, got.value["outcome"]) == (202, "waiting")
    assert library.records() == ()
    async with server(library) as ask:
        await until(library.records)
        assert (await post(ask, form(file=PAGE, url=URL))).value["outcome"] == "unchanged"
        await until(lambda: not any((library.state / "captured").iterdir()))
    assert len(library.records()) == 1


async def test_a_page_that_the_library_cannot_take_waits_and_the_browser_hears_why(
    library, cleaned_here, monkeypatch
):
    async def fail(library, page, **how):
        raise LibraryError("The disk is full.", "Make room.")

    monkeypatch.setattr(captures, "add", fail)
    told = []
    waiting = Captures(library, told.append, DEFAULT_OPTIONS)
    async with opening(
        Route(
            "POST",
            SINGLEFILE_PATH,
            CaptureRoutes(waiting, patience=0.5).singlefile,
            takes=MAX_BODY,
        )
    ) as ask:
        work = asyncio.create_task(waiting.work())
        got = await post(ask, form(file=PAGE, url=URL))
        work.cancel()
        await asyncio.wait([work])
    assert (got.status, got.value["outcome"]) == (202, "waiting")
    assert got.value["reason"] == "The disk is full. Make room."
    assert len(told) == 1


async def test_a_page_from_a_browser_is_not_sent_back_to_one(ask):
    got = await post(ask, form(file=b"<html><title>x</title></html>", url=URL))
    assert got.value["error"] == (
        "No readable text on this page. Copy its text into a .txt file, and add that."
    )


async def test_a_fault_at_one_page_keeps_it_and_stops_no_other(library, cleaned_here, monkeypatch):
    async def fail_at_first(library, page, **how):
        if page.url.endswith("/a"):
            raise ZeroDivisionError
        return await add(library, page, **how)

    monkeypatch.setattr(captures, "add", fail_at_first)
    async with server(library) as ask:
        first = await post(ask, form(file=PAGE, url="https://example.org/a"))
        second = await post(ask, form(file=PAGE, url=URL))
    assert (first.status, second.status) == (422, 201)
    assert b"by a fault of the program: ZeroDivisionError()." in first.body
    assert [path.suffix for path in (library.state / "captured").iterdir()] == [".failed"]
    assert len(library.records()) == 1


async def test_what_a_device_sent_waits_for_the_server_of_devices(library, cleaned_here):
    devices = Captures(library, [].append, FetchOptions(waits=()), "from_devices")
    await devices.put(Source("https://example.org/a"))
    async with server(library) as ask:
        await post(ask, form(file=PAGE, url=URL))
    assert [path.suffix for path in (library.state / "from_devices").iterdir()] == [".page"]
    assert len(library.records()) == 1


@pytest.mark.slow
async def test_two_hundred_pages_may_wait_and_no_more(library):
    async with server(library, works=False) as ask:
        bodies = [form(file=PAGE, url=f"https://example.org/{number}") for number in range(201)]
        answers = await asyncio.gather(*(post(ask, body) for body in bodies))
    statuses = [got.status for got in answers]
    assert (statuses.count(202), statuses.count(503)) == (200, 1)


# wallabag

JSON = {"Content_Type": "application/json", "Origin": EXTENSION}


async def test_wallabags_extension_gets_the_token_for_the_password(ask):
    assert (await ask("GET", "/api/version", Authorization=None)).value == "2.6.13"
    given = {"grant_type": "password", "client_id": "a", "client_secret": "b", "username": "c"}
    for password, status in ((TOKEN, 200), ("no", 401), (None, 401)):
        body = json.dumps(given | {"password": password}).encode()
        got = await ask("POST", "/oauth/v2/token", body, **JSON, Authorization=None)
        assert got.status == status
        assert (got.value.get("access_token") == TOKEN) == (status == 200)
    body = json.dumps({"grant_type": "refresh_token", "refresh_token": TOKEN}).encode()
    assert (await ask("POST", "/oauth/v2/token", body, **JSON)).value["refresh_token"] == TOKEN


async def test_wallabags_extension_saves_a_page_as_its_reader_sees_it(ask, library):
    text = "<p>The council voted 3 to 2 to keep the old bridge open — until spring.</p>" * 3
    body = {"url": URL, "title": "The <bridge>", "content": text, "tags": "news, bridges"}
    got = await ask("POST", "/api/entries.json", json.dumps(body).encode(), **JSON)
    assert (got.status, got.value["title"]) == (200, "The <bridge>")
    assert got.value["id"] == number_of(id_of_url(URL))
    [record] = library.records()
    assert (record.url, record.title, record.tags) == (URL, "The <bridge>", ("news", "bridges"))


async def test_an_address_alone_is_fetched(ask, library):
    with serve({"/bread": PAGE}) as site:
        body = json.dumps({"url": site.url("/bread")}).encode()
        got = await ask("POST", "/api/entries.json", body, **JSON)
    assert got.status == 200
    assert [record.url for record in library.records()] == [site.url("/bread")]


LONE = b'{"url": "https://example.org/", "tags": "\\ud800", "content": "<p>\\udfff"}'


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"url": 1}', b"[" * 10_000, b'{"url": ""}', LONE]
)
async def test_what_is_no_entry_is_refused(ask, body):
    got = await ask("POST", "/api/entries.json", body, **JSON)
    assert got.status in {400, 422}


async def test_nothing_in_the_library_is_told_or_changed(ask, library):
    await post(ask, form(file=PAGE, url=URL))
    assert (await ask("GET", "/api/tags.json")).value == []
    assert (await ask("GET", "/api/entries/exists.json?hashed_url=1")).value == {"exists": None}
    assert (await ask("PATCH", "/api/entries/1.json", b"{}", **JSON)).status == 403
    assert (await ask("DELETE", "/api/entries/1.json")).status == 403
    assert (await ask("GET", "/api/entries/1.json")).status == 405
    assert (await ask("GET", "/api/entries.json")).status == 405
    assert len(library.records()) == 1
