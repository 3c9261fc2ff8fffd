"""The whole program in tabs of a browser of this computer.

The terminal in a tab and what it says to a program are those of textual-serve. Its server is not
used: it knows no token, `Host` or `Origin`, so that any page on the web could read the library; it
starts programs through a shell, and its page loads a font from elsewhere.
"""

import asyncio
import json
import os
import secrets
import signal
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from pkgutil import get_data

import textual_serve
from aiohttp import WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from annotator.fastpath.start import DRIVER_VARIABLE, PLAIN_VARIABLE, TAB_DRIVER
from annotator.serve.door import LOOPBACK_ADDRESS, unusable
from annotator.serve.http import MAX_HEAD, Incoming, Refused
from annotator.serve.page_walls import Entrance, PageWalls

MAX_TABS = 4  # each is a process of some 70 MB
MAX_MESSAGE = 1 << 20  # bytes from the browser: what is pasted
COLUMNS, ROWS = range(10, 501), range(4, 301)
PATIENCE = 5.0  # seconds for a program to end, and for a tab to wait until one has

_FILES = ("css/xterm.css", "js/textual.js")
_SEALED = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",  # a page that is opened from here sees nothing
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Server": "annotator",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Tab(AppService):
    """The program that one tab shows: started without a shell, it never outlives its tab."""

    def __init__(self, command: Sequence[str], socket: web.WebSocketResponse) -> None:
        async def draw(data: bytes) -> None:
            with suppress(ConnectionError, RuntimeError):  # the tab is closed: read on to the end
                await socket.send_bytes(data)

        async def say(text: str) -> None:
            with suppress(ConnectionError, RuntimeError):
                await socket.send_str(text)

        async def close() -> None:
            await socket.close()

        super().__init__(
            "",
            write_bytes=draw,
            write_str=say,
            close=close,
            download_manager=DownloadManager(),
        )
        self._words = command

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        environment = self._build_environment(width, height)
        environment |= {DRIVER_VARIABLE: TAB_DRIVER, "TERM": "xterm-256color"}
        environment.pop(PLAIN_VARIABLE, None)
        self._process = await asyncio.create_subprocess_exec(
            *self._words,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=environment,
            start_new_session=True,  # so that keys in the terminal of the server do not reach it
        )
        self._stdin = self._process.stdin
        return self._process

    async def run(self) -> None:
        """Pass on what the program draws, and close the tab when it ends."""
        await super().run()
        await self.remote_close()

    async def stop(self) -> None:
        """End the program as a key does, or by force if that takes long."""
        process = self._process
        if process is None:
            return
        ending = asyncio.create_task(super().stop())  # which waits for the end of what is drawn
        gone = asyncio.create_task(process.wait())
        try:
            await asyncio.wait([ending, gone], timeout=PATIENCE)
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
            await asyncio.wait([ending, gone], timeout=PATIENCE)


