"""The app: the library screen, or the reader on one article, and what goes on behind them."""

import asyncio
import gc
import signal
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from functools import partial
from importlib import import_module
from operator import attrgetter
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import events, on
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.filter import LineFilter, NoColor
from textual.geometry import Offset
from textual.reactive import Initialize, Reactive
from textual.screen import Screen
from textual.theme import Theme

from annotator import usecases
from annotator.errors import AnnotatorError, SettingsError, SyncFailed
from annotator.fastpath import terminal
from annotator.model.labels import count
from annotator.model.text import clean_text
from annotator.registry import Registry
from annotator.settings import Folders, Settings
from annotator.settings.loading import SettingsWatch
from annotator.store import Library
from annotator.tui import dialogs, theming
from annotator.tui.frame import library_sync, workers
from annotator.tui.frame.context import AppContext, problems, use_settings, utc_now
from annotator.tui.frame.edits import Change, Clock, LibraryChanged, take_step
from annotator.tui.frame.notifications import forget_done, hint, tell, tell_error, warn
from annotator.tui.keys.groups import PRELOADED, bindings, keys_of
from annotator.tui.keys.keymap import news, why_unused
from annotator.tui.messages import LaidOut, ScreenRequested, ask_app
from annotator.tui.terminal.driver import (
    ControlCharFilter,
    PatientDriver,
    focus_place,
    stopped_for_shell,
    terminal_of,
)
from annotator.tui.textual_internals import failure_of, run_binding
from annotator.usecases.articles.open_article import open_article

if TYPE_CHECKING:
    from rich.console import RenderableType

SCREENS: Final[Registry[Callable[..., Screen[Any]]]] = Registry(  # by name
    {
        "bin": "annotator.tui.bin:BinScreen",
        "claims": "annotator.tui.claims.screen:ClaimsScreen",
        "daily": "annotator.tui.daily:DailyScreen",
        "evidence": "annotator.tui.evidence:EvidenceScreen",
        "inbox": "annotator.tui.inbox:InboxScreen",
        "library": "annotator.tui.library.screen:LibraryScreen",
        "proposals": "annotator.tui.proposals:ProposalsScreen",
        "reader": "annotator.tui.reader.screen:ReaderScreen",
        "reattach": "annotator.tui.reattach:ReattachScreen",
        "settings": "annotator.tui.settings:SettingsScreen",
        "statistics": "annotator.tui.statistics:StatisticsScreen",
        "tags": "annotator.tui.tags.screen:TagsScreen",
    }
)

_MAX_WAIT = 0.2  # seconds until the library is drawn, even if it is not loaded yet
_DELAY = 1.0  # seconds until modules are preloaded, so that the first screen is not slowed down
_SETTINGS_PAUSE = 1.0  # seconds between two checks of the settings file
_MOST_PASTED = 10_000  # characters, into one line: each key draws it again
_READ_ONLY = "This library is read-only; changes won’t be saved."


