"""Where a line may end: at spaces, after dashes, and between the letters of Chinese and Japanese.

The rules for wide characters are the kinsoku of JIS X 4051, as far as a fixed
grid can keep them: some marks may not begin a line, others may not end one.
"""

import re
from collections.abc import Sequence

LOOSE = 0.6  # of the width: a shorter line is a hole, and a dash or slash is a better place
FULL = 0.7  # of the width: the least that a folded line of code fills

_FOLDS = frozenset(" ,;([{")
_NOT_FIRST = frozenset(
    "、。，．・：；？！ー」』）］｝〉》】〕’”!),.:;?]}»›…‥%％‰°"
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々ゝゞヽヾ〜～"
)
_NOT_LAST = frozenset("「『（［｛〈《【〔‘“([{«‹$¥￥£€#＃")
_AFTER = r"(?<=\w)[-–—/]+(?=\w)|[—…]+|[?&=_](?=\w)"  # compiled when a word is too long
_HANGUL = range(0xAC00, 0xD7A4)


def skip_spaces(text: str, position: int, end: int) -> int:
    """Return where the next line begins, past the spaces at which it parts."""
    while position < end and text[position] == " ":
        position += 1
    return position


def break_inside(text: str, position: int, space: int, width: int) -> int:
    """Return where to end a line that would be full of holes, or whose word is too long."""
    full = position + width
    places = re.compile(_AFTER).finditer(text, max(position, space), full + 1)
    ends = (found.end() for found in places)
    best = max((end for end in ends if end <= full), default=space)
    return best if best > position else full


def fold_place(text: str, position: int, full: int) -> int:
    """Return where a full line of code ends: at a space or comma, if one is near its end."""
    if text[full] == " ":
        return full
    least = position + round((full - position) * FULL)
    places = range(full, least, -1)
    return next((place for place in places if text[place - 1] in _FOLDS), full)


def last_break(text: str, position: int, full: int, columns: Sequence[int]) -> int:
    """Return the last place at or before `full` where the line may end; `full` if there is none."""
    for place in range(full, position, -1):
        if text[place] == " " or _may_part(text, place, columns):
            return place
    return full


def _may_part(text: str, place: int, columns: Sequence[int]) -> bool:
    """Tell whether a line may end between two letters; never inside one."""
    before, after = text[place - 1], text[place]
    column = columns[place]
    if column == columns[place - 1] or after in _NOT_FIRST or before in _NOT_LAST:
        return False
    if before in "—/":
        return True
    if ord(before) in _HANGUL and ord(after) in _HANGUL:
        return False
    return column - columns[place - 1] > 1 or _width_at(columns, place) > 1


def _width_at(columns: Sequence[int], place: int) -> int:
    column = columns[place]
    return (
        next((later for later in columns[place + 1 : place + 20] if later != column), column)
        - column
    )
