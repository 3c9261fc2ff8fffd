"""What goes on beside what is asked for: others' changes are taken in, and other settings."""

import asyncio
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from textual.app import App
from textual.message import Message

from annotator.errors import SettingsError
from annotator.settings import Settings, load
from annotator.store import files
from annotator.tui.context import AppContext
from annotator.tui.keys.groups import PRELOADED
from annotator.tui.notifications import tell, tell_error, warn
from annotator.tui.settings_check import problems
from annotator.tui.theming.chosen_theme import theme_in_use
from annotator.tui.workers import run_action

_AT_REST = 1.0  # seconds after which the first screen stands, and there is time for upkeep


@runtime_checkable
class Reloadable(Protocol):
    """A screen that shows many articles, and can read them anew."""

    def reload(self) -> None:
        """Read the library anew."""


class BackgroundTasks:
    """Keeps a program's library and settings as they are on the disk."""

    def __init__(self, app: App[Any], context: AppContext, settings_file: Path | None) -> None:
        self._app = app
        self._app_context = context
        self._watch = SettingsWatch(settings_file) if settings_file else None

    def begin(self) -> None:
        """Look after the library once the first screen stands, and after the settings always."""
        self._app.set_timer(_AT_REST, partial(run_action, self._app, self._bring_up_to_date))
        if self._watch is not None:
            self._app.set_interval(SECONDS, self._look)

    async def _bring_up_to_date(self) -> None:
        """Load what keys will want, and let the library take in what others did to it."""
        await preload()
        await asyncio.to_thread(
            self._app_context.library.bring_up_to_date, lambda: self._app.is_running
        )
        news = self._app_context.notices.news()
        if not news:
            return
        tell(self._app, "\n".join(news))
        for each in self._app.screen_stack:
            if isinstance(each, Reloadable):
                each.reload()

    def _look(self) -> None:
        """Take other settings over; those with mistakes are told of, and change nothing."""
        try:
            settings = self._watch.news() if self._watch else None
        except SettingsError as error:
            tell_error(self._app, error)
            return
        if settings is not None:
            self._take(settings)

    def _take(self, settings: Settings) -> None:
        self._app_context.use(settings)
        self._app.theme = theme_in_use(self._app_context.state, settings)
        for screen in self._app.screen_stack:
            screen.post_message(SettingsChanged())
        tell(self._app, "The settings are as you wrote them now.")
        for problem in problems(settings, self._app_context.keymap):
            warn(self._app, problem.words)


async def preload() -> None:
    """Load all of it, in pieces and beside the screen, so that no key waits long."""
    for name in PRELOADED:
        await asyncio.to_thread(import_module, name)


SECONDS = 1.0  # between two looks at the file


class SettingsChanged(Message, bubble=False):
    """There are other settings by now."""


class SettingsWatch:
    """Looks whether the file of the settings was written, made or removed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._looks = files.fingerprint(path)

    def news(self) -> Settings | None:
        """Return the settings if the file has changed since the last look.

        Raises `SettingsError` once for a change that has mistakes.
        """
        looks = files.fingerprint(self._path)
        if looks == self._looks:
            return None
        self._looks = looks
        return load(self._path)
