"""The folders that the system gives to programs, each for another kind of file."""

import os
from pathlib import Path
from typing import NamedTuple, Self

from annotator.errors import InvalidInput, SettingsError
from annotator.instant.places import PROGRAM, user_folder

_SETTINGS_FILE = "settings.toml"
_SITE_RULES_FILE = "sites.toml"


class Folders(NamedTuple):
    """Where things are kept: `data` is what nobody can make again, `cache` what anybody can."""

    data: Path
    cache: Path
    state: Path
    config: Path

    @classmethod
    def of_user(cls) -> Self:
        """Return the person's folders, by `XDG_*` where it is set and the system's custom else."""
        return cls(
            data=_of_user("data"),
            cache=_of_user("cache"),
            state=_of_user("state"),
            config=_of_user("config"),
        )

    @property
    def settings_file(self) -> Path:
        """The file that a person may write settings into."""
        return self.config / _SETTINGS_FILE

    @property
    def site_rules_file(self) -> Path:
        """The file that a person may write rules for cleaning the pages of some sites into."""
        return self.config / _SITE_RULES_FILE

    @property
    def log_file(self) -> Path:
        """Where an unforeseen error is written down."""
        return self.state / f"{PROGRAM}.log"


def expanded(path: Path) -> Path:
    """Return the absolute path, `~` being the person's home."""
    try:
        return path.expanduser().absolute()
    except RuntimeError as error:
        raise InvalidInput(f"There is no home for {path}.", "Give the whole path.") from error


def _of_user(kind: str) -> Path:
    folder = user_folder(kind, os.environ)
    if not folder:  # neither HOME nor the system knows a home
        raise SettingsError(
            f"There is no home folder to keep the {kind} in.", "Set HOME, or the XDG_* variables."
        )
    return Path(folder)
