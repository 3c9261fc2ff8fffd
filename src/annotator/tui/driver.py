"""The terminal's driver for a program that begins to draw, and to listen, when it is ready.

Until then the terminal may show a page that was painted before; keys wait.
"""

from textual import events
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.message import Message

from annotator.instant import screen


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
        self._is_entered = False
        self._waiting: list[Message] | None = []

    def pass_keys(self) -> None:
        """Give the keys that waited to what has them now, and all others from now on."""
        waiting, self._waiting = self._waiting or [], None
        for message in waiting:
            super().process_message(message)

    def start_application_mode(self) -> None:
        """Begin as usual, but do not enter the screen that the terminal shows already."""
        self._is_entered = screen.is_painted()
        keyboard = screen.take_over()
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if keyboard is not None:
            self.attrs_before = keyboard

    def write(self, data: str) -> None:
        """Write all but what would wipe the page."""
        if self._is_entered and data == screen.ENTER:
            self._is_entered = False
            return
        super().write(data)

    def process_message(self, message: Message) -> None:
        """Hand on what comes from the terminal, keys in their time."""
        if self._waiting is not None and isinstance(message, events.Key | events.Paste):
            self._waiting.append(message)
            return
        super().process_message(message)
