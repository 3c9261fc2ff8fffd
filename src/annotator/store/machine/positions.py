"""Reading positions. They belong to the machine, not to the library, and may be lost."""

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from annotator.codec import decode, encode
from annotator.store import files
from annotator.store.access import WriteLock
from annotator.store.os_errors import explained


class Position(Struct, frozen=True):
    """The place where an article was left, and how far its reader got.

    `offset` is the first character on the screen, and `progress` the share of the
    article above it, 0 to 1. `furthest` is the greatest share so far: it stays
    when the reader goes back to the beginning.
    """

    offset: int
    progress: float
    furthest: float = 0.0

    @property
    def reached(self) -> float:
        """The greatest share of the article that was read, 0 to 1."""
        return max(self.progress, self.furthest)


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
        """Save the reading position of an article; how far its reader got never shrinks."""
        with self._lock.held(), explained(self._path, action="written"):
            known = self.all()
            before = known.get(article_id, position)
            furthest = max(before.reached, position.reached)
            saved = replace(position, furthest=furthest)
            files.replace(self._path, encode(known | {article_id: saved}))
