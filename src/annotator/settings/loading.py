"""Loading settings from a TOML file, also when it changes; all mistakes are reported at once."""

from pathlib import Path

from annotator import settings
from annotator.settings.settings import Settings
from annotator.settings.toml_text import EXAMPLE, text_of
from annotator.store.disk import files


def load(path: Path) -> Settings:
    """Return the settings in the file at `path`, or the defaults without a file.

    Raises `SettingsError`, which names every wrong key and value and what is allowed.
    """
    text = text_of(path)
    if not text:
        return Settings()
    read, mistakes = settings.readers.read_settings(path, text, example=EXAMPLE)
    if mistakes:
        raise mistakes.as_error(path)
    return read


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
