"""The terminal while a saved page is on it, until the screens take over or the program ends.

There is only one terminal, so its state is kept in this module.
"""

import os
import termios
from collections.abc import Mapping, Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ENTER = "\x1b[?1049h"  # the alternate screen: the terminal returns from it as it was

SIGNALLED = 128  # plus the number of the signal is the exit code of a program that it ended

_LEAVE = "\x1b[0m\x1b[?1049l\x1b[?25h"
_HIDE_CURSOR = "\x1b[?25l"
Attributes = list[int | list[bytes | int]]  # of the keyboard, as termios returns them

_INPUT, _LOCAL, _CONTROLS = 0, 3, 6  # indexes into the attributes
_AS_TYPED = termios.ICRNL | termios.INLCR | termios.IGNCR | termios.IXON | termios.IXOFF
_HELD_BACK = termios.ECHO | termios.ICANON | termios.IEXTEN

_KEYBOARD, _SCREEN = 0, 1  # standard input and output, by number

_state = {"is_painted": False}
_keyboard: list[Attributes] = []  # before the page was painted; empty if unchanged


def size(environment: Mapping[str, str]) -> tuple[int, int] | None:
    """Return columns and lines of the terminal; `None` if keyboard or screen is not a terminal.

    `COLUMNS` and `LINES` take precedence, as they do for the screens.
    """
    try:
        is_ours = os.isatty(_SCREEN) and os.tcgetpgrp(_KEYBOARD) == os.getpgrp()
        reported = os.get_terminal_size(_SCREEN) if is_ours else None
    except OSError:  # a stream is closed
        return None
    if reported is None:
        return None
    chosen = [environment.get(name, "") for name in ("COLUMNS", "LINES")]
    columns, lines = (int(number) if number.isdecimal() else 0 for number in chosen)
    return columns or reported.columns, lines or reported.lines


def paint(lines: Sequence[str]) -> None:
    """Write a page to the screen. Keys pressed from now on wait for the program."""
    _exit_on_signals()
    _take_keyboard()
    _state["is_painted"] = True
    placed = (f"\x1b[{number};1H{line}" for number, line in enumerate(lines, start=1))
    _write("".join((ENTER, _HIDE_CURSOR, *placed)))


def is_painted() -> bool:
    """Return whether a page is on the screen that has not been taken over or removed."""
    return _state["is_painted"]


def take_over() -> Attributes | None:
    """Leave the screen to the caller; return the keyboard attributes to restore at the end."""
    _state["is_painted"] = False
    return _keyboard[0] if _keyboard else None


def leave() -> None:
    """Restore the terminal, if a page is on it or the keyboard was changed."""
    if _state["is_painted"]:
        _state["is_painted"] = False
        _write(_LEAVE)
    if _keyboard:
        before = _keyboard.pop()
        try:
            termios.tcsetattr(_KEYBOARD, termios.TCSANOW, before)
        except termios.error:  # the terminal is gone
            return


def _take_keyboard() -> None:
    _keyboard[:] = [termios.tcgetattr(_KEYBOARD)]
    attributes: Any = termios.tcgetattr(_KEYBOARD)
    attributes[_INPUT] &= ~_AS_TYPED
    attributes[_LOCAL] &= ~_HELD_BACK
    attributes[_CONTROLS][termios.VSUSP] = b"\0"  # if suspended, it would leave the page there
    attributes[_CONTROLS][termios.VMIN] = 1
    termios.tcsetattr(_KEYBOARD, termios.TCSANOW, attributes)


def _exit_on_signals() -> None:
    """Let signals that end the program raise `SystemExit`, so that `leave` is called."""
    import signal  # needed only once there is a page

    def end(number: int, _frame: object) -> None:
        raise SystemExit(SIGNALLED + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end)


def _write(text: str) -> None:
    data = text.encode("utf-8", "replace")
    try:
        while data:
            data = data[os.write(_SCREEN, data) :]
    except OSError:  # the terminal is gone, as the next write will show
        return
