"""Links with their numbers upon them, in place: no letter moves for them."""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from annotator.reading.measured import Measured
from annotator.reading.rows import Decoration, Fragment, Row


class Hint(Struct, frozen=True):
    """The number of a link, upon the letter at `offset`, or upon the label before it."""

    offset: int
    number: str
    is_before: bool = False


def numbered(row: Row, hints: Iterable[Hint], text: Measured, base: int) -> Row:
    """Return a row with numbers in place of letters; `base` is where its block's text begins."""
    for hint in hints:
        if hint.is_before:
            row = replace(row, decorations=tuple(_relabelled(row.decorations, hint.number)))
            continue
        held = (each for each in row.fragments if each.start <= hint.offset < each.end)
        for fragment in held:
            row = _covered(row, fragment, hint, (text, base))
    return row


def _relabelled(signs: Iterable[Decoration], number: str) -> Iterable[Decoration]:
    for sign in signs:
        yield replace(sign, text=number, role="hint") if sign.role == "marker" else sign


def _covered(row: Row, fragment: Fragment, hint: Hint, measured: tuple[Measured, int]) -> Row:
    """Return the row with a number for as many letters as it needs, the rest in two parts."""
    text, base = measured
    first, last = fragment.start - base, fragment.end - base
    start, end = text.grapheme(hint.offset - base)
    while text.cells(start, end) < len(hint.number) and (end < last or start > first):
        if end < last:
            end = text.grapheme(end)[1]
        else:
            start = text.grapheme(start - 1)[0]
    column, room = fragment.column + text.cells(first, start), text.cells(start, end)
    parts = (
        Fragment(fragment.start, start + base, fragment.column),
        Fragment(end + base, fragment.end, column + room),
    )
    others = [each for each in row.fragments if each is not fragment]
    sign = Decoration(hint.number[:room], column, "hint")
    return replace(row, fragments=(*others, *parts), decorations=(*row.decorations, sign))
