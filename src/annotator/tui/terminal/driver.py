"""A terminal driver that starts to draw, and to pass keys, when the app is ready.

Until then the terminal may show a page that `annotator.fastpath` painted, of which the lines are
saved here. A filter keeps control characters from the terminal: text is cleaned where it enters the
program, and this is the second line of defence, as Textual itself passes escape sequences through.
"""

import asyncio
import os
import re
import signal
import termios
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from selectors import EVENT_READ, SelectSelector
from types import FrameType
from typing import TYPE_CHECKING, Any

from rich.segment import Segment
from textual import events
from textual.app import App
from textual.color import Color
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.filter import LineFilter
from textual.geometry import Offset, Size
from textual.message import Message
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from annotator.errors import ProgramEnding
from annotator.fastpath import snapshot, terminal
from annotator.store import Library
from annotator.tui.textual_internals import XTermParser, driver_of

if TYPE_CHECKING:
    from annotator.tui.terminal.capabilities import TerminalQuery

_ESCAPE_DELAY = 0.1  # seconds until an escape counts as a key, as in Textual
_CHUNK = 4096  # bytes
_AS_SENT, _IN_ORDER = "\x1b[8l", "\x1b[8h"  # letters, by the rules of the terminal working group
_PLACE = "cursor_screen_offset"  # of the row, the sentence or the letter; Textual's name
HUNG_UP = terminal.SIGNALLED + signal.SIGHUP  # the exit code without a terminal

Handler = Callable[[int, FrameType | None], Any]
_DANGEROUS = (
    "["
    "\x00-\x1f\x7f-\x9f"  # control characters, with which every escape sequence starts
    "\u2028\u2029"  # line breaks that some terminals act on
    "\u202a-\u202e\u2066-\u2069"  # overrides of the direction of text
    "\ud800-\udfff"  # surrogates, which cannot be encoded
    "]+"
)


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

    Textual restores the terminal in the handlers of the signals. These run in the middle of
    anything: also while the program holds a lock that writing to the terminal needs, so that it
    hangs, and while it is still going on, so that the mouse stays on.
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


