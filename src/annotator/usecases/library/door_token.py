"""The token of the door: what a program must know to give pages to this library's user."""

import re
import secrets
from pathlib import Path

from annotator.settings import Folders
from annotator.store.disk import files
from annotator.store.disk.os_errors import explained

_BYTES = 32
_WHOLE = re.compile(r"[\w-]{43}", re.ASCII)


def door_token(folders: Folders) -> str:
    """Return the token, which is made when it is first wanted. Raises `LibraryError`."""
    path = _path(folders)
    with explained(path, action="read"):
        try:
            kept = files.read(path, at_most=100)[0].decode("ascii", "replace").strip()
        except FileNotFoundError:
            kept = ""
    return kept if _WHOLE.fullmatch(kept) else new_door_token(folders)


def new_door_token(folders: Folders) -> str:
    """Return a new token; the one before is of no use any more. Raises `LibraryError`."""
    token = secrets.token_urlsafe(_BYTES)
    path = _path(folders)
    with explained(path, action="written"):
        files.make_folder(path.parent)
        files.replace(path, f"{token}\n".encode())  # with the permissions of a private file
    return token


def _path(folders: Folders) -> Path:
    return folders.state / "door_token"
