"""All that the library holds of an article, as one value: what the formats json and jsonl keep.

Exporting writes these values and importing reads them, so that nothing is lost in between.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from annotator.model.annotation import Annotation
from annotator.model.daily_round import Reviewed
from annotator.model.extraction import Extraction
from annotator.model.moment import Moment
from annotator.model.record import ArticleRecord
from annotator.model.vocabulary import Fit

FORMAT = "annotator-library"
VERSION = 1  # raise it when a field changes its meaning or is no longer there


class Place(Struct, frozen=True):
    """A place in an article that the user gave a letter, and the words there."""

    offset: int
    words: str


class Position(Struct, frozen=True):
    """The place where an article was left, and how far its reader got.

    `offset` is the first character on the screen, and `progress` the share of the
    article above it, 0 to 1. `furthest` is the greatest share so far: it stays
    when the reader goes back to the beginning.
    """

    offset: int
    progress: float
    furthest: float = 0.0

    @property
    def reached(self) -> float:
        """The greatest share of the article that was read, 0 to 1."""
        return max(self.progress, self.furthest)


class LibraryHead(Struct, frozen=True, kw_only=True):
    """The values that belong to the library itself, and the version of the format."""

    format: str = FORMAT
    version: int = VERSION
    tag_colours: Mapping[str, str] = {}
    saved_queries: Mapping[str, str] = {}


class FoundAt(Struct, frozen=True):
    """The place of a mark in the current text, in code points, and whether it moved or changed."""

    start: int
    end: int
    fit: Fit


class StoredMark(Struct, frozen=True):
    """A mark; `found` is None if its words are not in the current text."""

    annotation: Annotation
    found: FoundAt | None = None
    reviewed: Reviewed | None = None


class StoredArticle(Struct, frozen=True, kw_only=True):
    """An article with all that belongs to it.

    `deleted` has by their ids when marks were deleted (one may be back, since it had been changed
    elsewhere), `deleted_by` by whom, and `deleted_edits`
    what had been changed in them by then. Those that are in the bin still are in `binned`.
    """

    record: ArticleRecord
    extraction: Extraction
    marks: Sequence[StoredMark] = ()
    deleted: Mapping[str, datetime] = {}
    deleted_by: Mapping[str, str] = {}
    deleted_edits: Mapping[str, Sequence[tuple[str, Moment]]] = {}
    binned: Mapping[str, Annotation] = {}
    reading: Position | None = None
    places: Mapping[str, Place] = {}
    earlier: Sequence[Extraction] = ()


class LibraryFile(LibraryHead, Struct, frozen=True, kw_only=True):
    """A whole file of the format `json`."""

    articles: Sequence[StoredArticle] = ()
