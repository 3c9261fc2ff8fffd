"""A program on a terminal of its own, driven by keys, and what each of them costs its processor."""

import os
import pty
import select
import signal
import statistics
import subprocess
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

COLUMNS, ROWS = 100, 30
OTHER_SIZE = (26, 84)
QUIET = 0.08  # seconds without output, and with next to no work, in which a program is at rest
SETTLED = 0.002  # seconds of work in such a while: what the timers of a program at rest take
PATIENCE = 90.0  # seconds
PRESSES, WARM_UP = 9, 2


class Terminal:
    """The outer end of a terminal on which a program runs."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._mine, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (ROWS, COLUMNS))
        self.child = subprocess.Popen(
            ["setsid", "--ctty", *command],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=dict(environment),
        )
        os.close(theirs)

    def until(self, words: bytes) -> float:
        """Return the processor milliseconds when these words are on the terminal."""
        shown, end = b"", time.monotonic() + PATIENCE
        while words not in shown:
            if time.monotonic() > end or not select.select([self._mine], [], [], 5)[0]:
                raise TimeoutError(f"{words!r} never came; the end of what did: {shown[-200:]!r}")
            shown += os.read(self._mine, 1 << 16)
        return self.spent()

    def rest(self) -> float:
        """Wait until the program does nothing more; return its processor milliseconds then."""
        spent, end = self.spent(), time.monotonic() + PATIENCE
        while time.monotonic() < end:
            before, has_written = spent, False
            while select.select([self._mine], [], [], QUIET)[0]:
                has_written = bool(os.read(self._mine, 1 << 16))
            spent = self.spent()
            if not has_written and spent - before < SETTLED * 1000:
                return before
        return spent

    def press(self, keys: bytes) -> float:
        """Press keys, and return what the program spent until it was at rest again."""
        before = self.spent()
        os.write(self._mine, keys)
        return self.rest() - before

    def frame(self, keys: bytes) -> float:
        """Press keys, and return what the program spent until it showed something else."""
        before = self.spent()
        os.write(self._mine, keys)
        select.select([self._mine], [], [], PATIENCE)
        spent = self.spent() - before
        self.rest()
        return spent

    def answer(self, keys: bytes, words: bytes) -> float:
        """Press keys, and return the wall-clock milliseconds until these words are shown."""
        start = time.monotonic()
        os.write(self._mine, keys)
        self.until(words)
        return (time.monotonic() - start) * 1000

    def median(self, *keys: bytes) -> float:
        """Return the median of pressing these keys in turn, again and again."""
        spent = [self.press(keys[number % len(keys)]) for number in range(PRESSES)]
        return statistics.median(spent[WARM_UP:])

    def resize(self, size: tuple[int, int]) -> float:
        """Give the terminal another size, and return what that cost."""
        before = self.spent()
        termios.tcsetwinsize(self._mine, size)
        os.kill(self.child.pid, signal.SIGWINCH)
        return self.rest() - before

    def spent(self) -> float:
        """Return the processor milliseconds of all threads so far."""
        total = 0
        for task in Path(f"/proc/{self.child.pid}/task").iterdir():
            with suppress(OSError):  # a thread may have ended meanwhile
                total += int((task / "schedstat").read_text("ascii").split()[0])
        return total / 1e6

    def megabytes(self) -> float:
        """Return the memory that the program holds."""
        status = Path(f"/proc/{self.child.pid}/status").read_text("ascii")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    def quit(self, keys: bytes) -> None:
        """Press the keys that end the program, and wait for its end."""
        os.write(self._mine, keys)
        with suppress(OSError):  # the other end is gone
            while os.read(self._mine, 1 << 16):
                pass
        self.child.wait()

    def close(self) -> None:
        """End the program."""
        self.child.kill()
        self.child.wait()
        os.close(self._mine)


@contextmanager
def running(command: Sequence[str], environment: Mapping[str, str]) -> Iterator[Terminal]:
    """Run a program on a terminal for a while."""
    terminal = Terminal(command, environment)
    try:
        yield terminal
    finally:
        terminal.close()
