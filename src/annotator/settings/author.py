"""The name of the user, which the marks that they make and change have."""

import getpass
import subprocess
from contextlib import suppress
from pathlib import Path

from annotator.model.text import clean_line

MAX_WAIT = 5  # seconds for git, which reads a small file
MAX_NAME = 100  # characters


def author_name(chosen: str, folder: Path) -> str:
    """Return the name in the settings, or that by which git knows the user, or the login name.

    git is asked in the `folder` of the library, which may be a repository with a name of its own.
    """
    names = [chosen]
    with suppress(OSError, subprocess.SubprocessError):
        command = ["git", "-C", str(folder), "config", "--get", "user.name"]
        run = subprocess.run(  # noqa: S603 - the user's own git
            command, stdin=subprocess.DEVNULL, capture_output=True, check=True, timeout=MAX_WAIT
        )
        names.append(run.stdout.decode("utf-8", "replace"))
    with suppress(OSError, KeyError, ImportError):  # of a number that nobody has
        names.append(getpass.getuser())
    return next(filter(None, (clean_line(name, limit=MAX_NAME) for name in names)), "")
