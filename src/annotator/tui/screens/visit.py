"""A reader's stay with an article: where they are, and what is remembered of it."""

from annotator.errors import LibraryError
from annotator.store import Library, Position
from annotator.tui.desk import Clock
from annotator.usecases.opening import OpenArticle, leave


class Visit:
    """Keeps the place, so that the next visit begins there, and whether the article was read."""

    def __init__(self, library: Library, opened: OpenArticle, now: Clock) -> None:
        self._library = library
        self._record = opened.record
        self._now = now
        self._place = self._kept = opened.position
        self._is_refused = False

    @property
    def start(self) -> int:
        """The offset that the visit begins at."""
        return self._kept.offset if self._kept else 0

    def at(self, offset: int, progress: float) -> None:
        """Take note of where the reader is."""
        self._place = Position(offset, progress)

    def keep(self) -> None:
        """Remember the place, if it is another than before.

        What cannot be written is told by the error of the first attempt, and not tried again.
        """
        if self._is_refused or self._place is None or self._place == self._kept:
            return
        try:
            self._library.positions.keep(self._record.id, self._place)
        except LibraryError:
            self._is_refused = True
            raise
        self._kept = self._place

    def end(self) -> None:
        """Remember the place, and that the article is being read or has been."""
        self.keep()
        if self._place is not None:
            leave(self._library, self._record, self._place, now=self._now())
