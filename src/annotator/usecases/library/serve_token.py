"""The token of `annotator serve`: what a program must know to give pages to this library's user."""

import re
import secrets

from annotator.settings import Folders
from annotator.store.disk import files
from annotator.store.disk.os_errors import explained

_WHOLE = re.compile(r"[\w-]{43}", re.ASCII)


def serve_token(folders: Folders, *, is_new: bool = False) -> str:
    """Return the token: a new one if it is wanted or there is none. Raises `LibraryError`."""
    path = folders.state / "door_token"
    with explained(path, action="written"):
        try:
            kept = "" if is_new else files.read(path, at_most=100)[0].decode("ascii", "replace")
        except FileNotFoundError:
            kept = ""
        if _WHOLE.fullmatch(kept.strip()):
            return kept.strip()
        token = secrets.token_urlsafe(32)  # bytes
        files.make_folder(path.parent)
        files.replace(path, f"{token}\n".encode())  # with the permissions of a private file
    return token
