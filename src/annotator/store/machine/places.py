"""Named places in articles. Like reading positions, they belong to the machine."""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from annotator.codec import decode, encode
from annotator.store import files
from annotator.store.access import WriteLock
from annotator.store.os_errors import explained


class Place(Struct, frozen=True):
    """An offset in the text of an article, and the words there, by which it is found again."""

    offset: int
    words: str


class Places:
    """The named places of one library: by article, then by their letter."""

    def __init__(self, path: Path, *, lock: WriteLock) -> None:
        self._path = path
        self._lock = lock

    def all(self) -> dict[str, dict[str, Place]]:
        """Return all places by article id and letter; none if the file cannot be read."""
        try:
            return decode(files.read(self._path)[0], dict[str, dict[str, Place]])
        except (OSError, ValueError):
            return {}

    def save(self, article_id: str, letter: str, place: Place, *, is_only: bool) -> None:
        """Save a place; with `is_only` no other article keeps one of that letter."""
        with self._lock.held(), explained(self._path, action="written"):
            places = {
                each: named if each == article_id or not is_only else _without(named, letter)
                for each, named in self.all().items()
            }
            places[article_id] = places.get(article_id, {}) | {letter: place}
            files.replace(self._path, encode({k: each for k, each in places.items() if each}))


def _without(named: Mapping[str, Place], letter: str) -> dict[str, Place]:
    return {each: place for each, place in named.items() if each != letter}
