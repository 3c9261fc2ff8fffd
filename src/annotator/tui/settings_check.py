"""What only the screens can find wrong in settings: keys and themes that there are not."""

from collections.abc import Iterator

from msgspec import Struct
from textual.theme import BUILTIN_THEMES

from annotator.settings import Settings
from annotator.tui.keys.keymap import Keymap
from annotator.tui.theming.themes import THEMES

THEME_NAMES = (*(theme.name for theme in THEMES), *BUILTIN_THEMES)


class Problem(Struct, frozen=True):
    """What cannot be meant, in words, and the path to it in the settings."""

    path: str
    words: str


def problems(settings: Settings, keymap: Keymap) -> Iterator[Problem]:
    """Yield what is wrong; what the rest says holds all the same."""
    if settings.theme and settings.theme not in THEME_NAMES:
        yield Problem("theme", f"There is no theme “{settings.theme}”.")
    for key_id, words in keymap.problems.items():
        yield Problem(f"keys.{key_id}", words)
