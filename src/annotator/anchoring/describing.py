"""From a passage to the selectors that find it again, as the W3C data model has them."""

from annotator.anchoring.folding import fold, fold_passage
from annotator.errors import InvalidSpan
from annotator.model import Span, Target, TextPositionSelector, TextQuoteSelector

CONTEXT = 32  # characters on each side; more found nothing more in 13,108 changed articles
MOST_OCCURRENCES = 1000  # beyond it the number tells nothing more


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
    quote = TextQuoteSelector(
        exact=exact,
        prefix=text[max(0, span.start - CONTEXT) : span.start],
        suffix=text[span.end : span.end + CONTEXT],
    )
    words = fold_passage(exact).text.strip()
    count = len(starts_of(words, fold(text).text))
    return Target(quote, TextPositionSelector(span.start, span.end), max(1, count), revision)


def starts_of(words: str, text: str) -> list[int]:
    """Return where `words` stand in `text`, overlapping ones too, up to a thousand."""
    starts: list[int] = []
    start = text.find(words) if words else -1
    while start >= 0 and len(starts) < MOST_OCCURRENCES:
        starts.append(start)
        start = text.find(words, start + 1)
    return starts
