"""The terminal from the painted page to the screens, or back to how it was.

There is one terminal, so this module holds what became of it.
"""

import os
import termios
from collections.abc import Mapping, Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ENTER = "\x1b[?1049h"  # to the alternate screen, from which a terminal returns as it was

SIGNALLED = 128  # and the signal's number: what shells report of a program that one ended

_LEAVE = "\x1b[0m\x1b[?1049l\x1b[?25h"
_HIDE_CURSOR = "\x1b[?25l"
Attributes = list[int | list[bytes | int]]  # of a keyboard

_INPUT, _LOCAL, _CONTROLS = 0, 3, 6  # places in what `tcgetattr` returns
_AS_TYPED = termios.ICRNL | termios.INLCR | termios.IGNCR | termios.IXON | termios.IXOFF
_HELD_BACK = termios.ECHO | termios.ICANON | termios.IEXTEN

_KEYBOARD, _SCREEN = 0, 1  # standard input and output, by number

_state = {"is_painted": False}
_keyboard: list[Attributes] = []  # as it was before the page was painted; nothing if it is so now


def size(environment: Mapping[str, str]) -> tuple[int, int] | None:
    """Return columns and lines of the terminal; nothing if one of its ends is elsewhere.

    `COLUMNS` and `LINES` go before what the terminal says, as they do for the screens.
    """
    try:
        is_ours = os.isatty(_SCREEN) and os.tcgetpgrp(_KEYBOARD) == os.getpgrp()
        told = os.get_terminal_size(_SCREEN) if is_ours else None
    except OSError:  # it is closed
        return None
    if told is None:
        return None
    chosen = [environment.get(name, "") for name in ("COLUMNS", "LINES")]
    columns, lines = (int(each) if each.isdecimal() else 0 for each in chosen)
    return columns or told.columns, lines or told.lines


def paint(lines: Sequence[str]) -> None:
    """Put a page on the screen. Keys that are pressed from now on wait for the program."""
    _end_in_order()
    _take_keyboard()
    _state["is_painted"] = True
    placed = (f"\x1b[{number};1H{line}" for number, line in enumerate(lines, start=1))
    _write("".join((ENTER, _HIDE_CURSOR, *placed)))


def is_painted() -> bool:
    """Tell whether a page is on the screen that nobody has taken over or away."""
    return _state["is_painted"]


def take_over() -> Attributes | None:
    """Leave the screen to the caller; return how the keyboard is to be in the end."""
    _state["is_painted"] = False
    return _keyboard[0] if _keyboard else None


def leave() -> None:
    """Give the terminal back as it was, if it is not."""
    if _state["is_painted"]:
        _state["is_painted"] = False
        _write(_LEAVE)
    if _keyboard:
        before = _keyboard.pop()
        try:
            termios.tcsetattr(_KEYBOARD, termios.TCSANOW, before)
        except termios.error:  # the terminal has gone
            return


def _take_keyboard() -> None:
    _keyboard[:] = [termios.tcgetattr(_KEYBOARD)]
    attributes: Any = termios.tcgetattr(_KEYBOARD)
    attributes[_INPUT] &= ~_AS_TYPED
    attributes[_LOCAL] &= ~_HELD_BACK
    attributes[_CONTROLS][termios.VSUSP] = b"\0"  # a program at rest would leave the page there
    attributes[_CONTROLS][termios.VMIN] = 1
    termios.tcsetattr(_KEYBOARD, termios.TCSANOW, attributes)


def _end_in_order() -> None:
    """Let a signal that ends the program end it by way of `leave`."""
    import signal

    def end(number: int, _frame: object) -> None:
        raise SystemExit(SIGNALLED + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end)


def _write(text: str) -> None:
    data = text.encode("utf-8", "replace")
    try:
        while data:
            data = data[os.write(_SCREEN, data) :]
    except OSError:  # the terminal has gone, which whoever writes next will find
        return
