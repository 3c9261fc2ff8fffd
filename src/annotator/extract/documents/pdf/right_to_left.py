"""Lines in Arabic and Hebrew, in the order in which they are read.

Files keep the characters of such lines in different orders: as they are read, as they are
printed from the left, or each word in its own way. So their order is found from where they
are printed.
"""

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

_LETTERS = ((0x590, 0x8FF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFC))
_SAME = 0.01  # points between the edges of two letters of one ligature, which share a box
_GAP = 0.21  # of the size, between two words without a space in the file
_MARK_REACH = 2  # points by which a vowel mark is beside its letter
_INSIDE = frozenset({"ES", "CS", "ET", "WS", "ON", "NSM"})  # between the letters of a Latin phrase
_AFTER = frozenset(" .,،؛:;!?)(»«-–")  # at the end of one, they belong to the line around it


class Box(NamedTuple):
    """A character with its left and right edge."""

    left: float
    right: float
    text: str


def is_right_to_left(code: int) -> bool:
    """Return whether a character belongs to a script that runs from right to left."""
    return code >= _LETTERS[0][0] and any(first <= code <= last for first, last in _LETTERS)


def is_turned(text: str) -> bool:
    """Return whether most letters of a text run from right to left."""
    if text.isascii():
        return False
    letters = [ord(letter) for letter in text if letter.isalpha()]
    return 2 * sum(map(is_right_to_left, letters)) > len(letters)


def in_reading_order(boxes: Sequence[Box], size: float) -> str:
    """Return the text of a line from its characters, whose order does not matter."""
    groups: list[tuple[float, float, list[str]]] = []
    for left, right, text in boxes:
        last = groups[-1] if groups else None
        shares_box = last and abs(last[0] - left) < _SAME and abs(last[1] - right) < _SAME
        is_mark = (
            last
            and unicodedata.combining(text)
            and left > last[0] - _MARK_REACH
            and right < last[1] + _MARK_REACH
        )
        if last and (shares_box or is_mark):
            last[2].append(text)
        else:
            groups.append((left, right, [text]))
    for _, _, texts in groups:
        # lam and alef are drawn as one, and come in the order of the drawing
        if len(texts) > 1 and all(_is_letter(text) for text in texts):
            texts.reverse()
    groups.sort(key=lambda group: -(group[0] + group[1]))
    return _with_phrases(_spaced(groups, _GAP * size))


def _is_letter(text: str) -> bool:
    return is_right_to_left(ord(text)) and not unicodedata.combining(text)


def _spaced(groups: Sequence[tuple[float, float, list[str]]], widest: float) -> list[str]:
    """Return the characters from right to left, with a space where a gap is wider than that."""
    pieces: list[str] = []
    before: float | None = None
    for left, right, texts in groups:
        is_space = texts == [" "]
        is_after_space = bool(pieces) and pieces[-1] == " "
        if before is not None and before - right > widest and not (is_space or is_after_space):
            pieces.append(" ")
        if is_space and is_after_space:
            before = left if before is None else min(before, left)
            continue
        pieces.append("".join(texts))
        before = left
    return pieces


def _with_phrases(pieces: Sequence[str]) -> str:
    """Return the text with Latin phrases and numbers in it turned round."""
    read: list[str] = []
    phrase: list[str] = []

    def end_phrase() -> None:
        after: list[str] = []
        while phrase and phrase[-1] in _AFTER:
            after.insert(0, phrase.pop())
        read.extend([*reversed(phrase), *after])
        phrase.clear()

    for piece in pieces:
        direction = unicodedata.bidirectional(piece[0])
        if direction in {"L", "EN", "AN"} or (phrase and direction in _INSIDE):
            phrase.append(piece)
        else:
            end_phrase()
            read.append(piece)
    end_phrase()
    return "".join(read)
