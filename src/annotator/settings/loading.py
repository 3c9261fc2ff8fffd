"""From a TOML file to settings; every mistake in it is said at once, by its name."""

from pathlib import Path
from typing import Any

from annotator.errors import SettingsError
from annotator.model.text import clean_line
from annotator.settings.settings import Settings

MAX_BYTES = 1_000_000  # a settings file that is larger is another file

_EXAMPLE = 'Settings are lines such as: theme = "nord"'


def load(path: Path) -> Settings:
    """Return the settings in the file at `path`; the usual ones if there is no such file.

    Raises `SettingsError` that names every wrong key and value, and what is allowed.
    """
    text = text_of(path)
    if not text:
        return Settings()
    from annotator.settings.mistakes import Mistakes
    from annotator.settings.readers import read_all

    document, mistakes = parse(path, text, example=_EXAMPLE), Mistakes(text)
    settings = read_all(document, mistakes)
    if mistakes:
        raise mistakes.as_error(path)
    return settings


def text_of(path: Path, *, example: str = _EXAMPLE) -> str:
    """Return what a file of settings holds; nothing if there is none.

    Raises `SettingsError`, with the example of what to write, if it is no text.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as error:
        raise SettingsError(
            f"The settings in {clean_line(str(path))} cannot be read: {error.strerror}.",
            "Make it a file that you may read, or remove it.",
        ) from error
    if len(data) > MAX_BYTES:
        raise SettingsError(f"{clean_line(str(path))} is too large for settings.", "Remove it.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _no_toml(path, f"byte {error.start + 1} is not UTF-8", example) from error


def parse(path: Path, text: str, *, example: str) -> dict[str, Any]:
    """Return what a file of settings says; raises `SettingsError` if it is no TOML."""
    import tomllib

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise _no_toml(path, clean_line(str(error)), example) from error


def _no_toml(path: Path, problem: str, example: str) -> SettingsError:
    return SettingsError(f"{clean_line(str(path))} is no TOML: {problem}.", example)
