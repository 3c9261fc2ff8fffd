"""Checks of the settings for the screens: keys and themes."""

from collections.abc import Iterator

from msgspec import Struct

from annotator.settings import Settings
from annotator.tui.keys.keymap import Keymap, key_overrides
from annotator.tui.theming.themes import THEME_NAMES


class Problem(Struct, frozen=True):
    """An error in the settings: its path, such as `keys.reader.find`, and a sentence."""

    path: str
    words: str


def settings_problems(settings: Settings) -> Iterator[Problem]:
    """Yield what is wrong with the keys and the theme that settings name."""
    return problems(settings, Keymap(key_overrides(settings), settings.commands))


def problems(settings: Settings, keymap: Keymap) -> Iterator[Problem]:
    """Yield the errors. Settings without errors take effect all the same."""
    if settings.theme and settings.theme not in THEME_NAMES:
        yield Problem("theme", f"Unknown theme “{settings.theme}”.")
    for key_id, words in keymap.problems.items():
        yield Problem(f"keys.{key_id}", words)
    for path, words in keymap.command_problems.items():
        yield Problem(path, words)
