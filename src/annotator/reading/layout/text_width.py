"""The width of text in terminal cells, and the places where it can be cut into lines.

Readers see graphemes: a letter with its accents, a flag, a family joined out of
four people. A line or a colour never ends inside one. How wide a grapheme is
depends on the program that draws it, so layout takes a `Measure`; the one here,
`cell_width`, follows the East Asian Width of Unicode.

Most text needs none of this: in `Measured` every code point takes one cell, and only text
with others is a `WideText`.

wcwidth (0.9) does the same job with a compiled extension. It is not used because
importing it takes 20 ms, a good part of the time to the first frame, for any article
with a single joined emoji, and because lines must be breakable at every space, which
takes nearly as much code on top of it. Grouping characters by class, as below, comes
close: laying out 100,000 words of Arabic takes 0.4 s here and 0.3 s with wcwidth.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

Measure = Callable[[str], int]  # from text to its width in cells
Run = tuple[int, int]  # start and end of a stretch of text

JOINER = "\u200d"
EMOJI_SELECTOR = "\ufe0f"

# Each pattern is compiled when it is first needed: ASCII text needs none of them.
_NOT_NARROW = (
    "[^ -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e"
    "\u20a0-\u20bf\u2100-\u214f\u2190-\u22ff\u2500-\u25fc]"
)
_PICTURE = (
    "\u203c\u2049\u2190-\u21ff\u2300-\u23ff\u2460-\u27bf\u2900-\u2bff\u3030-\u3299"
    "\U0001f000-\U0001f1e5\U0001f200-\U0001faff"  # without the letters of flags
)
_STRAY_JOINER = f"(?<![{_PICTURE}{EMOJI_SELECTOR}]){JOINER}|{JOINER}(?![{_PICTURE}])"
_WIDENS = (  # characters that an emoji selector turns into a picture
    "[#*0-9©®\u203c\u2049\u2122\u2139\u2194-\u21aa\u2328-\u23fa\u25aa-\u25c0\u25fb-\u27a1"
    "\u2934-\u2b07\U0001f170-\U0001faff]"
)
_NON_JOINER = "\u200c"  # as long and as narrow as the joiner, but terminals join nothing at it
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_INNER_JAMO = (range(0x1160, 0x1200), range(0xD7B0, 0xD800))  # vowels and finals of Hangul
_VOICING_MARKS = "\uff9e\uff9f"  # half-width, but they belong to the kana before them
_BREAKS = "\n\t"  # between lines and cells of a block; nothing joins across them
_NO_LETTER = _BREAKS + " "
_DOTTED_CIRCLE = "\u25cc"  # stands in for the letter that an accent lacks
_BLANK = "\xa0"  # drawn for a lone direction mark; not a space, so that no line breaks there
_ATTACHES = -1

# A grapheme in terms of the classes of its characters: `b` is a break, `s` a space, `f` a
# letter of a flag, `z` the joiner, `m` anything else that attaches, and `x` any other character.
# Marks behind a space go with the character that follows, so that lines can break at every space.
_GRAPHEME = "b|s|[mz]*(?:ff?|x)(?:[mz]|(?<=z)x)*|[mz]+"

_LOOSE = 0.6  # of the width: instead of a shorter line, a word is broken at a dash or slash
_FULL = 0.7  # of the width: the least that a folded line of code fills
_FOLDS = frozenset(" ,;([{")  # code is folded after these
_NOT_FIRST = frozenset(
    "、。，．・：；？！ー」』）］｝〉》】〕’”!),.:;?]}»›…‥%％‰°"
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々ゝゞヽヾ〜～"
)
_NOT_LAST = frozenset("「『（［｛〈《【〔‘“([{«‹$¥￥£€#＃")
_AFTER = r"(?<=\w)[-–—/]+(?=\w)|[—…]+|[?&=_](?=\w)"  # where a long word is broken
_HANGUL = range(0xAC00, 0xD7A4)


class Columns(NamedTuple):
    """Text as it is shown, and the column at which each of its code points begins.

    `shown` is as long as the text. Code points of one grapheme share a column;
    the last entry of `columns` is the width of the whole text.
    """

    shown: str
    columns: list[int]


def is_narrow(text: str) -> bool:
    """Return whether every code point takes one cell and is a grapheme by itself."""
    return text.isascii() or not _compiled(_NOT_NARROW).search(text)


def cell_width(text: str) -> int:
    """Return how many cells `text` takes by Unicode's tables."""
    return sum(_width_of_grapheme(text[start:end]) for start, end in graphemes(text))


