"""Reading articles from their folders, each as one object that all callers share."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import chain
from weakref import WeakValueDictionary

from annotator.errors import LibraryError, NotInLibrary
from annotator.model import Annotation
from annotator.model.identity import only_one
from annotator.store.access import LibraryAccess
from annotator.store.articles.article_folder import ArticleFolder
from annotator.store.articles.article_paths import ArticlePaths, is_id
from annotator.store.disk.os_errors import quoted
from annotator.store.format.article_tables import Tables

CACHED = 32  # articles whose tables stay in memory; users read a few at a time

_MISSING = "The library has no {} whose id begins with {}."
_HINT = "`annotator list` shows their ids."


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
        return only_one(existing, prefix, _MISSING.format("article", quoted(prefix)), _HINT)

    def annotation(self, prefix: str, article_ids: Iterable[str]) -> Annotation:
        """Return the only mark of some articles whose id begins with `prefix`."""
        tables = filter(None, map(self.tables, article_ids))
        marks = dict(chain.from_iterable(article.annotations.items() for article in tables))
        missing = _MISSING.format("mark", quoted(prefix))
        return only_one(marks, prefix, missing, "`annotator notes` shows their ids.")

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
            raise NotInLibrary(f"{quoted(article_id)} is not an article's id.", _HINT)
        path = self._paths.path(article_id)
        article = ArticleFolder(path, self._access, self._on_change, complete=self._complete)
        self._articles[article_id] = article
        return article
