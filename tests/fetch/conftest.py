"""A web site of one's own on the loopback address, for as long as a test."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import pytest

from annotator.fetch import FetchOptions
from waiting import PATIENCE


@dataclass(frozen=True)
class Request:
    target: str
    headers: dict[str, str]


Route = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Site:
    """A server whose answers a test gives by path; it keeps the requests that it had."""

    routes: dict[str, list[bytes | Route]] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    left: asyncio.Event = field(default_factory=asyncio.Event)
    port: int = 0

    def url(self, path: str = "/", *, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def on(self, path: str, *answers: bytes | Route) -> str:
        """Give the answers for `path` in turn, the last one for ever after; return its address."""
        self.routes[path] = list(answers)
        return self.url(path)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._answer(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client left, as it may
        finally:
            self.left.set()
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").strip()
        line, *headers = head.split("\r\n")
        pairs = (header.partition(": ") for header in headers)
        request = Request(line.split(" ")[1], {name.lower(): value for name, _, value in pairs})
        self.requests.append(request)
        self.asked.set()
        answers = self.routes.get(request.target, [self.answer(b"nothing here", status=404)])
        current = answers.pop(0) if len(answers) > 1 else answers[0]
        if callable(current):
            await current(reader, writer)
        else:
            writer.write(current)
            await writer.drain()

    @staticmethod
    def answer(
        body: bytes = b"", *, status: int = 200, kind: str | None = "text/html", **headers: object
    ) -> bytes:
        """Return a whole response; an underscore in a header's name stands for a dash."""
        lines = [f"HTTP/1.1 {status} Said", "Connection: close"]
        lines += [f"Content-Type: {kind}"] if kind is not None else []
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        lines += [] if "Content_Length" in headers else [f"Content-Length: {len(body)}"]
        return "\r\n".join([*lines, "", ""]).encode() + body

    @classmethod
    def redirect(cls, to: str, *, status: int = 302, **headers: object) -> bytes:
        return cls.answer(b"moved", status=status, Location=to, **headers)

    @classmethod
    def page(cls, text: str) -> bytes:
        return cls.answer(f"<!doctype html><title>A page</title><p>{text}".encode())

    @staticmethod
    async def silence(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        """Say nothing until the client leaves."""
        await reader.read()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
async def site():
    served = Site()
    server = await asyncio.start_server(served.serve, "127.0.0.1", 0)
    served.port = server.sockets[0].getsockname()[1]
    async with server:
        yield served


@pytest.fixture
def quick() -> FetchOptions:
    """Return options that do not wait between two tries."""
    return FetchOptions(total_seconds=PATIENCE, waits=(0.0, 0.0))
