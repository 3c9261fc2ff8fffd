"""The program's folders, found without the libraries that know them for every system."""

import os
import sys
from collections.abc import Mapping
from hashlib import sha256

PROGRAM = "annotator"
SETTINGS_FILE = "settings.toml"
USUAL = {  # used if the environment names no other
    "data": "~/.local/share",
    "cache": "~/.cache",
    "state": "~/.local/state",
    "config": "~/.config",
}

_PREFIX_LENGTH = 2  # digits of an article's id that name the folder above its own
_HEXADECIMAL = frozenset("0123456789abcdef")


def user_folder(kind: str, environment: Mapping[str, str]) -> str:
    """Return the user's folder of a kind, which is a key of `USUAL`; empty without a home.

    On Linux the rules of XDG are applied here, because importing platformdirs takes
    ten times as long.
    """
    if sys.platform == "linux":
        chosen = environment.get(f"XDG_{kind.upper()}_HOME", "")
        return _absolute(os.path.join(chosen if os.path.isabs(chosen) else USUAL[kind], PROGRAM))
    from platformdirs import PlatformDirs  # elsewhere the start is slower by this import

    return _absolute(getattr(PlatformDirs(PROGRAM, appauthor=False), f"user_{kind}_dir"))


def settings_file(environment: Mapping[str, str]) -> str:
    """Return the path of the settings, which may be missing; a bare name without a home."""
    return os.path.join(user_folder("config", environment), SETTINGS_FILE)


def library_folder(chosen: str, environment: Mapping[str, str]) -> str:
    """Return the real path of the library at `chosen`, by default in the user's data folder."""
    folder = _absolute(chosen) if chosen else user_folder("data", environment)
    return os.path.realpath(folder) if folder else ""


def state_of(library: str, environment: Mapping[str, str]) -> str:
    """Return the folder in which this machine keeps its own state of a library."""
    digest = sha256(os.fsencode(library)).hexdigest()[:16]
    return os.path.join(user_folder("state", environment), "libraries", digest)


def article_folder(library: str, article_id: str) -> str:
    """Return the folder of an article."""
    return os.path.join(library, "articles", article_id[:_PREFIX_LENGTH], article_id)


def with_prefix(library: str, prefix: str) -> str:
    """Return the id of the only article whose id starts with `prefix`; empty if none or several."""
    if len(prefix) < _PREFIX_LENGTH or not _HEXADECIMAL.issuperset(prefix):
        return ""
    try:
        names = os.listdir(os.path.dirname(article_folder(library, prefix)))
    except OSError:
        return ""
    matches = [name for name in names if name.startswith(prefix)]
    return prefix if prefix in matches else matches[0] if len(matches) == 1 else ""


def _absolute(folder: str) -> str:
    expanded = os.path.expanduser(folder)
    try:
        return "" if expanded.startswith("~") else os.path.abspath(expanded)
    except FileNotFoundError:  # the current folder is gone, which a later error says
        return ""
