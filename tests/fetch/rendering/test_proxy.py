import asyncio
import base64

import pytest

from annotator.errors import PrivateNetwork
from annotator.fetch.rendering import proxy as proxies
from annotator.fetch.rendering.proxy import PageProxy
from browsers import Upstream

pytestmark = pytest.mark.slow

PUBLIC = "http://news.example/story"


async def ask(proxy: PageProxy, request: str, *, then: bytes = b"", password: str = "") -> bytes:
    """Return what the proxy answers to a request, with the password of the proxy or another."""
    known = base64.b64encode(f"annotator:{password or proxy.password}".encode()).decode()
    reader, writer = await asyncio.open_connection("127.0.0.1", int(proxy.address[17:]))
    writer.write(f"{request}\r\nProxy-Authorization: Basic {known}\r\n\r\n".encode() + then)
    try:
        return await reader.read(-1)
    finally:
        writer.close()


def get(url: str) -> str:
    return f"GET {url} HTTP/1.1\r\nHost: there"


async def test_a_page_of_the_internet_reaches_no_private_address(site):
    secret = site.on("/secret", site.page("secret"))
    async with PageProxy(PUBLIC, came_from_internet=True) as proxy:
        assert await ask(proxy, get(secret)) == b""
        assert isinstance(proxy.problems["127.0.0.1"], PrivateNetwork)
    assert site.requests == []


async def test_a_name_is_judged_by_where_it_leads(site):
    site.on("/secret", site.page("secret"))
    async with PageProxy(PUBLIC, came_from_internet=True) as proxy:
        assert await ask(proxy, get(site.url("/secret", host="localhost"))) == b""
    assert site.requests == []


async def test_no_tunnel_leads_to_a_private_address_either(site):
    async with PageProxy(PUBLIC, came_from_internet=True) as proxy:
        told = await ask(proxy, f"CONNECT 127.0.0.1:{site.port} HTTP/1.1", then=b"\x16\x03\x01")
    assert told == b""
    assert not site.left.is_set()


async def test_a_private_page_that_was_typed_reaches_its_own_server_and_no_other(site):
    home = site.on("/home", site.page("at home"))
    async with PageProxy(home, came_from_internet=False) as proxy:
        assert b"at home" in await ask(proxy, get(home))
        assert await ask(proxy, get("http://127.0.0.2:9/")) == b""
        assert isinstance(proxy.problems["127.0.0.2"], PrivateNetwork)


async def test_a_private_page_is_not_reached_once_the_internet_has_answered(site, monkeypatch):
    home = site.on("/home", site.page("at home"))
    async with Upstream({"news.example": site.port}) as upstream:
        monkeypatch.setenv("http_proxy", upstream.address)
        monkeypatch.setenv("https_proxy", upstream.address)
        async with PageProxy(home, came_from_internet=False) as proxy:
            await ask(proxy, get("http://news.example/home"))
            assert await ask(proxy, get(home)) == b""
    assert len(site.requests) == 1


async def test_a_websocket_without_tls_is_passed_on_nowhere(site, monkeypatch):
    hello = b"GET /chat HTTP/1.1\r\nUpgrade: websocket\r\n\r\n"
    async with Upstream({"news.example": site.port}) as upstream:
        monkeypatch.setenv("http_proxy", upstream.address)
        monkeypatch.setenv("https_proxy", upstream.address)
        async with PageProxy(PUBLIC, came_from_internet=False) as proxy:
            told = await ask(proxy, "CONNECT news.example:80 HTTP/1.1", then=hello)
            assert told == b"HTTP/1.1 200 Connected\r\n\r\n"
            upgrade = get("http://news.example/chat") + "\r\nUpgrade: websocket"
            assert await ask(proxy, upgrade) == b""
    assert site.requests == []


async def test_others_on_this_machine_do_not_know_the_password(site):
    home = site.on("/home", site.page("at home"))
    async with PageProxy(home, came_from_internet=False) as proxy:
        assert b" 407 " in await ask(proxy, get(home), password="guessed")
        assert b" 407 " in await ask(proxy, get(home), password="é")
    assert site.requests == []


async def test_the_password_is_told_to_no_server_and_a_body_arrives(site):
    bodies = []

    async def take(reader, writer):
        bodies.append(await reader.readexactly(5))
        writer.write(site.page("thanks"))

    home = site.on("/home", take)
    request = f"POST {home} HTTP/1.1\r\nHost: there\r\nContent-Length: 5"
    async with PageProxy(home, came_from_internet=False) as proxy:
        answer = await ask(proxy, request, then=b"hello and more")
    assert b"thanks" in answer
    assert bodies == [b"hello"]
    assert "proxy-authorization" not in site.requests[0].headers


async def test_a_page_gets_so_many_bytes_and_no_more(site, monkeypatch):
    monkeypatch.setattr(proxies, "MAX_BYTES", 100_000)
    home = site.on("/home", site.answer(b"x" * 1_000_000))
    async with PageProxy(home, came_from_internet=False) as proxy:
        assert len(await ask(proxy, get(home))) < 200_000
        assert await ask(proxy, get(home)) == b""


@pytest.mark.parametrize("request_line", ["", "GET", "GET / HTTP/1.1", "GET file:///etc HTTP/1.1"])
async def test_what_is_no_request_gets_no_answer(request_line):
    async with PageProxy(PUBLIC, came_from_internet=False) as proxy:
        assert await ask(proxy, request_line) == b""


async def test_a_server_that_is_not_there_is_a_problem_of_its_host(unused_tcp_port):
    page = f"http://127.0.0.1:{unused_tcp_port}/"
    async with PageProxy(page, came_from_internet=False) as proxy:
        assert await ask(proxy, get(page)) == b""
        assert proxy.problems["127.0.0.1"].message == "127.0.0.1 refused the connection."
