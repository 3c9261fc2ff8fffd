"""Characters with their places, as lines."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from annotator.extract.documents.pdf.lines import PrintedLine
from annotator.extract.documents.pdf.right_to_left import Box, in_reading_order, is_right_to_left

LINE_BREAK = 10
_BREAKING_HYPHEN = 2  # how the file's reader names a hyphen at the end of a line
_SPACE = 32
_LEAST_SIZE = 6  # points; gaps in smaller text are judged as if it were as large
# All of these are parts of the size of the letters.
_WORD_GAP = 0.22  # between two words
_COLUMN_GAP = 1.6  # no gap of a justified line is as wide
_SAME_BASE, _CLOSE_BASE = 0.12, 0.2  # how far letters of one line are above each other
_RAISED_BASE = 0.62  # and how far a superscript
_SMALLER, _RAISED_SIZE = 0.86, 0.82  # the size of a superscript
_RAISED_BY = 0.15
_LARGER = 1.15  # of a line that begins with a superscript, its other letters
_TURNED_GAP = 12
_TURN = 6  # how far back the letters of a line from right to left may jump


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
        self.left, self.right = first.left, first.right
        self.size, self.base = first.size, first.base
        self.is_turned = is_right_to_left(first.code)

    def takes(self, other: Character) -> bool:
        """Return whether a character stands on this line, next to its last one."""
        size = max(self.size, other.size)
        distance = abs(other.base - self.base)
        differs = min(self.size, other.size) < _SMALLER * size
        is_turned = is_right_to_left(other.code)
        # Arabic letters with vowel marks have base lines of their own.
        if distance >= (_RAISED_BASE * size if differs or is_turned else _CLOSE_BASE * self.size):
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
    solid = [each for each in line.characters if each.code != _SPACE]
    bold = sum(character.is_bold for character in solid)
    if len({character.size for character in solid}) > 1:
        # A line has the size of most of its letters: a large initial or formula is an exception.
        size = Counter(character.size for character in solid).most_common(1)[0][0]
        base = Counter(c.base for c in solid if c.size == size).most_common(1)[0][0]
    else:
        size, base = line.size, line.base
    raised: tuple[tuple[int, int], ...] = ()
    if line.is_turned:
        boxes = [
            Box(each.left, each.right, chr(each.code))
            for each in line.characters
            if not each.is_made_up
        ]
        text = in_reading_order(boxes, size)
    else:
        text, raised = _from_the_left(line.characters, size, base)
    return PrintedLine(
        page,
        round(line.left, 1),
        round(line.right, 1),
        round(base, 1),
        round(size, 1),
        text,
        bold > 0.8 * len(solid),
        raised,
        solid[-1].code == _BREAKING_HYPHEN,
    )


def _from_the_left(
    characters: Sequence[Character], size: float, base: float
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the text of a line and its superscripts."""
    text: list[str] = []
    raised: list[int] = []
    right = characters[0].left
    for character in characters:
        code = character.code
        if code == _SPACE:
            if text and text[-1] != " ":
                text.append(" ")
            continue
        if character.left - right > _WORD_GAP * character.size and text and text[-1] != " ":
            text.append(" ")
        if character.size < _RAISED_SIZE * size and character.base > base + _RAISED_BY * size:
            raised.append(len(text))
        text.append("-" if code == _BREAKING_HYPHEN else chr(code))
        right = character.right
    return "".join(text).rstrip(), _spans(raised)


def _spans(places: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Return the spans that neighbouring places make."""
    spans: list[tuple[int, int]] = []
    for place in places:
        if spans and spans[-1][1] == place:
            spans[-1] = spans[-1][0], place + 1
        else:
            spans.append((place, place + 1))
    return tuple(spans)
