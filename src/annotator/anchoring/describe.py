"""From a passage to the selectors that find it again, as the W3C data model has them."""

from annotator.anchoring.normalization import fold, fold_passage
from annotator.errors import InvalidSpan
from annotator.model import Span, Target, TextPositionSelector, TextQuoteSelector

CONTEXT = 32  # characters on each side: where quote and context stand once, more tells no more
FAR_CONTEXT = 256  # for a quote that stands more than once, to tell which it is
TWIN_CONTEXT = 64  # where this much stands elsewhere too, as in songs, menus and captions,
WIDE_CONTEXT = 512  # so much is kept, and
MOST_CONTEXT = 1024  # so much where that stands elsewhere as well
MOST_OCCURRENCES = 1000  # beyond it the number tells nothing more

_PUNCTUATION = " \"'.,;:!?()[]-"


def describe(text: str, span: Span, *, revision: str = "") -> Target:
    """Return what finds the passage `span` of `text` again, once the text has changed.

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


def occurrences(words: str, text: str) -> int:
    """Return how often folded `words` stand in a folded `text`, whatever ends them."""
    return len(starts_of(words.strip(_PUNCTUATION) or words.strip(), text))


def starts_of(words: str, text: str) -> list[int]:
    """Return where `words` stand in `text`, overlapping ones too, up to a thousand."""
    starts: list[int] = []
    start = text.find(words) if words else -1
    while start >= 0 and len(starts) < MOST_OCCURRENCES:
        starts.append(start)
        start = text.find(words, start + 1)
    return starts


def _context(text: str, span: Span, reach: int) -> tuple[str, str]:
    return text[max(0, span.start - reach) : span.start], text[span.end : span.end + reach]


def _has_twin(text: str, span: Span, reach: int) -> bool:
    """Tell whether either context of `span` stands elsewhere too."""
    return any(
        len(context) == reach and text.find(context, text.find(context) + 1) >= 0
        for context in _context(text, span, reach)
    )
