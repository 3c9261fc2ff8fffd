"""Where discarded articles wait, with their marks and versions, until they are wanted again."""

from collections.abc import Iterator
from pathlib import Path

from annotator.store import files
from annotator.store.shelf import is_id

_MANY = 10_000  # times that one article may have been discarded


class Bin:
    """The folder of discarded articles. One that was discarded twice is there twice."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def take(self, folder: Path) -> None:
        """Move an article's folder into the bin."""
        files.make_folder(self._folder)
        place = next(path for path in self._places(folder.name) if not path.exists())
        _move(folder, place)

    def give_back(self, folder: Path) -> None:
        """Move what was discarded last of an article to `folder`."""
        latest = self.latest(folder.name)
        if latest is None:
            raise FileNotFoundError(folder.name)
        files.make_folder(folder.parent)
        _move(latest, folder)

    def latest(self, article_id: str) -> Path | None:
        """Return the folder of an article as it was discarded last, if it was."""
        latest = None
        for path in self._places(article_id):
            if not path.exists():
                break
            latest = path
        return latest

    def ids(self) -> tuple[str, ...]:
        """Return the ids of the articles that can be had back."""
        if not self._folder.is_dir():
            return ()
        return tuple(sorted(path.name for path in self._folder.iterdir() if is_id(path.name)))

    def _places(self, article_id: str) -> Iterator[Path]:
        yield self._folder / article_id
        yield from (self._folder / f"{article_id}.{number}" for number in range(2, _MANY))


def _move(source: Path, target: Path) -> None:
    source.rename(target)
    files.sync_folder(target.parent)
    files.sync_folder(source.parent)
