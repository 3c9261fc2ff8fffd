"""Loading settings from a TOML file; all mistakes in it are reported at once."""

from pathlib import Path

from annotator.settings.settings import Settings
from annotator.settings.toml_text import EXAMPLE, text_of


def load(path: Path) -> Settings:
    """Return the settings in the file at `path`, or the defaults without a file.

    Raises `SettingsError`, which names every wrong key and value and what is allowed.
    """
    text = text_of(path)
    if not text:
        return Settings()
    from annotator.settings.readers import read_settings  # most users have no settings file

    settings, mistakes = read_settings(path, text, example=EXAMPLE)
    if mistakes:
        raise mistakes.as_error(path)
    return settings
