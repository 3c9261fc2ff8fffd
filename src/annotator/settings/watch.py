"""Noticing changes of the settings file while the program runs."""

from pathlib import Path

from annotator.settings.loading import load
from annotator.settings.settings import Settings
from annotator.store.disk import files


class SettingsWatch:
    """Notices when the settings file is written, created or removed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._fingerprint = files.fingerprint(path)

    def changed(self) -> Settings | None:
        """Return the settings if the file has changed since the last call.

        Raises `SettingsError` once for a change that contains errors.
        """
        fingerprint = files.fingerprint(self._path)
        if fingerprint == self._fingerprint:
            return None
        self._fingerprint = fingerprint
        return load(self._path)
