"""The whole program in tabs of a browser of this computer.

The terminal in a tab and what it says to a program are those of textual-serve. Its server is not
used: it knows no token, `Host` or `Origin`, so that any page on the web could read the library; it
starts programs through a shell, and its page loads a font from elsewhere.
"""

import asyncio
import json
import os
import re
import secrets
import signal
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from pkgutil import get_data
from typing import Any, cast

import textual_serve
from aiohttp import WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from annotator.fastpath.start import DRIVER_VARIABLE, PLAIN_VARIABLE, TAB_DRIVER
from annotator.serve.http import ALWAYS, MAX_HEAD, Incoming, Refused
from annotator.serve.page_checks import SEALED, CookieGuard, PageChecks
from annotator.serve.server import LOOPBACK_ADDRESS, unusable

MAX_TABS = 4  # each is a process of some 70 MB
MAX_MESSAGE = 1 << 20  # bytes from the browser: what is pasted
COLUMNS, ROWS = range(10, 501), range(4, 301)
PATIENCE = 5.0  # seconds for a program to end, and for a tab to wait until one has

_POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{}'; connect-src {}; base-uri 'none'; "
    "style-src 'self' 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'none'"
)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Tab(AppService):
    """The program that one tab shows: started without a shell, it never outlives its tab."""

    def __init__(self, command: Sequence[str], socket: web.WebSocketResponse) -> None:
        send, say, close = cast("Any", (socket.send_bytes, socket.send_str, socket.close))
        manager = DownloadManager()
        super().__init__("", write_bytes=send, write_str=say, close=close, download_manager=manager)
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

    async def on_data(self, payload: bytes) -> None:
        """Draw in the tab; if it is closed, read on to the end of the program."""
        with suppress(ConnectionError, RuntimeError):
            await super().on_data(payload)

    async def run(self) -> None:
        """Pass on what the program draws, and close the tab when it ends."""
        await super().run()
        await self.remote_close()

    async def stop(self) -> None:
        """End the program as a key does, or by force if that takes long."""
        if (process := self._process) is None:
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

    def __init__(self, command: Sequence[str], port: int, guard: CookieGuard) -> None:
        self._command, self._guard = command, guard
        self._checks = PageChecks(port, guard.admit)
        self._places = asyncio.Semaphore(MAX_TABS)
        self._sockets: set[web.WebSocketResponse] = set()

    def application(self) -> web.Application:
        """Return what answers the requests of a browser."""
        application = web.Application(middlewares=[self._let_in])
        application.router.add_get("/", self._page)
        application.router.add_get("/ws", self._socket)
        application.router.add_static("/static", Path(textual_serve.__file__).parent / "static")
        application.on_response_prepare.append(_seal)
        application.on_shutdown.append(self._close)
        return application

    @web.middleware
    async def _let_in(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        fields = {name.lower(): value for name, value in request.headers.items()}
        incoming = Incoming(request.method, request.path, dict(request.query), fields)
        try:
            self._check(request, incoming)
        except Refused as refused:
            return web.Response(
                status=refused.status, text=refused.sentence, headers=refused.fields
            )
        if led_on := self._guard.enter(incoming):
            return web.Response(status=303, headers=led_on)
        return await handler(request)

    def _check(self, request: web.Request, incoming: Incoming) -> None:
        """Raise `Refused` for what is not from the page in the browser that was let in."""
        size = sum(len(name) + len(value) for name, value in request.raw_headers)
        if size > MAX_HEAD or len(request.headers.getall("Host", ())) != 1:
            raise Refused(400, "The headers are too large, or do not name exactly one host.")
        self._checks.check(incoming, None)
        if request.body_exists:
            raise Refused(413, "Requests with a body are not accepted.")
        if incoming.path == "/ws" and "origin" not in incoming.fields:
            raise Refused(403, "Only the page of annotator may open a tab.")

    async def _page(self, request: web.Request) -> web.Response:
        nonce, socket = secrets.token_urlsafe(16), f"ws://{request.headers['Host']}/ws"
        page = (get_data(__package__, "tabs.html") or b"").decode()
        page = page.replace("NONCE", nonce).replace("SOCKET", socket)
        policy = {"Content-Security-Policy": _POLICY.format(nonce, socket)}
        return web.Response(text=page, content_type="text/html", headers=policy)

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        told = [request.query.get(name, "") for name in ("width", "height")]
        size = [int(text) for text in told if re.fullmatch("[0-9]{1,3}", text)]
        if len(size) < len(told) or not _is_screen(*size):
            return web.Response(status=400, text="A tab cannot have this size.")
        try:
            async with asyncio.timeout(PATIENCE):
                await self._places.acquire()
        except TimeoutError:
            return web.Response(status=503, text=f"{MAX_TABS} tabs are open.")
        socket = web.WebSocketResponse(heartbeat=15, max_msg_size=MAX_MESSAGE, compress=False)
        tab = Tab(self._command, socket)
        try:
            await socket.prepare(request)
            self._sockets.add(socket)
            await tab.start(*size)
            await _pass_on(socket, tab)
        finally:
            self._sockets.discard(socket)
            try:
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
                if _is_screen(columns, rows):
                    await tab.set_terminal_size(columns, rows)
            case ["ping", str(stamp)]:
                await socket.send_json(["pong", stamp[:20]])
            case ["focus" | "blur" as kind]:
                await tab.send_meta({"type": kind})
            case _:
                return


def _is_screen(columns: int, rows: int) -> bool:
    return columns in COLUMNS and rows in ROWS


async def _seal(_request: web.Request, response: web.StreamResponse) -> None:
    for name, value in {**ALWAYS, **SEALED, "Server": "annotator"}.items():
        response.headers.setdefault(name, value)


@asynccontextmanager
async def open_tabs(command: Sequence[str], port: int, guard: CookieGuard) -> AsyncIterator[None]:
    """Answer a browser for as long as the context lasts, and end all programs with it.

    Raises `InvalidInput` for a port that cannot be used.
    """
    tabs = Tabs(command, port, guard).application()
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
