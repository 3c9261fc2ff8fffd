"""The articles that are open: each is one object for all who ask, and some stay in memory."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from annotator.errors import NotInLibrary
from annotator.store.shelf import Shelf, is_id, row_of
from annotator.store.wording import quoted

if TYPE_CHECKING:
    from annotator.store.access import Access
    from annotator.store.article_folder import ArticleFolder
    from annotator.store.tables import Tables

MOST = 32  # articles whose file is kept in memory; one reads a few at a time


class AtHand:
    """The articles of a shelf, the last that were asked for kept as they were read."""

    def __init__(self, shelf: Shelf, access: Access) -> None:
        self.article = lru_cache(maxsize=MOST)(self._open)
        self._shelf = shelf
        self._access = access
        self._articles: WeakValueDictionary[str, ArticleFolder] = WeakValueDictionary()

    def known(self, article_id: str) -> Tables | None:
        """Return what was read of an article that is kept; the disk is not asked."""
        article = self._articles.get(article_id)
        return article.known if article else None

    def _open(self, article_id: str) -> ArticleFolder:
        if not is_id(article_id):
            hint = "List the articles to see their ids."
            raise NotInLibrary(f"{quoted(article_id)} is no id of an article.", hint)
        from annotator.store.article_folder import ArticleFolder

        lock = self._access.lock(f"articles-{row_of(article_id)}")
        article = ArticleFolder(self._shelf.path(article_id), access=self._access, lock=lock)
        self._articles[article_id] = article
        return article
