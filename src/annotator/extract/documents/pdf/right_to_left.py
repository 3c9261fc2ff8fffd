"""Lines in Arabic and Hebrew, in the order in which they are read.

Files keep the characters of such lines in different orders: as they are read, as they are
printed from the left, or each word in its own way. So their order is found from where they
are printed.
"""

from collections.abc import Sequence
from unicodedata import bidirectional, combining

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
