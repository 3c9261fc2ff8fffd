"""The HTTP server of `annotator serve`: one request a connection, within limits of all kinds."""

import asyncio
import errno
import logging
import os
import socket
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext, suppress
from http import HTTPStatus
from typing import NamedTuple

from msgspec.structs import replace

from annotator.errors import AnnotatorError, InvalidInput
from annotator.serve.http import MAX_BODY, MAX_HEAD, Incoming, Refused, Reply, Route, read_head
from annotator.serve.request_checks import RequestChecks

MAX_CONNECTIONS = 256
MAX_AT_ONCE = 4  # bodies that are read
LARGE = 8 << 20  # bytes of a body; of those only one at a time is in memory
LOOPBACK_ADDRESS = "127.0.0.1"


class Limits(NamedTuple):
    """Seconds that a client may take: for the head, for the body, and to hear a refusal."""

    head: float = 10.0
    body: float = 60.0
    hearing: float = 5.0


_log = logging.getLogger(__name__)
_PIECE = 1 << 18


class HttpServer:
    """A server for the programs of one user: its routes answer what its checks let through.

    `tell` hears of every request that is refused, and `refusal` makes its answer.
    """

    def __init__(
        self,
        routes: Sequence[Route],
        checks: RequestChecks,
        *,
        tell: Callable[[Incoming | None, Refused], None] = lambda _request, _refused: None,
        limits: Limits | None = None,
        refusal: Callable[[int, str, Mapping[str, str]], Reply] = Reply.refusing,
    ) -> None:
        self._routes, self._checks, self._limits = routes, checks, limits or Limits()
        self._tell, self._refusal = tell, refusal
        self._connections = 0
        self._bodies = asyncio.Semaphore(MAX_AT_ONCE)
        self._large = asyncio.Lock()

    async def take(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Answer the request on a connection, and close it."""
        self._connections += 1
        try:
            with suppress(ConnectionError, TimeoutError):
                await self._answer(reader, writer)
        finally:
            self._connections -= 1
            writer.close()

    async def _answer(self, reader: StreamReader, writer: StreamWriter) -> None:
        request: Incoming | None = None
        try:
            peer = str((writer.get_extra_info("peername") or ("",))[0])
            request = replace(await self._head(reader), peer=peer)
            reply = await self._reply(request, reader, writer)
        except Refused as refused:
            is_idle = request is None and refused.status == HTTPStatus.REQUEST_TIMEOUT
            if not (refused.is_told or is_idle):  # browsers open some before they need them
                self._tell(request, refused)
            reply = self._refusal(refused.status, refused.sentence, refused.fields)
        except AnnotatorError as error:  # of the library, which may be busy, or its disk full
            reply = self._refusal(HTTPStatus.SERVICE_UNAVAILABLE, str(error), {})
        except ConnectionError:
            return
        except Exception:  # noqa: BLE001 - the program that asks is told, and the next is served
            _log.exception("A request could not be answered")
            message = "annotator failed; its log says why."
            reply = self._refusal(HTTPStatus.INTERNAL_SERVER_ERROR, message, {})
        async with asyncio.timeout(self._limits.body):
            has_body = request is None or request.method != "HEAD"
            writer.write(reply.head() + (reply.body if has_body else b""))
            await writer.drain()
        if reply.status >= HTTPStatus.BAD_REQUEST:
            await self._hear_out(reader, writer)

    async def _head(self, reader: StreamReader) -> Incoming:
        if self._connections > MAX_CONNECTIONS:
            raise Refused(503, "Too many connections at once.", Retry_After="5")
        try:
            async with _within(self._limits.head):
                return read_head(await reader.readuntil(b"\r\n\r\n"))
        except asyncio.LimitOverrunError as error:
            raise Refused(400, f"The headers are larger than {MAX_HEAD >> 10} KB.") from error
        except asyncio.IncompleteReadError as error:
            if not error.partial:
                raise ConnectionResetError from error
            raise Refused(400, "The headers end too early.") from error

    async def _reply(self, request: Incoming, reader: StreamReader, writer: StreamWriter) -> Reply:
        ways = [route for route in self._routes if route.leads_to(request.path)]
        route = next((way for way in ways if way.method == request.method), None)
        self._checks.check(request, route)
        if route is None:
            methods = ", ".join(sorted({way.method for way in ways}))
            if methods:
                raise Refused(405, "This address does not accept this method.", Allow=methods)
            raise Refused(404, "There is nothing at this address.")
        size = request.length(route.takes)
        turn = self._large if size > LARGE else nullcontext()
        async with turn, self._bodies:
            if size and request.field("expect").lower() == "100-continue":
                writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            body = await self._body(reader, size)
            reply = await route.answer(replace(request, body=body))
            body.clear()
        return reply if isinstance(reply, Reply) else await reply

    async def _body(self, reader: StreamReader, size: int) -> bytearray:
        body = bytearray()
        async with _within(self._limits.body):
            while len(body) < size:
                piece = await reader.read(min(_PIECE, size - len(body)))
                if not piece:
                    raise Refused(400, "The body ends too early.")
                body += piece
        return body

    async def _hear_out(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Read what a refused client still sends, so that it reads why."""
        with suppress(TimeoutError, OSError):
            if writer.can_write_eof():
                writer.write_eof()
            async with asyncio.timeout(self._limits.hearing):
                rest = MAX_BODY
                while rest > 0 and (piece := await reader.read(_PIECE)):
                    rest -= len(piece)


@asynccontextmanager
async def _within(seconds: float) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError as error:
        raise Refused(408, "The request took too long.") from error


def unusable(port: int, error: OSError, address: str = LOOPBACK_ADDRESS) -> InvalidInput:
    """Return the error for an address or a port that cannot be used."""
    # From Python 3.13 on, an address that no computer here has comes without a number.
    if isinstance(error, socket.gaierror) or error.errno in {errno.EADDRNOTAVAIL, None}:
        return InvalidInput(
            f"This computer does not have the address {address}.",
            "0.0.0.0 is every address that it has.",
        )
    serving = "annotator may be serving already; " * (error.errno == errno.EADDRINUSE)
    reason = f"Port {port} cannot be used: {os.strerror(error.errno)}."
    return InvalidInput(reason, f"{serving}--port chooses another one.")


def own_address(address: str) -> str:
    """Return where others reach a server at an address; `0.0.0.0` is every one of the computer."""
    if address == "0.0.0.0":  # noqa: S104 - what is asked
        with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("192.0.2.1", 9))  # this sends nothing, and tells the way out
            return str(probe.getsockname()[0])
    return address


@asynccontextmanager
async def open_server(
    server: HttpServer, *, port: int, address: str = LOOPBACK_ADDRESS
) -> AsyncIterator[int]:
    """Take connections for as long as the context lasts; gives the port.

    Raises `InvalidInput` for an address or a port that cannot be used.
    """
    try:
        listening = await asyncio.start_server(server.take, address, port, limit=MAX_HEAD)
    except OSError as error:
        raise unusable(port, error, address) from error
    try:
        yield listening.sockets[0].getsockname()[1]
    finally:
        listening.close()