def graphemes(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each grapheme.

    A character without width goes with the letter before it; behind a space, with
    the one that follows.
    """
    return (match.span() for match in _compiled(_GRAPHEME).finditer(text.translate(_CLASSES)))


def columns(text: str, measure: Measure) -> Columns:
    """Return `text` as it is shown, with the column of each code point."""
    shown = re.sub(_STRAY_JOINER, _NON_JOINER, text) if JOINER in text else text
    known = _widths(measure)
    widths = list(map(known.__getitem__, shown))
    if _ATTACHES not in widths:
        return Columns(shown, list(accumulate(widths, initial=0)))
    return _columns_of_graphemes(shown, known)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _columns_of_graphemes(text: str, widths: "_Widths") -> Columns:
    shown, places = list(text), []
    column, unplaced = 0, 0
    for start, end in graphemes(text):
        width = widths[text[start:end]]
        if width == _ATTACHES:
            width = widths.measure(text[start:end])
        if not width and (end == len(text) or text[end] in _NO_LETTER):
            shown[start] = _DOTTED_CIRCLE if _is_mark(text[start]) else _BLANK
            width = widths.measure(shown[start])
        if not width:
            unplaced += end - start  # no letter to stand on: it goes with the next one
            continue
        places += [column] * (unplaced + end - start)
        column, unplaced = column + width, 0
    return Columns("".join(shown), [*places, column])


@lru_cache(maxsize=4)
def _widths(measure: Measure) -> "_Widths":
    return _Widths(measure)


class _Widths(dict[str, int]):
    """Cells by grapheme, or `_ATTACHES` where it may join others or has none; filled on demand."""

    def __init__(self, measure: Measure) -> None:
        super().__init__({"\n": 1, "\t": 1})
        self.measure = measure

    def __missing__(self, grapheme: str) -> int:
        is_alone = len(grapheme) > 1 or _CLASSES[ord(grapheme)] in "sx"
        width = self[grapheme] = (self.measure(grapheme) if is_alone else 0) or _ATTACHES
        return width


class _Classes(dict[int, str]):
    """The class of each character by its code, as in `_GRAPHEME`; filled on demand."""

    def __missing__(self, code: int) -> str:
        self[code] = width_class = _class_of(chr(code))
        return width_class


_CLASSES = _Classes()


def _class_of(character: str) -> str:
    if character in _NO_LETTER:
        return "s" if character == " " else "b"
    if ord(character) in _FLAG_LETTERS:
        return "f"
    if character == JOINER:
        return "z"
    attaches = _is_mark(character) or _is_zero_width(character) or character in _VOICING_MARKS
    return "m" if character >= "\u0300" and attaches else "x"


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
    voiced = sum(mark in grapheme[1:] for mark in _VOICING_MARKS)  # each takes its own cell
    return (2 if is_wide or is_flag else 1) + voiced


def measure_text(text: str, measure: Measure) -> "Measured":
    """Return `text` measured."""
    return Measured(text) if is_narrow(text) else WideText(text, measure)


class Measured:
    """Text with known widths. All offsets are code points of the text.

    `shown` is the text as it is drawn, of the same length. Here every code point takes one
    cell: the common case, and a fast one.
    """

    __slots__ = ("shown",)

    def __init__(self, text: str) -> None:
        self.shown = text

    def cells(self, start: int, end: int) -> int:
        """Return the width of a passage on one line."""
        return end - start

    def grapheme(self, offset: int) -> Run:
        """Return the start and end of the grapheme at `offset`."""
        return offset, offset + int(offset < len(self.shown))

    def at(self, run: Run, column: int) -> int:
        """Return the start of the grapheme of a line at `column`, or of its last one."""
        start, end = run
        return max(start, min(start + column, end - 1))

    def wrap(self, run: Run, width: int) -> list[Run]:
        """Return the lines of a paragraph, without the spaces at line breaks."""
        position, end = run
        lines: list[Run] = []
        while self.cells(position, end) > width:
            cut = self._break(position, end, width)
            lines.append((position, cut))
            position = _skip_spaces(self.shown, cut, end)
        if position < end or not lines:
            lines.append((position, end))
        return lines

    def fold(self, run: Run, width: int) -> list[Run]:
        """Return the parts of a line of code, cut where it is full, with nothing left out."""
        position, end = run
        lines: list[Run] = []
        while self.cells(position, end) > width:
            full = self._full(position, end, width)
            cut = _fold_place(self.shown, position, full)
            cut = cut if self.grapheme(cut)[0] == cut else full
            lines.append((position, cut))
            position = cut
        return [*lines, (position, end)]

    def _break(self, position: int, end: int, width: int) -> int:
        """Return the end of a line of a paragraph that goes on up to `end`."""
        space = self.shown.rfind(" ", position, min(end, position + width + 1))
        if space - position < width * _LOOSE:
            space = _break_inside_word(self.shown, position, max(space, position), width)
        return space

    def _full(self, position: int, end: int, width: int) -> int:
        """Return the end of the last grapheme that fits, at least of the first one."""
        return min(end, position + width)


class WideText(Measured):
    """Text with wide, combining or joined characters."""

    __slots__ = ("_columns",)

    def __init__(self, text: str, measure: Measure) -> None:
        self.shown, self._columns = columns(text, measure)

    def cells(self, start: int, end: int) -> int:
        """Return the width of a passage on one line."""
        return self._columns[end] - self._columns[start]

    def grapheme(self, offset: int) -> Run:
        """Return the start and end of the grapheme at `offset`."""
        if offset >= len(self.shown):
            return offset, offset
        column = self._columns[offset]
        return bisect_left(self._columns, column), bisect_right(self._columns, column)

    def at(self, run: Run, column: int) -> int:
        """Return the start of the grapheme of a line at `column`, or of its last one."""
        start, end = run
        if end <= start:
            return start
        covering = bisect_right(self._columns, self._columns[start] + max(0, column), start, end)
        return max(start, self.grapheme(max(start, covering - 1))[0])

    def _break(self, position: int, end: int, width: int) -> int:
        full = self._full(position, end, width)
        return _last_break(self.shown, position, full, self._columns)

    def _full(self, position: int, end: int, width: int) -> int:
        limit = self._columns[position] + width
        fitting = bisect_right(self._columns, limit, position, end + 1) - 1
        start = bisect_left(self._columns, self._columns[fitting], position, end)
        return start if start > position else min(end, self.grapheme(position)[1])


def _skip_spaces(text: str, position: int, end: int) -> int:
    """Return the beginning of the next line, after the spaces at the line break."""
    while position < end and text[position] == " ":
        position += 1
    return position


def _break_inside_word(text: str, position: int, space: int, width: int) -> int:
    """Return the end of a line that would be too short, or whose word is too long."""
    full = position + width
    places = re.compile(_AFTER).finditer(text, max(position, space), full + 1)
    ends = (match.end() for match in places)
    best = max((end for end in ends if end <= full), default=space)
    return best if best > position else full


def _fold_place(text: str, position: int, full: int) -> int:
    """Return the end of a full line of code: after a space or comma near its end, if any."""
    if text[full] == " ":
        return full
    least = position + round((full - position) * _FULL)
    places = range(full, least, -1)
    return next((place for place in places if text[place - 1] in _FOLDS), full)


def _last_break(text: str, position: int, full: int, columns: Sequence[int]) -> int:
    """Return the last place up to `full` where the line may end; `full` if there is none."""
    for place in range(full, position, -1):
        if text[place] == " " or _can_break(text, place, columns):
            return place
    return full


def _can_break(text: str, place: int, columns: Sequence[int]) -> bool:
    """Return whether a line may end between two code points; never inside a grapheme.

    The rules for wide characters are the kinsoku of JIS X 4051, as far as a fixed
    grid allows: some characters cannot begin a line, others cannot end one.
    """
    before, after = text[place - 1], text[place]
    column = columns[place]
    if column == columns[place - 1] or after in _NOT_FIRST or before in _NOT_LAST:
        return False
    if before in "—/":
        return True
    if ord(before) in _HANGUL and ord(after) in _HANGUL:
        return False
    later = next((later for later in columns[place + 1 : place + 20] if later != column), column)
    return column - columns[place - 1] > 1 or later - column > 1
