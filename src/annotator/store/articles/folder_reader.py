"""Reading articles from their folders: the slow but certain way, which the index makes faster."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Literal, TypeVar
from weakref import WeakValueDictionary

from annotator.errors import AmbiguousId, LibraryError, NotInLibrary
from annotator.model import Annotation, ArticleRecord
from annotator.model.text import clean_line
from annotator.store.access import LibraryAccess
from annotator.store.articles.article_folder import ArticleFolder
from annotator.store.articles.article_paths import FILE_NAME, ArticlePaths, is_id
from annotator.store.disk import files
from annotator.store.disk.os_errors import quoted
from annotator.store.format.article_tables import Header, Tables, parse_header

T = TypeVar("T")

CACHED = 32  # articles whose tables stay in memory; users read a few at a time

_HINTS = {
    "article": "List the articles to see their ids.",
    "mark": "List the notes to see their ids.",
}


class ArticleCache:
    """One object for each open article, shared by all callers; some stay in memory."""

    def __init__(
        self, paths: ArticlePaths, access: LibraryAccess, on_change: Callable[[str], None]
    ) -> None:
        self.article = lru_cache(maxsize=CACHED)(self._open)
        self._paths = paths
        self._access = access
        self._on_change = on_change
        self._articles: WeakValueDictionary[str, ArticleFolder] = WeakValueDictionary()

    def known(self, article_id: str) -> Tables | None:
        """Return the tables of an article if they are in memory, without looking at the disk."""
        article = self._articles.get(article_id)
        return article.known if article else None

    def _open(self, article_id: str) -> ArticleFolder:
        if not is_id(article_id):
            raise NotInLibrary(f"{quoted(article_id)} is not an article's id.", _HINTS["article"])
        article = ArticleFolder(self._paths.path(article_id), self._access, self._on_change)
        self._articles[article_id] = article
        return article


class FolderReader:
    """A reader of all articles of a library. `on_change` gets the id of one that is changed."""

    def __init__(
        self, paths: ArticlePaths, access: LibraryAccess, on_change: Callable[[str], None]
    ) -> None:
        self._paths = paths
        self._access = access
        self.cache = ArticleCache(paths, access, on_change)
        self.article = self.cache.article

    def records(self) -> tuple[ArticleRecord, ...]:
        """Return all records, newest first; damaged articles become notices."""
        headers = (self._header(article_id) for article_id in self._paths.ids())
        records = (header.record for header in headers if header)
        return tuple(sorted(records, key=attrgetter("added", "id"), reverse=True))

    def resolve(self, prefix: str) -> str:
        """Return the id of the only article whose id begins with `prefix`."""
        wanted = prefix.strip().lower()
        ids = self._paths.ids(wanted) if wanted else ()
        existing = [
            article_id for article_id in ids if self.article(article_id).fingerprint is not None
        ]
        return _only(dict(zip(existing, existing, strict=True)), prefix, "article")

    def annotation(self, prefix: str, article_ids: Iterable[str] | None = None) -> Annotation:
        """Return the only mark whose id begins with `prefix`, in some articles or in all."""
        wanted = prefix.strip().lower()
        ids = self._paths.ids() if article_ids is None else article_ids
        marks = chain.from_iterable(self._marks(article_id, wanted) for article_id in ids if wanted)
        return _only({mark.id: mark for mark in marks}, prefix, "mark")

    def tables(self, article_id: str) -> Tables | None:
        """Return an article's tables, repaired if necessary; None, with a notice, if lost."""
        try:
            return self.article(article_id).tables()
        except NotInLibrary:  # a folder whose article is just being added
            return None
        except LibraryError as error:
            self._access.notice(str(error))
            return None

    def text(self, article_id: str, revision: str) -> str | None:
        """Return the text of a revision; None if it is lost."""
        try:
            return self.article(article_id).revisions.text(revision)
        except LibraryError:
            return None

    def _header(self, article_id: str) -> Header | None:
        _, header = self._glance(article_id)
        return header or self.tables(article_id)

    def _marks(self, article_id: str, prefix: str) -> list[Annotation]:
        data, header = self._glance(article_id)
        if header and f'"{prefix}'.encode() not in data:
            return []
        tables = self.tables(article_id)
        marks = tables.annotations.values() if tables else ()
        return [mark for mark in marks if mark.id.startswith(prefix)]

    def _glance(self, article_id: str) -> tuple[bytes, Header | None]:
        """Return the file and its record, without its marks: quick, but no help with damage."""
        try:
            data, _ = files.read(self._paths.path(article_id) / FILE_NAME)
            return data, parse_header(data)
        except (OSError, ValueError):
            return b"", None


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
