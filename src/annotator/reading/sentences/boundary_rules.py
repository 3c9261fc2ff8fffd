"""What keeps a sentence going over a mark that may end it: one rule a function."""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from annotator.reading.sentences.abbreviations import (
    AFTER_ORDINALS,
    AFTER_TIMES,
    BEFORE_ORDINALS,
    COMPANIES,
    DOTTED_ORDINALS,
    LETTERED,
    SAYING,
    SPOKEN_AFTER_A_DASH,
    TITLES,
    Abbreviations,
    abbreviations_of,
)

OPENERS = "“\"‘'«„‚‹([¿¡»"
QUOTES = "»«”’\"'“‘›‹"

_AROUND_STOPS = QUOTES + "0123456789"  # the number of a footnote is no word
_GOES_ON = ",;:)]–—-"
_DASHES = "–—-"
_ADDRESSES = ("http://", "https://", "www.", "pic.twitter.com")
_INNER_CAPITAL = 3  # letters among which "iPhone" and "eBay" have their capital
_LAST_NUMBER = len("999")


class Boundary(NamedTuple):
    """A mark that may end a sentence, and what stands around it."""

    sentence: str  # up to the mark
    word: str  # the last one of it
    stop: str
    close: str
    after: str
    language: str

    @property
    def is_full_stop(self) -> bool:
        """Tell whether it may be the stop of a shortened word."""
        return self.stop == "." and not self.close.strip(_AROUND_STOPS)

    @property
    def shortened(self) -> Abbreviations:
        """What the language shortens."""
        return abbreviations_of(self.language)

    @property
    def start(self) -> str:
        """What follows, without the quotation mark or bracket that opens it."""
        return self.after.lstrip(OPENERS + " ") if self.after[:1] in OPENERS else self.after

    @property
    def next_word(self) -> str:
        """The next word, empty before a number."""
        found = _patterns().word.match(self.start)
        return found.group() if found else ""

    @property
    def word_before(self) -> str:
        """The word before the last one, in lower case."""
        words = self.sentence[-AROUND:].split()
        return words[-2].strip(OPENERS).lower() if len(words) > 1 else ""


AROUND = 40  # characters before a mark that hold the last two words


class _Patterns(NamedTuple):
    word: re.Pattern[str]
    dotted: re.Pattern[str]
    roman: re.Pattern[str]
    attribution: re.Pattern[str]
    degrees: re.Pattern[str]
    reference: re.Pattern[str]
    clause: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    """Return the shapes that rules look for, made when the first rule asks."""
    saying = "|".join(sorted(SAYING.split()))
    return _Patterns(
        word=re.compile(r"[^\W\d_]+"),
        dotted=re.compile(r"(?:[^\W\d_]{1,2}\.-?)+[^\W\d_]{1,2}"),
        roman=re.compile(r"[IVXLC]{2,}"),
        attribution=re.compile(rf"(?:[A-ZÄÖÜ][\w’'.-]*\s){{1,4}}(?:[a-z]+ly\s)?(?:{saying})\b"),
        degrees=re.compile(r"\d[\d.,]*\s*(?:°|st\.)?\s*[CFK]$"),
        reference=re.compile(r"[\[(]\d{1,3}[\])]"),
        clause=re.compile(r"[^\W\d_][\w’'-]*\s+(?!and\b|und\b|et\b|y\b|e\b)[^\W\d_A-Z]+\s"),
    )


def goes_on(candidate: Boundary) -> bool:
    """Tell whether the sentence goes on behind the mark."""
    return any(rule(candidate) for rule in _RULES)


def _nothing_follows(candidate: Boundary) -> bool:
    """Tell whether marks and signs alone are left, which belong to what they follow."""
    return len(candidate.after) < AROUND and not any(each.isalnum() for each in candidate.after)


def _follows_in_lower_case(candidate: Boundary) -> bool:
    """Tell whether the next word is in lower case, as "iPhone" and "eBay" are not.

    A question may be followed so by people in a hurry; addresses always are,
    and notes in brackets may be.
    """
    if not candidate.start[:1].islower() or candidate.after[0] in "([":
        return False
    if candidate.stop.endswith("?") and not candidate.close:
        return False
    if candidate.start.startswith(_ADDRESSES):
        return False
    return not any(letter.isupper() for letter in candidate.next_word[1:_INNER_CAPITAL])


