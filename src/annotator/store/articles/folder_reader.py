"""What may be asked of a library: its articles, their marks, and their versions."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Literal, TypeVar
from weakref import WeakValueDictionary

from annotator.errors import AmbiguousId, LibraryError, NotInLibrary
from annotator.store import files
from annotator.store.articles.article_paths import FILE_NAME, Shelf, is_id, row_of
from annotator.store.os_errors import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from annotator.model import Annotation, ArticleRecord, Extraction, Page
    from annotator.store.access import Access
    from annotator.store.articles.article_folder import ArticleFolder
    from annotator.store.format.article_tables import Header, Tables
    from annotator.store.format.mirrored_file import Contents


T = TypeVar("T")
What = Literal["article", "mark"]

_SHOWN = 5  # ids in a message


class Catalogue:
    """The reading half of a library, by going through the folders of the articles."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._shelf = Shelf(access.folder / "articles")
        self._at_hand = AtHand(self._shelf, access)
        self._article = self._at_hand.article

    @property
    def folder(self) -> Path:
        """Where the library is."""
        return self._access.folder

    @property
    def is_read_only(self) -> bool:
        """Tell whether every change will be refused."""
        return self._access.is_read_only

    @property
    def why_read_only(self) -> str:
        """What every change will be refused with, in sentences; empty if none will be."""
        return self._access.why_read_only

    @property
    def notices(self) -> tuple[str, ...]:
        """What was found damaged so far, and what was done about it, in sentences."""
        return self._access.notices

    def records(self) -> tuple[ArticleRecord, ...]:
        """Return the articles, newest added first; of a damaged one there is a notice instead."""
        found = (self._listed(identity) for identity in self._shelf.ids())
        return tuple(sorted(filter(None, found), key=_newness, reverse=True))

    def record(self, article_id: str) -> ArticleRecord:
        """Return an article's record."""
        return self._article(article_id).record()

    def resolve(self, prefix: str) -> str:
        """Return the one article's id that begins with `prefix`."""
        wanted = prefix.strip().lower()
        found = self._shelf.ids(wanted) if wanted else ()
        return one_of({each: each for each in found if self._is_there(each)}, prefix, "article")

    def extraction(self, article_id: str, revision: str = "") -> Extraction:
        """Return an article as cleaned, its current version unless told."""
        article = self._article(article_id)
        return article.revisions.extraction(revision or article.record().revision)

    def page(self, article_id: str, revision: str = "") -> Page:
        """Return an article as fetched, its current version unless told."""
        article = self._article(article_id)
        return article.revisions.page(revision or article.record().revision)

    def annotations(self, article_id: str) -> tuple[Annotation, ...]:
        """Return an article's marks by position, then by id."""
        return self._article(article_id).tables().in_order

    def annotation(self, prefix: str) -> Annotation:
        """Return the one mark, of any article, whose id begins with `prefix`."""
        wanted = prefix.strip().lower()
        found = (self._marks(identity, wanted) for identity in self._shelf.ids() if wanted)
        return one_of({mark.id: mark for mark in chain.from_iterable(found)}, prefix, "mark")

    def looks(self) -> object:
        """Return what changes whenever an article does, comes or goes; it costs a look at each."""
        from annotator.store.index.scan import sweep

        return [
            (row.name, row.looks or row.signatures())
            for row in sweep(self._shelf.folder, FILE_NAME)
        ]

    def signature(self, article_id: str) -> object:
        """Return what changes whenever the article's file did; it costs one look at the disk."""
        return self._article(article_id).signature

    def _is_there(self, article_id: str) -> bool:
        return self.signature(article_id) is not None

    def _listed(self, article_id: str) -> ArticleRecord | None:
        glance = self._glance(article_id)
        header = glance.value if glance else self._tables(article_id)
        return header.record if header else None

    def _marks(self, article_id: str, prefix: str) -> list[Annotation]:
        glance = self._glance(article_id)
        if glance and f'"{prefix}'.encode() not in glance.data:
            return []
        tables = self._tables(article_id)
        marks = tables.annotations.values() if tables else ()
        return [mark for mark in marks if mark.id.startswith(prefix)]

    def _glance(self, article_id: str) -> Contents[Header] | None:
        """Return the record alone, if the file is sound: the quick way, for many articles."""
        from annotator.store.format.article_tables import parse_header
        from annotator.store.format.mirrored_file import Contents

        try:
            data, _ = files.read(self._shelf.path(article_id) / FILE_NAME)
            return Contents(data, parse_header(data))
        except (OSError, ValueError):
            return None

    def _tables(self, article_id: str) -> Tables | None:
        """Return all there is, mended if it must be; nothing, and a notice, if it cannot be had."""
        try:
            return self._article(article_id).tables()
        except NotInLibrary:  # a folder whose article is only just being added
            return None
        except LibraryError as error:
            self._access.notice(str(error))
            return None


_HINTS: dict[What, str] = {
    "article": "List the articles to see their ids.",
    "mark": "List the notes to see their ids.",
}


def _newness(record: ArticleRecord) -> tuple[float, str]:
    return record.added.timestamp(), record.id


def one_of(found: Mapping[str, T], prefix: str, what: What) -> T:
    """Return the one whose id begins with `prefix`, or is it; the ids in `found` all do."""
    wanted = prefix.strip().lower()
    if len(found) == 1 or wanted in found:
        return found[wanted] if wanted in found else next(iter(found.values()))
    raise _failure(prefix, found, what=what)


def _failure(prefix: str, ids: Iterable[str], *, what: What) -> LibraryError:
    found = sorted(ids)
    if not found:
        message = f"The library holds no {what} whose id begins with {quoted(prefix)}."
        return NotInLibrary(message, _HINTS[what])
    shown = ", ".join(found[:_SHOWN]) + (" and others" if len(found) > _SHOWN else "")
    return AmbiguousId(f"{quoted(prefix)} fits several: {shown}.", "Type more of the id.")


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
        from annotator.store.articles.article_folder import ArticleFolder

        lock = self._access.lock(f"articles-{row_of(article_id)}")
        article = ArticleFolder(self._shelf.path(article_id), access=self._access, lock=lock)
        self._articles[article_id] = article
        return article
