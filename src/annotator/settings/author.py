"""The name of the user, which the marks that they make and change have."""

import getpass
import subprocess
from pathlib import Path

from annotator.model.text import clean_line

MAX_WAIT = 5  # seconds for git, which reads a small file
MAX_NAME = 100  # characters


def author_name(chosen: str, folder: Path) -> str:
    """Return the name in the settings, or that by which git knows the user, or the login name.

    git is asked in the `folder` of the library, which may be a repository with a name of its own.
    """
    return next(filter(None, map(_cleaned, (chosen, _name_in_git(folder), _login_name()))), "")


def _cleaned(name: str) -> str:
    return clean_line(name, limit=MAX_NAME)


def _name_in_git(folder: Path) -> str:
    try:
        asked = subprocess.run(  # noqa: S603 - the user's own git
            ["git", "-C", folder, "config", "--get", "user.name"],  # noqa: S607 - from the path
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=MAX_WAIT,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return asked.stdout.decode("utf-8", "replace") if asked.returncode == 0 else ""


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # nobody has this number
        return ""
