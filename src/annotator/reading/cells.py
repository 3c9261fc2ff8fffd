"""How many cells text takes on a terminal, and where it may be cut without tearing a letter.

A reader sees graphemes: a letter with its accents, a flag, a family joined out
of four people. None of them may be split between two lines or two colours.
How wide they are is for the one who draws them to say, so that whoever lays
text out passes a `Measure`; ours follows Unicode's East Asian Width.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

Measure = Callable[[str], int]

JOINER = "\u200d"
EMOJI_SELECTOR = "\ufe0f"

# Each is compiled when it is first asked for: a text in ASCII needs none of them.
_TELLING = (
    "[^ -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e"
    "\u20a0-\u20bf\u2100-\u214f\u2190-\u22ff\u2500-\u25fc]"
)
_PICTURE = (
    "\u203c\u2049\u2190-\u21ff\u2300-\u23ff\u2460-\u27bf\u2900-\u2bff\u3030-\u3299"
    "\U0001f000-\U0001f1e5\U0001f200-\U0001faff"  # without the letters of flags
)
_STRAY_JOINER = f"(?<![{_PICTURE}{EMOJI_SELECTOR}]){JOINER}|{JOINER}(?![{_PICTURE}])"
_WIDENS = (  # shown as a picture before an emoji selector
    "[#*0-9©®\u203c\u2049\u2122\u2139\u2194-\u21aa\u2328-\u23fa\u25aa-\u25c0\u25fb-\u27a1"
    "\u2934-\u2b07\U0001f170-\U0001faff]"
)
_NON_JOINER = "\u200c"  # as long as the joiner and as narrow, and nobody takes it for glue
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_INNER_JAMO = (range(0x1160, 0x1200), range(0xD7B0, 0xD800))  # vowels and finals of Hangul
_VOICING_MARKS = "\uff9e\uff9f"  # half-width, but they belong to the kana before them
_BREAKS = "\n\t"  # parts of a block; nothing joins across them
_NO_LETTER = _BREAKS + " "
_ORPHANED = "\u25cc"  # the circle that stands for the letter that an accent lacks
_UNSEEN = "\xa0"  # what is drawn for a direction mark alone; no space, so no line parts there
_ATTACHES = -1


class Columns(NamedTuple):
    """Text as it is shown, of the same length, and the column at which each code point begins.

    Code points of one grapheme share a column; the last entry is the width of
    the whole.
    """

    shown: str
    columns: list[int]


def is_narrow(text: str) -> bool:
    """Tell whether every code point is one cell wide and stands for itself."""
    return text.isascii() or not _telling().search(text)


def cell_width(text: str) -> int:
    """Return how many cells `text` takes, by Unicode's tables."""
    return sum(_width_of_grapheme(text[start:end]) for start, end in graphemes(text))


def graphemes(text: str) -> Iterator[tuple[int, int]]:
    """Give where each grapheme of `text` starts and ends.

    What has no width goes with the letter before it; behind a space, with the
    one that follows, so that lines may part at every space.
    """
    start, flags, has_base = 0, 0, False
    for index, character in enumerate(text):
        before = text[index - 1] if index > start else ""
        if before and not _attaches(before, character, flags, has_base=has_base):
            yield start, index
            start, has_base = index, False
        has_base = has_base or not _joins(character)
        flags = flags + 1 if ord(character) in _FLAG_LETTERS else 0
    if text:
        yield start, len(text)


def columns(text: str, measure: Measure) -> Columns:
    """Return `text` as it is shown, and the column of each of its code points."""
    shown = re.sub(_STRAY_JOINER, _NON_JOINER, text) if JOINER in text else text
    widths = list(map(_widths(measure).__getitem__, shown))
    if _ATTACHES not in widths:
        return Columns(shown, list(accumulate(widths, initial=0)))
    return _columns_of_graphemes(shown, measure)


@cache
def _telling() -> re.Pattern[str]:
    return re.compile(_TELLING)


def _columns_of_graphemes(text: str, measure: Measure) -> Columns:
    shown, found = list(text), []
    column, unplaced = 0, 0
    for start, end in graphemes(text):
        width = 1 if text[start] in _BREAKS else measure(text[start:end])
        if not width and (end == len(text) or text[end] in _NO_LETTER):
            shown[start] = _ORPHANED if _is_mark(text[start]) else _UNSEEN
            width = measure(shown[start])
        if not width:
            unplaced += end - start  # nothing to stand on: it goes with what follows
            continue
        found += [column] * (unplaced + end - start)
        column, unplaced = column + width, 0
    return Columns("".join(shown), [*found, column])


@lru_cache(maxsize=4)
def _widths(measure: Measure) -> "_Widths":
    return _Widths(measure)


class _Widths(dict[str, int]):
    """Cells of each character, and a sign for those that may attach to others."""

    def __init__(self, measure: Measure) -> None:
        super().__init__({"\n": 1, "\t": 1})
        self._measure = measure

    def __missing__(self, character: str) -> int:
        alone = not (_joins(character) or ord(character) in _FLAG_LETTERS)
        width = self[character] = (self._measure(character) or _ATTACHES) if alone else _ATTACHES
        return width


def _attaches(previous: str, character: str, flags: int, *, has_base: bool) -> bool:
    """Tell whether a character belongs to the grapheme before it, which has a letter or not yet."""
    if previous in _BREAKS or character in _BREAKS:
        return False
    if not has_base:
        return character != " "
    if _joins(character):
        return previous != " "
    if ord(character) in _FLAG_LETTERS:
        return flags % 2 == 1
    return previous == JOINER


def _joins(character: str) -> bool:
    if character < "\u0300":
        return False
    return _is_zero_width(character) or _is_mark(character) or character in _VOICING_MARKS


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M"


def _is_zero_width(character: str) -> bool:
    code = ord(character)
    is_inside = code in _SKIN_TONES or any(code in jamo for jamo in _INNER_JAMO)
    return is_inside or unicodedata.category(character) == "Cf"


def _width_of_grapheme(grapheme: str) -> int:
    base = next((char for char in grapheme if not _is_mark(char) and not _is_zero_width(char)), "")
    if not base or base in _BREAKS:
        return 0
    is_picture = EMOJI_SELECTOR in grapheme and re.match(_WIDENS, base) is not None
    is_wide = is_picture or unicodedata.east_asian_width(base) in "WF"
    is_flag = ord(base) in _FLAG_LETTERS and len(grapheme) > 1
    voiced = sum(mark in grapheme[1:] for mark in _VOICING_MARKS)  # a cell of their own
    return (2 if is_wide or is_flag else 1) + voiced
