"""The driver of a program in a tab of a browser, for which `annotator serve --web` starts it."""

import asyncio
import signal
from functools import partial
from typing import Any

from textual.app import App
from textual.drivers.web_driver import WebDriver

from annotator.fastpath import terminal


class TabDriver(WebDriver):
    """Textual's driver, which ends the program as a key does when the tab or the server is gone.

    Textual's own loses what was typed in a dialog, and keeps running after the server has ended.
    """

    def __init__(self, app: App[Any], **options: Any) -> None:  # noqa: ANN401 - as the app says
        super().__init__(app, **options)
        self._program = app

    def start_application_mode(self) -> None:
        """Start as usual, but exit on a signal as on a key."""
        super().start_application_mode()
        for number in (signal.SIGINT, signal.SIGTERM):
            end = partial(self._program.exit, return_code=terminal.SIGNALLED + number)
            asyncio.get_running_loop().add_signal_handler(number, end)

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """Obey the server; `quit` is what it says when the tab was closed."""
        if packet_type == "quit":
            self._program.call_later(self._program.exit)
        else:
            super().on_meta(packet_type, payload)

    def run_input_thread(self) -> None:
        """Read what the server sends, and end with it."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._program.call_later(self._program.exit)
