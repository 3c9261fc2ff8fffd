"""Folding: one spelling for text that readers take as the same, with a map to the original.

Sites change quotation marks, dashes and white space between two visits without
changing a word. Folded texts do not differ in these, nor in zero-width characters,
Unicode composition or case. The map of replaced stretches gives the offsets of a
folded passage in the original:

    original   Prices  rose — “by a tenth”         folded   prices rose - "by a tenth"
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from annotator.model import Span

_APOSTROPHES = "‘’‚‛ʼ′`´"
_QUOTATION_MARKS = "“”„‟″«»"
_DASHES = "‐‑‒–—―−"
_WHITE_SPACE = (
    "\t\n\r\x0b\x0c\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
_LIGATURES = "ﬀﬁﬂﬃﬄﬅﬆ"
_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\xad"
_COMBINING = "[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u093c\u1dc0-\u1dff\u20d0-\u20f0\u3099\u309a]"

# Characters that fold to one character each: these leave the map of stretches alone.
_ALIKE = {
    **dict.fromkeys(_APOSTROPHES, "'"),
    **dict.fromkeys(_QUOTATION_MARKS, '"'),
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_WHITE_SPACE, " "),
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},  # full width
    "İ": "I",  # the only capital whose lower case is two code points
}
_SPELLINGS = str.maketrans(
    dict.fromkeys(_APOSTROPHES, "'")
    | dict.fromkeys(_QUOTATION_MARKS, '"')
    | dict.fromkeys(_DASHES, "-")
)
_ONE_TO_ONE = re.compile(f"[{re.escape(''.join(_ALIKE))}]")

# Each alternative begins with the characters that the search can skip to.
_SPACES_AND_DASHES = re.compile(r"[ \-][ \-]+")
_HAS_RARE = re.compile(rf"[{_ZERO_WIDTH}…{_LIGATURES}]|'[{_ZERO_WIDTH}]*'")
_WITH_RARE = re.compile(rf"[ \-{_ZERO_WIDTH}][ \-{_ZERO_WIDTH}]+|{_HAS_RARE.pattern}")
_NOT_COMPOSED = re.compile(
    rf"{_WITH_RARE.pattern}|\S{_COMBINING}+|[\u1100-\u11ff]+|[\uf900-\ufaff]"
)
_LETTERS_OF_ZERO_WIDTH = re.compile(f"[{_ZERO_WIDTH}]+")
_TEXTS_CACHED = 2  # the article on the screen, and its other revision


@dataclass(frozen=True, slots=True)
class _Stretches:
    """Stretches whose length folding changes, as parallel lists that start with (0, 0)."""

    folded_starts: list[int] = field(default_factory=lambda: [0])
    folded_ends: list[int] = field(default_factory=lambda: [0])
    starts: list[int] = field(default_factory=lambda: [0])
    ends: list[int] = field(default_factory=lambda: [0])

    def add(self, folded: tuple[int, int], original: tuple[int, int]) -> None:
        self.folded_starts.append(folded[0])
        self.folded_ends.append(folded[1])
        self.starts.append(original[0])
        self.ends.append(original[1])


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text: `text` in lower case, `cased` the same with its capitals."""

    text: str
    cased: str
    _stretches: _Stretches

    def original(self, start: int, end: int) -> Span:
        """Return the original span of the folded characters `start` to `end`, at least one."""
        return Span(self._character(start)[0], self._character(end - 1)[1])

    def offset(self, original: int) -> int:
        """Return the folded offset of an offset in the original, at most the end of the text."""
        marks = self._stretches
        index = bisect_right(marks.starts, original) - 1
        if original < marks.ends[index]:
            return marks.folded_starts[index]
        return min(len(self.text), marks.folded_ends[index] + original - marks.ends[index])

    def _character(self, offset: int) -> tuple[int, int]:
        marks = self._stretches
        index = bisect_right(marks.folded_starts, offset) - 1
        if offset < marks.folded_ends[index]:
            return marks.starts[index], marks.ends[index]
        start = marks.ends[index] + offset - marks.folded_ends[index]
        return start, start + 1


@lru_cache(maxsize=_TEXTS_CACHED)
def fold(text: str) -> Folded:
    """Return `text` folded, in time linear in its length; the last results are cached."""
    alike = _ONE_TO_ONE.sub(lambda match: _ALIKE[match[0]], text.replace("\n", " "))
    pieces: list[str] = []
    stretches = _Stretches()
    read = written = 0
    for match in _pattern(alike).finditer(alike):
        start, end = match.span()
        replacement = _replacement(match.group())
        written += start - read
        stretches.add((written, written + len(replacement)), (start, end))
        pieces += (alike[read:start], replacement)
        written += len(replacement)
        read = end
    cased = "".join((*pieces, alike[read:]))
    return Folded(cased.lower().replace("ς", "σ"), cased, stretches)


def fold_passage(text: str) -> Folded:
    """Return a short `text` folded, without caching it."""
    return fold.__wrapped__(text)


def respelled(text: str) -> str:
    """Return a text with one spelling of white space, quotation marks and dashes alone."""
    return " ".join(text.translate(_SPELLINGS).split())


def _pattern(text: str) -> re.Pattern[str]:
    """Return the pattern of stretches of `text` that fold to another length."""
    if not unicodedata.is_normalized("NFC", text):
        return _NOT_COMPOSED
    return _WITH_RARE if _HAS_RARE.search(text) else _SPACES_AND_DASHES


def _replacement(sign: str) -> str:
    visible = _LETTERS_OF_ZERO_WIDTH.sub("", sign)
    if not visible.strip(" -"):
        return "-" if "-" in visible else visible[:1]
    if visible == "''":
        return '"'
    if visible == "…":
        return "..."
    form: Literal["NFC", "NFKC"] = "NFKC" if visible in _LIGATURES else "NFC"
    composed = unicodedata.normalize(form, visible)
    return "".join(_ALIKE.get(character, character) for character in composed)
