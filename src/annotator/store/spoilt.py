"""Versions of an article that are damaged, while the page that they were made of is whole."""

from contextlib import suppress

from msgspec import Struct
from msgspec.structs import replace

from annotator.errors import LibraryError
from annotator.model import Extraction, Page
from annotator.store.article_folder import ArticleFolder


class Spoilt(Struct, frozen=True):
    """A damaged version of an article, and what its page may have been: of one kind or another."""

    revision: str
    pages: tuple[Page, ...]


class SpoiltVersions:
    """The damaged versions of one article, to be cleaned again by whoever can."""

    def __init__(self, article: ArticleFolder) -> None:
        self._article = article
        self._revisions = article.revisions

    def found(self) -> tuple[Spoilt, ...]:
        """Return the versions that could be cleaned again; none if there is no record of any."""
        found = []
        with suppress(LibraryError):
            record = self._article.record()
            for revision in filter(self._is_spoilt, record.revisions):
                with suppress(LibraryError):
                    html = self._revisions.html(revision)
                    pages = self._revisions.pages_of(revision, html, url=record.url)
                    found.append(Spoilt(revision, pages))
        return tuple(found)

    def put_back(self, revision: str, extraction: Extraction, page: Page) -> bool:
        """Write a version anew if `extraction` has its text; tell whether it has."""
        if extraction.article.revision != revision:
            return False
        same = replace(extraction, article=replace(extraction.article, id=self._article.identity))
        with self._article.held():
            self._revisions.keep(same, page)
        return True

    def believe(self, spoilt: Spoilt) -> None:
        """Keep a version that was altered if its text was not, as it is now."""
        with suppress(LibraryError), self._article.held():
            self._revisions.keep(self._revisions.altered(spoilt.revision), spoilt.pages[0])

    def _is_spoilt(self, revision: str) -> bool:
        try:
            self._revisions.extraction(revision)
        except LibraryError:
            return True
        return False
