"""Where sentences begin and end, by rules of our own, in any language that ends them with a mark.

A mark that may end a sentence is a candidate; each rule may say that the
sentence goes on. Sentences inside quotations count for themselves, since that
is where claims are made; a short question before "he asked" does not.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from annotator.model import Span
from annotator.reading.abbreviations import (
    ALWAYS_FOLLOWED,
    BEFORE_NUMBERS,
    DOTTED_ORDINALS,
    LETTERED,
    SAYING,
    SOMETIMES_LAST,
    STARTERS,
    WORDS_TOO,
)

AHEAD = 60  # characters that decide whether a new sentence begins

_CANDIDATE = re.compile(
    r"(?P<wide>[。！？｡．][。！？｡．…]*[”’」』）】》]*)"
    r"|(?P<stop>\.(?:\s\.){2,}|[.!?…؟۔।॥]+)(?P<close>(?:\s?[»]|[\"'”’“‘)\]›])*)(?=\s)"
    r"|(?P<line>\n)"
)
_WIDE_QUOTES = (("「", "」"), ("『", "』"), ("（", "）"))
_WIDE_CLOSERS = "”’」』）】》"
_WIDE_OPENERS = " \n\u3000“「『‘（"
_WIDE_GOES_ON = "、，；,;"
_OPENERS = "“\"‘'«„‹([¿¡"
_GOES_ON = ",;:)]–—-"
_QUOTES = "»”’\"'“‘"
_LAST_WORD = re.compile(r"[^\s“”\"‘«»(„\[\]—–/]*$")
_WORD = re.compile(r"[^\W\d_]+")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.-?)+[^\W\d_]{1,2}")
_NUMERAL = re.compile(r"\d{1,3}|[IVXLC]{2,}")
_ATTRIBUTION = re.compile(
    rf"(?:[A-ZÄÖÜ][\w’'.-]*\s){{1,4}}(?:[a-z]+ly\s)?(?:{'|'.join(sorted(SAYING))})\b"
)
_DEGREES = re.compile(r"\d[\d.,]*\s*°?\s*[CFK]$")


class _Candidate(NamedTuple):
    """A mark that may end a sentence, and what stands around it."""

    sentence: str  # up to the mark
    stop: str
    close: str
    after: str
    language: str

    @property
    def word(self) -> str:
        """The word before the mark."""
        found = _LAST_WORD.search(self.sentence)
        return found.group() if found else ""

    @property
    def is_full_stop(self) -> bool:
        """Tell whether it may be the stop of a shortened word."""
        return self.stop == "." and not self.close.strip(_QUOTES)

    @property
    def start(self) -> str:
        """What follows, without the quotation mark or bracket that opens it."""
        return self.after.lstrip(_OPENERS + " ") if self.after[:1] in _OPENERS else self.after

    @property
    def next_word(self) -> str:
        """The next word, empty before a number."""
        found = _WORD.match(self.start)
        return found.group() if found else ""


def split(text: str, language: str = "en") -> tuple[Span, ...]:
    """Return the sentences of `text`, without the white space between them.

    `language` is a BCP 47 tag; it decides what a stop after a number means.
    """
    spans, start = [], 0
    for end in (*_ends(text, language.partition("-")[0].lower()), len(text)):
        spans.append(Span(start, end).trimmed(text))
        start = end
    return tuple(span for span in spans if len(span))


def _ends(text: str, language: str) -> Iterator[int]:
    start = 0
    for found in _CANDIDATE.finditer(text):
        end = found.end()
        if found["line"]:
            is_end = True
        elif found["wide"]:
            is_end = _ends_wide(text[start:end], text[end : end + 1])
        else:
            after = text[end : end + AHEAD].lstrip()
            before = text[start : found.start()].lstrip()
            is_end = _ends_here(_Candidate(before, found["stop"], found["close"], after, language))
        if is_end:
            yield end
            start = end


def _ends_here(candidate: _Candidate) -> bool:
    return bool(candidate.after) and not any(goes_on(candidate) for goes_on in _GOING_ON)


def _ends_wide(sentence: str, after: str) -> bool:
    """Tell whether a Chinese or Japanese sentence ends, not within its quotation marks."""
    if any(sentence.count(opener) > sentence.count(closer) for opener, closer in _WIDE_QUOTES):
        return False
    if not after:
        return True
    if sentence[-1] in _WIDE_CLOSERS:
        return after in _WIDE_OPENERS
    return after not in _WIDE_GOES_ON


def _follows_in_lower_case(candidate: _Candidate) -> bool:
    """Tell whether the next word is in lower case, as "iPhone" and "eBay" are not."""
    word = candidate.next_word
    if not candidate.start[:1].islower():
        return False
    return not any(letter.isupper() for letter in word[1:3])


def _follows_a_mark(candidate: _Candidate) -> bool:
    return candidate.start[:1] in _GOES_ON and candidate.start[:1] != ""


def _is_attributed(candidate: _Candidate) -> bool:
    """Tell whether a question or call in quotation marks is followed by who said it."""
    is_quoted = candidate.close.strip()[-1:] in _QUOTES and candidate.close.strip() != ""
    is_call = candidate.stop[-1] in "?!…"
    return is_quoted and is_call and bool(_ATTRIBUTION.match(candidate.after))


def _is_list_number(candidate: _Candidate) -> bool:
    """Tell whether the stop belongs to the number or letter that an item begins with."""
    sentence = candidate.sentence
    return candidate.is_full_stop and (
        (sentence.isdigit() and len(sentence) <= len("99"))
        or (len(sentence) == 1 and sentence.isalpha())
    )


def _is_abbreviation(candidate: _Candidate) -> bool:
    if not candidate.is_full_stop:
        return False
    word = candidate.word
    lower = word.lower()
    if lower in BEFORE_NUMBERS and candidate.after[:1].isdigit():
        return True
    if lower in WORDS_TOO and word == lower and not candidate.after[:1].isdigit():
        return False
    return lower in ALWAYS_FOLLOWED and lower not in {"me", "no"}


def _is_abbreviation_within(candidate: _Candidate) -> bool:
    """Tell whether a shortened word that may end a sentence does not, by what follows."""
    if not candidate.is_full_stop:
        return False
    word, lower = candidate.word, candidate.word.lower()
    if lower in WORDS_TOO and word == lower and not candidate.after[:1].isdigit():
        return False
    if lower not in SOMETIMES_LAST and not _DOTTED.fullmatch(word):
        return False
    if candidate.after[:1] in _OPENERS:
        return candidate.after[0] in "(["
    return candidate.next_word.lower() not in STARTERS


def _is_initial(candidate: _Candidate) -> bool:
    """Tell whether one letter stands for a name or word; not "I", "Plan B" or degrees."""
    word = candidate.word
    if not candidate.is_full_stop or len(word) != 1 or not word.isalpha():
        return False
    if word.islower():
        return bool(re.match(r"\w{1,3}\.", candidate.after)) or word in "pcvs"
    if word == "I" and candidate.language == "en":
        return False
    before = candidate.sentence[:-1].split()
    is_lettered = bool(before) and before[-1].lower() in LETTERED
    return not (is_lettered or _DEGREES.search(candidate.sentence))


def _is_ordinal(candidate: _Candidate) -> bool:
    """Tell whether a stop after a number makes it "third", where a language writes it so."""
    return (
        candidate.is_full_stop
        and candidate.language in DOTTED_ORDINALS
        and bool(_NUMERAL.fullmatch(candidate.word))
    )


_GOING_ON: tuple[Callable[[_Candidate], bool], ...] = (
    _follows_in_lower_case,
    _follows_a_mark,
    _is_attributed,
    _is_list_number,
    _is_abbreviation,
    _is_abbreviation_within,
    _is_initial,
    _is_ordinal,
)
