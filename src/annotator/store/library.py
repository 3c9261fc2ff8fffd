"""The library: everything that is kept, and every change to it."""

from __future__ import annotations

import os
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Self

from annotator.errors import InvalidInput, LibraryError, NotInLibrary
from annotator.store import files, schema
from annotator.store.access import Access
from annotator.store.bin import Bin
from annotator.store.finder import Finder
from annotator.store.pages import Pages
from annotator.store.shelf import is_id
from annotator.store.wording import in_words, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from types import TracebackType

    from annotator.model import Annotation, ArticleRecord, Extraction, Page
    from annotator.store.article_folder import ArticleFolder
    from annotator.store.keeping import Kept
    from annotator.store.positions import Positions


class Library(Finder):
    """A folder of articles with their marks and versions.

    Two programs may write to one at the same time. A change is on the disk
    when its method returns, and has not happened when it raises.
    """

    def __init__(self, access: Access, cache: Path | None = None) -> None:
        super().__init__(access, cache)
        self._changed: set[str] = set()
        self._bin = Bin(access.folder / "bin")
        self.state = access.state
        self.pages = Pages(access.state / "pages")

    @classmethod
    def open(cls, data: Path, *, state: Path, cache: Path | None = None) -> Self:
        """Return the library in the folder `data`, which is made if it is missing.

        A library that may not be written to, or that a later version wrote, opens
        read-only. `state` holds what belongs to the machine: locks and positions;
        `cache` the index, without which large libraries are slower.
        """
        folder = Path(os.path.realpath(data))
        _require_folder(folder)
        access = Access(folder, state)
        schema.check(access)
        return cls(access, cache)

    @cached_property
    def positions(self) -> Positions:
        """Where the reader left off in each article."""
        from annotator.store.positions import Positions

        lock = self._access.lock("positions")
        return Positions(self.state / "positions.json", lock=lock)

    def close(self) -> None:
        """Let go of the library. Nothing but the index is left to be written."""
        self.take_in(self._changed)
        self._changed.clear()
        super().close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def keep(self, extraction: Extraction, page: Page, *, now: datetime) -> Kept:
        """Keep a copy of an article; a worse one becomes a version, never the current one."""
        if not is_id(extraction.article.id):
            message = f"{quoted(extraction.article.id)} cannot be the id of an article."
            raise InvalidInput(message, "An id is made of 8 to 64 hexadecimal digits.")
        return self._to_change(extraction.article.id).keep(extraction, page, now=now)

    def update(
        self, article_id: str, change: Callable[[ArticleRecord], ArticleRecord]
    ) -> ArticleRecord:
        """Change an article's record as it is now, under the lock."""
        return self._to_change(article_id).update(change)

    def put(self, annotations: Sequence[Annotation]) -> None:
        """Insert or replace marks, atomically for each article, and clear their tombstones."""
        by_article = sorted(annotations, key=attrgetter("article_id"))
        groups = [
            (key, list(marks)) for key, marks in groupby(by_article, attrgetter("article_id"))
        ]
        for article_id, _ in groups[1:]:
            self.record(article_id)  # a mark without its article is refused before any is kept
        for article_id, marks in groups:
            self._to_change(article_id).put(marks)

    def revise(
        self, article_id: str, annotation_id: str, change: Callable[[Annotation], Annotation]
    ) -> Annotation:
        """Change a mark as it is now, under the lock."""
        return self._to_change(article_id).revise(annotation_id, change)

    def remove(self, article_id: str, annotation_ids: Sequence[str], *, now: datetime) -> None:
        """Remove marks. Their tombstones keep an older copy from bringing them back."""
        self._to_change(article_id).remove(annotation_ids, now=now)

    def discard(self, article_id: str) -> None:
        """Move an article with its marks and versions to the bin."""
        article = self._to_change(article_id)
        with article.held(), in_words(article.path, deed="moved"):
            if not article.path.is_dir():
                raise NotInLibrary(f"The library holds no article {quoted(article_id)}.")
            self._bin.take(article.path)

    def restore(self, article_id: str) -> ArticleRecord:
        """Move an article back from the bin."""
        article = self._to_change(article_id)
        with article.held(), in_words(article.path, deed="moved"):
            if article.path.exists():
                message = f"The article {quoted(article_id)} is in the library already."
                raise LibraryError(message, "Remove that one first if you want the one in the bin.")
            if not self._bin.give_back(article.path):
                raise NotInLibrary(f"The bin holds no article {quoted(article_id)}.")
        return article.record()

    def discarded(self) -> tuple[str, ...]:
        """Return the ids of the articles that `restore` can bring back."""
        return self._bin.ids()

    def _to_change(self, article_id: str) -> ArticleFolder:
        """Return an article that the index must look at again."""
        article = self._article(article_id)
        self._changed.add(article_id)
        return article


def _require_folder(folder: Path) -> None:
    with in_words(folder, deed="read"):
        files.make_folder(folder)
        os.scandir(folder).close()
