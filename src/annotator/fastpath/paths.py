"""Where things are, found without the libraries that know it for every system."""

import os
import sys
from collections.abc import Mapping
from hashlib import sha256

PROGRAM = "annotator"
USUAL = {  # where nothing is chosen
    "data": "~/.local/share",
    "cache": "~/.cache",
    "state": "~/.local/state",
    "config": "~/.config",
}

_LEAST_PREFIX = 2  # digits of an id that name the folder which its article is in
_HEXADECIMAL = frozenset("0123456789abcdef")


def user_folder(kind: str, environment: Mapping[str, str]) -> str:
    """Return the person's folder of that kind (a key of `USUAL`); empty without a home.

    Where XDG's rules hold, the library that knows all systems takes ten times as long.
    """
    if sys.platform == "linux":
        chosen = environment.get(f"XDG_{kind.upper()}_HOME", "")
        return _absolute(os.path.join(chosen if os.path.isabs(chosen) else USUAL[kind], PROGRAM))
    from platformdirs import PlatformDirs

    return _absolute(getattr(PlatformDirs(PROGRAM, appauthor=False), f"user_{kind}_dir"))


def library_folder(chosen: str, environment: Mapping[str, str]) -> str:
    """Return the real folder of the library that `chosen`, or else the person's data, names."""
    folder = _absolute(chosen) if chosen else user_folder("data", environment)
    return os.path.realpath(folder) if folder else ""


def state_of(library: str, environment: Mapping[str, str]) -> str:
    """Return the folder of what this machine remembers of a library."""
    digest = sha256(os.fsencode(library)).hexdigest()[:16]
    return os.path.join(user_folder("state", environment), "libraries", digest)


def article_folder(library: str, article_id: str) -> str:
    """Return the folder of an article."""
    return os.path.join(library, "articles", article_id[:_LEAST_PREFIX], article_id)


def with_prefix(library: str, prefix: str) -> str:
    """Return the id of the only article whose id begins so; empty if there is no such one."""
    if len(prefix) < _LEAST_PREFIX or not _HEXADECIMAL.issuperset(prefix):
        return ""
    try:
        names = os.listdir(os.path.dirname(article_folder(library, prefix)))
    except OSError:
        return ""
    found = [name for name in names if name.startswith(prefix)]
    return prefix if prefix in found else found[0] if len(found) == 1 else ""


def _absolute(folder: str) -> str:
    expanded = os.path.expanduser(folder)
    return "" if expanded.startswith("~") else os.path.abspath(expanded)