class AnnotatorApp(App[None]):
    """Shows one library, starting with the article `article_id` if it is given.

    With `mark_id` the article opens at that mark.

    `state` is the folder for the state of this machine, by default the user's.
    Changes to `settings_file` take effect while the app runs.
    """

    TITLE = "annotator"
    ENABLE_COMMAND_PALETTE = False  # ours never reads a title as markup
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(keys_of("program")))

    # Set from the start: a later change would parse all styles again.
    theme: Reactive[str] = Reactive(Initialize(attrgetter("_first_theme")))

    def __init__(
        self,
        library: Library,
        settings: Settings,
        *,
        article_id: str | None = None,
        mark_id: str | None = None,
        state: Path | None = None,
        settings_file: Path | None = None,
        now: Clock = utc_now,
    ) -> None:
        state = state or Folders.of_user().state
        self._first_theme = theming.theme_in_use(state, settings)
        super().__init__()
        self.context = AppContext(library, settings, state=state, now=now)
        self.context.edits.announce = self._announce
        self.key_queue = workers.KeyQueue(self, self._give)
        self._article_id, self._mark_id = article_id, mark_id
        self._open_error: AnnotatorError | None = None
        self.has_started = self.wants_tour = False
        no_colour = [NoColor()] if self.no_color else []  # Textual's own filter leaves greys
        self._last_filters = (*no_colour, ControlCharFilter())
        self.context.keymap.bind(self, keys_of("program"))
        for theme in theming.THEMES:
            self.register_theme(theme)
        if settings_file:
            self.context.settings_watch = SettingsWatch(settings_file)
        self._drawing = ExitStack()
        self._drawing.enter_context(self.batch_update())

    @property
    def failure(self) -> BaseException | None:
        """The error that has ended the app, if one has."""
        return failure_of(self)

    @property
    def cursor_position(self) -> Offset:
        """The place of the terminal's own cursor, which is sent after all that is drawn."""
        return focus_place(self.screen)

    @cursor_position.setter
    def cursor_position(self, place: Offset) -> None:
        """Take no place from a widget of Textual: it is asked for when it is needed."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return the filters of every line, the one against control characters last."""
        order = self.context.line_order
        last = (*self._last_filters, order) if order else self._last_filters
        return (*super().get_line_filters(), *theming.legible(self), *last)

    def get_theme(self, theme_name: str) -> Theme | None:
        """Return a theme by name; Textual asks for the first before any can be registered."""
        ours = (theme for theme in theming.THEMES if theme.name == theme_name)
        return super().get_theme(theme_name) or next(ours, None)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the colours of our stylesheets that other themes lack."""
        return theming.variables(self.current_theme)

    async def on_event(self, event: events.Event) -> None:
        """Handle an event; a key only after what the keys before it opened has the focus."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            await self.key_queue.take(event)
        else:
            await super().on_event(event)

    async def _give(self, typed: events.Key | events.Paste) -> None:
        """Pass on a key or a paste, of which a field of one line gets no more than it can use."""
        is_line = hasattr(self.focused, "max_length")  # an `Input`, which is not loaded by now
        if isinstance(typed, events.Paste) and is_line and len(typed.text) > _MOST_PASTED:
            typed.text = typed.text[:_MOST_PASTED]
            hint(self, f"Only the first {_MOST_PASTED:,} characters were pasted.")
        await super().on_event(typed)

    async def on_key(self, event: events.Key) -> None:
        """Run the action of a key; if there is none here, say where it has one, or what has."""
        event.prevent_default()  # Textual's own handler would run it again
        pressed = time.time()
        if has_acted := await run_binding(self, event.key):
            forget_done(self, before=pressed)
        if has_acted or not self.has_started:
            return
        screen = self.screen
        places = getattr(screen, "PLACES", ())
        if places and screen.is_mounted:
            mode = getattr(screen, "active_place", "")
            if words := why_unused(self.context.keymap, event.key, places, mode):
                hint(self, words)

    @on(workers.Lap)
    def _end_lap(self, lap: workers.Lap) -> None:
        lap.ended.set()

    def on_load(self) -> None:
        """Exit on signals as on a key, so that the position is saved and the terminal restored."""
        with suppress(ValueError):  # not in the main thread
            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT):
                end = partial(self.exit, return_code=terminal.SIGNALLED + number)
                loop.add_signal_handler(number, end)

    def on_mount(self) -> None:
        """Adapt to few colours, start the background tasks, and show the first notices."""
        if theming.has_few_colours(self):
            self.add_class("-few-colours")
            self.stylesheet.read_all([*map(PurePath, theming.stylesheets("few_colours"))])
            for theme in theming.OF_SIXTEEN:
                self.register_theme(theme)
            self.refresh_css(animate=False)
        if (driver := terminal_of(self)) is not None:
            driver.leave_order(self.context.line_order is not None)
        if hasattr(self.screen, "reload"):
            self.set_timer(_MAX_WAIT, self.start)
        self.set_timer(_DELAY, partial(workers.run_action, self, self._bring_up_to_date))
        if self.context.settings_watch is not None:
            self.set_interval(_SETTINGS_PAUSE, self._check_settings)
        if self._open_error is not None:
            tell_error(self, self._open_error)
        if self.context.library.is_read_only:
            warn(self, _READ_ONLY)
        for words in (*self.context.new_notices(), *self._settings_problems()):
            warn(self, words)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy a text without what a terminal or a shell obeys when it is pasted there."""
        super().copy_to_clipboard("\t".join(map(clean_text, text.split("\t"))))

    def get_default_screen(self) -> Screen[Any]:
        """Return the screen below all others: the reader on an article, or the library.

        Styles are read here, because Textual parses any that it knows earlier twice.
        """
        screen = self._first_screen()
        self.stylesheet.read_all([*map(PurePath, theming.stylesheets("app")), *screen.css_path])
        return screen

    def exit(
        self, result: None = None, return_code: int = 0, message: "RenderableType | None" = None
    ) -> None:
        """End the app; what was typed in dialogs that are open is kept for the next time."""
        for screen in self.screen_stack:
            if hasattr(screen, "keep_typed"):  # a dialog
                screen.keep_typed()
        self.context.sync.end()
        super().exit(result, return_code, message)

    def pop_screen(self) -> AwaitComplete:
        """Close a screen, and with the last one the app."""
        if len(self.screen_stack) > 1:
            return super().pop_screen()
        self.exit()
        return AwaitComplete()

    def get_driver_class(self) -> type[Driver]:
        """Return the driver, on Linux one that waits until there is something to draw."""
        usual = super().get_driver_class()
        return PatientDriver if usual is LinuxDriver else usual

    @on(LaidOut)
    def start(self) -> None:
        """Start to draw and to pass keys, over the saved page if one was painted."""
        if not self.has_started:
            self.has_started = True
            if not gc.isenabled():  # what is loaded by now is never freed
                gc.freeze()
                gc.enable()
            self._drawing.close()
            self.screen.refresh()
            if (driver := terminal_of(self)) is not None:
                driver.pass_keys()

    def action_help(self) -> None:
        """Show the help."""
        workers.run_opening(self, dialogs.help.show_help, self.screen, self.context)

    def action_palette(self) -> None:
        """Show the command palette."""
        workers.run_opening(self, dialogs.command_palette.show_palette, self.screen, self.context)

    def action_tour(self) -> None:
        """End, so that the tour can be taken. A tab would be closed: there, say how to take it."""
        if self.is_web:
            hint(self, "The tour needs a terminal: annotator tour")
            return
        self.wants_tour = True
        self.exit()

    @workers.as_opening
    async def action_settings(self) -> None:
        """Show the settings, over any screen but themselves and dialogs."""
        if "settings" not in getattr(self.screen, "PLACES", ("settings",)):
            await ask_app(ScreenRequested(self.screen, "settings"))

    def action_history(self, step: str) -> None:
        """Undo or redo, whichever screen the change was made on."""
        if self.screen.check_action("history", (step,)):
            context, is_undo = self.context, step == "undo"
            edits, library = context.edits, context.library
            workers.run_action(self.screen, take_step, self.screen, edits, library, is_undo=is_undo)

    def action_stop(self) -> None:
        """Stop the program until the shell goes on with it."""
        if not stopped_for_shell():
            hint(self, "No shell can go on with the program, so it does not stop.")

    def action_help_quit(self) -> None:
        """Say how to quit, on Ctrl+C."""
        leave = self.context.keymap.shown("library.quit")
        hint(self, f"Press {leave} to leave, Ctrl+Q to quit.")

    async def _bring_up_to_date(self) -> None:
        """Load what the first keys need, the colours of tags, and what other programs changed."""
        for name in PRELOADED:
            await asyncio.to_thread(import_module, name)
        context = self.context
        await asyncio.to_thread(context.tags.read_colours)
        await asyncio.to_thread(context.library.bring_up_to_date, lambda: self.is_running)
        forget = usecases.marks.mark_bin.forget_old_marks
        await asyncio.to_thread(forget, context.library, now=context.now())
        self._sync_feeds()
        if (
            "start" in context.settings.sync_on
            and context.library.has_repository
            and not context.sync.doing
        ):
            workers.run_action(self, self._sync, is_asked=False)
        known = context.keymap, context.settings, context.state, context.library
        if words := await asyncio.to_thread(news, *known, now=context.now()):
            warn(self, words)
        notices = context.new_notices()
        if not notices:
            return
        tell(self, "\n".join(notices))
        self._reload()

    @workers.as_action
    async def action_sync(self) -> None:
        """Bring the library together with its copies on other machines."""
        sync = self.context.sync
        if not self.context.library.has_repository:
            hint(self, "To sync with other machines, run: annotator sync --init URL")
        elif sync.doing:
            hint(self, "A sync is going on.")
        else:
            await self._sync(is_asked=True)

    async def _sync(self, *, is_asked: bool) -> None:
        """Sync, and say what it did; one that was not asked for, only what came."""
        sync, now = self.context.sync, self.context.now()
        try:
            report = await sync.run(now, self._show_status)
        except SyncFailed as error:
            again = f"{self.context.keymap.shown('program.sync')} tries again."
            warn(self, " ".join(filter(None, (f"Not synced. {error.message}", error.hint, again))))
        else:
            if is_asked or report.came.articles:
                tell(self, library_sync.summary(report))
            for remark in library_sync.remarks(report):
                warn(self, remark)
        if self.is_running:
            self._reload()

    def _show_status(self) -> None:
        if self.is_running and hasattr(self.screen, "show_status"):
            self.screen.show_status()

    @workers.as_action
    async def _sync_feeds(self) -> None:
        """Ask the feeds that are due, unless there are none or one was asked within the hour."""
        context = self.context
        if not await asyncio.to_thread(attrgetter("has_feeds"), context.library):
            return
        cookies = context.settings.cookies
        new = await usecases.feeds.sync.sync_at_start(
            context.library, now=context.now(), cookies=cookies
        )
        if new is not None:
            if new:
                key = context.keymap.shown("library.inbox")
                entries = count(new, "new entry", "new entries")
                tell(self, f"{entries} in the inbox. In the library, {key} opens it.")
            self._reload()

    def _reload(self) -> None:
        for screen in self.screen_stack:
            if hasattr(screen, "reload"):
                screen.reload()

    def _check_settings(self) -> None:
        """Apply settings that have changed; if they contain errors, report these instead."""
        watch = self.context.settings_watch
        try:
            settings = watch.changed() if watch else None
        except SettingsError as error:
            tell_error(self, error)
            return
        if settings is None:
            return
        use_settings(self, self.context, settings)
        tell(self, "Settings reloaded.")
        for words in self._settings_problems():
            warn(self, words)

    def _settings_problems(self) -> list[str]:
        context = self.context
        return [words for _, words in problems(context.settings, context.keymap)]

    def _first_screen(self) -> Screen[Any]:
        if self._article_id is not None:
            try:
                opened = open_article(self.context.library, self._article_id)
                return SCREENS.load("reader")(self.context, opened, mark_id=self._mark_id)
            except AnnotatorError as error:
                self._open_error = error
        return SCREENS.load("library")(self.context)

    def _announce(self, change: Change) -> None:
        for screen in self.screen_stack if self.is_running else ():
            screen.post_message(LibraryChanged(change))

    @on(ScreenRequested)
    @workers.as_action
    async def _answer(self, wanted: ScreenRequested) -> None:
        """Show the screen that another one asked for, and answer with its result."""
        try:
            args = wanted.args
            if wanted.name == "reader":
                (article_id,) = map(str, args)
                library = self.context.library
                args = (await asyncio.to_thread(open_article, library, article_id),)
            screen = SCREENS.load(wanted.name)(self.context, *args, **wanted.options)
            answer = await workers.show_modal(wanted.over, screen)
        except AnnotatorError as error:
            wanted.answer.set_exception(error)
        else:
            wanted.answer.set_result(answer)
