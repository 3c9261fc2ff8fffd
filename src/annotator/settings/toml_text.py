"""The text of a settings file."""

from pathlib import Path

from annotator.errors import SettingsError
from annotator.model.text import clean_line

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
