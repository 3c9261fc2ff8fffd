"""A real browser for tests, and the user's own proxy, which leads public names to this machine.

As root a browser has no sandbox, so there it runs as another user.
"""

import asyncio
import os
import shutil
import tempfile
from asyncio import StreamReader, StreamWriter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import pytest

from annotator.fetch import find_browser

_AS_NOBODY = """#!/bin/sh
for word in "$@"; do
    case $word in --user-data-dir=*) profile=${word#*=} ;; esac
done
chown nobody "$profile"
HOME=$profile exec setpriv --reuid=nobody --regid=nogroup --clear-groups %s "$@" %s
"""


def browser_for_tests(folder: Path, more_flags: str = "") -> str:
    """Return the path of a program that starts a browser; skip the test where none can run."""
    program = find_browser()
    if not program:
        pytest.skip("no browser is installed")
    if os.geteuid() and not more_flags:
        return program
    if not os.geteuid() and not shutil.which("setpriv"):
        pytest.skip("as root a browser must run as another user, which needs setpriv")
    words = _AS_NOBODY % (program, more_flags)
    if os.geteuid():
        words = f'#!/bin/sh\nexec {program} "$@" {more_flags}\n'
    script = folder / "browser"
    script.write_text(words)
    script.chmod(0o755)
    return str(script)


def left_profiles() -> list[Path]:
    """Return the profiles of browsers that this process has started and that are still there."""
    return [*Path(tempfile.gettempdir()).glob(f"annotator-browser-{os.getpid()}-*")]


@dataclass
class Upstream:
    """A proxy as a user has it, whose names lead to ports of this machine; it notes each target."""

    ports: Mapping[str, int]
    asked: list[str] = field(default_factory=list)
    address: str = ""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        target = head.split(" ")[1]
        self.asked.append(target)
        port = self.ports.get(target.partition(":")[0])
        if port is None:
            writer.write(b"HTTP/1.1 502 Unknown\r\n\r\n")
            writer.close()
            return
        server, sending = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
        await asyncio.gather(_copy(reader, sending), _copy(server, writer))


async def _copy(source: StreamReader, sink: StreamWriter) -> None:
    try:
        while piece := await source.read(65_536):
            sink.write(piece)
            await sink.drain()
    except OSError:
        pass
    finally:
        sink.close()
