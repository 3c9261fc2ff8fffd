"""The context that every screen works with: library, settings with their problems, keys, tags.

A setting that is changed on a screen is written into the settings file, and used at once.
"""

import asyncio
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.screen import Screen

from annotator import usecases
from annotator.errors import SettingsError
from annotator.model import Kind
from annotator.registry import Registry
from annotator.settings import Settings
from annotator.settings.author import author_name
from annotator.settings.choices import export_place, forget
from annotator.store import Library
from annotator.tui.frame.edits import Clock, EditQueue
from annotator.tui.frame.library_sync import LibrarySync
from annotator.tui.frame.notifications import hint
from annotator.tui.keys.keymap import Keymap, key_overrides
from annotator.tui.messages import SettingsChanged
from annotator.tui.terminal.driver import terminal_of
from annotator.tui.theming import THEME_NAMES, theme_in_use
from annotator.usecases.articles.tagging import TagUse, tag_uses

if TYPE_CHECKING:
    from annotator.reading.layout.visual_order import VisualOrder
    from annotator.settings.loading import SettingsWatch
    from annotator.tui.terminal.line_order import LineOrder

_NO_COLOUR = "#8f8b82"
_LINE_ORDERS = Registry[Any]({"program": "annotator.tui.terminal.line_order:LineOrder"})
_NO_GLYPH = "▪"
_CHOSEN = ("theme", "export_folder", "export_preset")  # elsewhere too, until they are set here


class KnownKinds(dict[str, Kind]):
    """The kinds of marks by name; a kind that the settings no longer have is grey."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings

    def use(self, settings: Settings) -> None:
        """Use the kinds of other settings from now on."""
        self.clear()
        self._settings = settings

    def __missing__(self, name: str) -> Kind:
        self[name] = kind = self._settings.kind(name) or Kind(name, "", _NO_COLOUR, _NO_GLYPH)
        return kind


class KnownTags:
    """The tags of a library and their colours, as they were when last read."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.latest: tuple[TagUse, ...] = ()
        self._colours: Mapping[str, str] = {}

    def read(self) -> tuple[TagUse, ...]:
        """Read the tags again."""
        self.latest = tag_uses(self._library)
        return self.latest

    def read_colours(self) -> None:
        """Read the colours again."""
        self._colours = usecases.tags.tag_library.tag_colours(self._library)

    def role(self, tag: str) -> str:
        """Return the colour to paint a tag in, or else the role of tags."""
        colours = self._colours
        return (usecases.tags.tag_library.colour_of(tag, colours) if colours else "") or "tag"


def utc_now() -> datetime:
    """Return the current time."""
    return datetime.now(UTC)


class AppContext:
    """Everything that screens share. `state` is the folder for the state of this machine.

    `edits` makes the edits of all screens, with one history.

    `views` is how screens were last arranged, by their names. `settings_watch` writes the settings
    into their file, if they have one.
    """

    def __init__(self, library: Library, settings: Settings, *, state: Path, now: Clock) -> None:
        self.library, self.settings = library, settings
        self.state, self.now = state, now
        self.keymap = Keymap(key_overrides(settings), settings.commands)
        self.kinds, self.tags = KnownKinds(settings), KnownTags(library)
        self.edits = EditQueue(library, now=now)
        self.views: dict[str, object] = {}
        self.settings_watch: SettingsWatch | None = None
        self.sync = LibrarySync(library)
        self.line_order = _line_order(settings)
        self._told = 0  # notices of the library

    @property
    def letter_order(self) -> "VisualOrder | None":
        """The order of the letters of an article, if the program puts them in order."""
        return self.line_order.places if self.line_order else None

    def new_notices(self) -> tuple[str, ...]:
        """Return the notices of the library that are new, each of them once."""
        notices = self.library.notices
        new, self._told = notices[self._told :], len(notices)
        return new

    def use(self, settings: Settings) -> None:
        """Use other settings from now on."""
        if settings.author != self.settings.author:
            self.library.ask_author(partial(author_name, settings.author, self.library.folder))
        if settings.bidi != self.settings.bidi:
            self.line_order = _line_order(settings)
        self.settings = settings
        self.keymap.use(key_overrides(settings), settings.commands)
        self.kinds.use(settings)


def use_settings(app: App[Any], context: AppContext, settings: Settings) -> None:
    """Use other settings from now on, on all screens."""
    context.use(settings)
    app.theme = theme_in_use(context.state, settings)
    if (driver := terminal_of(app)) is not None:
        driver.leave_order(context.line_order is not None)
    for screen in app.screen_stack:
        screen.post_message(SettingsChanged())


def _line_order(settings: Settings) -> "LineOrder | None":
    """Return what puts letters in their order, if the program is to do it and can."""
    is_wanted = settings.bidi == "program" and find_spec("bidi") is not None
    return _LINE_ORDERS.load("program")() if is_wanted else None


def settings_problems(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the keys and the theme that settings name, as `problems` does."""
    return problems(settings, Keymap(key_overrides(settings), settings.commands))


def problems(settings: Settings, keymap: Keymap) -> Iterator[tuple[str, str]]:
    """Yield the path of each setting that is wrong, such as `keys.reader.find`, and a sentence.

    Settings without errors take effect all the same.
    """
    if settings.theme and settings.theme not in THEME_NAMES:
        yield "theme", f"Unknown theme “{settings.theme}”."
    if settings.bidi == "program":
        try:
            usecases.library.config_files.check_bidi(settings)
        except SettingsError as error:
            yield "bidi", str(error)
    yield from ((f"keys.{key_id}", words) for key_id, words in keymap.problems.items())
    yield from keymap.command_problems.items()


async def change_setting(
    screen: Screen[Any], context: AppContext, name: str, value: str | int
) -> None:
    """Set a setting for good; the default, or nothing, by removing its line.

    Raises `SettingsError` if the file cannot be written, or for a folder that is missing,
    `FetchError` for cookies that cannot be read.
    """
    watch = context.settings_watch
    if watch is None:
        hint(screen, "These settings have no file.")
        return
    written = None if value in ("", getattr(Settings(), name)) else value
    settings = await asyncio.to_thread(watch.write, name, written)
    if name in _CHOSEN:
        await asyncio.to_thread(forget, context.state, name)
    use_settings(screen.app, context, settings)
    if check := usecases.library.config_files.CHECKS.get(name):
        await asyncio.to_thread(check, settings)


def value_in_use(context: AppContext, name: str) -> object:
    """Return the value of a setting, also where it was chosen elsewhere; nothing for none."""
    settings, state = context.settings, context.state
    if name == "theme":
        return theme_in_use(state, settings)
    if name in ("export_folder", "export_preset"):
        return export_place(state, settings)[name == "export_preset"]
    value = getattr(settings, name)
    return "" if value is None else value
