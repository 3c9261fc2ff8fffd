"""The folders in which the system wants programs to keep their files."""

import os
from pathlib import Path
from typing import NamedTuple, Self

from annotator.errors import InvalidInput, SettingsError
from annotator.fastpath.paths import PROGRAM, SETTINGS_FILE, user_folder

_SITE_RULES_FILE = "sites.toml"
_TEMPLATES = "templates"
_LONGEST_NAME = 255  # bytes, on all usual disks
_SHOWN = 40  # characters of a name that is too long


class Folders(NamedTuple):
    """The program's folders. `data` cannot be made again; `cache` can."""

    data: Path
    cache: Path
    state: Path
    config: Path

    @classmethod
    def of_user(cls) -> Self:
        """Return the user's folders: those in `XDG_*` if set, else the usual ones of the system."""
        return cls(
            data=_of_user("data"),
            cache=_of_user("cache"),
            state=_of_user("state"),
            config=_of_user("config"),
        )

    @property
    def settings_file(self) -> Path:
        """The settings file, which the user may create."""
        return self.config / SETTINGS_FILE

    @property
    def site_rules_file(self) -> Path:
        """The user's file of cleaning rules for certain sites, which may be missing."""
        return self.config / _SITE_RULES_FILE

    @property
    def templates_folder(self) -> Path:
        """The folder of the user's templates of notes, which may be missing."""
        return self.config / _TEMPLATES

    @property
    def log_file(self) -> Path:
        """The file for reports of unexpected errors, and for the log of `--debug`."""
        return self.state / f"{PROGRAM}.log"


def expanded(path: Path) -> Path:
    """Return the absolute path, with `~` expanded.

    Raises `InvalidInput` for an unknown user, where a relative path has no folder any more, for a
    name that no file can have, such as a page that was pasted, and for two paths in one.
    """
    if "~" in path.parts[1:]:  # typed behind a path that was there
        raise InvalidInput(
            f"“{path}” has a folder “~” in its middle.", "Write the path from its last ~ on."
        )
    if any(len(os.fsencode(name)) > _LONGEST_NAME for name in path.parts):
        name = max(path.parts, key=len)
        raise InvalidInput(f"No file has so long a name: {name[:_SHOWN]}…", "Check the path.")
    try:
        return path.expanduser().absolute()
    except RuntimeError as error:
        user = path.parts[0].removeprefix("~")
        raise InvalidInput(f"Unknown user: ~{user}.", "Give the absolute path.") from error
    except FileNotFoundError as error:
        raise InvalidInput(
            "The current folder does not exist any more.",
            "Change to another, or give a whole path.",
        ) from error


def suggested_export_folder() -> Path:
    """Return the folder for exports of a user who has not chosen one."""
    documents = Path("~/Documents")
    parent = documents if expanded(documents).is_dir() else documents.parent
    return parent / PROGRAM


def suggested_report_folder() -> Path:
    """Return the folder for the report of a page: that of downloads, else the home folder."""
    downloads = Path("~/Downloads")
    return downloads if expanded(downloads).is_dir() else downloads.parent


def _of_user(kind: str) -> Path:
    folder = user_folder(kind, os.environ)
    if not folder:  # neither HOME nor the system knows a home
        raise SettingsError(
            f"No home folder was found for the {kind} files.", "Set HOME, or the XDG_* variables."
        )
    return Path(folder)
