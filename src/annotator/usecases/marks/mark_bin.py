"""The bin of marks: what was deleted in the last months, to restore it or to delete it for good.

A deleted mark is kept with its note, tags, links and claim in the file of its article, and so on
every machine that has the library. One whose article is in the bin comes back with the article.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from datetime import datetime

from msgspec import Struct

from annotator.errors import LibraryError
from annotator.model import Annotation, ArticleRecord
from annotator.model.identity import only_one
from annotator.store import Library, Marked, questions
from annotator.store.format.mark_edits import KEPT, in_bin
from annotator.usecases.marks.mark_edit import MarkEdit


class BinnedMark(Struct, frozen=True):
    """A mark in the bin, with its article, and when it was deleted."""

    record: ArticleRecord
    annotation: Annotation
    removed: datetime

    @property
    def id(self) -> str:
        """The id of the mark."""
        return self.annotation.id


def binned_marks(library: Library, *, now: datetime) -> tuple[BinnedMark, ...]:
    """Return the marks in the bin, those that were deleted last first."""
    marks = [
        mark
        for article_id in _articles(library)
        for mark in _binned_in(library, article_id, now=now)
    ]
    return tuple(sorted(marks, key=lambda mark: (mark.removed, mark.id), reverse=True))


def find_binned(library: Library, prefix: str, *, now: datetime) -> BinnedMark:
    """Return the only mark in the bin whose id begins with `prefix`.

    Raises `NotInLibrary` or `AmbiguousId` if it is not one.
    """
    marks = {mark.id: mark for mark in binned_marks(library, now=now)}
    missing = f"No mark in the bin has an id that begins with “{prefix}”."
    return only_one(marks, prefix, missing, "`annotator restore` lists the bin.")


def deleted_marks(library: Library, ids: Collection[str]) -> tuple[Marked, ...]:
    """Return those of the marks with these ids that are in the bin."""
    marks: list[Marked] = []
    for article_id in _articles(library) if ids else ():
        with suppress(LibraryError):
            tombstones = library.article(article_id).deleted_marks()
            wanted = [tombstones[key].mark for key in tombstones.keys() & set(ids)]
            record = library.article(article_id).record()
            marks += [Marked(record, mark) for mark in wanted if mark is not None]
    return tuple(marks)


def restore_marks(library: Library, marks: Sequence[BinnedMark], *, now: datetime) -> MarkEdit:
    """Restore marks from the bin, and return the step.

    Those that are there again, or whose article is gone, are left. Raises `Conflict` if all are.
    """
    return MarkEdit("Restore", (), tuple(mark.annotation for mark in marks)).redo(library, now=now)


def empty_mark_bin(library: Library, marks: Collection[BinnedMark], *, now: datetime) -> None:
    """Delete marks from the bin, for good."""
    ids: defaultdict[str, list[str]] = defaultdict(list)
    for mark in marks:
        ids[mark.record.id].append(mark.id)
    for article_id, mark_ids in ids.items():
        library.article(article_id).empty_bin(mark_ids, now=now)


def forget_old_marks(library: Library, *, now: datetime) -> None:
    """Delete marks from the bin that have been in it for longer than they are kept.

    That can wait for another time if the library is gone, read-only or busy.
    """
    ids: tuple[str, ...] = ()
    with suppress(LibraryError):
        ids = _articles(library)
    for article_id in ids:
        with suppress(LibraryError):
            tombstones = library.article(article_id).deleted_marks().values()
            if any(tombstone.mark and now - tombstone.removed > KEPT for tombstone in tombstones):
                library.article(article_id).empty_bin((), now=now)


def _binned_in(library: Library, article_id: str, *, now: datetime) -> Iterator[BinnedMark]:
    with suppress(LibraryError):  # it was removed meanwhile, or is damaged
        record = library.article(article_id).record()
        for tombstone in library.article(article_id).deleted_marks().values():
            mark = in_bin(tombstone, now=now)
            if mark is not None:
                yield BinnedMark(record, mark, tombstone.removed)


def _articles(library: Library) -> tuple[str, ...]:
    """Return the ids of articles with marks in the bin."""
    return library.ask(questions.links.articles_with_binned_marks())
