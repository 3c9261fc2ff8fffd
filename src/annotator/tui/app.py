"""The program on a terminal: the library, or the one article that it was asked for."""

import asyncio
import gc
import signal
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from functools import partial
from operator import attrgetter
from pathlib import Path, PurePath
from typing import Any, ClassVar

from textual import on
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.filter import LineFilter, NoColor
from textual.reactive import Initialize, Reactive
from textual.screen import Screen
from textual.theme import Theme

from annotator.errors import AnnotatorError
from annotator.fastpath import terminal
from annotator.settings import Folders, Settings
from annotator.store import Library
from annotator.tui.background import BackgroundTasks, Reloadable
from annotator.tui.context import AppContext, Clock, utc_now
from annotator.tui.keys.groups import PROGRAM
from annotator.tui.keys.key import bindings
from annotator.tui.notifications import tell_error, warn
from annotator.tui.reader.article.messages import LaidOut
from annotator.tui.reader.open import reader
from annotator.tui.settings_check import problems
from annotator.tui.terminal.driver import PatientDriver, terminal_of
from annotator.tui.terminal.sanitizer import ControlCharFilter
from annotator.tui.theming.chosen_theme import theme_in_use
from annotator.tui.theming.stylesheets import stylesheets
from annotator.tui.theming.themes import OF_SIXTEEN, THEMES, has_few_colours, variables
from annotator.tui.workers import run_action

_PATIENCE = 0.2  # seconds after which a screen is drawn that still waits for what it shows
_READ_ONLY = "This library may only be read: marks and other changes are not kept."


class AnnotatorApp(App[None]):
    """Shows one library. `state` is where the machine's own files are, the user's unless told.

    What is written into `settings_file` meanwhile is taken over.
    """

    TITLE = "annotator"
    ENABLE_COMMAND_PALETTE = False  # our own takes what it lists for text, never for markup
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(PROGRAM.keys))

    # From the first moment on: if it is changed later, all styles are read anew.
    theme: Reactive[str] = Reactive(Initialize(attrgetter("_first_theme")))

    def __init__(
        self,
        library: Library,
        settings: Settings,
        *,
        article_id: str | None = None,
        state: Path | None = None,
        settings_file: Path | None = None,
        now: Clock = utc_now,
    ) -> None:
        state = state or Folders.of_user().state
        self._first_theme = theme_in_use(state, settings)
        super().__init__()
        self.context = AppContext.laid(library, settings, state=state, now=now)
        self._article_id = article_id
        self._trouble: AnnotatorError | None = None
        self.has_started = False
        last = NoColor() if self.no_color else None  # Textual's own way leaves greys
        self._walls = tuple(filter(None, (last, ControlCharFilter())))
        self.context.keymap.bind(self, PROGRAM.keys)
        for theme in THEMES:
            self.register_theme(theme)
        self._upkeep = BackgroundTasks(self, self.context, settings_file)
        self._drawing = ExitStack()
        self._drawing.enter_context(self.batch_update())

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return the filters of every line, the last wall at their end."""
        return (*super().get_line_filters(), *self._walls)

    def get_theme(self, theme_name: str) -> Theme | None:
        """Return the theme of that name: Textual asks for the first before it can be registered."""
        ours = (theme for theme in THEMES if theme.name == theme_name)
        return super().get_theme(theme_name) or next(ours, None)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our own colours for themes that are not ours."""
        return variables(self.current_theme)

    def on_load(self) -> None:
        """Be ready for signals before the terminal is changed."""
        self._end_in_order()

    def on_mount(self) -> None:
        """Say what a person should know first."""
        if has_few_colours(self):
            self.add_class("-few-colours")
            self.stylesheet.read_all([*map(PurePath, stylesheets("few_colours"))])
            for theme in OF_SIXTEEN:
                self.register_theme(theme)
            self.refresh_css(animate=False)
        if isinstance(self.screen, Reloadable):
            self.set_timer(_PATIENCE, self.start)
        self._upkeep.begin()
        if self._trouble is not None:
            tell_error(self, self._trouble)
        for words in _notices(self.context):
            warn(self, words)

    def get_default_screen(self) -> Screen[Any]:
        """Return the screen below all others: the article that was asked for, or the library.

        Textual parses twice what it knows of styles before this, so they are read now.
        """
        screen = self._first_screen()
        self.stylesheet.read_all([*map(PurePath, stylesheets("app")), *screen.css_path])
        return screen

    def pop_screen(self) -> AwaitComplete:
        """Leave a screen, and with the last one the program."""
        if len(self.screen_stack) > 1:
            return super().pop_screen()
        self.exit()
        return AwaitComplete()

    def get_driver_class(self) -> type[Driver]:
        """Return the terminal's driver, which waits until there is something to draw."""
        usual = super().get_driver_class()
        return PatientDriver if usual is LinuxDriver else usual

    @on(LaidOut)
    def start(self) -> None:
        """Draw and listen from now on, all at once, upon the page that was there until now."""
        if not self.has_started:
            self.has_started = True
            if not gc.isenabled():  # what was loaded and laid out until now stays
                gc.freeze()
                gc.enable()
            self._drawing.close()
            self.screen.refresh()
            if (driver := terminal_of(self)) is not None:
                driver.pass_keys()

    def action_help(self) -> None:
        """Show all keys."""
        from annotator.tui.dialogs.help import show_help

        run_action(self, show_help, self.screen, self.context)

    def action_palette(self) -> None:
        """Show everything there is to do."""
        from annotator.tui.dialogs.command_palette import show_palette

        run_action(self, show_palette, self.screen, self.context)

    def _first_screen(self) -> Screen[Any]:
        if self._article_id is not None:
            try:
                return reader(self.context, self._article_id)
            except AnnotatorError as error:
                self._trouble = error
        from annotator.tui.library.screen import LibraryScreen

        return LibraryScreen(self.context)

    def _end_in_order(self) -> None:
        """Let a signal that ends the program leave the terminal as it was, and the place kept."""
        with suppress(ValueError):  # the loop is that of another thread
            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGHUP):
                end = partial(self.exit, return_code=terminal.SIGNALLED + number)
                loop.add_signal_handler(number, end)


def _notices(context: AppContext) -> list[str]:
    read_only = [_READ_ONLY] if context.library.is_read_only else []
    wrong = [problem.words for problem in problems(context.settings, context.keymap)]
    return [*read_only, *context.notices.news(), *wrong]
