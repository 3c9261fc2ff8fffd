import asyncio
import logging

import pytest

from annotator.errors import LibraryBusy
from annotator.serve.http import MAX_BODY, Refused, Reply, Route
from annotator.serve.request_checks import MAX_A_MINUTE, MAX_WRONG
from annotator.serve.server import Limits
from asking import EXTENSION, opening


async def told(request):
    return Reply.of({"path": request.path, "size": len(request.body), "query": request.query})


async def slow_end(request):
    size = len(request.body)

    async def end():
        return Reply.of({"then": size, "left": len(request.body)}, 202)

    return end()


ROUTES = (
    Route("POST", "/take", told, takes=MAX_BODY),
    Route("GET", "/open", told, needs_token=False, for_own_pages=True, for_all_pages=True),
    Route("POST", "/open", told, takes=1 << 20, needs_token=False, for_own_pages=True),
    Route("GET", "/below/", told),
    Route("POST", "/late", slow_end, takes=1 << 20),
)


@pytest.fixture
async def ask():
    async with opening(*ROUTES) as asking:
        yield asking


async def test_a_program_that_holds_the_token_is_answered(ask):
    got = await ask("POST", "/take?a=1&b=%C3%A4", b"x" * 100_000)
    assert (got.status, got.value["size"], got.value["query"]) == (
        200,
        100_000,
        {"a": "1", "b": "ä"},
    )


async def test_an_extension_is_answered(ask):
    assert (await ask("POST", "/take", b"x", Origin=EXTENSION)).status == 200
    assert (await ask("POST", "/take", b"x", Origin="moz-extension://5c2b")).status == 200


@pytest.mark.parametrize(
    ("status", "fields"),
    [
        (401, {"Authorization": None}),
        (401, {"Authorization": "Bearer no"}),
        (401, {"Authorization": "Bearer ä"}),
        (401, {"Authorization": "Basic " + "u" * 43}),
        (421, {"Host": "evil.example:7741"}),
        (421, {"Host": "127.0.0.1"}),
        (421, {"Host": None}),
        (403, {"Origin": "https://evil.example"}),
        (403, {"Origin": "null"}),
        (403, {"Origin": ""}),
        (403, {"Sec_Fetch_Site": "cross-site"}),
        (403, {"Sec_Fetch_Site": "same-site"}),
        (411, {"Transfer_Encoding": "chunked"}),
        (413, {"Content_Length": str((64 << 20) + 1)}),
        (413, {"Content_Length": "9" * 15}),
        (400, {"Content_Length": "-1"}),
        (400, {"Content_Length": "1_0"}),
        (400, {"X_Much": "x" * (16 << 10)}),
        (400, {"X_Folded": "a\r\n b"}),
        (400, {"X_Broken": "a\nb"}),
    ],
)
async def test_a_stranger_is_refused(ask, status, fields):
    got = await ask("POST", "/take", b"x", **fields)
    assert got.status == status
    assert set(got.value) == {"error"}


async def test_a_page_of_the_server_is_no_origin_for_what_is_not_its_own(ask):
    own = f"http://127.0.0.1:{ask.port}"
    assert (await ask("POST", "/take", b"x", Origin=own)).status == 403
    assert (await ask("POST", "/open", b"x", Origin=own, Authorization=None)).status == 200
    assert (await ask("POST", "/open", b"x", Origin="http://127.0.0.1:1")).status == 403


async def test_a_page_of_the_web_may_open_what_is_for_all_but_not_post_there(ask):
    site = {"Sec_Fetch_Site": "cross-site", "Authorization": None}
    assert (await ask("GET", "/open", **site)).status == 200
    assert (await ask("POST", "/open", **site)).status == 403
    assert (await ask("GET", "/open", Origin="https://evil.example", **site)).status == 403


async def test_a_preflight_is_refused_without_a_word_about_who_may_ask(ask):
    for origin in (EXTENSION, "https://evil.example"):
        got = await ask("OPTIONS", "/take", Origin=origin)
        assert got.status == 403
        assert not [name for name in got.fields if name.startswith("access-control")]


@pytest.mark.parametrize(
    "head",
    [
        b"POST /take HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nHost: 127.0.0.1:%d\r\n\r\n",
        b"POST http://127.0.0.1:%d/take HTTP/1.1\r\n\r\n",
        b"GET /take HTTP/2\r\nHost: 127.0.0.1:%d\r\n\r\n",
        b"\r\n\r\n",
        b"\x16\x03\x01\x02\r\n\r\n",
        b"GET /take HTTP/1.1\r\nNo colon\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\n\r\n",
    ],
)
async def test_a_head_that_no_browser_sends_is_refused(ask, head):
    got = await ask.raw(head.replace(b"%d", str(ask.port).encode()))
    assert got.status == 400


