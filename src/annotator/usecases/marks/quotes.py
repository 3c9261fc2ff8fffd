"""Finding a passage by a quote that was typed or pasted."""

import re

from annotator.anchoring.normalization import fold, fold_passage
from annotator.errors import InvalidInput, InvalidSpan
from annotator.model import Article, Span
from annotator.model.text import clean_line

CONTEXT = 24  # characters shown around each match, enough to tell them apart
MAX_PLACES = 5  # shown; a word with more matches is too common to pick one from a list
MAX_QUOTE = 60  # characters of a quote repeated in a message

_SPAN = re.compile("([0-9]{1,9}):([0-9]{1,9})")


def find_quote(article: Article, quote: str) -> Span:
    """Return the span of `quote`, which may differ in quotation marks, dashes, spaces and capitals.

    An exact match wins. Raises `InvalidInput` if there is no match or several.
    """
    if not quote.strip():
        raise InvalidInput("The quote has no words.", "Give the words that you want to mark.")
    places = _exact_places(article.text, quote.strip()) or _folded_places(article.text, quote)
    if not places:
        raise InvalidInput(
            f"“{_shortened(quote)}” was not found in “{article.title}”.",
            "Copy the words from the output of `annotator show`, or use --at START:END.",
        )
    if len(places) > 1:
        raise _ambiguous(article.text, quote, places)
    return places[0]


def parse_span(text: str) -> Span:
    """Return the span in `START:END`, two offsets in code points of the article's text."""
    match = _SPAN.fullmatch(text.strip())
    if not match:
        raise InvalidSpan(
            f"“{_shortened(text)}” is not a passage.", "Give two numbers, such as --at 120:185."
        )
    return Span(int(match[1]), int(match[2]))


def _exact_places(text: str, quote: str) -> list[Span]:
    starts = _starts(text, quote)
    return [Span(start, start + len(quote)) for start in starts]


def _folded_places(text: str, quote: str) -> list[Span]:
    folded, words = fold(text), fold_passage(quote).text.strip()
    starts = _starts(folded.text, words) if words else []
    return [folded.original(start, start + len(words)) for start in starts]


def _starts(text: str, words: str) -> list[int]:
    starts, start = [], text.find(words)
    while start >= 0:
        starts.append(start)
        start = text.find(words, start + len(words))
    return starts


def _ambiguous(text: str, quote: str, places: list[Span]) -> InvalidInput:
    shown = [f"--at {span.start}:{span.end}  {_in_context(text, span)}" for span in places]
    more = [f"and {len(shown) - MAX_PLACES} more"] if len(shown) > MAX_PLACES else []
    return InvalidInput(
        f"“{_shortened(quote)}” appears {len(places)} times.",
        "\n  ".join(["Quote more words, or pick one:", *shown[:MAX_PLACES], *more]),
    )


def _in_context(text: str, span: Span) -> str:
    before = text[max(0, span.start - CONTEXT) : span.start]
    after = text[span.end : span.end + CONTEXT]
    before = clean_line(before, limit=CONTEXT) + " " * before[-1:].isspace()
    after = " " * after[:1].isspace() + clean_line(after, limit=CONTEXT)
    return f"…{before}[{_shortened(span.of(text))}]{after}…"


def _shortened(quote: str) -> str:
    return clean_line(quote, limit=MAX_QUOTE)
