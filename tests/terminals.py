"""Programs on a terminal of their own, and their user. Whatever is waited for has a deadline."""

import os
import pty
import re
import select
import signal
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

import pyte

from waiting import PATIENCE, wait_until

# What asks or tells the terminal something, and is not drawn; the screen would print it.
_UNSEEN = re.compile(r"\x1b\[[<=>?][\d;:]*[ -/]*[@-~]|\x1b[P_].*?\x1b\\", re.DOTALL)
_OPEN = re.compile(r"\x1b(?:\[[\d;:<=>? -/]*|[P_].*)?\Z", re.DOTALL)  # the rest is not here yet


class Terminal:
    """The outer end of a terminal on which a program runs, with what it has shown.

    `answers` are sent when their question is among the output: a terminal tells about itself.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        environment: Mapping[str, str] | None = None,
        size: tuple[int, int] = (30, 100),
        answers: Mapping[str, str] | None = None,
        **options,
    ) -> None:
        self._mine, self.theirs = pty.openpty()
        termios.tcsetwinsize(self.theirs, size)
        self.before = termios.tcgetattr(self.theirs)
        self._answers = answers or {}
        self._bytes, self._at, self.latest = b"", 0, ""
        self._screen = pyte.Screen(size[1], size[0])
        self._drawing, self._drawn = pyte.Stream(self._screen), 0
        files = {"stdin": self.theirs, "stdout": self.theirs, "stderr": self.theirs} | options
        self.child = subprocess.Popen([*command], env=dict(environment or os.environ), **files)

    @property
    def shown(self) -> str:
        """All that the program has written by now."""
        return self._bytes.decode("utf-8", "ignore")

    @property
    def lines(self) -> list[str]:
        """The lines of the screen as a person sees them."""
        new = self.shown[self._drawn :]
        if rest := _OPEN.search(new):
            new = new[: rest.start()]
        self._drawn += len(new)
        self._drawing.feed(_UNSEEN.sub("", new))
        return self._screen.display

    def type(self, keys: bytes | str) -> Self:
        """Press keys."""
        os.write(self._mine, keys.encode() if isinstance(keys, str) else keys)
        return self

    def until(self, words: str) -> Self:
        """Read on up to `words`; `latest` is then what was written since the words before."""
        before, end = self._at, time.monotonic() + PATIENCE
        while words not in (shown := self.shown)[before:]:
            if not self._read(end):
                raise AssertionError(f"{words!r} never came; the end is {shown[-400:]!r}")
        self._at = shown.index(words, before) + len(words)
        self.latest = shown[before : self._at]
        return self

    def sees(self, words: str) -> float:
        """Wait until words are on the screen, and return the seconds that it took."""
        start = time.monotonic()
        while words not in " ".join(" ".join(self.lines).split()):
            if not self._read(start + PATIENCE):
                shown = "\n".join(self.lines)
                raise AssertionError(f"{words!r} never came; the screen shows:\n{shown}")
        return time.monotonic() - start

    @property
    def cells(self) -> list[list[pyte.screens.Char]]:
        """The letters of the screen with their colours, by line."""
        _ = self.lines  # draws them
        buffer, size = self._screen.buffer, self._screen
        return [[buffer[y][x] for x in range(size.columns)] for y in range(size.lines)]

    @property
    def around_cursor(self) -> tuple[str, str]:
        """The text before the terminal's own cursor on its line, and the text from there on."""
        lines, cursor = self.lines, self._screen.cursor
        return lines[cursor.y][: cursor.x].strip(), lines[cursor.y][cursor.x :].rstrip()

    def is_on(self, words: str, *, after: str = "") -> Self:
        """Wait until the terminal's own cursor is on words, and behind other words on its line."""
        end = time.monotonic() + PATIENCE
        while True:
            before, behind = self.around_cursor
            if behind.startswith(words) and before.endswith(after):
                return self
            if not self._read(end):
                shown = "\n".join(self.lines)
                raise AssertionError(f"it is on {before!r} | {behind!r}, not {words!r}:\n{shown}")

    def loses(self, words: str) -> Self:
        """Wait until words are no longer on the screen."""
        end = time.monotonic() + PATIENCE
        while words in " ".join(" ".join(self.lines).split()):
            if not self._read(end):
                raise AssertionError(f"{words!r} never went")
        return self

    def ended(self) -> int:
        """Read what is left, wait until the program has ended, and return its exit code."""
        end = time.monotonic() + PATIENCE
        while self.child.poll() is None:
            if time.monotonic() > end:
                raise AssertionError(f"it does not end; the end is {self.shown[-400:]!r}")
            self._read(time.monotonic() + 0.05)
        while self._read(time.monotonic()):
            pass
        return self.child.returncode

    def has_stopped(self) -> None:
        """Wait until the program is stopped, as by Ctrl+Z."""
        end = time.monotonic() + PATIENCE
        while True:
            changed, state = os.waitpid(self.child.pid, os.WUNTRACED | os.WNOHANG)
            if changed:
                assert os.WIFSTOPPED(state), f"it ended instead, with {state}"
                return
            assert time.monotonic() < end, "it does not stop"
            self._read(time.monotonic() + 0.05)

    @property
    def is_as_before(self) -> bool:
        """Whether the keyboard is restored and the normal screen is shown."""
        entered, left = self.shown.rfind("\x1b[?1049h"), self.shown.rfind("\x1b[?1049l")
        is_left, has_cursor = left > entered, self.shown.rfind("\x1b[?25h") > left
        return is_left and has_cursor and termios.tcgetattr(self.theirs) == self.before

    def interrupt(self) -> Self:
        """Press Ctrl+C once the program waits: Python misses it just before it reads a line."""
        stat = Path(f"/proc/{self.child.pid}/stat")  # on Linux
        wait_until(lambda: not stat.exists() or stat.read_text().rpartition(") ")[2][0] == "S")
        self.child.send_signal(signal.SIGINT)
        return self

    def hang_up(self) -> None:
        """Close the window."""
        os.close(self.theirs)
        os.close(self._mine)
        self._mine = self.theirs = -1

    def close(self) -> None:
        """End the program, if it runs, and close the terminal."""
        if self.child.poll() is None:
            self.child.send_signal(signal.SIGKILL)
            self.child.wait(PATIENCE)
        for descriptor in {self._mine, self.theirs} - {-1}:
            os.close(descriptor)
        self._mine = self.theirs = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _read(self, end: float) -> bool:
        """Read what comes until `end`; return whether something came."""
        if not select.select([self._mine], [], [], max(0.0, end - time.monotonic()))[0]:
            return False
        piece = b""
        with suppress(OSError):  # the other end of a terminal is gone
            piece = os.read(self._mine, 65536)
        self._bytes += piece
        for question, answer in self._answers.items():
            if question.encode() in piece:
                self.type(answer)
        return bool(piece)
