"""A server on a port of the loopback address, and real requests to it."""

import asyncio
import json
import socket
from contextlib import asynccontextmanager
from typing import NamedTuple

from annotator.serve.request_checks import RequestChecks
from annotator.serve.server import HttpServer, open_server
from waiting import PATIENCE

TOKEN = "u" * 43
FORM = "multipart/form-data; boundary=B"
EXTENSION = "chrome-extension://djhhljahjliajfaipeimokafofenjjbn"


class Got(NamedTuple):
    """An answer as it came."""

    status: int
    fields: dict[str, str]
    body: bytes

    @property
    def value(self):
        return json.loads(self.body)


class Asking(NamedTuple):
    """Whoever asks the server at a port."""

    port: int

    async def raw(self, data: bytes) -> Got:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(data)
        async with asyncio.timeout(PATIENCE):
            answer = await reader.read()
        writer.close()
        head, _, body = answer.partition(b"\r\n\r\n")
        first, *rest = head.decode("latin-1").split("\r\n")
        fields = {name.lower(): value for name, _, value in (line.partition(": ") for line in rest)}
        return Got(int(first.split()[1]), fields, body)

    async def __call__(self, method="GET", path="/", body=b"", **given) -> Got:
        """Ask with the token and the host of the server, unless other fields are given."""
        fields = {"Host": f"127.0.0.1:{self.port}", "Authorization": f"Bearer {TOKEN}"}
        fields |= {name.replace("_", "-"): value for name, value in given.items()}
        if body or method == "POST":
            fields.setdefault("Content-Length", str(len(body)))
        lines = [f"{name}: {value}" for name, value in fields.items() if value is not None]
        head = "\r\n".join([f"{method} {path} HTTP/1.1", *lines, "", ""])
        return await self.raw(head.encode() + body)


def form(**fields) -> bytes:
    """Return a form as browsers write it, of the type `FORM`."""
    lines = [
        b'--B\r\nContent-Disposition: form-data; name="%s"; filename="a.html"\r\n\r\n%s\r\n'
        % (name.encode(), value if isinstance(value, bytes) else value.encode())
        for name, value in fields.items()
    ]
    return b"".join([*lines, b"--B--\r\n"])


@asynccontextmanager
async def opening(*routes, **options):
    """Open a server with these routes, and give what asks it."""
    checks = RequestChecks(port := free_port(), lambda: TOKEN)
    async with open_server(HttpServer(routes, checks, **options), port=port):
        yield Asking(port)


def free_port() -> int:
    """Return a port of the loopback address that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
