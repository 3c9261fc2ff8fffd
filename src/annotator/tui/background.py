"""Tasks in the background: preloading, the library's index, and changes of the settings."""

import asyncio
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from textual.app import App

from annotator import usecases
from annotator.errors import SettingsError
from annotator.settings import Settings
from annotator.settings.loading import SettingsWatch
from annotator.tui.context import AppContext
from annotator.tui.keys.groups import PRELOADED
from annotator.tui.notifications import tell, tell_error, warn
from annotator.tui.settings_check import problems
from annotator.tui.theming.themes import theme_in_use
from annotator.tui.widgets.messages import SettingsChanged
from annotator.tui.workers import run_action

_PAUSE = 1.0  # seconds between two checks of the settings file
_DELAY = 1.0  # seconds until the tasks start, so that the first screen is not slowed down


@runtime_checkable
class Reloadable(Protocol):
    """A screen that shows the library."""

    def reload(self) -> None:
        """Read the library again."""


class BackgroundTasks:
    """Keeps the app up to date with the library and the settings on the disk."""

    def __init__(self, app: App[Any], context: AppContext, settings_file: Path | None) -> None:
        self._app = app
        self._app_context = context
        self._watch = SettingsWatch(settings_file) if settings_file else None

    def start(self) -> None:
        """Schedule the update of the library, and watch the settings."""
        self._app.set_timer(_DELAY, partial(run_action, self._app, self._bring_up_to_date))
        if self._watch is not None:
            self._app.set_interval(_PAUSE, self._check_settings)

    async def _bring_up_to_date(self) -> None:
        """Preload modules, read the colours of tags, and index what other programs changed."""
        await preload()
        await asyncio.to_thread(self._app_context.tag_colours.read)
        await asyncio.to_thread(
            self._app_context.library.bring_up_to_date, lambda: self._app.is_running
        )
        forget, now = usecases.marks.mark_bin.forget_old_marks, self._app_context.now()
        await asyncio.to_thread(forget, self._app_context.library, now=now)
        notices = self._app_context.notices.new()
        if not notices:
            return
        tell(self._app, "\n".join(notices))
        for screen in self._app.screen_stack:
            if isinstance(screen, Reloadable):
                screen.reload()

    def _check_settings(self) -> None:
        """Apply settings that have changed; if they contain errors, report these instead."""
        try:
            settings = self._watch.changed() if self._watch else None
        except SettingsError as error:
            tell_error(self._app, error)
            return
        if settings is not None:
            self._apply(settings)

    def _apply(self, settings: Settings) -> None:
        self._app_context.use(settings)
        self._app.theme = theme_in_use(self._app_context.state, settings)
        for screen in self._app.screen_stack:
            screen.post_message(SettingsChanged())
        tell(self._app, "Settings reloaded.")
        for problem in problems(settings, self._app_context.keymap):
            warn(self._app, problem.words)


async def preload() -> None:
    """Import the modules that the first keys need, one by one in a thread."""
    for name in PRELOADED:
        await asyncio.to_thread(import_module, name)
