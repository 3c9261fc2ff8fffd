"""Where the reader left off: the machine's own, not the library's, and no great loss."""

from pathlib import Path

from msgspec import Struct

from annotator.codec import decode, encode
from annotator.store import files
from annotator.store.access import WriteLock
from annotator.store.os_errors import in_words


class Position(Struct, frozen=True):
    """How far an article was read: the first character on the screen, and 0 to 1 of the whole."""

    offset: int
    progress: float


class Positions:
    """The reading positions of one library, by article."""

    def __init__(self, path: Path, *, lock: WriteLock) -> None:
        self._path = path
        self._lock = lock

    def get(self, article_id: str) -> Position | None:
        """Return where the reader left off, if the article was opened before."""
        return self.all().get(article_id)

    def all(self) -> dict[str, Position]:
        """Return every position; a file that cannot be read counts as none."""
        try:
            return decode(files.read(self._path)[0], dict[str, Position])
        except (OSError, ValueError):
            return {}

    def keep(self, article_id: str, position: Position) -> None:
        """Remember where the reader is."""
        with self._lock.held(), in_words(self._path, deed="written"):
            files.replace(self._path, encode(self.all() | {article_id: position}))
