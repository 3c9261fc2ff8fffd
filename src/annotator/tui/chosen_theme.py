"""The theme that was chosen from the palette, kept until the settings ask for another."""

from pathlib import Path

from annotator.errors import LibraryError
from annotator.settings import Settings
from annotator.store import files

_FILE_NAME = "theme"


def chosen(state: Path, settings: Settings) -> str:
    """Return the theme in use: the last that was chosen, or that of the settings set since."""
    try:
        asked, _, name = files.read(state / _FILE_NAME)[0].decode().partition("\n")
    except (OSError, UnicodeDecodeError):
        return settings.theme
    return name if asked == settings.theme and name else settings.theme


def choose(state: Path, settings: Settings, name: str) -> None:
    """Remember a theme that was chosen while the settings were these."""
    try:
        files.make_folder(state)
        files.replace(state / _FILE_NAME, f"{settings.theme}\n{name}".encode())
    except OSError as error:
        raise LibraryError(
            f"The theme is not remembered: {error.strerror}.", "It holds until you quit."
        ) from error
