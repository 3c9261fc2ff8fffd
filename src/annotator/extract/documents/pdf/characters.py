"""Characters with their places, as lines.

Files keep the characters of lines in Arabic and Hebrew in different orders: as they are read,
as they are printed from the left, or each word in its own way. So their order is found from
where they are printed.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from unicodedata import bidirectional, combining

from annotator.extract.documents.pdf.lines import PrintedLine

_LETTERS = ((0x590, 0x8FF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFC))
_SAME = 0.01  # points between the edges of two letters of one ligature, which share a box
_GAP = 0.21  # of the size, between two words without a space in the file
_MARK_REACH = 2  # points by which a vowel mark is beside its letter
_INSIDE = frozenset({"ES", "CS", "ET", "WS", "ON", "NSM"})  # between the letters of a Latin phrase
_FAR = float("inf")
_AFTER = " .,،؛:;!?)(»«-–"  # at the end of one, they belong to the line around it


def is_right_to_left(code: int) -> bool:
    """Return whether a character belongs to a script that runs from right to left."""
    return code >= _LETTERS[0][0] and any(first <= code <= last for first, last in _LETTERS)


def is_turned(text: str) -> bool:
    """Return whether most letters of a text run from right to left."""
    letters = [] if text.isascii() else [ord(letter) for letter in text if letter.isalpha()]
    return 2 * sum(map(is_right_to_left, letters)) > len(letters)


def in_reading_order(boxes: Sequence[tuple[float, float, str]], size: float) -> str:
    """Return the text of a line from its characters, each with its left and right edge."""
    groups: list[tuple[float, float, list[str]]] = []
    for left, right, text in boxes:
        start, end, texts = groups[-1] if groups else (_FAR, _FAR, [])
        shares_box = abs(start - left) < _SAME and abs(end - right) < _SAME
        is_beside = left > start - _MARK_REACH and right < end + _MARK_REACH
        if shares_box or (combining(text) and is_beside):
            texts.append(text)
        else:
            groups.append((left, right, [text]))
    for _, _, texts in groups:
        # lam and alef are drawn as one, and come in the order of the drawing
        if len(texts) > 1 and all(is_right_to_left(ord(x)) and not combining(x) for x in texts):
            texts.reverse()
    pieces: list[str] = []
    before = _FAR
    for left, right, texts in sorted(groups, key=lambda group: -(group[0] + group[1])):
        is_gap = before != _FAR and before - right > _GAP * size
        if (is_gap or texts == [" "]) and pieces and pieces[-1] != " ":
            pieces.append(" ")
        if texts != [" "]:
            pieces.append("".join(texts))
        before = left
    return _with_phrases(pieces)


def _with_phrases(pieces: Sequence[str]) -> str:
    """Return the text with Latin phrases and numbers in it turned round."""
    read = ""
    phrase: list[str] = []
    for piece in [*pieces, ""]:
        direction = bidirectional(piece[0]) if piece else ""
        if direction in {"L", "EN", "AN"} or (phrase and direction in _INSIDE):
            phrase.append(piece)
            continue
        after = ""
        while phrase and phrase[-1] in _AFTER:
            after = phrase.pop() + after
        read += "".join(reversed(phrase)) + after + piece
        phrase = []
    return read


LINE_BREAK = 10
_BREAKING_HYPHEN, _SPACE = 2, 32  # the first is what a hyphen at the end of a line is read as
_LEAST_SIZE = 6  # points; gaps in smaller text are judged as if it were as large
# All of these are parts of the size of the letters.
_WORD_GAP, _COLUMN_GAP = 0.22, 1.6  # between two words; no gap of a justified line is as wide
_SAME_BASE, _RAISED_BASE = 0.2, 0.62  # how far letters, and superscripts, are above each other
_SMALLER, _RAISED_SIZE, _RAISED_BY = 0.86, 0.82, 0.15  # superscripts
_LARGER = 1.15  # of a line that begins with a superscript, its other letters
_TURNED_GAP, _TURN = 12, 6  # how far the letters of a line from right to left may jump
_BOLD = 0.8  # of its letters are, in a bold line


class Character(NamedTuple):
    """A character, where it is printed, and its size; `LINE_BREAK` is where the file has one.

    A space that `is_made_up` is not in the file.
    """

    code: int
    left: float = 0
    right: float = 0
    base: float = 0
    size: float = 0
    is_bold: bool = False
    is_made_up: bool = False


class _Open:
    """A line to which characters are still added."""

    def __init__(self, first: Character) -> None:
        self.characters = [first]
        _, self.left, self.right, self.base, self.size, *_ = first
        self.is_turned = is_right_to_left(first.code)

    def takes(self, other: Character) -> bool:
        """Return whether a character stands on this line, next to its last one."""
        size = max(self.size, other.size)
        differs = min(self.size, other.size) < _SMALLER * size
        is_turned = is_right_to_left(other.code)
        # Arabic letters with vowel marks have base lines of their own.
        limit = _RAISED_BASE * size if differs or is_turned else _SAME_BASE * self.size
        if abs(other.base - self.base) >= limit:
            return False
        gap = other.left - self.right
        self.is_turned = self.is_turned or is_turned
        if self.is_turned:
            if other.right < self.right:
                gap = self.left - other.right
            if is_turned or abs(other.left - self.right) < _TURN * other.size:
                gap = max(gap, -1)  # a word that the file has in the other order
        is_back = gap < -max(self.right - self.left, 3 * other.size)
        # A line from right to left may be written in any order, even its middle last.
        widest = _TURNED_GAP if is_turned else _COLUMN_GAP
        return not is_back and gap <= widest * max(size, _LEAST_SIZE)

    def add(self, other: Character) -> None:
        self.characters.append(other)
        self.left, self.right = min(self.left, other.left), max(self.right, other.right)
        if other.size > _LARGER * self.size:
            self.size, self.base = other.size, other.base


def lines_of(characters: Iterable[Character], page: int) -> list[PrintedLine]:
    """Return characters in the order of the file as lines of a page."""
    lines: list[_Open] = []
    line: _Open | None = None
    for character in characters:
        if character.code == LINE_BREAK:
            line = None
        elif character.code == _SPACE:
            if line:
                line.characters.append(character)
        elif line and line.takes(character):
            line.add(character)
        else:
            line = _Open(character)
            lines.append(line)
    return [closed for line in lines if (closed := _closed(line, page)).text.strip()]


def _closed(line: _Open, page: int) -> PrintedLine:
    solid = [one for one in line.characters if one.code != _SPACE]
    size, base = line.size, line.base
    if len({one.size for one in solid}) > 1:
        # A line has the size of most of its letters: a large initial or formula is an exception.
        size = Counter(one.size for one in solid).most_common(1)[0][0]
        base = Counter(one.base for one in solid if one.size == size).most_common(1)[0][0]
    raised: tuple[tuple[int, int], ...] = ()
    if line.is_turned:
        drawn = [one for one in line.characters if not one.is_made_up]
        text = in_reading_order([(one.left, one.right, chr(one.code)) for one in drawn], size)
    else:
        text, raised = _from_the_left(line.characters, size, base)
    left, right, base, size = (round(one, 1) for one in (line.left, line.right, base, size))
    is_bold = sum(one.is_bold for one in solid) > _BOLD * len(solid)
    is_broken = solid[-1].code == _BREAKING_HYPHEN
    return PrintedLine(page, left, right, base, size, text, is_bold, raised, is_broken)


def _from_the_left(
    characters: Sequence[Character], size: float, base: float
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the text of a line and its superscripts."""
    text: list[str] = []
    raised: list[tuple[int, int]] = []
    right = characters[0].left
    for one in characters:
        is_space = one.code == _SPACE or one.left - right > _WORD_GAP * one.size
        if is_space and text and text[-1] != " ":
            text.append(" ")
        if one.code == _SPACE:
            continue
        if one.size < _RAISED_SIZE * size and one.base > base + _RAISED_BY * size:
            goes_on = bool(raised) and raised[-1][1] == len(text)
            raised.append((raised.pop()[0] if goes_on else len(text), len(text) + 1))
        text.append("-" if one.code == _BREAKING_HYPHEN else chr(one.code))
        right = one.right
    return "".join(text).rstrip(), tuple(raised)
