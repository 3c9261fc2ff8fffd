"""Text from right to left: blocks whose lines begin at the right edge of the page.

The terminal orders the letters of a line; this module only places lines and their
decorations.
"""

import unicodedata

from msgspec.structs import replace

from annotator.reading.layout.prose_layout import ProseLayout
from annotator.reading.layout.row import Decoration, Fragment
from annotator.reading.layout.table_layout import TableLayout, grid
from annotator.reading.layout.text_width import Measure, is_narrow

Decorations = tuple[Decoration, ...]

_EXAMINED = 200  # characters in which the direction of a text is looked for


def is_right_to_left(text: str) -> bool:
    """Return whether the first letter with a direction runs to the left (rule P2 of UAX 9)."""
    if is_narrow(text):
        return False
    directions = map(unicodedata.bidirectional, text[:_EXAMINED])
    return (
        next((direction for direction in directions if direction in {"L", "R", "AL"}), "L") != "L"
    )


def mirrored(
    laid: ProseLayout | TableLayout, width: int, measure: Measure
) -> ProseLayout | TableLayout:
    """Return the layout of a block mirrored on a page of `width` cells."""
    if isinstance(laid, ProseLayout):
        return _mirrored_prose(laid, width, measure)
    return laid if laid.overflow else _mirrored_grid(laid, width, measure)


def mirrored_decorations(decorations: Decorations, width: int, measure: Measure) -> Decorations:
    """Return decorations mirrored on a page of `width` cells."""
    return tuple(
        replace(sign, text=_turned(sign.text), column=max(0, width - sign.column - cells))
        for sign in decorations
        for cells in (measure(sign.text),)
    )


def _mirrored_prose(laid: ProseLayout, width: int, measure: Measure) -> ProseLayout:
    lines = zip(laid.lines, laid.indents, strict=True)
    frame = laid.frame
    return replace(
        laid,
        indents=tuple(max(0, width - indent - laid.text.cells(*line)) for line, indent in lines),
        frame=replace(
            frame,
            on_first=mirrored_decorations(frame.on_first, width, measure),
            on_each=mirrored_decorations(frame.on_each, width, measure),
        ),
        above=tuple(
            mirrored_decorations(decorations, width, measure) for decorations in laid.above
        ),
        below=tuple(
            mirrored_decorations(decorations, width, measure) for decorations in laid.below
        ),
    )


def _mirrored_grid(laid: TableLayout, width: int, measure: Measure) -> TableLayout:
    rows = (
        replace(
            row,
            fragments=tuple(_across(laid, fragment, width) for fragment in row.fragments),
            decorations=mirrored_decorations(row.decorations, width, measure),
        )
        for row in laid.rows
    )
    return grid(laid.text, rows)


def _across(laid: TableLayout, fragment: Fragment, width: int) -> Fragment:
    cells = laid.text.cells(fragment.start, fragment.end)
    return replace(fragment, column=max(0, width - fragment.column - cells))


def _turned(text: str) -> str:
    return text[::-1] if set(text) <= set("─┼") else text
