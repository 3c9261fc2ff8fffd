"""The theme that was chosen in the command palette, remembered until the settings change."""

import os
from pathlib import Path

from annotator.errors import LibraryError
from annotator.settings import Settings
from annotator.store import files
from annotator.tui.settings_check import THEME_NAMES
from annotator.tui.theming.themes import for_terminal

_FILE_NAME = "theme"


def theme_in_use(state: Path, settings: Settings) -> str:
    """Return the theme that was chosen last, or else one that suits the terminal."""
    name = _chosen(state, settings)
    return name if name in THEME_NAMES else for_terminal(os.environ)


def choose(state: Path, settings: Settings, name: str) -> None:
    """Remember a theme that was chosen with these settings."""
    try:
        files.make_folder(state)
        files.replace(state / _FILE_NAME, f"{settings.theme}\n{name}".encode())
    except OSError as error:
        raise LibraryError(
            f"Couldn’t save the theme: {error.strerror}.", "It stays until you quit."
        ) from error


def _chosen(state: Path, settings: Settings) -> str:
    """Return the theme chosen last, or that of the settings if it was changed since."""
    try:
        setting, _, name = files.read(state / _FILE_NAME)[0].decode().partition("\n")
    except (OSError, UnicodeDecodeError):
        return settings.theme
    return name if setting == settings.theme and name else settings.theme
