"""One run of the program on a terminal, in a process that begins where this one is.

Nothing is imported again, so that thousands of runs take minutes.
"""

import os
import pty
import select
import signal
import sys
import termios
import time
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from annotator.cli import main
from terminal_bytes import Output

CRASHED = 70
_SIZE = (30, 100)  # rows and columns
_DONE = "\x1e"  # before the exit code of each command


@dataclass
class Result:
    """The results of commands: their exit codes, what was written, and what they took."""

    codes: tuple[int, ...]
    text: str
    seconds: float
    megabytes: float
    is_late: bool = False
    foreign: Sequence[str] = field(default_factory=list)

    @property
    def fault(self) -> str:
        """The fault that must never happen, in words; empty if there is none."""
        if self.is_late:
            return f"no end within {self.seconds:.0f} s"
        if CRASHED in self.codes or "Traceback" in self.text:
            return f"a crash: {self.text[-300:]}"
        if any(code < 0 or code > CRASHED for code in self.codes) or not self.codes:
            return f"ended by {self.codes}"
        if self.foreign:
            return f"a terminal would obey {self.foreign[0]}"
        return f"exit {self.codes} without a word" if any(self.codes) and not self.text else ""


class Run:
    """Commands that run one after another in a process of their own, until `result` is asked."""

    def __init__(
        self,
        commands: Sequence[Sequence[str]],
        environment: Mapping[str, str],
        *,
        given: bytes = b"",
        keys: bytes = b"",
        limit: float,
    ) -> None:
        self._limit, self._begun = limit, time.monotonic()
        self._given = Path(environment["HOME"], "given")
        self._given.write_bytes(given)
        sys.stdout.flush()
        self._pid, self._mine = pty.fork()
        if not self._pid:
            self._be_the_program(commands, environment)
        termios.tcsetwinsize(self._mine, _SIZE)
        os.write(self._mine, keys)

    def result(self) -> Result:
        """Read to the end, and return what became of the commands."""
        output, written, is_late = Output(), b"", False
        while True:
            left = self._begun + self._limit - time.monotonic()
            if not select.select([self._mine], [], [], max(0.0, left))[0]:
                is_late = True
                with suppress(ProcessLookupError):
                    os.killpg(self._pid, signal.SIGKILL)
                break
            try:
                piece = os.read(self._mine, 1 << 16)
            except OSError:  # the program has ended
                break
            if not piece:
                break
            written += piece
        _, status, used = os.wait4(self._pid, 0)
        os.close(self._mine)
        text, *codes = _parts(written)
        output.feed(text.encode("utf-8", "surrogateescape"))
        ended = os.waitstatus_to_exitcode(status)
        return Result(
            tuple(map(int, codes)) if not ended else (ended,),
            text,
            time.monotonic() - self._begun,
            used.ru_maxrss / 1024,
            is_late,
            output.foreign,
        )

    def _be_the_program(
        self, commands: Sequence[Sequence[str]], environment: Mapping[str, str]
    ) -> NoReturn:
        code = 1
        try:
            os.environ.clear()
            os.environ.update(environment)
            os.chdir(environment["HOME"])
            os.dup2(os.open(self._given, os.O_RDONLY), 0)
            sys.stdin, sys.stdout, sys.stderr = (
                open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115 - the program's
                for number, mode in enumerate("rww")
            )
            for command in commands:
                os.lseek(0, 0, os.SEEK_SET)
                sys.argv = ["annotator", *command]
                ended = main()
                sys.stdout.flush()
                sys.stderr.flush()
                os.write(1, f"{_DONE}{ended}{_DONE}".encode())
            code = 0
        finally:
            if code:
                os.write(1, traceback.format_exc().encode())
            os._exit(code)


def _parts(written: bytes) -> list[str]:
    """Return what was written, and then the exit codes."""
    pieces = written.decode("utf-8", "surrogateescape").split(_DONE)
    return ["".join(pieces[::2]), *pieces[1::2]]
