"""Rules by which a sentence continues after a mark that could end it, each a function.

The words that they know are in lower case and without their last full stop. Those of each
language, with the words that begin its sentences, are in `abbreviations.tsv`, and lists of all
languages in `word_lists.tsv`.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from msgspec import Struct

from annotator.model.data_file import WordTable, word_table


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


class Abbreviations(Struct, frozen=True):
    """The abbreviations of a language.

    Those in `followed` never end a sentence, those in `last` may. `ambiguous` ones
    are also words, unless they have a capital or come before a number. `numbered`
    ones are abbreviations only before a number. `starters` are words that begin
    sentences far more often than they follow an abbreviation; languages are guessed
    by them too.
    """

    followed: frozenset[str]
    last: frozenset[str]
    ambiguous: frozenset[str]
    numbered: frozenset[str]
    starters: frozenset[str]
    all: frozenset[str]


@cache
def words_of(name: str) -> frozenset[str]:
    """Return the words of a list in `word_lists.tsv`, such as `titles`."""
    return _words(word_table(__package__ or "", "word_lists.tsv")[name]["words"])


@cache
def abbreviations_of(language: str) -> Abbreviations:
    """Return the abbreviations of a language; of all languages for an unknown one."""
    table = _table()
    chosen = [table[language]] if language in table else list(table.values())
    columns = ("followed", "last", "ambiguous", "numbered", "starters")
    followed, last, ambiguous, numbered, starters = (
        _words(" ".join(row[column] for row in chosen)) for column in columns
    )
    every = followed | last | numbered | words_of("titles") | words_of("companies")
    return Abbreviations(followed, last, ambiguous, numbered, starters, every)


@cache
def starters() -> dict[str, frozenset[str]]:
    """Return the words that often begin sentences, by language."""
    return {language: _words(row["starters"]) for language, row in _table().items()}


@cache
def _table() -> WordTable:
    return word_table(__package__ or "", "abbreviations.tsv")


OPENERS = "“\"‘'«„‚‹([¿¡»"
QUOTES = "»«”’\"'“‘›‹"

_AROUND_STOPS = QUOTES + "0123456789"  # the number of a footnote is not a word
_GOES_ON = ",;:)]–—-"
_DASHES = "–—-"
_ADDRESSES = ("http://", "https://", "www.", "pic.twitter.com")
_INNER_CAPITAL = 3  # letters within which "iPhone" and "eBay" have their capital
_LAST_NUMBER = len("999")

AROUND = 40  # characters before a mark that hold the last two words


class Boundary(NamedTuple):
    """A mark that may end a sentence, with the text around it."""

    sentence: str  # up to the mark
    word: str  # its last word
    stop: str
    close: str
    after: str
    language: str

    @property
    def is_full_stop(self) -> bool:
        """Whether the mark may be the full stop of an abbreviation."""
        return self.stop == "." and not self.close.strip(_AROUND_STOPS)

    @property
    def abbreviations(self) -> Abbreviations:
        """The abbreviations of the language."""
        return abbreviations_of(self.language)

    @property
    def start(self) -> str:
        """The text after the mark, without an opening quotation mark or bracket."""
        return self.after.lstrip(OPENERS + " ") if self.after[:1] in OPENERS else self.after

    @property
    def next_word(self) -> str:
        """The next word, or an empty string before a number."""
        match = re.match(_WORD, self.start)
        return match.group() if match else ""

    @property
    def word_before(self) -> str:
        """The word before the last one, in lower case."""
        words = self.sentence[-AROUND:].split()
        return words[-2].strip(OPENERS).lower() if len(words) > 1 else ""


# Patterns are compiled when the first rule needs them.
_WORD = r"[^\W\d_]+"
_DOTTED = r"(?:[^\W\d_]{1,2}\.-?)+[^\W\d_]{1,2}"
_ROMAN = r"[IVXLC]{2,}"
_DEGREES = r"\d[\d.,]*\s*(?:°|st\.)?\s*[CFK]$"
_REFERENCE = r"[\[(]\d{1,3}[\])]"
_CLAUSE = r"[^\W\d_][\w’'-]*\s+(?!and\b|und\b|et\b|y\b|e\b)[^\W\d_A-Z]+\s"


@cache
def _attribution() -> re.Pattern[str]:
    saying = "|".join(sorted(words_of("saying")))
    return re.compile(rf"(?:[A-ZÄÖÜ][\w’'.-]*\s){{1,4}}(?:[a-z]+ly\s)?(?:{saying})\b")


def continues(boundary: Boundary) -> bool:
    """Return whether the sentence continues after the mark."""
    return any(rule(boundary) for rule in _RULES)


def _nothing_follows(boundary: Boundary) -> bool:
    """Return whether only punctuation is left, which belongs to the sentence."""
    return len(boundary.after) < AROUND and not any(
        character.isalnum() for character in boundary.after
    )


def _follows_in_lower_case(boundary: Boundary) -> bool:
    """Return whether the next word is in lower case; "iPhone" and "eBay" are not.

    That decides nothing after a question, whose next sentence hurried writers may
    begin in lower case, nor before an address or a note in brackets.
    """
    if not boundary.start[:1].islower() or boundary.after[0] in "([":
        return False
    if boundary.stop.endswith("?") and not boundary.close:
        return False
    if boundary.start.startswith(_ADDRESSES):
        return False
    return not any(letter.isupper() for letter in boundary.next_word[1:_INNER_CAPITAL])


def _follows_a_mark(boundary: Boundary) -> bool:
    first = boundary.after[0]
    if first in _DASHES and boundary.language in words_of("spoken after a dash"):
        return not boundary.after.lstrip(_DASHES + " ")[:1].isupper()
    return first in _GOES_ON or boundary.start[:1] in tuple(_GOES_ON)


def _is_attributed(boundary: Boundary) -> bool:
    """Return whether a quoted question or exclamation is followed by its speaker."""
    close = boundary.close.strip()
    is_call = close[-1:] in tuple(QUOTES) and boundary.stop[-1] in "?!…"
    return is_call and bool(_attribution().match(boundary.after))


def _is_list_number(boundary: Boundary) -> bool:
    """Return whether the full stop belongs to the number or letter of a list item."""
    sentence = boundary.sentence.lstrip(OPENERS)
    return boundary.is_full_stop and (
        (sentence.isdecimal() and len(sentence) <= _LAST_NUMBER)
        or (len(sentence) == 1 and sentence.isalpha())
    )


def _is_abbreviation(boundary: Boundary) -> bool:
    if not boundary.is_full_stop:
        return False
    lower, abbreviations = boundary.word.lower(), boundary.abbreviations
    if lower in abbreviations.numbered and boundary.after[0].isdecimal():
        return True
    return not _is_whole_word(boundary) and (
        lower in abbreviations.followed or lower in words_of("titles")
    )


def _is_whole_word(boundary: Boundary) -> bool:
    """Return whether a possible abbreviation is a word: "miss", but not "Miss" or "no. 5"."""
    word = boundary.word
    is_lower = word == word.lower() and not boundary.after[0].isdecimal()
    return is_lower and word in boundary.abbreviations.ambiguous


def _is_abbreviation_within(boundary: Boundary) -> bool:
    """Return whether an abbreviation that may end a sentence does not, by the next word."""
    if not boundary.is_full_stop:
        return False
    word, lower, abbreviations = boundary.word, boundary.word.lower(), boundary.abbreviations
    next_word = boundary.next_word.lower()
    if lower in {"a.m", "p.m"}:
        return not next_word or next_word in words_of("after times")
    if _is_whole_word(boundary) or not (
        lower in abbreviations.last or lower in words_of("companies") or re.fullmatch(_DOTTED, word)
    ):
        return False
    if lower in words_of("companies") and re.match(_CLAUSE, boundary.after):
        return False
    if boundary.after[0] in OPENERS:
        return boundary.after[0] in "(["
    return next_word not in abbreviations.starters


def _is_initial(boundary: Boundary) -> bool:
    """Return whether a single letter is an initial; not "I", "Plan B" or degrees."""
    word = boundary.word
    if not boundary.is_full_stop or len(word) != 1 or not word.isalpha():
        return False
    if word.islower():
        after = boundary.after
        return after[0].isdecimal() or word in "pcvs" or after[1:2] == "." or after[2:3] == "."
    if word == "I" and boundary.language == "en":
        return False
    is_lettered = boundary.word_before in words_of("lettered")
    return not (is_lettered or re.search(_DEGREES, boundary.sentence))


def _is_ordinal(boundary: Boundary) -> bool:
    """Return whether the full stop after a number makes it an ordinal, as in German.

    In languages that do not capitalise nouns, a capital after it begins a sentence.
    """
    word = boundary.word
    if not boundary.is_full_stop or boundary.language not in words_of("dotted ordinals"):
        return False
    if re.fullmatch(_ROMAN, word):
        return True
    if not word.isdecimal() or len(word) > _LAST_NUMBER:
        return False
    if boundary.language != "de":
        return not boundary.after[0].isupper()
    next_word = boundary.next_word.lower()
    if next_word in words_of("after ordinals") or boundary.word_before in words_of(
        "before ordinals"
    ):
        return True
    return next_word not in boundary.abbreviations.starters


_RULES: tuple[Callable[[Boundary], bool], ...] = (
    _nothing_follows,
    _follows_in_lower_case,
    _follows_a_mark,
    lambda boundary: bool(re.match(_REFERENCE, boundary.after)),
    _is_attributed,
    _is_list_number,
    _is_abbreviation,
    _is_abbreviation_within,
    _is_initial,
    _is_ordinal,
)
