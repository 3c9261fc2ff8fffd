"""Paths of the articles in a library: `articles/<first two digits of the id>/<id>/`."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from annotator.store.disk.os_errors import explained
from annotator.store.format.conflict_copies import MERGED

FILE_NAME = "annotations.json"  # an article's own file, within its folder
ARTICLES = "articles"  # the folder of all articles
BIN = "bin"  # the folder of deleted articles
IGNORE_FILE = ".gitignore"
UNTRACKED_PAGES = "*.html.zst"  # a line in it, if pages are left out

_ID = re.compile(r"[0-9a-f]{8,64}")
# What sync programs add to a name. A folder with another addition may be a backup of the user's.
_COPIED = re.compile(r"(\w+?)(?: \d+| ?\(\d+\)|\W.*conflict.*)", re.IGNORECASE | re.ASCII)
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


def leaves_out_pages(library: Path) -> bool:
    """Whether pages stay out of the library's repository, so that a machine may have none."""
    with suppress(OSError, ValueError):
        return UNTRACKED_PAGES in (library / IGNORE_FILE).read_text("utf-8").split()
    return False


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


class FolderCopy(NamedTuple):
    """A copy of an article's folder."""

    article_id: str
    path: Path


def find_copies(library: Path) -> Iterator[FolderCopy]:
    """Yield the copies of articles' folders in a library's folder, but those that were merged."""
    for top in names_in(library):
        if original_name(top) != ARTICLES:
            continue
        for shard in names_in(library / top):
            for name in names_in(library / top / shard):
                article_id = original_name(name)
                is_copy = (top, shard, name) != (ARTICLES, original_name(shard), article_id)
                if (
                    is_copy
                    and is_id(article_id)
                    and article_id.startswith(original_name(shard))
                    and not name.endswith(MERGED)
                    and (library / top / shard / name / FILE_NAME).is_file()
                ):
                    yield FolderCopy(article_id, library / top / shard / name)


def original_name(name: str) -> str:
    """Return a name without what a sync program has added to it."""
    copied = _COPIED.fullmatch(name)
    return copied[1] if copied else name
