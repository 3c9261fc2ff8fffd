"""The program on a terminal: the library, or the one article that it was asked for."""

import asyncio
import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar, Protocol, runtime_checkable

from textual.app import App
from textual.binding import BindingType
from textual.filter import LineFilter

from annotator.errors import AnnotatorError
from annotator.settings import Folders, Settings
from annotator.store import Library
from annotator.tui.chosen_theme import chosen
from annotator.tui.desk import Clock, Desk, utc_now
from annotator.tui.keys import PROGRAM_KEYS, bindings
from annotator.tui.screens.asking import begin
from annotator.tui.screens.opening import open_reader
from annotator.tui.settings_check import problems
from annotator.tui.stylesheets import LIBRARY, READER, stylesheets
from annotator.tui.theme import THEMES, for_terminal, variables
from annotator.tui.toasts import tell, tell_error, warn
from annotator.tui.wall import Wall

_AT_REST = 1.0  # seconds after which the first screen stands, and there is time for upkeep
_READ_ONLY = "This library may only be read: marks and other changes are not kept."


@runtime_checkable
class Reloadable(Protocol):
    """A screen that shows many articles, and can read them anew."""

    def reload(self) -> None:
        """Read the library anew."""


class AnnotatorApp(App[None]):
    """Shows one library. `state` is where the machine's own files are, the user's unless told."""

    TITLE = "annotator"
    ENABLE_COMMAND_PALETTE = False  # our own takes what it lists for text, never for markup
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(PROGRAM_KEYS))

    def __init__(
        self,
        library: Library,
        settings: Settings,
        *,
        article_id: str | None = None,
        state: Path | None = None,
        now: Clock = utc_now,
    ) -> None:
        # With those of its first screen, all styles are parsed once, and applied once.
        super().__init__(css_path=stylesheets("app", *(READER if article_id else LIBRARY)))
        state = state or Folders.of_user().state
        self.desk = Desk.laid(library, settings, state=state, now=now)
        self._article_id = article_id
        self._wall = Wall()
        self.desk.keymap.bind(self, PROGRAM_KEYS)
        for theme in THEMES:
            self.register_theme(theme)
        name = chosen(state, settings)
        self.theme = name if name in self.available_themes else for_terminal(os.environ)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return the filters of every line, the last wall at their end."""
        return (*super().get_line_filters(), self._wall)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our own colours for themes that are not ours."""
        return variables(self.current_theme)

    def on_mount(self) -> None:
        """Open what was asked for, and say what a person should know first."""
        begin(self, self._begin)
        self.set_timer(_AT_REST, partial(begin, self, self._bring_up_to_date))
        for words in self._notices():
            warn(self, words)

    def action_help(self) -> None:
        """Show all keys."""
        from annotator.tui.screens.program import show_help

        begin(self, show_help, self.screen, self.desk)

    def action_palette(self) -> None:
        """Show everything there is to do."""
        from annotator.tui.screens.program import show_palette

        begin(self, show_palette, self.screen, self.desk)

    async def _begin(self) -> None:
        if self._article_id is not None:
            try:
                await open_reader(self.screen, self.desk, self._article_id)
            except AnnotatorError as error:
                tell_error(self, error)
            else:
                self.exit()
                return
        from annotator.tui.screens.library import LibraryScreen

        await self.push_screen(LibraryScreen(self.desk))

    async def _bring_up_to_date(self) -> None:
        """Let the library take in what sync tools and other machines did, while one reads."""
        library = self.desk.library
        await asyncio.to_thread(library.bring_up_to_date, lambda: self.is_running)
        news = self.desk.notices.news()
        if not news:
            return
        tell(self, "\n".join(news))
        for screen in self.screen_stack:
            if isinstance(screen, Reloadable):
                screen.reload()

    def _notices(self) -> list[str]:
        desk = self.desk
        read_only = [_READ_ONLY] if desk.library.is_read_only else []
        wrong = [problem.words for problem in problems(desk.settings, desk.keymap)]
        return [*read_only, *desk.notices.news(), *wrong]