class PatientDriver(LinuxDriver):
    """A driver that draws over a painted page, and holds keys back until `pass_keys`."""

    def __init__(
        self, app: App[object], *, debug: bool = False, mouse: bool = True, size: Size | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._program, self._has_debug = app, debug
        self._is_entered = self._has_terminal = False
        self._held_back: list[Message] | None = []
        self._query: TerminalQuery | None = None
        self._keyboard: list[Any] | None = None  # its attributes, to be restored
        self.stops = JobControl(self, partial(app.refresh, layout=True))
        self.farewells: set[str] = set()  # sequences to send before leaving
        self._leaves_order = False
        self._events = asyncio.get_running_loop()
        for number in (signal.SIGTSTP, signal.SIGCONT):
            if callable(handler := signal.getsignal(number)):
                signal.signal(number, partial(self._between_writes, handler))

    def pass_keys(self) -> None:
        """Pass on the keys that were held back, and all keys from now on."""
        held_back, self._held_back = self._held_back or [], None
        for message in held_back:
            super().process_message(message)

    def start_application_mode(self) -> None:
        """Start as usual, but do not switch to the alternate screen if it is shown already."""
        self._has_terminal, self._is_entered = True, terminal.is_painted()
        keyboard = terminal.take_over()
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if keyboard is not None:
            self.attrs_before = keyboard
        self.stops.has_terminal = True
        if self._leaves_order:
            self.write(_AS_SENT)

    def leave_order(self, is_wanted: bool) -> None:  # noqa: FBT001  it says all
        """Let the terminal draw letters in the order in which they are sent, or in its own."""
        if is_wanted != self._leaves_order:
            self._leaves_order = is_wanted
            self.write(_AS_SENT if is_wanted else _IN_ORDER)

    def stop_application_mode(self) -> None:
        """Restore the terminal, and let it free the images that it keeps."""
        for farewell in self.farewells:
            self.write(farewell)
        if self._leaves_order:
            self.write(_IN_ORDER)
        self.stops.has_terminal = False
        self._keyboard, self.attrs_before = self.attrs_before, None
        super().stop_application_mode()
        self._has_terminal = False

    def close(self) -> None:
        """Restore the keyboard when everything is written.

        Before that, Ctrl+S would stop the terminal, and the program wait for it to go on.
        """
        super().close()
        if self._keyboard is not None:
            with suppress(termios.error):  # the terminal is gone
                termios.tcsetattr(self.fileno, termios.TCSANOW, self._keyboard)
            self._keyboard = None

    def suspend_application_mode(self) -> None:
        """Leave the terminal for a while, during which it keeps its images."""
        farewells, self.farewells = self.farewells, set()
        super().suspend_application_mode()
        self.farewells = farewells

    def ask(self, query: "TerminalQuery") -> "TerminalQuery":
        """Send a query to the terminal, once; return the query that was sent."""
        if self._query is None:
            self._query = query
            self.write(query.words)
            self.flush()
        return self._query

    def run_input_thread(self) -> None:
        """Read the keyboard as Textual does, but without the answers to queries."""
        parser = XTermParser(self._has_debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        with SelectSelector() as selector:
            selector.register(self.fileno, EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_ESCAPE_DELAY):
                    data = self._typed()
                    if not data:  # the window was closed
                        end = partial(self._program.exit, return_code=HUNG_UP)
                        self._program.call_later(end)
                        return
                    typed = decode(data)
                    if self._query is not None:
                        typed = self._query.hear(typed)
                    for message in parser.feed(typed) if typed else ():
                        self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)

    def _between_writes(self, handler: Handler, number: int, frame: FrameType | None) -> None:
        """Handle a signal when nothing is being written: a write that it interrupts has a lock.

        While the terminal is lent nothing is written, and the loop of events may be waiting.
        """
        if self._has_terminal:
            self._events.call_soon_threadsafe(handler, number, frame)
        else:
            handler(number, frame)

    def _typed(self) -> bytes:
        """Return the next input; empty if the terminal is gone."""
        try:
            return os.read(self.fileno, _CHUNK)
        except OSError:
            return b""

    def write(self, data: str) -> None:
        """Write to the terminal, except the sequence that would wipe the painted page."""
        if self._is_entered and data == terminal.ENTER:
            self._is_entered = False
            return
        super().write(data)

    def process_message(self, message: Message) -> None:
        """Pass on a message from the terminal; keys only after `pass_keys`."""
        if self._held_back is not None and isinstance(message, events.Key | events.Paste):
            self._held_back.append(message)
            return
        super().process_message(message)


def terminal_of(app: App[Any]) -> PatientDriver | None:
    """Return the app's driver, to write control sequences; `None` in tests."""
    driver = driver_of(app)
    return driver if isinstance(driver, PatientDriver) else None


@contextmanager
def lent_terminal(app: App[Any]) -> Iterator[None]:
    """Lend the terminal to another program, and take it back even after an error.

    `App.suspend` alone would leave the screen to the shell if the block raises. Raises an
    `ProgramEnding` for a signal that ends this program, which must not wait for the other one.
    """
    suspended, driver = ExitStack(), terminal_of(app)
    suspended.enter_context(app.suspend())
    if driver is not None:
        suspended.enter_context(driver.stops.lent())
    try:
        with _ended_at_once():
            yield
    finally:
        suspended.close()  # as if the block had ended well: Textual restores the screen only then


@contextmanager
def _ended_at_once() -> Iterator[None]:
    """Leave the block when a signal comes that the loop of events would handle only after it.

    The loop is told of the signal all the same, and ends the program.
    """

    def leave(_number: int, _frame: FrameType | None) -> None:
        raise ProgramEnding("The program is being ended.")

    before: dict[signal.Signals, Any] = {}
    try:
        for number in (signal.SIGTERM, signal.SIGHUP):
            with suppress(ValueError):  # not in the main thread
                before[number] = signal.signal(number, leave)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def focus_place(screen: Screen[Any]) -> Offset:
    """Return the cell of the screen on which the user is: in a text, a list or a field.

    The terminal's own cursor is put there. Braille displays and magnifiers follow its place,
    also while it is hidden, as it always is, so that nobody sees two cursors.
    """
    widget = getattr(screen, "led", None) or screen.focused or _without_focus(screen)
    if widget is None:
        return Offset(0, 0)
    region = widget.content_region
    place: Offset = getattr(widget, _PLACE, region.offset)
    if getattr(widget, "cursor_at_end", False):  # Textual adds a cell behind a line of input
        place -= Offset(1, 0)
    return (place - region.offset).clamp(*region.size) + region.offset if region else region.offset


def _without_focus(screen: Screen[Any]) -> Widget | None:
    """Return the list of a dialog that takes all keys itself, or else what it begins with."""
    shown = [widget for widget in screen.query(Widget) if widget.content_size]
    return next(
        (widget for widget in shown if hasattr(widget, _PLACE)), shown[0] if shown else None
    )


class ControlCharFilter(LineFilter):
    """Removes control and bidirectional characters, and links that contain any."""

    def apply(
        self,
        segments: list[Segment],
        background: Color,  # noqa: ARG002  the signature is Textual's
    ) -> list[Segment]:
        """Return the segments without such characters."""
        return [_safe(segment) for segment in segments]


def filtered(screen: Screen[Any], strips: Sequence[Strip]) -> Sequence[Strip]:
    """Return lines with the letters and colours that the filters of the app leave of them."""
    ground, _ = screen.background_colors
    for line_filter in screen.app.get_line_filters():
        strips = [strip.apply_filter(line_filter, ground) for strip in strips]
    return strips


def render_lines(screen: Screen[Any], strips: Sequence[Strip]) -> tuple[str, ...]:
    """Return lines as the app writes them to the terminal, through the same filters."""
    console = screen.app.console
    return tuple(strip.render(console) for strip in filtered(screen, strips))


def save(library: Library, article_id: str, lines: Sequence[str], size: tuple[int, int]) -> None:
    """Save the lines of a screen of that size, with the facts that they depend on."""
    facts = snapshot.facts(
        str(library.folder), article_id, state=str(library.state), size=size, environment=os.environ
    )
    library.first_frames.save(article_id, snapshot.serialize(facts, lines))


def _safe(segment: Segment) -> Segment:
    text, style, control = segment
    link = style.link if style is not None else None
    if text.isprintable() and (link is None or link.isprintable()):
        return segment  # nothing dangerous is printable
    if style is not None and link and re.search(_DANGEROUS, link):
        style = style.update_link(None)
    return Segment(re.sub(_DANGEROUS, "", text), style, control)
