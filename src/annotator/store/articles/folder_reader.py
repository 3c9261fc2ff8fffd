"""Reading articles from their folders, each as one object that all callers share."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from itertools import chain
from typing import Literal, TypeVar
from weakref import WeakValueDictionary

from annotator.errors import AmbiguousId, LibraryError, NotInLibrary
from annotator.model import Annotation
from annotator.model.text import clean_line
from annotator.store.access import LibraryAccess
from annotator.store.articles.article_folder import ArticleFolder
from annotator.store.articles.article_paths import ArticlePaths, is_id
from annotator.store.disk.os_errors import quoted
from annotator.store.format.article_tables import Tables

T = TypeVar("T")

CACHED = 32  # articles whose tables stay in memory; users read a few at a time

_HINTS = {
    "article": "`annotator list` shows their ids.",
    "mark": "`annotator notes` shows their ids.",
}


class FolderReader:
    """A reader of all articles of a library; `on_change` and `complete` are those of an article."""

    def __init__(
        self,
        paths: ArticlePaths,
        access: LibraryAccess,
        on_change: Callable[[str], None],
        *,
        complete: Callable[[str], bool],
    ) -> None:
        self.article = lru_cache(maxsize=CACHED)(self._open)
        self._paths = paths
        self._access = access
        self._on_change = on_change
        self._complete = complete
        self._articles: WeakValueDictionary[str, ArticleFolder] = WeakValueDictionary()

    def resolve(self, prefix: str) -> str:
        """Return the id of the only article whose id begins with `prefix`."""
        wanted = prefix.strip().lower()
        ids = self._paths.ids(wanted) if wanted else ()
        existing = {
            article_id: article_id
            for article_id in ids
            if self.article(article_id).fingerprint is not None
        }
        return _only(existing, prefix, "article")

    def annotation(self, prefix: str, article_ids: Iterable[str]) -> Annotation:
        """Return the only mark of some articles whose id begins with `prefix`."""
        wanted = prefix.strip().lower()
        tables = filter(None, map(self.tables, article_ids))
        marks = chain.from_iterable(article.annotations.values() for article in tables)
        return _only(
            {mark.id: mark for mark in marks if mark.id.startswith(wanted)}, prefix, "mark"
        )

    def tables(self, article_id: str) -> Tables | None:
        """Return an article's tables, repaired if necessary; None, with a notice, if lost."""
        try:
            return self.article(article_id).tables()
        except NotInLibrary:  # a folder whose article is just being added
            return None
        except LibraryError as error:
            self._access.notice(str(error))
            return None

    def known(self, article_id: str) -> Tables | None:
        """Return the tables of an article if they are in memory, without looking at the disk."""
        article = self._articles.get(article_id)
        return article.known if article else None

    def text(self, article_id: str, revision: str) -> str | None:
        """Return the text of a revision; None if it is lost."""
        try:
            return self.article(article_id).revisions.text(revision)
        except LibraryError:
            return None

    def _open(self, article_id: str) -> ArticleFolder:
        if not is_id(article_id):
            raise NotInLibrary(f"{quoted(article_id)} is not an article's id.", _HINTS["article"])
        path = self._paths.path(article_id)
        article = ArticleFolder(path, self._access, self._on_change, complete=self._complete)
        self._articles[article_id] = article
        return article


def _only(values: Mapping[str, T], prefix: str, kind: Literal["article", "mark"]) -> T:
    """Return the only value found for `prefix`, or the one whose id is exactly that."""
    wanted = prefix.strip().lower()
    if wanted in values:
        return values[wanted]
    if len(values) == 1:
        return next(iter(values.values()))
    if not values:
        message = f"The library has no {kind} whose id begins with {quoted(prefix)}."
        raise NotInLibrary(message, _HINTS[kind])
    raise AmbiguousId.of(clean_line(prefix), values)
