"""Merging copies of whole folders, which sync programs make of folders with the same name.

If two machines add one article while they are offline, or start a library each, some
programs keep both folders:

    articles/8f/8f1378ebef7fe231 2                               iCloud
    articles/8f (1)/8f1378ebef7fe231, articles (1)/8f/…          Google Drive
    catalog 2                                                    iCloud

An article in such a copy is merged with the one in its place. The copy is kept as `….merged`.
One that is still being downloaded is left alone.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from annotator.errors import LibraryError
from annotator.store.access import LibraryAccess
from annotator.store.articles.article_folder import ArticleFolder
from annotator.store.articles.article_paths import FILE_NAME, ArticlePaths, is_id, names_in
from annotator.store.articles.revisions import EXTRACTION, PAGE
from annotator.store.catalog import CATALOG_FOLDER, Catalog
from annotator.store.disk import files
from annotator.store.disk.os_errors import explained, quoted
from annotator.store.format.article_tables import parse_header
from annotator.store.format.conflict_copies import MERGED, set_aside

_ARTICLES = "articles"
# What sync programs add to a name. A folder with another addition may be a backup of the user's.
_COPIED = re.compile(r"(\w+?)(?: \d+| ?\(\d+\)|\W.*conflict.*)", re.IGNORECASE | re.ASCII)
_FILE = "annotations (from a copy of the folder).json"  # named and merged like a conflict copy


class FolderCopy(NamedTuple):
    """A copy of an article's folder."""

    article_id: str
    path: Path


def find_copies(library: Path) -> Iterator[FolderCopy]:
    """Yield the copies of articles' folders in a library's folder, but those that were merged."""
    for top in names_in(library):
        if _original(top) != _ARTICLES:
            continue
        for shard in names_in(library / top):
            for name in names_in(library / top / shard):
                article_id = _original(name)
                is_copy = (top, shard, name) != (_ARTICLES, _original(shard), article_id)
                if (
                    is_copy
                    and is_id(article_id)
                    and article_id.startswith(_original(shard))
                    and not name.endswith(MERGED)
                    and (library / top / shard / name / FILE_NAME).is_file()
                ):
                    yield FolderCopy(article_id, library / top / shard / name)


def merge_copies(access: LibraryAccess) -> None:
    """Merge all copies of folders that are whole, and say so in notices."""
    for copy in list(find_copies(access.folder)):
        with suppress(LibraryError):
            if _is_whole(copy):
                _merge(access, copy)
    for name in names_in(access.folder):
        path = access.folder / name
        if name != CATALOG_FOLDER == _original(name) and not name.endswith(MERGED):
            with suppress(LibraryError), explained(path, action="moved"):
                if Catalog(access).merge(path):
                    kept = set_aside(path)
                    access.notice(
                        f"{quoted(path)}, a copy of the folder of saved queries and colours, "
                        f"was merged into it, and is kept as {quoted(kept.name)}."
                    )


def _original(name: str) -> str:
    """Return a name without what a sync program has added to it."""
    copied = _COPIED.fullmatch(name)
    return copied[1] if copied else name


def _is_whole(copy: FolderCopy) -> bool:
    """Whether a copy has an undamaged file of the article and all the texts that it names."""
    try:
        record = parse_header(files.read(copy.path / FILE_NAME)[0]).record
    except (OSError, ValueError):
        return False
    texts = [
        copy.path / "revisions" / f"{revision}{suffix}"
        for revision in record.revisions
        for suffix in (EXTRACTION, PAGE)
    ]
    return record.id == copy.article_id and all(text.is_file() for text in texts)


def _merge(access: LibraryAccess, copy: FolderCopy) -> None:
    article = ArticleFolder(ArticlePaths(access.folder / _ARTICLES).path(copy.article_id), access)
    with article.locked(), explained(copy.path, action="moved"):
        article.take_in(copy.path, name=_FILE)
        kept = set_aside(copy.path)
    access.notice(
        f"{quoted(copy.path)}, a copy of the folder of {quoted(article.record().title)}, "
        f"was merged into it, and is kept as {quoted(kept.name)}."
    )
