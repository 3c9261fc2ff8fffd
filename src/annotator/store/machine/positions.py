"""Places in articles: where each was left, and those that their reader has named by a letter."""

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from annotator.model.library_file import Place
from annotator.store.access import WriteLock
from annotator.store.machine.state_file import StateFile


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


class Positions(StateFile[dict[str, Position]]):
    """The reading positions of one library, by article."""

    def __init__(self, state: Path, *, lock: WriteLock) -> None:
        super().__init__(state / "positions.json", dict[str, Position], empty={}, lock=lock)

    def get(self, article_id: str) -> Position | None:
        """Return the reading position of an article, or None if it was never opened."""
        return self.all().get(article_id)

    def save(self, article_id: str, position: Position) -> None:
        """Save the reading position of an article; how far its reader got never shrinks."""

        def saved(known: dict[str, Position]) -> dict[str, Position]:
            before = known.get(article_id, position)
            furthest = max(before.reached, position.reached)
            return known | {article_id: replace(position, furthest=furthest)}

        self.change(saved)


class NamedPlaces(StateFile[dict[str, dict[str, Place]]]):
    """The named places of one library: by article, then by their letter."""

    def __init__(self, state: Path, *, lock: WriteLock) -> None:
        super().__init__(state / "places.json", dict[str, dict[str, Place]], empty={}, lock=lock)

    def save(self, article_id: str, letter: str, place: Place, *, is_only: bool) -> None:
        """Save a place; with `is_only` no other article keeps one of that letter."""

        def saved(known: dict[str, dict[str, Place]]) -> dict[str, dict[str, Place]]:
            places = {key: dict(named) for key, named in known.items()}
            for named in places.values() if is_only else ():
                named.pop(letter, None)
            places.setdefault(article_id, {})[letter] = place
            return {key: named for key, named in places.items() if named}

        self.change(saved)
