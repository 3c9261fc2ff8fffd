"""Stopping the program and going on, as shells do with jobs.

Textual restores the terminal in the handlers of the signals. These run in the middle of
anything: also while the program holds a lock that writing to the terminal needs, so that it
hangs, and while it is still going on, so that the mouse stays on.
"""

import asyncio
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from textual.driver import Driver


def stopped_for_shell() -> bool:
    """Stop the job that this program is in; return whether a shell is there to go on with it.

    A terminal, ssh or a container may start the program without a shell, as the first of its
    session. Nobody could go on with it then.
    """
    if os.getpgrp() == os.getsid(0):
        return False
    os.killpg(os.getpgrp(), signal.SIGTSTP)  # with `make` or `uv run`, for which the shell waits
    return True


class JobControl:
    """Lets a driver stop and go on between two events, in place of Textual's handlers.

    `paint` draws the screen again, which a terminal forgets when the program leaves it.
    """

    def __init__(self, driver: Driver, paint: Callable[[], object]) -> None:
        self._driver, self._paint = driver, paint
        self._loop = asyncio.get_running_loop()
        self._will_stop = self._is_stopping = self._will_restart = self._is_lent = False
        self.has_terminal = False  # set by the driver
        signal.signal(signal.SIGTSTP, lambda _number, _frame: self._stop_soon())
        signal.signal(signal.SIGCONT, lambda _number, _frame: self._go_on())

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Stop at once for a while, in which another program has the terminal and events wait."""
        self._is_lent = True
        try:
            yield
        finally:
            self._is_lent = False

    def _stop_soon(self) -> None:
        if self._is_lent or self._loop.is_closed():
            os.kill(os.getpid(), signal.SIGSTOP)
        elif not self._will_stop:
            self._will_stop = True
            self._loop.call_soon_threadsafe(self._stop)

    def _stop(self) -> None:
        if not (self._will_stop and self.has_terminal):
            return
        self._will_stop, self._is_stopping = False, True
        self._driver.suspend_application_mode()
        os.kill(os.getpid(), signal.SIGSTOP)  # returns when the program goes on
        self._driver.resume_application_mode()
        self._is_stopping = False
        self._paint()

    def _go_on(self) -> None:
        """Take the terminal again after a stop by force, before which it was not restored."""
        self._will_stop = False  # as the system forgets a stop that has not happened yet
        if not (self._is_stopping or self._is_lent or self._will_restart or self._loop.is_closed()):
            self._will_restart = True
            self._loop.call_soon_threadsafe(self._restart)

    def _restart(self) -> None:
        self._will_restart = False
        if self.has_terminal:
            self._driver.suspend_application_mode()
            self._driver.resume_application_mode()
            self._paint()
