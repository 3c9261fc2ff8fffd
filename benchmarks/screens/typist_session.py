"""The program on a terminal under a typist's hands, watched for crashes, hangs and a clean end."""

import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import threading
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

PROGRAM = Path(__file__).with_name("typist_program.py")
HANG = 5.0  # seconds in which the program had a processor, and no key was handled
START = 60.0  # seconds until the first beat
_LOOK = 0.02  # seconds between two looks at the report
_QUIET = 3  # looks without a key that waits
_MODES = re.compile(rb"\x1b\[\?([\d;]+)([hl])|\x1b\[([<>=])[\d;]*u")
_TAIL = 24  # bytes in which a sequence may be cut
_ON_AT_THE_END = {b"25"}  # the cursor is shown
_WATCHED = {b"1049", b"25", b"1000", b"1002", b"1003", b"1004", b"1006", b"1015", b"2004"}


class HangError(Exception):
    """The program handles no key any longer."""


class Typist:
    """A program that runs on a terminal of its own; what it writes is read and thrown away."""

    def __init__(
        self,
        arguments: list[str],
        environment: Mapping[str, str],
        folder: Path,
        counts: Counter[str],
    ) -> None:
        self._counts, report = counts, folder / "report"
        self._stacks_file = folder / "stacks"
        report.write_bytes(b"")
        self._told = report.open("rb", buffering=0)
        self._rest = b""
        self._arrived = self._handled = 0
        self.has_beaten = False
        self.beats = 0
        self.screen = ""  # at the last beat
        self.rows: set[str] = set()  # all that keys could act on when they were handled
        self._mine, theirs = pty.openpty()
        self._before = termios.tcgetattr(theirs)
        self.resize(30, 100)
        self._theirs = theirs  # stays open, so that the terminal outlives the program
        self.child = subprocess.Popen(
            ["setsid", "--ctty", sys.executable, str(PROGRAM), *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=folder,
            env={
                **environment,
                "TYPIST_REPORT": str(report),
                "TYPIST_STACKS": str(self._stacks_file),
            },
        )
        self._modes: set[bytes] = {b"25"}
        self._keyboards = 0
        self.last = b""
        self._stop = threading.Event()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def wait_for_start(self) -> None:
        """Return when the first screen is there, or the program has ended."""
        end = time.monotonic() + START
        while not self.has_beaten and self.is_running:
            if time.monotonic() > end:
                raise HangError("it did not start")
            self._look()
            time.sleep(_LOOK)

    @property
    def is_running(self) -> bool:
        """Whether the program has not ended."""
        return self.child.poll() is None

    def press(self, keys: bytes) -> None:
        """Send keys."""
        with suppress(OSError):
            os.write(self._mine, keys)

    def resize(self, rows: int, columns: int) -> None:
        """Give the terminal another size; the system tells the program."""
        termios.tcsetwinsize(self._mine, (rows, columns))

    def suspend(self) -> str:
        """Stop the program as Ctrl+Z does and continue it; return what is wrong with that."""
        self.child.send_signal(signal.SIGTSTP)
        end = time.monotonic() + HANG * 4
        while self.is_running and self._state() != "T":
            if time.monotonic() > end:
                raise HangError("it does not stop")
            time.sleep(_LOOK)
        time.sleep(_LOOK * 5)
        left = "" if not self.is_running else self._left_over()
        self.child.send_signal(signal.SIGCONT)
        return f"stopped with {left}" if left else ""

    def settle(self) -> None:
        """Wait until all keys are handled."""
        since, waited = time.monotonic(), self._delay()
        quiet = 0
        while self.is_running and quiet < _QUIET:
            handled = self._handled
            self._look()
            quiet = quiet + 1 if self._arrived <= self._handled else 0
            if self._handled != handled:
                since, waited = time.monotonic(), self._delay()
            elif time.monotonic() - since - (self._delay() - waited) > HANG:
                raise HangError(f"{self._arrived - self._handled} keys wait; {self._stacks()}")
            time.sleep(_LOOK)

    def end(self, how: str) -> str:
        """End the program by a signal, by closing the window, or by a key; return what is wrong."""
        if how == "window":
            self._close_window()
        elif how == "key":
            self.press(b"\x11")
        else:
            self.child.send_signal(getattr(signal, how))
        try:
            self.child.wait(HANG * 4)
        except subprocess.TimeoutExpired:
            raise HangError(f"it does not end on {how}; {self._stacks()}") from None
        return "" if how == "window" else self.wrong_at_the_end()

    def wrong_at_the_end(self) -> str:
        """Return how the terminal, or the exit code, differs from what it must be."""
        self._stop_reading()
        wrong = [self._left_over()]
        if self.child.returncode not in (0, 128 + signal.SIGHUP, 128 + signal.SIGTERM):
            wrong.append(f"exit code {self.child.returncode}")
        return " ".join(filter(None, wrong))

    def close(self) -> None:
        """Kill the program if it still runs, and let go of the terminal."""
        with suppress(ProcessLookupError):
            self.child.kill()
        self.child.wait()
        self._stop_reading()
        self._told.close()
        for descriptor in (self._mine, self._theirs):
            with suppress(OSError):
                os.close(descriptor)

    def _stacks(self) -> str:
        """Return where the threads of the program are, and what its tasks wait for."""
        for number in (signal.SIGUSR1, signal.SIGUSR2):
            with suppress(ProcessLookupError):
                self.child.send_signal(number)
            time.sleep(HANG / 5)
        return self._stacks_file.read_text("utf-8", "replace")

    def _left_over(self) -> str:
        time.sleep(_LOOK * 2)
        left = self._modes ^ _ON_AT_THE_END
        words = [f"mode {each.decode()}" for each in sorted(left & _WATCHED)]
        words += ["kitty keyboard"] if self._keyboards > 0 else []
        with suppress(termios.error, OSError):
            if termios.tcgetattr(self._theirs)[3] != self._before[3]:
                words.append("keyboard raw")
        return ", ".join(words)

    def _close_window(self) -> None:
        self._stop_reading()
        os.close(self._theirs)
        os.close(self._mine)
        self._theirs = self._mine = -1

    def _stop_reading(self) -> None:
        self._stop.set()
        self._reader.join()

    def _look(self) -> None:
        """Read on in the report, up to the last whole line."""
        *lines, self._rest = (self._rest + self._told.read()).split(b"\n")
        for line in (line.decode("utf-8", "replace") for line in lines):
            if line == ">":
                self._arrived += 1
            elif line.startswith("<"):
                self._handled += 1
                _, screen, focus, _, rows = line.split(" ")
                self._counts[f"{screen}/{focus}"] += 1
                self.rows.update(rows.split(","))
            elif line.startswith("."):
                self.has_beaten = True
                self.beats += 1
                self.screen = line.split(" ")[1]

    def _read(self) -> None:
        while not self._stop.is_set() or select.select([self._mine], [], [], 0)[0]:
            if select.select([self._mine], [], [], 0.1)[0]:
                try:
                    piece = os.read(self._mine, 1 << 16)
                except OSError:
                    return
                self._note(piece)

    def _note(self, piece: bytes) -> None:
        seen = len(self.last)
        whole = self.last + piece
        for found in _MODES.finditer(whole):
            if found.end() <= seen:
                continue
            if found[1]:
                for mode in found[1].split(b";"):
                    (self._modes.add if found[2] == b"h" else self._modes.discard)(mode)
            elif found[3] in b"<>":
                self._keyboards += 1 if found[3] == b">" else -1
        self.last = whole[-_TAIL:]

    def _state(self) -> str:
        with suppress(OSError):
            return (
                Path(f"/proc/{self.child.pid}/stat")
                .read_text("ascii")
                .rpartition(")")[2]
                .split()[0]
            )
        return ""

    def _delay(self) -> float:
        """Return the seconds in which the program's first thread waited for a processor."""
        with suppress(OSError, IndexError):
            return (
                int(Path(f"/proc/{self.child.pid}/schedstat").read_text("ascii").split()[1]) / 1e9
            )
        return 0.0
