"""A real browser without a window, driven by its own protocol.

It never runs as the superuser, whom Chromium refuses its sandbox; it is nobody then.
"""

import asyncio
import base64
import json
import os
import re
import shutil
import struct
import subprocess
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PATIENCE = 45.0  # seconds
_MASKED, _OF_TWO, _OF_EIGHT = 0x80, 126, 127  # of a frame: how its length is told
_OPTIONS = (
    "--headless=new",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--remote-debugging-port=0",
    "--lang=en",
)


class Tab:
    """A tab, or a worker of an extension."""

    def __init__(self, browser: "Browser", session: str, target: str) -> None:
        self._browser, self._session, self.target = browser, session, target

    async def send(self, method: str, **params: object) -> dict[str, Any]:
        """Send a command, and return its result."""
        return await self._browser.send(method, params, self._session)

    async def run(self, script: str, *, as_user: bool = False) -> Any:  # noqa: ANN401 - what JSON can hold
        """Return the value of an expression, of a promise when it is there."""
        answer = await self.send(
            "Runtime.evaluate",
            expression=script,
            awaitPromise=True,
            returnByValue=True,
            userGesture=as_user,
        )
        if "exceptionDetails" in answer:
            raise AssertionError(answer["exceptionDetails"])
        return answer["result"].get("value")

    async def open(self, url: str) -> None:
        """Go to an address, and wait until it is loaded."""
        await self.send("Page.navigate", url=url)
        await self.until("document.readyState === 'complete' && location.href !== 'about:blank'")

    async def until(self, condition: str) -> None:
        """Wait until an expression is true."""
        async with asyncio.timeout(PATIENCE):
            while True:
                with suppress(AssertionError):
                    if await self.run(f"!!({condition})"):
                        return
                await asyncio.sleep(0.02)

    async def picture(self, width: int, height: int, *, scale: float = 1.0) -> bytes:
        """Return a picture of the tab as PNG."""
        await self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=scale,
            mobile=False,
        )
        return base64.b64decode((await self.send("Page.captureScreenshot"))["data"])


class Browser:
    """A browser that runs."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self.events: list[dict[str, Any]] = []
        self.reading = asyncio.create_task(self._read())

    async def send(
        self, method: str, params: dict[str, Any] | None = None, session: str = ""
    ) -> dict[str, Any]:
        """Send a command, and return its result."""
        number = len(self._answers) + 1
        self._answers[number] = answer = asyncio.get_running_loop().create_future()
        message = {"id": number, "method": method, "params": params or {}}
        data = json.dumps(message | ({"sessionId": session} if session else {})).encode()
        size = bytes([_OF_EIGHT | _MASKED]) + struct.pack(">Q", len(data))
        self._writer.write(b"\x81" + size + bytes(4) + data)
        return await asyncio.wait_for(answer, PATIENCE)

    async def tab(self, url: str = "about:blank") -> Tab:
        """Open a tab."""
        created = await self.send("Target.createTarget", {"url": "about:blank"})
        tab = await self.attach(created["targetId"])
        if url != "about:blank":
            await tab.open(url)
        return tab

    async def attach(self, target: str) -> Tab:
        """Return a tab that is open."""
        params = {"targetId": target, "flatten": True}
        return Tab(self, (await self.send("Target.attachToTarget", params))["sessionId"], target)

    async def find(self, part: str, *, kind: str = "page") -> Tab:
        """Wait for a tab with that part in its address, and return it."""
        async with asyncio.timeout(PATIENCE):
            while True:
                targets = (await self.send("Target.getTargets"))["targetInfos"]
                for target in targets:
                    if part in target["url"] and target["type"] == kind:
                        return await self.attach(target["targetId"])
                await asyncio.sleep(0.02)

    async def _read(self) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                data, is_last = b"", False
                while not is_last:
                    first, length = await self._reader.readexactly(2)
                    is_last, size = bool(first & 0x80), length & 0x7F
                    if size == _OF_TWO:
                        (size,) = struct.unpack(">H", await self._reader.readexactly(2))
                    elif size == _OF_EIGHT:
                        (size,) = struct.unpack(">Q", await self._reader.readexactly(8))
                    data += await self._reader.readexactly(size)
                message = json.loads(data)
                if "id" not in message:
                    self.events.append(message)
                elif "error" in message:
                    error = AssertionError(message["error"])
                    self._answers[message["id"]].set_exception(error)
                else:
                    self._answers[message["id"]].set_result(message["result"])


@asynccontextmanager
async def browsing(*options: str) -> AsyncIterator[Browser]:
    """Run a browser with a profile of its own."""
    with tempfile.TemporaryDirectory(prefix="browsing-", ignore_cleanup_errors=True) as folder:
        process = _started(folder, options)
        try:
            address = await asyncio.to_thread(_address, process)
            reader, writer = await _connected(*address)
            browser = Browser(reader, writer)
            try:
                yield browser
            finally:
                with suppress(AssertionError, TimeoutError, ConnectionError):
                    await browser.send("Browser.close")
                browser.reading.cancel()
                writer.close()
        finally:
            with suppress(subprocess.TimeoutExpired):
                await asyncio.to_thread(process.wait, 5)
            process.kill()
            process.communicate()


def _started(folder: str, options: Sequence[str]) -> "subprocess.Popen[bytes]":
    Path(folder).chmod(0o777)
    is_superuser = os.geteuid() == 0
    return subprocess.Popen(
        [str(CHROMIUM), *_OPTIONS, f"--user-data-dir={folder}/profile", *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={"HOME": folder, "PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
        user="nobody" if is_superuser else None,
        extra_groups=[] if is_superuser else None,
    )


def _address(process: "subprocess.Popen[bytes]") -> Sequence[str]:
    for line in process.stderr or ():
        if told := re.search(rb"DevTools listening on ws://([^/:]+):(\d+)(/\S+)", line):
            return [part.decode() for part in told.groups()]
    raise AssertionError("the browser has not started")


async def _connected(
    host: str, port: str, path: str
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection(host, int(port), limit=1 << 20)
    key = base64.b64encode(os.urandom(16)).decode()
    writer.write(
        f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
        "Sec-WebSocket-Version: 13\r\n\r\n".encode()
    )
    assert b" 101 " in await reader.readuntil(b"\r\n\r\n")
    return reader, writer
