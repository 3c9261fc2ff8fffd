"""The proxy of a page in a browser, its only way to the network.

A page of the internet does not reach a private network, whatever its scripts ask for, and however
a browser judges that. A page of a private network, whose address the user typed, reaches its own
server and no other. Requests of http are passed on, and TLS; a WebSocket without it is neither.
"""

import asyncio
import re
import secrets
from asyncio import CancelledError, LimitOverrunError, StreamReader, StreamWriter
from base64 import b64encode
from contextlib import closing, suppress
from typing import Self
from urllib.parse import unquote, urlsplit

from annotator.errors import FetchError
from annotator.fetch.failures import as_fetch_error
from annotator.fetch.httpx_import import httpx
from annotator.fetch.options import MEGABYTE
from annotator.fetch.private_networks import addresses_of, host_of, is_local, refuse_local
from annotator.fetch.transport import proxy_for
from annotator.fetch.urls import check_address

MAX_BYTES = 50 * MEGABYTE  # of all that a page asks for
CONNECT_SECONDS = 5.0  # for each address of a server
USER = "annotator"

_ALL, _PIECE = 2 * MAX_BYTES, 64 * 1024  # bytes
_PORTS = {"http": 80, "https": 443}
_TLS = b"\x16"  # how each connection of it begins
_LENGTH = re.compile(rb"(?im)^content-length: *(\d+)")
_OF_HOP = re.compile(rb"(?im)^(?:proxy-[a-z-]+|connection|keep-alive):[^\n]*\n")
_USUAL = (CancelledError, FetchError, OSError, ValueError, EOFError, LimitOverrunError)
_UNKNOWN = b"HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=a\r\nConnection: close\r\n\r\n"


class PageProxy:
    """A proxy on the loopback address, for as long as it is entered; it asks for a password.

    `came_from_internet` says that the page at `address` may not be in a private network, as after
    the first connection to the internet. `problems` are by host, and `passed` counts bytes.
    """

    def __init__(self, address: str, *, came_from_internet: bool) -> None:
        self.password = secrets.token_urlsafe()
        self.problems: dict[str, FetchError] = {}
        self.passed = 0
        self._came_from_internet = came_from_internet
        self._own = _server_of(address)
        self._lines: set[asyncio.Task[None] | None] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for line in filter(None, self._lines):
            line.cancel()

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Pass on TLS, or a single request with its body, or close the connection."""
        self._lines.add(asyncio.current_task())
        with closing(writer), suppress(*_USUAL):
            head = await reader.readuntil(b"\r\n\r\n")
            if f"\r\nProxy-Authorization: {_basic(USER, self.password)}\r\n".encode() not in head:
                writer.write(_UNKNOWN)
                await writer.drain()
                return
            method, target, _ = head.decode("latin-1").split(" ", 2)
            is_tunnel = method == "CONNECT"
            if b"\nupgrade:" in head.lower() or not (is_tunnel or target.startswith("http://")):
                return
            server, sending = await self._dial(f"https://{target}" if is_tunnel else target)
            with closing(sending):
                if is_tunnel:
                    writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
                    first, left = await reader.read(_PIECE), _ALL
                    if not first.startswith(_TLS):
                        return
                else:
                    path = target.removeprefix("http://").partition("/")[2]
                    start = f"{method} /{path} HTTP/1.1\r\nConnection: close\r\n".encode("latin-1")
                    first = start + _OF_HOP.sub(b"", head.partition(b"\n")[2])
                    left = int(_LENGTH.findall(head)[0]) if _LENGTH.search(head) else 0
                sending.write(first)
                self._lines.add(asyncio.create_task(self._relay(reader, sending, left)))
                await self._relay(server, writer, _ALL)

    async def _relay(self, source: StreamReader, sink: StreamWriter, left: int) -> None:
        """Pass on so many bytes, unless there are less, or it is too much for one page."""
        with suppress(OSError):
            while left > 0 and self.passed <= MAX_BYTES:
                piece = await source.read(min(left, _PIECE))
                if not piece:
                    sink.close()
                    return
                left -= len(piece)
                self.passed += len(piece)
                sink.write(piece)
                await sink.drain()

    async def _dial(self, address: str) -> tuple[StreamReader, StreamWriter]:
        """Return a connection to the server of an address. Raises a `FetchError`, and notes it."""
        address = check_address(address)
        upstream = proxy_for(address)
        try:
            with as_fetch_error(address, proxy=upstream):
                hosts = (host_of(address),) if upstream else await addresses_of(address)
                for host in hosts:
                    self._judge(host, address)
                dialling = (
                    _dial_through(upstream, address) if upstream else _connect(hosts, address)
                )
                return await dialling
        except FetchError as error:
            self.problems[host_of(address)] = error
            raise

    def _judge(self, host: str, address: str) -> None:
        """Raise `PrivateNetwork` if the page may not go to a host, which may be a name."""
        if self._came_from_internet or _server_of(address) != self._own:
            refuse_local(host, address)
        self._came_from_internet |= not is_local(host)


async def _connect(hosts: tuple[str, ...], address: str) -> tuple[StreamReader, StreamWriter]:
    problem: OSError | None = None
    for host in hosts:
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                return await asyncio.open_connection(host, _server_of(address)[1])
        except OSError as error:  # also if it takes too long
            problem = error
    raise httpx.ConnectError("no connection") from problem


async def _dial_through(upstream: str, address: str) -> tuple[StreamReader, StreamWriter]:
    """Connect through the user's own proxy, which looks the names up."""
    proxy, (host, port) = urlsplit(upstream), _server_of(address)
    if proxy.scheme != "http":
        raise httpx.ProxyError("the pages of a browser need one of http")
    server, sending = await _connect((proxy.hostname or "",), upstream)
    target = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    known = _basic(unquote(proxy.username or ""), unquote(proxy.password or ""))
    lines = (f"CONNECT {target} HTTP/1.1", f"Host: {target}", f"Proxy-Authorization: {known}")
    sending.write("\r\n".join((*lines[: 3 if proxy.username else 2], "", "")).encode())
    answer = (await server.readuntil(b"\r\n\r\n")).decode("latin-1").partition("\r\n")[0]
    if answer.split(" ")[1:2] != ["200"]:
        sending.close()
        raise httpx.ProxyError(answer)
    return server, sending


def _server_of(address: str) -> tuple[str, int]:
    parts = urlsplit(address)
    return host_of(address), parts.port or _PORTS[parts.scheme]


def _basic(user: str, password: str) -> str:
    return f"Basic {b64encode(f'{user}:{password}'.encode()).decode()}"