def _follows_a_mark(candidate: Boundary) -> bool:
    first = candidate.after[0]
    if first in _DASHES and candidate.language in SPOKEN_AFTER_A_DASH:
        return not candidate.after.lstrip(_DASHES + " ")[:1].isupper()
    return first in _GOES_ON or candidate.start[:1] in tuple(_GOES_ON)


def _follows_a_reference(candidate: Boundary) -> bool:
    return bool(_patterns().reference.match(candidate.after))


def _is_attributed(candidate: Boundary) -> bool:
    """Tell whether a question or call in quotation marks is followed by who said it."""
    close = candidate.close.strip()
    is_call = close[-1:] in tuple(QUOTES) and candidate.stop[-1] in "?!…"
    return is_call and bool(_patterns().attribution.match(candidate.after))


def _is_list_number(candidate: Boundary) -> bool:
    """Tell whether the stop belongs to the number or letter that an item begins with."""
    sentence = candidate.sentence.lstrip(OPENERS)
    return candidate.is_full_stop and (
        (sentence.isdecimal() and len(sentence) <= _LAST_NUMBER)
        or (len(sentence) == 1 and sentence.isalpha())
    )


def _is_abbreviation(candidate: Boundary) -> bool:
    if not candidate.is_full_stop:
        return False
    lower, shortened = candidate.word.lower(), candidate.shortened
    if lower in shortened.numbered and candidate.after[0].isdecimal():
        return True
    return not _is_whole_word(candidate) and (lower in shortened.followed or lower in TITLES)


def _is_whole_word(candidate: Boundary) -> bool:
    """Tell whether what might be shortened is taken for a word: "miss", not "Miss" or "no. 5"."""
    word = candidate.word
    is_lower = word == word.lower() and not candidate.after[0].isdecimal()
    return is_lower and word in candidate.shortened.ambiguous


def _is_abbreviation_within(candidate: Boundary) -> bool:
    """Tell whether a shortened word that may end a sentence does not, by what follows."""
    if not candidate.is_full_stop:
        return False
    word, lower, shortened = candidate.word, candidate.word.lower(), candidate.shortened
    next_word = candidate.next_word.lower()
    if lower in {"a.m", "p.m"}:
        return not next_word or next_word in AFTER_TIMES
    if _is_whole_word(candidate) or not (
        lower in shortened.last or lower in COMPANIES or _patterns().dotted.fullmatch(word)
    ):
        return False
    if lower in COMPANIES and _patterns().clause.match(candidate.after):
        return False
    if candidate.after[0] in OPENERS:
        return candidate.after[0] in "(["
    return next_word not in shortened.starters


def _is_initial(candidate: Boundary) -> bool:
    """Tell whether one letter stands for a name or word; not "I", "Plan B" or degrees."""
    word = candidate.word
    if not candidate.is_full_stop or len(word) != 1 or not word.isalpha():
        return False
    if word.islower():
        after = candidate.after
        return after[0].isdecimal() or word in "pcvs" or after[1:2] == "." or after[2:3] == "."
    if word == "I" and candidate.language == "en":
        return False
    is_lettered = candidate.word_before in LETTERED
    return not (is_lettered or _patterns().degrees.search(candidate.sentence))


def _is_ordinal(candidate: Boundary) -> bool:
    """Tell whether a stop after a number makes it "third", where a language writes it so.

    Where nouns have no capitals, one that follows begins a sentence.
    """
    word = candidate.word
    if not candidate.is_full_stop or candidate.language not in DOTTED_ORDINALS:
        return False
    if _patterns().roman.fullmatch(word):
        return True
    if not word.isdecimal() or len(word) > _LAST_NUMBER:
        return False
    if candidate.language != "de":
        return not candidate.after[0].isupper()
    next_word = candidate.next_word.lower()
    if next_word in AFTER_ORDINALS or candidate.word_before in BEFORE_ORDINALS:
        return True
    return next_word not in candidate.shortened.starters


_RULES: tuple[Callable[[Boundary], bool], ...] = (
    _nothing_follows,
    _follows_in_lower_case,
    _follows_a_mark,
    _follows_a_reference,
    _is_attributed,
    _is_list_number,
    _is_abbreviation,
    _is_abbreviation_within,
    _is_initial,
    _is_ordinal,
)
