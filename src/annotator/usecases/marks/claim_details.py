"""A mark in full: in its paragraph, with its links and what links to it."""

from msgspec import Struct

from annotator.errors import LibraryError
from annotator.model import Anchored, Annotation
from annotator.store import Library, Marked
from annotator.usecases.articles.open_article import anchor_marks
from annotator.usecases.marks.links import Linked

MAX_AROUND = 1_200  # characters of the paragraph shown before and after the passage
_CUT = "…"


class ClaimPassage(Struct, frozen=True):
    """The marked words, and the rest of their paragraph before and after them.

    `is_found` is false if the words are not in the article's current text.
    """

    before: str
    words: str
    after: str
    is_found: bool = True


class ClaimDetails(Struct, frozen=True):
    """A mark with its passage and its links, also those of other marks to it.

    `author` is who made it, if that is somebody else than the user.
    """

    marked: Marked
    passage: ClaimPassage
    links: tuple[Linked, ...] = ()
    author: str = ""


def other_author(library: Library, mark: Annotation) -> str:
    """Return who made a mark, empty if that is the user or not known."""
    return mark.author if mark.author and mark.author != library.author else ""


def passage_of(library: Library, mark: Annotation) -> ClaimPassage:
    """Return the passage of a mark; of a text that cannot be read, what the mark remembers."""
    try:
        article = library.article(mark.article_id).extraction().article
    except LibraryError:  # of a damaged text, which the article's own screen explains
        return _remembered(mark)
    (placed,) = anchor_marks(article, (mark,))
    span = placed.place.span if isinstance(placed.place, Anchored) else None
    if span is None:
        return _remembered(mark, is_found=False)
    first = article.span_of(article.block_at(span.start))
    last = article.span_of(article.block_at(max(span.start, span.end - 1)))
    text = article.text
    before = text[first.start : span.start]
    after = text[span.end : last.end]
    if len(before) > MAX_AROUND:
        before = _CUT + before[-MAX_AROUND:].partition(" ")[2]
    if len(after) > MAX_AROUND:
        after = after[:MAX_AROUND].rpartition(" ")[0] + _CUT
    return ClaimPassage(before, span.of(text), after)


def _remembered(mark: Annotation, *, is_found: bool = True) -> ClaimPassage:
    """Return the words with the few around them that the mark itself remembers."""
    quote = mark.target.quote
    before = f"{_CUT}{quote.prefix}" if quote.prefix else ""
    after = f"{quote.suffix}{_CUT}" if quote.suffix else ""
    return ClaimPassage(before, quote.exact, after, is_found)
