"""The folders that the system gives to programs, each for another kind of file."""

from pathlib import Path
from typing import Self

from msgspec import Struct

from annotator.errors import InvalidInput, SettingsError

_PROGRAM = "annotator"
_SETTINGS_FILE = "settings.toml"
_SITE_RULES_FILE = "sites.toml"


class Folders(Struct, frozen=True):
    """Where things are kept: `data` is what nobody can make again, `cache` what anybody can."""

    data: Path
    cache: Path
    state: Path
    config: Path

    @classmethod
    def of_user(cls) -> Self:
        """Return the person's folders, by `XDG_*` where it is set and the system's custom else."""
        from platformdirs import PlatformDirs

        folders = PlatformDirs(_PROGRAM, appauthor=False)
        return cls(
            data=_absolute(folders.user_data_path),
            cache=_absolute(folders.user_cache_path),
            state=_absolute(folders.user_state_path),
            config=_absolute(folders.user_config_path),
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
        return self.state / f"{_PROGRAM}.log"


def expanded(path: Path) -> Path:
    """Return the absolute path, `~` being the person's home."""
    try:
        return path.expanduser().absolute()
    except RuntimeError as error:
        raise InvalidInput(f"There is no home for {path}.", "Give the whole path.") from error


def _absolute(folder: Path) -> Path:
    if folder.parts[:1] == ("~",):  # neither HOME nor the system knows a home
        raise SettingsError(
            f"There is no home folder to keep “{folder}” in.", "Set HOME, or the XDG_* variables."
        )
    return folder.absolute()
