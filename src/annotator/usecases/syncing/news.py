"""What a set of changed files means for the articles of a library."""

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Final, Literal, get_args

from msgspec import Struct

from annotator.store.articles.article_paths import ARTICLES, BIN, FILE_NAME, shard_of
from annotator.store.incoming import LibraryPath, library_path
from annotator.usecases.syncing.repository import Changes

What = Literal["added", "changed", "moved to the bin", "restored", "deleted"]

_DELETIONS: Final = ("moved to the bin", "deleted")


class ArticleNews(Struct, frozen=True):
    """An article and what happened to it; `title` is empty if it was deleted for good."""

    id: str
    what: What
    title: str = ""


class Exchange(Struct, frozen=True):
    """What goes one way: articles, and sections of values about the library, as tag colours."""

    articles: tuple[ArticleNews, ...] = ()
    sections: tuple[str, ...] = ()


class FolderChanges(dict[LibraryPath, tuple[str, str]]):
    """The changed files of one folder of an article: their blobs before and after."""

    @cached_property
    def own(self) -> tuple[str, str]:
        """The article's own file before and after."""
        return next((pair for path, pair in self.items() if path.name == FILE_NAME), ("", ""))

    @property
    def is_gone(self) -> bool:
        """Whether the article left this folder."""
        return bool(self.own[0]) and not self.own[1]

    @property
    def is_new(self) -> bool:
        """Whether the article came into this folder."""
        return bool(self.own[1]) and not self.own[0]

    @property
    def has_changed(self) -> bool:
        """Whether anything was written in the folder."""
        return any(after for _, after in self.values())


NOTHING: Final = FolderChanges()
Folders = Mapping[str, FolderChanges]


def by_article(changes: Changes) -> dict[str, dict[str, FolderChanges]]:
    """Return the changed files of articles by the article's id and the folder they are in."""
    articles: dict[str, dict[str, FolderChanges]] = {}
    for name, pair in changes.items():
        path = library_path(name)
        if path and path.folder:
            folders = articles.setdefault(path.article_id, {})
            folders.setdefault(path.folder, FolderChanges())[path] = pair
    return articles


def folder_of(article_id: str) -> str:
    """Return the folder of an article in the library."""
    return f"{ARTICLES}/{shard_of(article_id)}/{article_id}"


def exchange(changes: Changes, titles: Mapping[str, str], kept: Collection[str] = ()) -> Exchange:
    """Return what changed files mean; `titles` are those of articles by their ids.

    Of articles that were `kept`, although one side deleted them, nothing is said of that.
    """
    order = get_args(What)
    articles = [
        ArticleNews(article_id, what, titles.get(article_id, ""))
        for article_id, folders in by_article(changes).items()
        if (what := what_happened(article_id, folders))
        if article_id not in kept or what not in _DELETIONS
    ]
    articles.sort(key=lambda news: (order.index(news.what), news.title, news.id))
    sections = [name.split("/")[1][:-5] for name in changes if name.startswith("catalog/")]
    return Exchange(tuple(articles), tuple(sorted(sections)))


def what_happened(article_id: str, folders: Folders) -> What | None:
    """Return what happened to an article; nothing if only files beside it changed."""
    own = folders.get(folder_of(article_id), NOTHING)
    bins = [changes for folder, changes in folders.items() if folder.startswith(BIN)]
    came, left = any(copy.is_new for copy in bins), any(copy.is_gone for copy in bins)
    if own.is_new:
        return "restored" if left else "added"
    if own.has_changed:
        return "changed"
    if own.is_gone or left:
        return "moved to the bin" if came else "deleted"
    return "moved to the bin" if came else None
