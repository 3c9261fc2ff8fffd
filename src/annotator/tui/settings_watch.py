"""Settings that a person changes while the program runs."""

from pathlib import Path

from textual.message import Message

from annotator.settings import Settings, load
from annotator.store import files

SECONDS = 1.0  # between two looks at the file


class SettingsChanged(Message, bubble=False):
    """There are other settings on the desk by now."""


class SettingsWatch:
    """Looks whether the file of the settings was written, made or removed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._looks = files.signature(path)

    def news(self) -> Settings | None:
        """Return the settings if the file has changed since the last look.

        Raises `SettingsError` once for a change that has mistakes.
        """
        looks = files.signature(self._path)
        if looks == self._looks:
            return None
        self._looks = looks
        return load(self._path)
