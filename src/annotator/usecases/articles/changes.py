"""Changes of an article and of the passages marked in it, from one revision to another.

Marks are not rewritten. A mark keeps the words that it was made on, and the
changes are computed each time from those words and the saved revisions.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from annotator.diffing.paragraphs import ArticleDiff, compare_articles
from annotator.diffing.words import DiffPiece, changed, differences
from annotator.errors import DamagedFile, NotInLibrary
from annotator.model import (
    Anchored,
    AnchoredMark,
    Annotation,
    Article,
    ArticleRecord,
    Extraction,
    Span,
)
from annotator.model.labels import ACCESS
from annotator.store import Library
from annotator.store.articles.revision_policy import compare
from annotator.usecases.articles.open_article import anchor_marks


class Version(Struct, frozen=True):
    """A revision of an article, with the time of its page and the version of the rules."""

    article: Article
    fetched_at: datetime | None = None
    extractor: str = ""


class Reworded(Struct, frozen=True):
    """A mark whose passage, now at `span`, has been reworded since it was marked."""

    annotation: Annotation
    then: str
    now: str
    span: Span
    pieces: tuple[DiffPiece, ...]

    @property
    def changes(self) -> tuple[DiffPiece, ...]:
        """The differences, changed numbers first."""
        return changed(self.pieces)

    @property
    def has_other_numbers(self) -> bool:
        """Whether a number in the passage changed, which may change the claim."""
        return any(piece.has_other_numbers for piece in self.pieces)


class Moved(Struct, frozen=True):
    """A mark whose passage has the same words elsewhere in the text."""

    annotation: Annotation
    span: Span


class Lost(Struct, frozen=True):
    """A mark whose passage cannot be found; `guess` is the text that may have replaced it."""

    annotation: Annotation
    span: Span | None
    guess: str


class MarkChanges(Struct, frozen=True):
    """The changes of an article's marks, in order; reworded ones with changed numbers first."""

    reworded: tuple[Reworded, ...] = ()
    moved: tuple[Moved, ...] = ()
    lost: tuple[Lost, ...] = ()


class ArticleChanges(Struct, frozen=True):
    """The changes of marks since each was made, and of paragraphs from `then` to `now`.

    Both revisions are the same if there is only one to compare.
    """

    record: ArticleRecord
    then: Version
    now: Version
    marks: MarkChanges
    paragraphs: ArticleDiff

    @property
    def is_extracted_again(self) -> bool:
        """Whether the rules changed and not the page."""
        then, now = self.then, self.now
        return then.fetched_at == now.fetched_at and then.extractor != now.extractor

    @property
    def has_any(self) -> bool:
        """Whether anything changed."""
        marks = self.marks
        return bool(marks.reworded or marks.lost or marks.moved or self.paragraphs.changes)


def changes(library: Library, article_id: str) -> ArticleChanges:
    """Return the changes of an article's marks and, since the previous revision, of its text.

    Revisions that hold no article, or less of it than the current one, are skipped.
    """
    record = library.article(article_id).record()
    current = library.article(article_id).extraction(record.revision)
    now = _version(library, record.id, current)
    then = _version_before(library, record, current) or now
    marks = changes_of_marks(now.article, library.article(article_id).annotations())
    return ArticleChanges(record, then, now, marks, compare_articles(then.article, now.article))


def changes_of_marks(article: Article, annotations: Sequence[Annotation]) -> MarkChanges:
    """Return the changes of marks in the current text of `article`."""
    placed = anchor_marks(article, annotations)
    shown = [_reworded(mark, article) for mark in placed]
    reworded = [mark for mark in shown if mark and mark.changes]
    return MarkChanges(
        tuple(sorted(reworded, key=lambda mark: not mark.has_other_numbers)),
        tuple(
            Moved(mark.annotation, mark.place.span)
            for mark in placed
            if isinstance(mark.place, Anchored) and mark.place.fit == "moved"
        ),
        tuple(_lost(mark, article) for mark in placed if mark.span is None),
    )


def paragraph_places(changes: ArticleChanges) -> tuple[int, ...]:
    """Return the offset of each changed paragraph in the current text.

    A removed paragraph gets the end of the paragraph that it followed.
    """
    then, now = changes.then.article, changes.now.article
    ends = {block.text: now.span_of(index).end for index, block in enumerate(now.blocks)}
    became = {change.then: change.now.end for change in changes.paragraphs.changes if change.now}
    behind, end = {}, 0
    for index, block in enumerate(then.blocks):
        span = then.span_of(index)
        behind[span] = end
        end = became.get(span, ends.get(block.text, end))
    return tuple(
        change.now.start if change.now else behind[change.then] if change.then else 0
        for change in changes.paragraphs.changes
    )


def new_changes(then: Article, now: Article, annotations: Sequence[Annotation]) -> MarkChanges:
    """Return the changes of marks in `now` that they did not have in `then`."""
    before, after = (changes_of_marks(article, annotations) for article in (then, now))
    known = {mark.annotation.id: mark.now for mark in before.reworded}
    places = {mark.annotation.id: mark.span.start for mark in before.moved}
    lost = {mark.annotation.id for mark in before.lost}
    return replace(
        after,
        reworded=tuple(
            mark for mark in after.reworded if known.get(mark.annotation.id) != mark.now
        ),
        moved=tuple(
            mark for mark in after.moved if places.get(mark.annotation.id) != mark.span.start
        ),
        lost=tuple(mark for mark in after.lost if mark.annotation.id not in lost),
    )


def _reworded(placed: AnchoredMark, article: Article) -> Reworded | None:
    where, then = placed.place, placed.annotation.quote
    if not isinstance(where, Anchored) or where.fit != "changed":
        return None
    now = where.span.of(article.text)
    return Reworded(placed.annotation, then, now, where.span, differences(then, now))


def _lost(placed: AnchoredMark, article: Article) -> Lost:
    span = None if isinstance(placed.place, Anchored) else placed.place.best_guess
    return Lost(placed.annotation, span, span.of(article.text) if span else "")


def _version(library: Library, article_id: str, extraction: Extraction) -> Version:
    fetched_at = None
    with suppress(NotInLibrary, DamagedFile):  # of the page; the text is there
        fetched_at = library.article(article_id).page(extraction.article.revision).fetched_at
    return Version(extraction.article, fetched_at, extraction.extractor)


def _version_before(library: Library, record: ArticleRecord, current: Extraction) -> Version | None:
    """Return the revision that the current one replaced.

    A later one than the current had less text, unless the page has changed back
    to what it was before. Passages that the reader restored or removed are no
    change of the page.
    """
    revisions = record.revisions
    at = revisions.index(record.revision) if record.revision in revisions else len(revisions)
    for number in (*range(len(revisions) - 1, at, -1), *range(at - 1, -1, -1)):
        try:
            extraction = library.article(record.id).extraction(revisions[number])
        except (NotInLibrary, DamagedFile):
            continue
        if not ACCESS[extraction.completeness.access].holds_article:
            continue
        if _differs_by_choice(library, record.id, extraction, current):
            continue
        if number < at or compare(record, extraction) == "revised":
            return _version(library, record.id, extraction)
    return None


def _differs_by_choice(
    library: Library, article_id: str, then: Extraction, now: Extraction
) -> bool:
    """Return whether two revisions are of the same page, with other choices of the reader."""
    if then.choices == now.choices or then.extractor != now.extractor:
        return False
    with suppress(NotInLibrary, DamagedFile):
        pages = [
            library.article(article_id).page(version.article.revision) for version in (then, now)
        ]
        return pages[0].content == pages[1].content
    return False
