"""The places in articles that their reader has named by a letter."""

from pathlib import Path

from annotator.model.library_file import Place
from annotator.store.access import WriteLock
from annotator.store.machine.state_file import StateFile


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
