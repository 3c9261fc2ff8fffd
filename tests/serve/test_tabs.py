"""The program in tabs of a browser, as a real server on the loopback address shows it."""

import asyncio
import json
import os
import sys
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from annotator.serve.page_checks import CookieGuard
from asking import Asking, free_port
from browsing import CHROMIUM
from browsing import browsing as in_chromium
from varied_library import fill
from waiting import PATIENCE, until

pytest.importorskip("textual_serve", reason="the extra for a browser is not installed")

from aiohttp import ClientSession, WSMsgType, WSServerHandshakeError

from annotator.serve import tabs

pytestmark = pytest.mark.slow

# A program that draws, repeats what is typed, and ends as one of Textual does.
PROGRAM = """
import json, os, sys, time
def send(kind, data):
    os.write(1, kind + len(data).to_bytes(4, "big") + data)
os.write(1, b"__GANGLION__\\n")
open(sys.argv[1] + f"/{os.getpid()}", "w").close()
send(b"D", f"{os.environ['COLUMNS']}x{os.environ['ROWS']} drawn".encode())
while kind := sys.stdin.buffer.read(1):
    data = sys.stdin.buffer.read(int.from_bytes(sys.stdin.buffer.read(4), "big"))
    if kind == b"M" and json.loads(data)["type"] == "quit" and len(sys.argv) < 3:
        break
    send(b"D", kind + data)
if len(sys.argv) > 2:
    time.sleep(600)
"""


class Browser:
    """A browser that was let in."""

    def __init__(self, port, folder, session):
        self.port, self.folder, self.session = port, folder, session
        self.origin = f"http://127.0.0.1:{port}"
        self.cookie = ""

    async def ask(self, path="/", method="GET", **fields):
        given = {"Authorization": None, "Cookie": self.cookie, "Connection": "close"} | fields
        return await Asking(self.port)(method, path, **given)

    async def status(self, path="/ws?width=80&height=24", **fields):
        """Return the status with which a web socket is refused, or 101."""
        given = {"Cookie": self.cookie, "Origin": self.origin} | fields
        given = {name: value for name, value in given.items() if value is not None}
        try:
            async with self.session.ws_connect(f"{self.origin}{path}", headers=given):
                return 101
        except WSServerHandshakeError as error:
            return error.status

    @asynccontextmanager
    async def tab(self, size="width=80&height=24"):
        fields = {"Cookie": self.cookie, "Origin": self.origin}
        async with self.session.ws_connect(f"{self.origin}/ws?{size}", headers=fields) as socket:
            yield socket

    def running(self):
        ids = [int(path.name) for path in self.folder.iterdir()]
        return [one for one in ids if Path(f"/proc/{one}").exists() or _is_there(one)]


