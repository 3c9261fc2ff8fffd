"""Where the folders of the articles are, and which there are."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from annotator.store.os_errors import in_words

FILE_NAME = "annotations.json"  # an article's own file, within its folder

_ID = re.compile(r"[0-9a-f]{8,64}")
_SPREAD = 2  # digits of an id that choose the folder above: 256 folders keep each of them short


class Shelf:
    """The folder that holds a folder for each article."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, article_id: str) -> Path:
        """Return where an article is, or would be."""
        return self.folder / article_id[:_SPREAD] / article_id

    def ids(self, prefix: str = "") -> Iterator[str]:
        """Yield the ids that have a folder and begin with `prefix`, without opening any."""
        for row in names_in(self.folder):
            if row.startswith(prefix[:_SPREAD]):
                names = names_in(self.folder / row)
                yield from (name for name in names if name.startswith(prefix) and is_id(name))


def is_id(name: str) -> bool:
    """Tell whether an article can have that id; what else there is on disk is none of ours."""
    return _ID.fullmatch(name) is not None


def row_of(article_id: str) -> str:
    """Return what the articles that share a folder, and a lock, have in common."""
    return article_id[:_SPREAD]


def names_in(folder: Path) -> list[str]:
    """Return what a folder holds, in order; nothing if there is no such folder."""
    with in_words(folder, deed="read"):
        try:
            return sorted(os.listdir(folder))  # noqa: PTH208 - no path objects: there are thousands
        except (FileNotFoundError, NotADirectoryError):
            return []
