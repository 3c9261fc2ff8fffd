"""Horizontal scrolling: code and tables that are wider than the page are shown in a window."""

from msgspec.structs import replace

from annotator.model import Span
from annotator.reading.layout.inline_removals import PageLayout
from annotator.reading.layout.row import Decoration, Fragment, TextRow
from annotator.reading.layout.text_width import Measured

MORE_LEFT, MORE_RIGHT = "‹", "›"
CONTEXT = 4  # cells that stay visible around the passage that is scrolled to


def scrolled(layout: PageLayout, row: TextRow, shift: int) -> TextRow:
    """Return a row with its window scrolled `shift` cells to the right.

    A grapheme that an edge would cut is left out.
    """
    laid = layout.block(row.block) if row.window else None
    if row.window is None or laid is None or not laid.overflow:
        return row
    base = layout.article.starts[row.block]
    edges = (row.window[0] + shift, row.window[1] + shift)
    cut = (_part(fragment, laid.text, base, edges) for fragment in row.fragments)
    shown = tuple(replace(fragment, column=fragment.column - shift) for fragment in cut if fragment)
    decorations = [sign for sign in row.decorations if sign.role != "separator"]
    decorations += _lines_between(row, edges, shift)
    ends = [f.column + laid.text.cells(f.start - base, f.end - base) for f in row.fragments]
    if shift and any(fragment.column < edges[0] for fragment in row.fragments):
        decorations.append(Decoration(MORE_LEFT, max(0, row.window[0] - 1), "beyond"))
    if any(end > edges[1] for end in ends):
        decorations.append(Decoration(MORE_RIGHT, row.window[1], "beyond"))
    return replace(row, fragments=shown, decorations=tuple(decorations))


def overflow_of(layout: PageLayout, block: int) -> int:
    """Return the number of cells that a block can scroll; 0 if it fits."""
    return layout.block(block).overflow if layout.article.blocks else 0


def shift_to_show(layout: PageLayout, span: Span, shift: int) -> int:
    """Return the shift nearest to `shift` that shows a passage, or its start if it is too long."""
    start = layout.place(span.start)
    row = layout.row(start.line)
    if row.window is None:
        return 0
    left, right = row.window
    end = layout.place(max(span.start, span.end - 1))
    last = end.column if end.line == start.line else start.column
    context = min(CONTEXT, (right - left - 1) // 2)
    if last + 1 + context > right + shift:
        shift = last + 1 + context - right
    if start.column - context < left + shift:
        shift = start.column - context - left
    return max(0, min(shift, overflow_of(layout, row.block)))


def _part(fragment: Fragment, text: Measured, base: int, edges: tuple[int, int]) -> Fragment | None:
    """Return the part of a fragment that is entirely between two columns."""
    run = (fragment.start - base, fragment.end - base)
    start, end = run
    width = text.cells(start, end)
    if fragment.column >= edges[1] or fragment.column + max(1, width) <= edges[0]:
        return None
    if fragment.column < edges[0]:
        start, after = text.grapheme(text.at(run, edges[0] - fragment.column))
        if fragment.column + text.cells(run[0], start) < edges[0]:
            start = after
    if fragment.column + width > edges[1]:
        end = text.at(run, edges[1] - fragment.column)
    if start > end or (start == end and width):
        return None
    return Fragment(start + base, end + base, fragment.column + text.cells(run[0], start))


def _lines_between(row: TextRow, edges: tuple[int, int], shift: int) -> list[Decoration]:
    """Return the parts of the lines of a table between two columns."""
    lines = (sign for sign in row.decorations if sign.role == "separator")
    return [
        Decoration(sign.text[skipped : edges[1] - sign.column], at - shift, sign.role)
        for sign in lines
        if (skipped := max(0, edges[0] - sign.column)) < len(sign.text)
        and (at := sign.column + skipped) < edges[1]
    ]
