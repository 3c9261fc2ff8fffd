"""Find a quotation that another program cut from a text, without having its selectors.

Services keep highlights as they got them: white space collapsed or lost, ellipses where they
were too long, entities of HTML, straight quotation marks, no italics, footnote numbers among
the words, passages over paragraphs run together. All of this is outside of the letters and
digits. So both are reduced to these, with a map back to the text:

    the text     in May.[3]  “Prices rose — by a tenth,” said     inmay3pricesrosebyatenthsaid
    the quote    "Prices rose - by a tenth,"                      pricesrosebyatenth

Where this finds several places, context and position decide, or the first one of a long
passage; a short one that occurs twice and has no context stays unplaced. What is not found so
was reworded since, and `anchor` decides.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import unescape

from msgspec import Struct
from rapidfuzz.distance import Postfix, Prefix

from annotator.anchoring import anchor
from annotator.anchoring.describe import starts_of
from annotator.model import Anchored, Orphan, Span, Target, TextPositionSelector, TextQuoteSelector

FEWEST = 24  # letters; a shorter quote that occurs twice is not placed without context
TELLING = 3  # letters that a part between two ellipses must have
MOST_LEFT_OUT = 5_000  # characters between two parts of a quote with an ellipsis
CONTEXT = 40  # letters of context that are compared
SEARCHED = 20_000  # characters of a quote; a longer one is found by its ends
_CLOSE = 0.25  # share of the text within which the position must be, to choose by it

_ELLIPSIS = re.compile(r"\s*(?:\[\s*(?:…|\.{3,})\s*\]|\(\s*(?:…|\.{3,})\s*\)|…|\.{3,})\s*")
_LINES = re.compile(r"\s*\n\s*")  # between which a caption may be that is not in the quote
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_LINK = re.compile(
    r"!?\[([^\[\]]{0,1000})\]\((?:[^()\s]|\([^()\s]{0,200}\)){0,2000}(?: \"[^\"]*\")?\)"
)
_FOOTNOTE = re.compile(
    r"\[\s?(?:\d{1,3}|[a-z]|note \d{1,3})\s?\]|(?<=[.,;:!?”\"'’)])\d{1,3}(?=\s|$)"
)
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_TEXTS_CACHED = 2


class Hint(Struct, frozen=True):
    """A hint of a service about a place: the text around it, and its distance from the start.

    `share` is from 0 to 1, or None.
    """

    prefix: str = ""
    suffix: str = ""
    share: float | None = None


def find_quote(
    text: str, quote: str, hint: Hint | None = None, *, ignored: Sequence[Span] = ()
) -> Anchored | Orphan:
    """Return the place of a quotation in a text.

    `exact` means that its letters are all there, whatever is between them; `changed` that
    words differ. `ignored` are spans of the text, in order, that quotations may lack, such as
    the numbers of footnotes.
    """
    hint = hint or Hint()
    letters = _letters_of(text, tuple(ignored))
    for variant in _variants(quote):
        spans = list(_places(letters, variant))
        if spans:
            best = _best(letters, spans, hint, sought=len(_bare(variant)))
            if best is None:
                return Orphan(spans[0])
            return Anchored(with_edges(text, best, variant))
    return _searched(text, quote, hint)


class _Letters(Struct, frozen=True):
    """The letters of a text, with the offset of each."""

    text: str
    bare: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


@lru_cache(maxsize=_TEXTS_CACHED)
def _letters_of(text: str, ignored: tuple[Span, ...]) -> _Letters:
    bare: list[str] = []
    offsets: list[int] = []
    starts = [span.start for span in ignored]
    for offset, character in enumerate(text):
        if not character.isalnum():
            continue
        if starts:
            index = bisect_right(starts, offset) - 1
            if index >= 0 and offset in ignored[index]:
                continue
        for letter in _folded(character):
            bare.append(letter)
            offsets.append(offset)
    return _Letters(text, "".join(bare), offsets)


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    if character.isascii():
        return character.lower()
    plain = unicodedata.normalize("NFKD", character).casefold()
    return "".join(character for character in plain if character.isalnum())


def _bare(words: str) -> str:
    return "".join(_folded(character) for character in words if character.isalnum())


def _variants(quote: str) -> Iterator[str]:
    """Yield a quote as it is, then without what services leave in it, each form once."""
    seen: set[str] = set()
    quote = quote.strip()
    plain = unescape(unescape(quote)) if "&" in quote else quote
    untagged = _TAG.sub("", plain) if "<" in plain else plain
    untagged = _LINK.sub(r"\1", untagged) if "](" in untagged else untagged
    without = _FOOTNOTE.sub("", untagged.translate(dict.fromkeys(map(ord, _SUPERSCRIPTS))))
    for form in (quote, plain, untagged, without):
        key = _bare(form)
        if key and key not in seen:
            seen.add(key)
            yield form


def _places(letters: _Letters, quote: str) -> Iterator[Span]:
    """Yield the places of a quote: of all of it, or of its parts between ellipses or lines."""
    whole = _bare(quote)
    whole_quotes = [*_occurrences(letters, whole)]
    yield from whole_quotes
    for between in () if whole_quotes else (_ELLIPSIS, _LINES):
        parts = [part for part in map(_bare, between.split(quote)) if len(part) >= TELLING]
        if parts and (len(parts) > 1 or between.search(quote)):
            yield from _in_parts(letters, parts)


def _occurrences(letters: _Letters, sought: str) -> Iterator[Span]:
    """Yield the places of letters: those of whole words, else all of a long passage."""
    starts = starts_of(sought, letters.bare)
    spans = [letters.span(start, start + len(sought)) for start in starts]
    whole = [
        span
        for span in spans
        if not (_joins(letters.text, span.start) or _joins(letters.text, span.end))
    ]
    yield from whole or (spans if len(sought) >= FEWEST else ())


def _joins(text: str, offset: int) -> bool:
    """Whether a word goes on here; scripts without spaces have no such places."""
    if not 0 < offset < len(text):
        return False
    before, after = text[offset - 1], text[offset]
    return before.isalnum() and after.isalnum() and before < "\u0e00" and after < "\u0e00"


def _in_parts(letters: _Letters, parts: Sequence[str]) -> Iterator[Span]:
    """Yield the passages from a first part to a last one, with all parts between them in order."""
    for start in starts_of(parts[0], letters.bare):
        end = start + len(parts[0])
        for part in parts[1:]:
            next_start = letters.bare.find(part, end, end + MOST_LEFT_OUT + len(part))
            if next_start < 0:
                break
            end = next_start + len(part)
        else:
            yield letters.span(start, end)


def _best(letters: _Letters, spans: Sequence[Span], hint: Hint, *, sought: int) -> Span | None:
    """Return the only place, or the one that the hint speaks for."""
    if len(spans) == 1:
        return spans[0]
    prefix, suffix = _bare(hint.prefix)[-CONTEXT:], _bare(hint.suffix)[:CONTEXT]
    if prefix or suffix:
        scores = [_context(letters, span, prefix, suffix) for span in spans]
        most = max(scores)
        if most > 0 and scores.count(most) == 1:
            return spans[scores.index(most)]
    if hint.share is not None:
        wanted = hint.share * len(letters.text)
        near = sorted(spans, key=lambda span: abs(span.start - wanted))
        first, second = (abs(span.start - wanted) for span in near[:2])
        if first < _CLOSE * len(letters.text) and first * 2 <= second:
            return near[0]
    return spans[0] if sought >= FEWEST else None


def _context(letters: _Letters, span: Span, prefix: str, suffix: str) -> int:
    """Return how many letters on both sides are those of the context."""
    start = bisect_left(letters.offsets, span.start)
    end = bisect_left(letters.offsets, span.end)
    before, after = letters.bare[max(0, start - CONTEXT) : start], letters.bare[end : end + CONTEXT]
    return Postfix.similarity(prefix, before) + Prefix.similarity(suffix, after)


def with_edges(text: str, span: Span, quote: str) -> Span:
    """Return the span with the punctuation at its ends that the quote has as well."""
    quote = quote.strip()
    first = next((i for i, character in enumerate(quote) if character.isalnum()), 0)
    last = next((i for i, character in enumerate(reversed(quote)) if character.isalnum()), 0)
    before, after = quote[:first], quote[len(quote) - last :]
    start, end = span.start, span.end
    while before and start and _alike(text[start - 1], before[-1]):
        start, before = start - 1, before[:-1]
    while after and end < len(text) and _alike(text[end], after[0]):
        end, after = end + 1, after[1:]
    return Span(start, end).trimmed(text)


def _alike(one: str, other: str) -> bool:
    if one == other or (one.isspace() and other.isspace()):  # as in « il est tard »
        return True
    quotes = "“”„‟″«»\"'‘’‚‛′`"
    return (one in quotes and other in quotes) or (one in "-–—" and other in "-–—")


def _searched(text: str, quote: str, hint: Hint) -> Anchored | Orphan:
    """Return the place of words that are not all there, or that have no letters."""
    words = unescape(quote.strip())[:SEARCHED]
    if not words:
        return Orphan()
    at = round((hint.share or 0) * len(text))
    selector = TextQuoteSelector(words, hint.prefix[-256:], hint.suffix[:256])
    target = Target(selector, TextPositionSelector(at, at + len(words)))
    anchored = anchor(target, text)
    if isinstance(anchored, Anchored) and anchored.fit == "moved":
        return Anchored(anchored.span)
    return anchored