async def test_what_is_not_there_is_told_only_to_who_holds_the_token(ask):
    assert (await ask("GET", "/nothing")).status == 404
    assert (await ask("GET", "/nothing", Authorization=None)).status == 401
    got = await ask("PUT", "/open")
    assert (got.status, got.fields["allow"]) == (405, "GET, POST")
    assert (await ask("GET", "/below/a/b")).value["path"] == "/below/a/b"
    assert (await ask("GET", "/belo")).status == 404


async def test_an_answer_is_for_nobody_else(ask):
    got = await ask("GET", "/open")
    assert got.fields["cache-control"] == "no-store"
    assert got.fields["x-content-type-options"] == "nosniff"
    assert got.fields["connection"] == "close"
    assert "frame-ancestors 'none'" in got.fields["content-security-policy"]


async def test_what_takes_long_is_done_when_the_body_is_no_longer_in_memory(ask):
    got = await ask("POST", "/late", b"x" * 1000)
    assert (got.status, got.value) == (202, {"then": 1000, "left": 0})


async def test_a_client_that_asks_before_it_sends_is_told_to_go_on(ask):
    reader, writer = await asyncio.open_connection("127.0.0.1", ask.port)
    head = f"POST /open HTTP/1.1\r\nHost: 127.0.0.1:{ask.port}\r\nContent-Length: 2\r\n"
    writer.write(f"{head}Expect: 100-continue\r\n\r\n".encode())
    assert (await reader.readline()).startswith(b"HTTP/1.1 100 ")
    writer.write(b"ab")
    assert b'"size": 2' in await reader.read()
    writer.close()


async def test_a_body_that_ends_too_early_and_a_head_without_an_end_are_refused(ask):
    reader, writer = await asyncio.open_connection("127.0.0.1", ask.port)
    head = f"POST /open HTTP/1.1\r\nHost: 127.0.0.1:{ask.port}\r\nContent-Length: 9\r\n\r\nab"
    writer.write(head.encode())
    writer.write_eof()
    assert b" 400 " in await reader.readline()
    writer.close()
    reader, writer = await asyncio.open_connection("127.0.0.1", ask.port)
    writer.write(b"GET / HTTP/1.1\r\n")
    writer.write_eof()
    assert b" 400 " in await reader.readline()
    writer.close()


async def test_who_is_slow_is_refused_after_a_while():
    told = []
    options = {"tell": lambda request, refused: told.append((request, refused.status))}
    async with opening(*ROUTES, limits=Limits(head=0.05, body=0.05), **options) as ask:
        assert (await ask.raw(b"")).status == 408
        assert (await ask.raw(b"GET / HTTP/1.1\r\n")).status == 408
        assert told == []  # browsers open connections before they need them
        got = await ask("POST", "/take", b"x", Content_Length="100")
        assert got.status == 408
        assert [status for _, status in told] == [408]


async def test_guesses_of_the_token_are_counted_and_the_right_one_still_opens(ask):
    statuses = [(await ask("GET", "/below/", Authorization=None)).status for _ in range(MAX_WRONG)]
    assert set(statuses) == {401}
    got = await ask("GET", "/below/", Authorization="Bearer no")
    assert (got.status, got.fields["retry-after"]) == (429, "60")
    assert (await ask("GET", "/below/")).status == 200


async def test_requests_are_counted(ask):
    statuses = [(await ask("GET", "/open")).status for _ in range(MAX_A_MINUTE + 1)]
    assert statuses == [200] * MAX_A_MINUTE + [429]


async def test_an_error_of_the_library_and_one_of_ours_are_answered(caplog):
    async def busy(_request):
        raise LibraryBusy("Another program writes.", "Wait.")

    async def broken(_request):
        raise ZeroDivisionError

    async def refusing(_request):
        raise Refused(422, "No article.")

    routes = [Route("GET", f"/{name.__name__}", name) for name in (busy, broken, refusing)]
    heard = []
    async with opening(*routes, tell=lambda _request, refused: heard.append(refused.status)) as ask:
        assert (await ask("GET", "/busy")).value == {"error": "Another program writes. Wait."}
        with caplog.at_level(logging.ERROR):
            got = await ask("GET", "/broken")
        assert (got.status, "ZeroDivisionError" in caplog.text) == (500, True)
        assert (await ask("GET", "/refusing")).status == 422
    assert heard == [422]
