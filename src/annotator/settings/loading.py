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
    """Writes settings into their file, and notices when others write, create or remove it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._fingerprint = files.fingerprint(path)

    def write(self, name: str, value: str | int | None) -> Settings:
        """Set a setting in the file, with None to its default, and return all settings.

        Raises `SettingsError` if the file stays as it was.
        """
        read = settings.writing.write_setting(self.path, name, value)
        self._fingerprint = files.fingerprint(self.path)
        return read

    def changed(self) -> Settings | None:
        """Return the settings if the file has changed since the last call.

        Raises `SettingsError` once for a change that contains errors.
        """
        fingerprint = files.fingerprint(self.path)
        if fingerprint == self._fingerprint:
            return None
        self._fingerprint = fingerprint
        return load(self.path)
