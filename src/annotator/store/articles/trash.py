"""Where discarded articles wait, with their marks and versions, until they are wanted again."""

from pathlib import Path

from annotator.store import files
from annotator.store.articles.article_paths import is_id, names_in

_MARK = "."  # before the number of one that was discarded more than once


class Bin:
    """The folder of discarded articles. One that was discarded twice is there twice."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def take(self, folder: Path) -> None:
        """Move an article's folder into the bin."""
        files.make_folder(self._folder)
        number = max(self._copies(folder.name), default=0) + 1
        _move(folder, self._place(folder.name, number))

    def give_back(self, folder: Path) -> bool:
        """Move what was discarded last of an article to `folder`; tell whether there was any."""
        number = max(self._copies(folder.name), default=0)
        if number:
            files.make_folder(folder.parent)
            _move(self._place(folder.name, number), folder)
        return number > 0

    def ids(self) -> tuple[str, ...]:
        """Return the ids of the articles that can be had back."""
        names = {name.partition(_MARK)[0] for name in names_in(self._folder)}
        return tuple(sorted(filter(is_id, names)))

    def _copies(self, article_id: str) -> list[int]:
        """Return the numbers of an article's copies: 1 has none in its name."""
        numbers = []
        for name in names_in(self._folder):
            identity, _, number = name.partition(_MARK)
            if identity == article_id and (not number or number.isdecimal()):
                numbers.append(int(number or 1))
        return numbers

    def _place(self, article_id: str, number: int) -> Path:
        return self._folder / (article_id if number == 1 else f"{article_id}{_MARK}{number}")


def _move(source: Path, target: Path) -> None:
    source.rename(target)
    files.sync_folder(target.parent)
    files.sync_folder(source.parent)
