"""Where sentences begin and end, by rules of our own, in any language that ends them with a mark.

A mark that may end a sentence is a candidate; each rule may say that the
sentence goes on. Sentences inside quotations count for themselves, since that
is where claims are made; a short question before "he asked" does not. What is
within 「」 belongs to the sentence around it, whose verb comes after.
"""

import re
from collections.abc import Iterator
from functools import cache

from annotator.model import Span
from annotator.reading.sentences.abbreviations import starters
from annotator.reading.sentences.boundary_rules import AROUND, Boundary, goes_on

BEHIND, AHEAD = 100, 60  # characters that decide whether a new sentence begins
LONGEST_QUOTE = 1000  # characters; an opened one that is longer was never meant to be closed
SAMPLE = 2000  # characters that tell a language
TELLING = 0.12  # of the words are words that begin sentences, in text of a language
SHORTEST = 4  # letters of a word that is neither an initial nor a numeral

_MARKS = "[.!?…؟۔।॥։።။。！？｡．\n%s]"
_STOP = r"\.(?:\s\.){2,20}+|[.!?…؟۔।॥։።။%s]{1,20}+"
_CLOSE = r"(?:\s?»(?![^\W_])|[\"'”’“‘)\]›‹«])*+(?:\[\d{1,3}\])*+"
_NOTE = r"(?:(?<=[^\W\d_]{2}\.)\d{1,3}(?=\s+[^\W\d_a-z]))?"  # the number of a footnote
_TAIL = r"(?:\s(?:[\[(]?(?:…|\.{3})[\])]?|\.{1,2}|[:;]-?[()])(?=\s|$))*"
_GLUED = r"(?:(?<=[a-zß-ÿ])|(?<=[a-zß-ÿ]\s))[!?]|(?<=[a-zß-ÿ])(?:…|\.{3})"
_WIDE = (
    r"(?:[。！？｡]|(?<!\d)．|[!?](?=[\u3040-\u30ff\u3400-\u9fff]))[。！？｡．…]*[”’」』）】》\"]*"
)
_BEFORE_WORD = re.compile(r"[\s“”\"‘«»(„‚\[\]—–/]")
_SAID = r"[^，。！？“”]{0,20}(?:说|說|道|问|問|答|称|稱|表示|写道|寫道|指出|认为|認為)[。：]"

_WIDE_QUOTES = (("「", "」"), ("『", "』"), ("（", "）"))
_WIDE_CLOSERS = '”’」』）】》"'
_WIDE_GOES_ON = "、，；,;：。！？”’」』）】》"
_WIDE_PARTICLES = "とっのはがをにでもなだや的地得这那這等之"


def split(text: str, language: str = "en") -> tuple[Span, ...]:
    """Return the sentences of `text`, without the white space between them.

    `language` is a BCP 47 tag: it decides which words are shortened and what a
    stop after a number means.
    """
    spans, start = [], 0
    for end in (*_ends(text, language.partition("-")[0].lower()), len(text)):
        piece = text[start:end].lstrip()
        first = end - len(piece)
        if piece:
            spans.append(Span(first, first + len(piece.rstrip())))
        start = end
    return tuple(spans)


def language_of(text: str) -> str:
    """Return the language of a text as its small words tell it; nothing if they do not."""
    words = text[:SAMPLE].lower().split()
    found = {
        language: sum(word in small for word in words) for language, small in starters().items()
    }
    best = max(found, key=lambda language: found[language])
    return best if found[best] > TELLING * len(words) else ""


def _ends(text: str, language: str) -> Iterator[int]:
    start = 0
    for found in _candidates(text, language):
        end = found.end()
        if found["stop"]:
            is_end = _ends_here(_candidate(text, start, found, language))
        elif found["wide"]:
            is_end = _ends_wide(text, start, end)
        elif found["glued"]:
            is_end = not set("/.@=") & set(_word(text[max(start, found.start() - AROUND) : end]))
        else:
            is_end = True
        if is_end:
            yield end
            start = end


def _candidates(text: str, language: str) -> Iterator[re.Match[str]]:
    """Yield what may end a sentence. Looking for one sign alone is what makes this fast."""
    marks, shapes = _patterns(language)
    mark = marks.search(text)
    while mark:
        found = shapes.match(text, mark.start())
        if found:
            yield found
        mark = marks.search(text, found.end() if found else mark.end())


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the signs, and their shapes: a Greek question ends with a kind of semicolon."""
    more = ";;" if language == "el" else ""
    shapes = (
        rf"(?P<wide>{_WIDE})|(?P<stop>{_STOP % more})(?P<close>{_CLOSE}{_NOTE}{_TAIL})(?=\s|$)"
        rf"|(?P<glued>{_GLUED})(?=[A-ZÀ-Þ][a-zß-ÿ])|(?P<line>\n)"
    )
    return re.compile(_MARKS % more), re.compile(shapes)


def _candidate(text: str, start: int, found: re.Match[str], language: str) -> Boundary:
    before = text[max(start, found.start() - BEHIND) : found.start()].lstrip()
    after = text[found.end() : found.end() + AHEAD].lstrip()
    word = _word(before[-AROUND:])
    return Boundary(before, word, found["stop"], found["close"], after, language)


def _word(before: str) -> str:
    """Return the last word of some text."""
    return _BEFORE_WORD.split(before)[-1]


def _ends_here(candidate: Boundary) -> bool:
    """Tell whether a sentence ends; most do in a way that needs no rule."""
    if not candidate.after:
        return False
    word = candidate.word
    if (
        candidate.stop == "."
        and len(word) >= SHORTEST
        and candidate.after[0].isupper()
        and word[1:].islower()
        and word.isalpha()
        and word.lower() not in candidate.shortened.all
    ):
        return True
    return not goes_on(candidate)


def _ends_wide(text: str, start: int, end: int) -> bool:
    """Tell whether a Chinese or Japanese sentence ends, not within its quotation marks."""
    sentence, after = text[max(start, end - LONGEST_QUOTE) : end], text[end : end + 1]
    ahead = text[end : end + LONGEST_QUOTE]
    if any(_is_open(sentence, quotes) and quotes[1] in ahead for quotes in _WIDE_QUOTES):
        return False
    if after in _WIDE_GOES_ON and after:
        return False
    if sentence[-1] not in _WIDE_CLOSERS:
        return True
    return after not in tuple(_WIDE_PARTICLES) and not _said().match(text, end)


def _is_open(sentence: str, quotes: tuple[str, str]) -> bool:
    return sentence.count(quotes[0]) > sentence.count(quotes[1])


@cache
def _said() -> re.Pattern[str]:
    return re.compile(_SAID)
