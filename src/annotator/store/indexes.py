"""The index in the cache folder, and one in memory for when that cannot be used."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from annotator.errors import LibraryError
from annotator.store.index.database import IndexUnavailable
from annotator.store.index.index import Index
from annotator.store.index.update import Source

T = TypeVar("T")


class Indexes:
    """What answers questions about all articles. Without a path there is only the one in memory."""

    def __init__(self, path: Path | None, source: Source) -> None:
        self._source = source
        self.on_disk = Index(path, source) if path else None

    @property
    def has_used_memory(self) -> bool:
        """Tell whether the file could not answer, some time."""
        return "_in_memory" in self.__dict__

    def quickly(self, question: Callable[[Index], T], otherwise: Callable[[], T]) -> T:
        """Return the answer of the file, or, if there is none that can be used, another."""
        if self.on_disk is None:
            return otherwise()
        try:
            return question(self.on_disk)
        except IndexUnavailable:
            return otherwise()

    def surely(self, question: Callable[[Index], T]) -> T:
        """Return the answer of the file, or of an index in memory, which takes longer to make."""
        return self.quickly(question, lambda: self._from_memory(question))

    def note(self, article_ids: Sequence[str]) -> None:
        """Let the file, if there is one, take in what was just written."""
        if self.on_disk:
            with suppress(IndexUnavailable):
                self.on_disk.note(article_ids)

    def bring_up_to_date(self, goes_on: Callable[[], bool]) -> None:
        """Let the file take in all that changed, for as long as `goes_on` says so."""
        if self.on_disk:
            with suppress(IndexUnavailable):
                self.on_disk.bring_up_to_date(goes_on)

    def close(self) -> None:
        """Let go of both."""
        for index in (self.on_disk, self.__dict__.pop("_in_memory", None)):
            if index:
                index.close()

    @cached_property
    def _in_memory(self) -> Index:
        return Index(None, self._source)

    def _from_memory(self, question: Callable[[Index], T]) -> T:
        try:
            return question(self._in_memory)
        except IndexUnavailable as error:
            raise LibraryError(
                f"The library cannot be searched: {error}.",
                "Python's SQLite must have FTS5, as it has on all usual systems.",
            ) from error