def _is_there(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@asynccontextmanager
async def browsing(command, folder):
    port, links = free_port(), []
    guard = CookieGuard(port, links.append)
    first = guard.address.partition(str(port))[2]
    async with tabs.open_tabs(command, port, guard), ClientSession() as session:
        browser = Browser(port, folder, session)
        got = await browser.ask(first)
        assert (got.status, got.fields["location"]) == (303, "/")
        assert (await browser.ask(first, Cookie="")).status == 403
        browser.cookie = got.fields["set-cookie"].partition(";")[0]
        yield browser


@pytest.fixture
async def browser(tmp_path):
    (folder := tmp_path / "running").mkdir()
    async with browsing([sys.executable, "-c", PROGRAM, str(folder)], folder) as opened:
        yield opened
    assert opened.running() == []


async def drawn(socket):
    async with asyncio.timeout(PATIENCE):
        return (await socket.receive()).data


async def test_the_page_loads_only_what_the_server_has(browser):
    got = await browser.ask()
    page, policy = got.body.decode(), got.fields["content-security-policy"]
    nonce = policy.partition("'nonce-")[2].partition("'")[0]
    assert f'<script nonce="{nonce}">' in page
    assert f'data-session-websocket-url="ws://127.0.0.1:{browser.port}/ws"' in page
    assert "https://" not in page
    assert f"connect-src ws://127.0.0.1:{browser.port}/ws;" in policy
    assert policy.startswith("default-src 'none'; script-src 'self' 'nonce-")
    assert got.fields["cross-origin-opener-policy"] == "same-origin"
    assert nonce not in (await browser.ask()).fields["content-security-policy"]
    for path in ("/static/js/textual.js", "/static/css/xterm.css"):
        assert f'"{path}"' in page
        assert (await browser.ask(path)).status == 200
        assert (await browser.ask(path, Cookie=None)).status == 403
    for path in (
        "/static/",
        "/static/js/",
        "/static/../tabs.py",
        "/static/%2e%2e/server.py",
        "/download/x",
    ):
        assert (await browser.ask(path)).status in {403, 404}


@pytest.mark.parametrize(
    ("status", "fields"),
    [
        (200, {}),
        (403, {"Cookie": None}),
        (403, {"Cookie": "annotator-{port}=guess"}),
        (421, {"Host": "evil.example:{port}"}),
        (421, {"Host": "127.0.0.1"}),
        (403, {"Origin": "https://evil.example"}),
        (403, {"Origin": "null"}),
        (403, {"Sec-Fetch-Site": "cross-site"}),
        (413, {"Content-Length": "1"}),
        (413, {"Transfer-Encoding": "chunked"}),
        (400, {"X": "a" * 20_000}),
        (400, {f"X-{number}": "a" * 7_000 for number in range(3)}),
    ],
)
async def test_only_the_browser_of_the_user_gets_the_page(browser, status, fields):
    told = {name: value and value.format(port=browser.port) for name, value in fields.items()}
    assert (await browser.ask(**told)).status == status


async def test_nothing_is_asked_but_to_read(browser):
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        got = await browser.ask("/", method)
        assert got.status == (403 if method == "OPTIONS" else 405)
        assert not any(name.startswith("access-control") for name in got.fields)
    head = f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{browser.port}\r\nHost: evil.example\r\n\r\n"
    assert (await Asking(browser.port).raw(head.encode())).status == 400


@pytest.mark.parametrize(
    ("status", "fields"),
    [
        (403, {"Origin": None}),
        (403, {"Origin": "https://evil.example"}),
        (403, {"Origin": "http://localhost:1"}),
        (403, {"Cookie": None}),
        (403, {"Cookie": "annotator-1=x"}),
        (421, {"Host": "evil.example"}),
    ],
)
async def test_no_other_page_opens_a_tab(browser, status, fields):
    assert await browser.status(**fields) == status
    assert [*browser.folder.iterdir()] == []


@pytest.mark.parametrize(
    "size",
    [
        *("", "width=80", "width=80&height=x", "width=-1&height=24", "width=99999&height=24"),
        *("width=80&height=1;id", "width=٣٣&height=24"),
    ],
)
async def test_a_tab_has_a_size_that_a_screen_can_have(browser, size):
    assert await browser.status(f"/ws?{size}") == 400


async def test_what_is_typed_goes_to_the_program_and_nothing_else_does(browser):
    async with browser.tab("width=120&height=40") as socket:
        assert await drawn(socket) == b"120x40 drawn"
        await socket.send_json(["stdin", "ä\ud800"])
        assert await drawn(socket) == "Dä?".encode()
        await socket.send_json(["resize", {"width": 100, "height": 30}])
        assert b'"width": 100' in await drawn(socket)
        await socket.send_json(["resize", {"width": 10**9, "height": 30}])
        await socket.send_json(["ping", "7" * 100])
        assert await drawn(socket) == json.dumps(["pong", "7" * 20])
        await socket.send_json(["focus"])
        assert json.loads((await drawn(socket))[1:]) == {"type": "focus"}
    for said in (
        "{}",
        "[",
        "[" * 100_000,
        '["stdin", 1]',
        '["quit"]',
        '["resize", {"width": "1"}]',
    ):
        async with browser.tab() as socket:
            await drawn(socket)
            await socket.send_str(said)
            async with asyncio.timeout(PATIENCE):
                assert (await socket.receive()).type in {WSMsgType.CLOSE, WSMsgType.CLOSED}


async def test_four_tabs_are_open_at_most(browser, monkeypatch):
    monkeypatch.setattr(tabs, "PATIENCE", 0.2)
    open_tabs = [browser.tab() for _ in range(4)]
    sockets = [await one.__aenter__() for one in open_tabs]
    assert await browser.status() == 503
    monkeypatch.undo()
    await sockets[0].close()
    async with browser.tab() as fifth:
        assert await drawn(fifth) == b"80x24 drawn"
    for one in open_tabs:
        await one.__aexit__(None, None, None)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
async def test_a_tab_says_whether_its_program_has_ended_or_was_not_opened(browser, monkeypatch):
    monkeypatch.setattr(tabs, "PATIENCE", 0.05)
    said = "document.getElementById('over').innerText.split('\\n')[0]"
    name, _, value = browser.cookie.partition("=")
    async with in_chromium() as chromium, AsyncExitStack() as stack:
        shown = await chromium.tab()
        await shown.send("Network.setCookie", name=name, value=value, url=browser.origin)
        await shown.open(f"{browser.origin}/")
        await shown.until("document.body.classList.contains('-first-byte')")
        for _ in range(tabs.MAX_TABS - 1):
            await drawn(await stack.enter_async_context(browser.tab()))
        refused = await chromium.tab(f"{browser.origin}/")
        await refused.until("document.body.classList.contains('-closed')")
        assert (await refused.run(said)).startswith("It could not be opened: four tabs may be")
        for running in browser.running():
            os.kill(running, 9)
        await shown.until("document.body.classList.contains('-closed')")
        assert await shown.run(said) == "The program has ended."


async def test_a_hundred_tabs_leave_no_program_behind(browser):
    async def once():
        async with browser.tab() as socket:
            await drawn(socket)

    for _ in range(25):
        await asyncio.gather(*(once() for _ in range(4)))
    await until(lambda: browser.running() == [])
    assert len([*browser.folder.iterdir()]) == 100


async def test_a_program_that_does_not_end_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(tabs, "PATIENCE", 0.2)
    (folder := tmp_path / "running").mkdir()
    command = [sys.executable, "-c", PROGRAM, str(folder), "stays"]
    async with browsing(command, folder) as browser:
        async with browser.tab() as socket:
            await drawn(socket)
            assert len(browser.running()) == 1
        await until(lambda: browser.running() == [])
        async with browser.tab() as socket:
            await drawn(socket)
            assert len(browser.running()) == 1
    assert browser.running() == []


async def test_the_library_is_shown_in_a_tab(library, tmp_path, monkeypatch):
    fill(library)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in [name for name in os.environ if name.startswith("XDG_")]:
        monkeypatch.delenv(name)
    (folder := tmp_path / "running").mkdir()
    command = [sys.executable, "-m", "annotator", "--library", str(tmp_path / "data")]
    shown = b""
    async with browsing(command, folder) as browser, browser.tab() as socket:
        while b"Unmarked" not in shown:
            shown += await drawn(socket)
        await socket.send_json(["stdin", "q"])
        async with asyncio.timeout(PATIENCE):
            while (await socket.receive()).type is WSMsgType.BINARY:
                pass