class Tabs:
    """The tabs of one browser, each of which shows the program that a command starts."""

    def __init__(self, command: Sequence[str], port: int, entrance: Entrance) -> None:
        self._command, self._entrance = command, entrance
        self._walls = PageWalls.of(port, entrance.admit)
        self._places = asyncio.Semaphore(MAX_TABS)
        self._sockets: set[web.WebSocketResponse] = set()

    def application(self) -> web.Application:
        """Return what answers the requests of a browser."""
        application = web.Application(middlewares=[self._guard])
        application.router.add_get("/", self._page)
        application.router.add_get("/ws", self._socket)
        folder = Path(textual_serve.__file__).parent / "static"
        for name in _FILES:
            application.router.add_get(f"/static/{name}", partial(_file, folder / name))
        application.on_response_prepare.append(_seal)
        application.on_shutdown.append(self._close)
        return application

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        fields = {name.lower(): value for name, value in request.headers.items()}
        incoming = Incoming(request.method, request.path, dict(request.query), fields)
        try:
            self._check(request, incoming)
        except Refused as refused:
            return web.Response(
                status=refused.status, text=refused.sentence, headers=refused.fields
            )
        if led_on := self._entrance.enter(incoming):
            return web.Response(status=303, headers=led_on)
        return await handler(request)

    def _check(self, request: web.Request, incoming: Incoming) -> None:
        """Raise `Refused` for what is not from the page in the browser that was let in."""
        if sum(len(name) + len(value) for name, value in request.raw_headers) > MAX_HEAD:
            raise Refused(400, "The head is too large.")
        if len(request.headers.getall("Host", ())) != 1:
            raise Refused(400, "The host is missing, or there twice.")
        self._walls.check(incoming, None)
        if request.body_exists:
            raise Refused(413, "A request to read has no body.")
        if incoming.path == "/ws" and "origin" not in incoming.fields:
            raise Refused(403, "Only the page of annotator may open a tab.")

    async def _page(self, request: web.Request) -> web.Response:
        nonce, socket = secrets.token_urlsafe(16), f"ws://{request.headers['Host']}/ws"
        page = (get_data(__package__, "tabs.html") or b"").decode()
        policy = (
            f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; connect-src {socket}; "
            "style-src 'self' 'unsafe-inline'; img-src data:; font-src data:; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        return web.Response(
            text=page.replace("NONCE", nonce).replace("SOCKET", socket),
            content_type="text/html",
            headers={"Content-Security-Policy": policy},
        )

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        columns, rows = _number(request, "width", COLUMNS), _number(request, "height", ROWS)
        if columns is None or rows is None:
            return web.Response(status=400, text="A tab has no such size.")
        try:
            async with asyncio.timeout(PATIENCE):
                await self._places.acquire()
        except TimeoutError:
            return web.Response(status=503, text=f"{MAX_TABS} tabs are open.")
        try:
            socket = web.WebSocketResponse(heartbeat=15, max_msg_size=MAX_MESSAGE)
            await socket.prepare(request)
            self._sockets.add(socket)
            tab = Tab(self._command, socket)
            try:
                await tab.start(columns, rows)
                await _pass_on(socket, tab)
            finally:
                self._sockets.discard(socket)
                await tab.stop()
        finally:
            self._places.release()
        return socket

    async def _close(self, _application: web.Application) -> None:
        await asyncio.gather(*(socket.close() for socket in self._sockets))


async def _pass_on(socket: web.WebSocketResponse, tab: Tab) -> None:
    """Pass on what is typed in a tab, until it is closed; what no tab says ends it."""
    async for message in socket:
        try:
            said = json.loads(message.data) if message.type is WSMsgType.TEXT else None
        except (ValueError, RecursionError):
            said = None
        match said:
            case ["stdin", str(typed)]:
                await tab.send_bytes(typed.encode("utf-8", "replace"))
            case ["resize", {"width": int(columns), "height": int(rows)}]:
                if columns in COLUMNS and rows in ROWS:
                    await tab.set_terminal_size(columns, rows)
            case ["ping", str(stamp)]:
                await socket.send_json(["pong", stamp[:20]])
            case ["focus"]:
                await tab.focus()
            case ["blur"]:
                await tab.blur()
            case _:
                return


def _number(request: web.Request, name: str, allowed: range) -> int | None:
    text = request.query.get(name, "")
    is_number = text.isascii() and text.isdecimal() and len(text) <= len(str(allowed.stop))
    return int(text) if is_number and int(text) in allowed else None


async def _file(path: Path, _request: web.Request) -> web.FileResponse:
    return web.FileResponse(path)


async def _seal(_request: web.Request, response: web.StreamResponse) -> None:
    for name, value in _SEALED.items():
        response.headers.setdefault(name, value)


@asynccontextmanager
async def open_tabs(command: Sequence[str], port: int, entrance: Entrance) -> AsyncIterator[None]:
    """Answer a browser for as long as the context lasts, and end all programs with it.

    Raises `InvalidInput` for a port that cannot be used.
    """
    tabs = Tabs(command, port, entrance).application()
    runner = web.AppRunner(tabs, access_log=None, shutdown_timeout=2 * PATIENCE)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, LOOPBACK_ADDRESS, port).start()
        except OSError as error:
            raise unusable(port, error) from error
        yield
    finally:
        await runner.cleanup()
