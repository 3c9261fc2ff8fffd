"""Reading positions. They belong to the machine, not to the library, and may be lost."""

from pathlib import Path

from msgspec import Struct

from annotator.codec import decode, encode
from annotator.store import files
from annotator.store.access import WriteLock
from annotator.store.os_errors import explained


class Position(Struct, frozen=True):
    """The first character on the screen, and the share of the article above it, 0 to 1."""

    offset: int
    progress: float


class Positions:
    """The reading positions of one library, by article."""

    def __init__(self, path: Path, *, lock: WriteLock) -> None:
        self._path = path
        self._lock = lock

    def get(self, article_id: str) -> Position | None:
        """Return the reading position of an article, or None if it was never opened."""
        return self.all().get(article_id)

    def all(self) -> dict[str, Position]:
        """Return all positions by article id; none if the file cannot be read."""
        try:
            return decode(files.read(self._path)[0], dict[str, Position])
        except (OSError, ValueError):
            return {}

    def save(self, article_id: str, position: Position) -> None:
        """Save the reading position of an article."""
        with self._lock.held(), explained(self._path, action="written"):
            files.replace(self._path, encode(self.all() | {article_id: position}))
