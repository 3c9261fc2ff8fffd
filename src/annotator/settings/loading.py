"""Loading settings from a TOML file, also when it changes, and the text of one.

All mistakes are reported at once.
"""

from pathlib import Path
from threading import Lock

from annotator import settings
from annotator.errors import SettingsError
from annotator.model.text import clean_line
from annotator.settings.settings import Settings
from annotator.store.disk import files

MAX_BYTES = 1_000_000  # a settings file that is larger is another file

EXAMPLE = 'Settings are lines such as: theme = "nord"'


def text_of(path: Path, *, example: str = EXAMPLE) -> str:
    """Return the text of a settings file, or an empty string if there is none.

    Raises `SettingsError` with `example`, a line of a valid file, if it is not UTF-8
    text or cannot be read.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as error:
        raise SettingsError(
            f"The settings in {clean_line(str(path))} cannot be read: {error.strerror}.",
            "Make the file readable, or remove it.",
        ) from error
    if len(data) > MAX_BYTES:
        raise SettingsError(
            f"{clean_line(str(path))} is too large for a settings file.", "Remove it."
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise not_toml(path, f"byte {error.start + 1} is not UTF-8", example) from error


def not_toml(path: Path, problem: str, example: str) -> SettingsError:
    """Return the error for a file that is not TOML."""
    return SettingsError(f"{clean_line(str(path))} is not valid TOML: {problem}.", example)


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
        self._lock = Lock()  # so that what a thread writes does not look like a change by others

    def write(self, name: str, value: str | int | None) -> Settings:
        """Set a setting in the file, with None to its default, and return all settings.

        Raises `SettingsError` if the file stays as it was.
        """
        with self._lock:
            read = settings.writing.write_setting(self.path, name, value)
            self._fingerprint = files.fingerprint(self.path)
        return read

    def changed(self) -> Settings | None:
        """Return the settings if the file has changed since the last call.

        Raises `SettingsError` once for a change that contains errors.
        """
        with self._lock:
            fingerprint = files.fingerprint(self.path)
            if fingerprint == self._fingerprint:
                return None
            self._fingerprint = fingerprint
        return load(self.path)
