"""Search for words as people type them: without accents, mostly without capitals."""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate, islice

from annotator.model import Span

_LEAST_STEM, _MOST_ENDING = 4, 3  # characters of a word
MAX_MATCHES = 10_000  # a query may be a single letter

_ACCENTED = (range(0x0700), range(0x1E00, 0x2000))  # scripts whose accents people leave out
_PLAIN = {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "‑": "-"}
_SPELT_OUT = {"…": "...", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}


def find_all(text: str, query: str) -> tuple[Span, ...]:
    """Return the matches of `query` in order, at most `MAX_MATCHES`.

    Accents and the form of quotation marks and dashes are ignored, and case
    unless the query has a capital. A space matches any white space.
    """
    words = query.translate(_FOLDS).split()
    if not words:
        return ()
    flags = re.IGNORECASE if query == query.lower() else re.NOFLAG
    pattern = re.compile(r"\s+".join(map(re.escape, words)), flags)
    folded = _fold(text)
    return tuple(folded.span(*m.span()) for m in islice(pattern.finditer(folded.text), MAX_MATCHES))


def find_any(text: str, queries: Iterable[str]) -> tuple[Span, ...]:
    """Return the matches of all queries in order, of one that has none those of its beginning.

    The library is searched for words in any of their forms, of which the text may have another.
    """
    matches = {
        match
        for query in queries
        for match in find_all(text, query.lower())
        or find_all(text, query.lower()[: max(_LEAST_STEM, len(query) - _MOST_ENDING)])
    }
    return tuple(sorted(matches, key=lambda match: (match.start, match.end)))


class _Folds(dict[int, str]):
    """The text that each character is found by, filled on demand."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_character(chr(code))
        return folded


_FOLDS = _Folds()


class _Folded:
    """A text without accents, with the offsets of the original."""

    def __init__(self, text: str) -> None:
        self.text = text if text.isascii() else text.translate(_FOLDS)
        self._starts = array("L")
        if self.text is not text and any(len(_FOLDS[ord(char)]) != 1 for char in set(text)):
            self._starts.extend(accumulate((len(_FOLDS[ord(char)]) for char in text), initial=0))

    def span(self, start: int, end: int) -> Span:
        """Return the original span of a passage, with the accents on its last letter."""
        if not self._starts:
            return Span(start, end)
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, end) - 1
        return Span(first, last + int(self._starts[last] < end))


@lru_cache(maxsize=2)
def _fold(text: str) -> _Folded:
    return _Folded(text)


def _fold_character(character: str) -> str:
    if character in _PLAIN:
        return _PLAIN[character]
    if character in _SPELT_OUT:
        return _SPELT_OUT[character]
    if not any(ord(character) in script for script in _ACCENTED):
        return character
    letters = unicodedata.normalize("NFD", character)
    return "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")
