"""A browser in a process of its own, which follows commands of the DevTools protocol.

They go through two pipes: no port is open for others, and the browser ends when the program
does. Its profile is new and empty, and is removed with it.
"""

import asyncio
import fcntl
import json
import os
import shutil
import signal
import tempfile
import threading
import time
from asyncio import BaseProtocol, Future, IncompleteReadError, LimitOverrunError, StreamReader
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from annotator.errors import FetchError
from annotator.model.data_file import toml_beside
from annotator.model.text import clean_line

_DATA = toml_beside(__package__, "chromium.toml")
_IN_A_SNAP = "/snap/"  # it has temporary files of its own, where its profile would stay

AS_ROOT = "As root, a browser cannot protect itself from a page: run annotator as a usual user."
START_SECONDS = 20.0  # from a cold disk it takes some five

_PROFILE, _OLD = "annotator-browser-", 86_400  # seconds

Message = dict[str, Any]


def find_browser(named: str = "") -> str:
    """Return the path of the browser that the settings name, or of one that is there; else ""."""
    names = [named] if named else _DATA["browsers"]
    paths = (shutil.which(str(Path(name).expanduser())) for name in names)
    return next((path for path in paths if path and (named or _IN_A_SNAP not in path)), "")


def browser_to_start(named: str = "") -> str:
    """Return the path of the browser. Raises `FetchError` where none may be started."""
    program = find_browser(named)
    if not program:
        problem = f"No browser {f'“{clean_line(named)}” ' * bool(named)}was found to run scripts."
        hint = "Install Chromium, Chrome, Brave or Edge, or name yours in the setting “browser”."
        raise FetchError(problem, hint)
    if os.geteuid() == 0 and not named:  # one of the settings may change to another user
        raise FetchError("No browser is started for root.", AS_ROOT)
    return program


class Chromium:
    """A browser, whose methods raise `FetchError` once it has ended; `listeners` hear events."""

    def __init__(self, program: str) -> None:
        self._program = program
        self.version = ""
        self.is_lost = False
        self.listeners: dict[str, Callable[[str, Message], None]] = {}
        self._process = self._number = 0
        self._waiting: dict[int, Future[Message]] = {}
        self._answers = StreamReader(limit=64 << 20)  # bytes; escaped, a page of 10 MB may have 30

    async def start(self) -> None:
        """Start the browser. Raises `FetchError` if it does not answer."""
        (commands, ours), (answers, theirs) = os.pipe(), os.pipe()
        loop = asyncio.get_running_loop()
        reading = asyncio.StreamReaderProtocol(self._answers)
        self._output, _ = await loop.connect_read_pipe(lambda: reading, os.fdopen(answers, "rb", 0))
        self._input, _ = await loop.connect_write_pipe(BaseProtocol, os.fdopen(ours, "wb", 0))
        self._profile = Path(tempfile.mkdtemp(prefix=f"{_PROFILE}{os.getpid()}-"))
        self._reading = asyncio.create_task(self._read())
        try:
            await asyncio.sleep(0)  # it has begun, so it will clear up
            flags = (*_DATA["flags"], f"--user-data-dir={self._profile}")
            self._process = _spawn([self._program, *flags], commands, theirs)
            async with asyncio.timeout(START_SECONDS):
                self.version = (await self.call("Browser.getVersion"))["product"]
        except (OSError, FetchError) as error:
            hint = AS_ROOT if os.geteuid() == 0 else "Start it yourself to see why."
            raise FetchError(f"The browser {self._program} does not start.", hint) from error
        finally:
            if not self.version:
                self.end()

    async def call(self, method: str, session: str = "", **params: object) -> Message:
        """Return what the browser answers to a command, in a session or without one."""
        number = self.tell(method, session, **params)
        self._waiting[number] = asyncio.get_running_loop().create_future()
        try:
            answer = await self._waiting[number]
        finally:
            del self._waiting[number]
        if "error" in answer:
            raise FetchError(f"The browser refused {method}.", "Try again later.")
        return Message(answer["result"])

    def tell(self, method: str, session: str = "", **params: object) -> int:
        """Give a command whose answer does not matter, and return its number."""
        if self.is_lost:
            raise _lost()
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        message |= {"sessionId": session} if session else {}
        self._input.write(json.dumps(message).encode() + b"\0")
        return self._number

    def end(self) -> None:
        """End the browser with all of its processes, and remove its profile."""
        self.is_lost = True
        self._reading.cancel()

    async def _read(self) -> None:
        """Read what the browser says until it ends, as with the loop; its profile goes later."""
        try:
            with suppress(IncompleteReadError, LimitOverrunError, OSError, ValueError):
                while not self.is_lost:
                    self._take(json.loads((await self._answers.readuntil(b"\0"))[:-1]))
        finally:
            self.is_lost = True
            for answer in self._waiting.values():
                if not answer.done():
                    answer.set_exception(_lost())
            self._input.close()
            self._output.close()
            if self._process:
                with suppress(OSError):
                    os.killpg(self._process, signal.SIGKILL)
            threading.Thread(target=_clear, args=(self._process, self._profile)).start()

    def _take(self, message: Message) -> None:
        session, method = message.get("sessionId", ""), message.get("method", "")
        waiting = self._waiting.get(message.get("id", 0))
        if method == "Inspector.targetCrashed":
            self.end()
        elif method and session in self.listeners:
            self.listeners[session](method, message["params"])
        elif waiting and not waiting.done():
            waiting.set_result(message)


def _spawn(command: list[str], commands: int, answers: int) -> int:
    """Start a browser in a process group of its own, and close its ends of the pipes here."""
    null = os.open(os.devnull, os.O_RDWR)
    high = [fcntl.fcntl(file, fcntl.F_DUPFD_CLOEXEC, 20) for file in (commands, answers)]
    pairs = [(null, 0), (null, 1), (null, 2), (high[0], 3), (high[1], 4)]
    actions = [(os.POSIX_SPAWN_DUP2, ours, theirs) for ours, theirs in pairs]
    try:
        return os.posix_spawn(command[0], command, os.environ, file_actions=actions, setsid=True)
    finally:
        for file in (null, *high, commands, answers):
            os.close(file)


def _clear(process: int, profile: Path) -> None:
    """Remove the profile of a browser that is ending, and those that killed programs left."""
    if process:
        with suppress(ChildProcessError):
            os.waitpid(process, 0)
    for _ in range(100):  # its other processes end a moment later, and may still write
        shutil.rmtree(profile, ignore_errors=True)
        if not profile.exists():
            break
        time.sleep(0.05)
    for left in profile.parent.glob(f"{_PROFILE}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _OLD:
                shutil.rmtree(left, ignore_errors=True)


def _lost() -> FetchError:
    problem = FetchError("The browser ended before the page was there.", "Try again.")
    problem.__cause__ = ConnectionError()  # by which others know that it may pass
    return problem
