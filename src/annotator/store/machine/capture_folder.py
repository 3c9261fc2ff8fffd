"""Pages that a browser gave and that are not in the library yet, a file for each.

Unlike all else in the state folder they may not be lost: whoever gave one was told that it is
kept. A file goes when the article is in the library. A program that is killed in between stores
the same article again, which changes nothing.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from annotator.codec import pack, unpack
from annotator.store.disk import files
from annotator.store.disk.os_errors import explained
from annotator.store.ids import new_id

_SUFFIX = ".page"


class Captured(Struct, frozen=True):
    """A page as a browser had it, without `data` one that is to be fetched at its address.

    With `keeps_saved`, an article that is in the library stays as it is.
    """

    url: str
    received: datetime
    data: bytes = b""
    tags: tuple[str, ...] = ()
    keeps_saved: bool = False


class CaptureFolder:
    """The pages of one library that wait, by keys in the order in which they came."""

    def __init__(self, state: Path) -> None:
        self._folder = state / "captured"

    def waiting(self) -> Sequence[str]:
        """Return the keys of all that wait, the oldest first."""
        return sorted(path.stem for path in self._folder.glob(f"*{_SUFFIX}"))

    def keep(self, captured: Captured) -> str:
        """Keep a page and return its key. Raises `LibraryError` if it cannot be written."""
        key = new_id()
        with explained(self._folder, action="written"):
            files.make_folder(self._folder)
            files.create(self._path(key), pack(captured))
        return key

    def get(self, key: str) -> Captured | None:
        """Return a page; None if it is gone, or damaged."""
        try:
            return unpack(files.read(self._path(key))[0], Captured)
        except (OSError, ValueError):
            return None

    def drop(self, key: str) -> None:
        """Forget a page."""
        with explained(self._folder, action="written"):
            self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}{_SUFFIX}"
