"""Describe a passage by selectors of the W3C Web Annotation Data Model.

A quote selector holds the words with the text before and after them, a position
selector the offsets. Thirty-two characters of context are enough for a passage
that occurs once: more made no difference on 116 articles. A passage that occurs
several times needs more, and its number of occurrences is stored as well: when
one of them is gone later, it may have been the marked one.
"""

from msgspec import UNSET
from msgspec.structs import replace

from annotator.anchoring.normalization import fold, fold_passage
from annotator.errors import InvalidSpan
from annotator.model import Article, Span, Target, TextPositionSelector, TextQuoteSelector

CONTEXT = 32  # characters on each side of a quote that occurs once
FAR_CONTEXT = 256  # of a quote that occurs several times
TWIN_CONTEXT = 64  # if as much occurs elsewhere too, as in songs, menus and captions,
WIDE_CONTEXT = 512  # this much is stored,
MOST_CONTEXT = 1024  # or this much if that occurs elsewhere as well
MOST_OCCURRENCES = 1000  # counted at most

_PUNCTUATION = " \"'.,;:!?()[]-"


def describe(text: str, span: Span, *, revision: str = "") -> Target:
    """Return selectors by which the passage `span` of `text` is found after a change.

    Raises `InvalidSpan` for a passage that is empty or reaches beyond the text.
    """
    if not len(span) or span.end > len(text):
        raise InvalidSpan(
            f"No passage runs from {span.start} to {span.end} in a text of {len(text)} characters.",
            "Give a passage of at least one character within the text.",
        )
    exact = span.of(text)
    count = occurrences(fold_passage(exact).text, fold(text).text)
    reach = CONTEXT if count <= 1 else FAR_CONTEXT
    if _has_twin(text, span, TWIN_CONTEXT):
        reach = MOST_CONTEXT if _has_twin(text, span, WIDE_CONTEXT) else WIDE_CONTEXT
    quote = TextQuoteSelector(exact, *_context(text, span, reach))
    return Target(quote, TextPositionSelector(span.start, span.end), max(1, count), revision)


def describe_in(article: Article, span: Span) -> Target:
    """Return what `describe` does of a passage of an article, with the pages that it is on."""
    target = describe(article.text, span, revision=article.revision)
    page = article.page_at(span.start)
    if page is None:
        return target
    number = page.number or UNSET
    return replace(target, pages=article.pages_of(span) or UNSET, page_number=number)


def occurrences(words: str, text: str) -> int:
    """Return how often folded `words` occur in a folded `text`, without outer punctuation."""
    return len(starts_of(words.strip(_PUNCTUATION) or words.strip(), text))


def starts_of(words: str, text: str) -> list[int]:
    """Return the offsets of `words` in `text`, overlapping ones too, up to a thousand."""
    starts: list[int] = []
    start = text.find(words) if words else -1
    while start >= 0 and len(starts) < MOST_OCCURRENCES:
        starts.append(start)
        start = text.find(words, start + 1)
    return starts


def _context(text: str, span: Span, reach: int) -> tuple[str, str]:
    return text[max(0, span.start - reach) : span.start], text[span.end : span.end + reach]


def _has_twin(text: str, span: Span, reach: int) -> bool:
    """Return whether the context on either side of `span` occurs elsewhere too."""
    return any(
        len(context) == reach and text.find(context, text.find(context) + 1) >= 0
        for context in _context(text, span, reach)
    )
