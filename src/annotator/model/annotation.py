"""Marks on passages, in the terms of the W3C Web Annotation Data Model."""

from datetime import datetime

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from annotator.model.claim import Claim
from annotator.model.moment import Moment
from annotator.model.span import Span
from annotator.model.vocabulary import NO_MOMENT, Fit, Relation, Status

CLAIM = "claim"  # the kind of marks that are claims, whatever is known of them
# Kinds of marks that are none: one that was a claim keeps its details for when it is one again.
NO_CLAIMS = frozenset({"evidence", "question", "definition", "highlight"})


class TextQuoteSelector(Struct, frozen=True):
    """A passage by its words, with the text before and after it."""

    exact: str
    prefix: str = ""
    suffix: str = ""


class TextPositionSelector(Struct, frozen=True):
    """A passage by its position in the text, in code points."""

    start: int
    end: int


class Target(Struct, frozen=True):
    """The passage that a mark was made on; the quote occurs `occurrences` times in `revision`.

    `pages` are the labels of the printed pages that it is on, "14" or "14–15", and
    `page_number` counts the first of them in the file. Both are only there in a document with
    pages.
    """

    quote: TextQuoteSelector
    position: TextPositionSelector
    occurrences: int = 1
    revision: str = ""
    pages: str | UnsetType = UNSET
    page_number: int | UnsetType = UNSET


class Link(Struct, frozen=True):
    """A relation of a mark to another mark (by its id) or to a page (by its URL).

    With `is_reversed` it leads the other way: the mark is supported by the page. A page
    holds no links; between two marks the one that supports has the link.
    """

    relation: Relation
    target: str
    note: str = ""
    is_reversed: bool = False


class Annotation(Struct, frozen=True):
    """A mark on an article. `kind` names one of the reader's kinds of marks.

    `tags` are normalised (see `tags.normalise`); times are UTC. `edits` are the fields that were
    changed since it was made, each with the time of its last change; the store notes them, to
    merge the marks of two machines. `author` is who made the mark, empty if nobody knows, and
    `editors` are those who changed a field last and are somebody else. `proposed` is the program
    that proposed the mark, which its author took then.
    """

    id: str
    article_id: str
    target: Target
    kind: str = "highlight"
    tags: tuple[str, ...] = ()
    note: str = ""
    claim: Claim | None = None
    links: tuple[Link, ...] = ()
    created: Moment = NO_MOMENT
    modified: Moment = NO_MOMENT
    edits: tuple[tuple[str, Moment], ...] = ()
    author: str = ""
    editors: tuple[tuple[str, str], ...] = ()
    proposed: str = ""

    @property
    def quote(self) -> str:
        """The words that were marked."""
        return self.target.quote.exact

    @property
    def status(self) -> Status | None:
        """The status of a claim, and None for a mark that is none.

        Claims are the marks of the kind `claim`, open until they have details, and those of
        a kind of the settings that have some. All lists and counts of claims go by this.
        """
        if self.claim is not None and self.kind not in NO_CLAIMS:
            return self.claim.status
        return "open" if self.kind == CLAIM else None

    @property
    def contents(self) -> "Annotation":
        """The annotation without when and by whom it was changed, which no reader writes."""
        return replace(self, modified=NO_MOMENT, edits=(), author="", editors=())

    @property
    def unsigned(self) -> "Annotation":
        """The annotation without its author."""
        return replace(self, author="")

    def at(self, moment: datetime) -> "Annotation":
        """Return the annotation as modified at `moment`."""
        return replace(self, modified=moment)


class Tombstone(Struct, frozen=True):
    """The time when a mark was deleted; merging an older copy then does not bring it back.

    `edits` are those that the mark had. `mark` is what was deleted, as long as it is in the bin,
    and `emptied` the time when it was deleted from there; `author` is who deleted it.
    """

    removed: Moment
    edits: tuple[tuple[str, Moment], ...] = ()
    mark: Annotation | None = None
    emptied: Moment | None = None
    author: str = ""


class Anchored(Struct, frozen=True):
    """The current place of a mark; `fit` says whether it moved or its words changed."""

    span: Span
    fit: Fit = "exact"


class Orphan(Struct, frozen=True):
    """The result for a mark that was not found with certainty, with the best guess if any."""

    best_guess: Span | None = None


class AnchoredMark(Struct, frozen=True):
    """An annotation with its place in the current text of the article."""

    annotation: Annotation
    place: Anchored | Orphan

    @property
    def unsigned(self) -> "AnchoredMark":
        """The mark without its author."""
        return replace(self, annotation=self.annotation.unsigned)

    @property
    def span(self) -> Span | None:
        """The passage to highlight; `None` for an orphan."""
        return self.place.span if isinstance(self.place, Anchored) else None
