"""The terminal's driver for a program that begins to draw, and to listen, when it is ready.

Until then the terminal may show a page that was painted before; keys wait.
"""

import os
from codecs import getincrementaldecoder
from selectors import EVENT_READ, SelectSelector
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.message import Message

from annotator.fastpath import terminal
from annotator.tui.textual_internals import XTermParser, driver_of

if TYPE_CHECKING:
    from annotator.tui.terminal.capabilities import TerminalQuery

_PATIENCE = 0.1  # seconds after which an escape is a key of its own: Textual's own
_AT_ONCE = 4096  # bytes of what is typed


class PatientDriver(LinuxDriver):
    """Draws upon what is there, and gives the keys that were pressed meanwhile to what comes."""

    def __init__(
        self,
        app: App[object],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: Size | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._program, self._has_debug = app, debug
        self._is_entered = False
        self._waiting: list[Message] | None = []
        self._question: TerminalQuery | None = None
        self.farewells: set[str] = set()  # what the terminal is told before it is left

    def pass_keys(self) -> None:
        """Give the keys that waited to what has them now, and all others from now on."""
        waiting, self._waiting = self._waiting or [], None
        for message in waiting:
            super().process_message(message)

    def start_application_mode(self) -> None:
        """Begin as usual, but do not enter the screen that the terminal shows already."""
        self._is_entered = terminal.is_painted()
        keyboard = terminal.take_over()
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if keyboard is not None:
            self.attrs_before = keyboard

    def stop_application_mode(self) -> None:
        """Leave the terminal as it was, with nothing that it would keep."""
        for farewell in self.farewells:
            self.write(farewell)
        super().stop_application_mode()

    def suspend_application_mode(self) -> None:
        """Leave the terminal for a while: what it keeps will be wanted again."""
        farewells, self.farewells = self.farewells, set()
        super().suspend_application_mode()
        self.farewells = farewells

    def ask(self, question: "TerminalQuery") -> "TerminalQuery":
        """Put a question to the terminal, whose answers are no keys; return the first one put."""
        if self._question is None:
            self._question = question
            self.write(question.words)
            self.flush()
        return self._question

    def run_input_thread(self) -> None:
        """Read what is typed, as Textual does, with the answers to questions taken out."""
        parser = XTermParser(self._has_debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        with SelectSelector() as selector:
            selector.register(self.fileno, EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_PATIENCE):
                    data = self._typed()
                    if not data:
                        self._program.call_later(self._program.exit)
                        return
                    typed = decode(data)
                    if self._question is not None:
                        typed = self._question.hear(typed)
                    for message in parser.feed(typed) if typed else ():
                        self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)

    def _typed(self) -> bytes:
        """Return what was typed; nothing once the terminal is gone."""
        try:
            return os.read(self.fileno, _AT_ONCE)
        except OSError:
            return b""

    def write(self, data: str) -> None:
        """Write all but what would wipe the page."""
        if self._is_entered and data == terminal.ENTER:
            self._is_entered = False
            return
        super().write(data)

    def process_message(self, message: Message) -> None:
        """Hand on what comes from the terminal, keys in their time."""
        if self._waiting is not None and isinstance(message, events.Key | events.Paste):
            self._waiting.append(message)
            return
        super().process_message(message)


def terminal_of(app: App[Any]) -> PatientDriver | None:
    """Return the terminal that a program draws on, to write what is no text; nothing in a test."""
    driver = driver_of(app)
    return driver if isinstance(driver, PatientDriver) else None
