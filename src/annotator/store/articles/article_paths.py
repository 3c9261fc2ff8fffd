"""Paths of the articles in a library: `articles/<first two digits of the id>/<id>/`."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from annotator.store.disk.os_errors import explained

FILE_NAME = "annotations.json"  # an article's own file, within its folder
ARTICLES = "articles"  # the folder of all articles
BIN = "bin"  # the folder of deleted articles

_ID = re.compile(r"[0-9a-f]{8,64}")
_SHARD_DIGITS = 2  # 256 shards, so that no folder gets long


class ArticlePaths:
    """The folder `articles`, which has a folder for each article, grouped into shards."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, article_id: str) -> Path:
        """Return the path of an article's folder, whether or not it exists."""
        return self.folder / shard_of(article_id) / article_id

    def ids(self, prefix: str = "") -> Iterator[str]:
        """Yield the ids that have a folder and begin with `prefix`, without opening any."""
        for shard in names_in(self.folder):
            if shard.startswith(prefix[:_SHARD_DIGITS]):
                names = names_in(self.folder / shard)
                yield from (
                    name
                    for name in names
                    if name.startswith(prefix) and is_id(name) and shard_of(name) == shard
                )


def is_id(name: str) -> bool:
    """Whether an article can have that id; files and folders of other names are not ours."""
    return _ID.fullmatch(name) is not None


def shard_of(article_id: str) -> str:
    """Return the shard of an article. Articles of a shard share a parent folder and a lock."""
    return article_id[:_SHARD_DIGITS]


def names_in(folder: Path) -> list[str]:
    """Return the sorted names in a folder; none if it does not exist."""
    with explained(folder, action="read"):
        try:
            return sorted(os.listdir(folder))  # noqa: PTH208 - no path objects: there are thousands
        except (FileNotFoundError, NotADirectoryError):
            return []
