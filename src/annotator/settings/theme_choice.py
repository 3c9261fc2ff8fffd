"""The theme that was chosen in the command palette, remembered until the settings change."""

from pathlib import Path

from annotator.errors import LibraryError
from annotator.settings.settings import Settings
from annotator.store.disk import files

_FILE_NAME = "theme"


def chosen_theme(state: Path, settings: Settings) -> str:
    """Return the theme chosen last, or that of the settings if it was changed since."""
    try:
        setting, _, name = files.read(state / _FILE_NAME)[0].decode().partition("\n")
    except (OSError, UnicodeDecodeError):
        return settings.theme
    return name if setting == settings.theme and name else settings.theme


def remember_theme(state: Path, settings: Settings, name: str) -> None:
    """Remember a theme that was chosen with these settings.

    Raises `LibraryError` if the state folder cannot be written.
    """
    try:
        files.make_folder(state)
        files.replace(state / _FILE_NAME, f"{settings.theme}\n{name}".encode())
    except OSError as error:
        raise LibraryError(
            f"Couldn’t save the theme: {error.strerror}.", "It stays until you quit."
        ) from error
