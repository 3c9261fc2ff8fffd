"""Tables of data, as rows and cells; tables for layout are left to the walk."""

import re
from collections.abc import Iterator
from itertools import takewhile

from annotator.extract.blocks.inline_text import Inline, InlineRun, Leaf, add_inline
from annotator.extract.dom.elements import Element, attribute, tag_of, text_of
from annotator.model.article import BETWEEN_CELLS, Block

MAX_SPAN = 50  # columns or rows that one cell may claim
MAX_CELLS = 20_000
_LEAST = 2  # rows, and columns
_LONG_CELL = 400  # characters; longer cells are usually columns of a layout

_HOLDS_BLOCKS = frozenset(
    {"table", "h1", "h2", "h3", "pre", "blockquote", "form", "article", "iframe"}
)
_POST = re.compile(r"post_message_\d")


def read_table(element: Element, base: str) -> Leaf | None:
    """Return a table of data, None for a table for layout."""
    cells = ([cell for cell in row if tag_of(cell) in {"td", "th"}] for row in _rows(element))
    rows = [row for row in cells if row]
    if not _is_data(element, rows):
        return None
    inline = _text_of(rows, base)
    header_rows = _header_rows(element, rows)
    block = Block("table", inline.text, marks=inline.marks, header_rows=header_rows)
    return Leaf(block, inline.linked)


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if tag_of(child) == "tr":
            yield child
        elif tag_of(child) in {"thead", "tbody", "tfoot"}:
            yield from (row for row in child if tag_of(row) == "tr")


def _is_data(table: Element, rows: list[list[Element]]) -> bool:
    widest = max((len(row) for row in rows), default=0)
    if attribute(table, "role") in {"presentation", "none"} or min(widest, len(rows)) < _LEAST:
        return False
    if sum(map(len, rows)) > MAX_CELLS:
        return False
    # A newsletter or an old page, laid out in nested tables; a post of an old forum.
    if any(
        tag_of(below) in _HOLDS_BLOCKS or _POST.match(attribute(below, "id"))
        for row in rows
        for cell in row
        for below in cell.iter()
        if below is not cell
    ):
        return False
    if next(table.iter("th"), None) is not None or next(table.iter("caption"), None) is not None:
        return True
    # Columns of a page without styles: long cells, or a cell beside each of few texts.
    lengths = [[_length(cell) for cell in row] for row in rows]
    beside = sum(1 for row in lengths if sum(map(bool, row)) > 1)
    return max(map(max, lengths)) < _LONG_CELL and beside > len(rows) // 4


def _length(cell: Element) -> int:
    return len(text_of(cell, _LONG_CELL))


def _text_of(rows: list[list[Element]], base: str) -> Inline:
    run, claimed = InlineRun(), dict[int, int]()
    for row in rows:
        if not any(map(_length, row)):
            claimed = {column: left - 1 for column, left in claimed.items() if left > 1}
            continue
        if not run.is_empty:
            run.attach("\n")
        _add_row(run, row, claimed, base)
    return run.finish()


def _add_row(run: InlineRun, row: list[Element], claimed: dict[int, int], base: str) -> None:
    """Add the cells of a row in their columns.

    `claimed` has the number of rows that cells above still occupy, by column.
    """
    column = 0
    for cell in row:
        while claimed.get(column, 0) > 0:
            claimed[column] -= 1
            if column:
                run.attach(BETWEEN_CELLS)
            column += 1
        if column:
            run.attach(BETWEEN_CELLS)
        add_inline(run, cell, base)
        width = _span(cell, "colspan")
        run.attach(BETWEEN_CELLS * (width - 1))
        for held in range(column, column + width):
            claimed[held] = _span(cell, "rowspan") - 1
        column += width


def _span(cell: Element, name: str) -> int:
    value = attribute(cell, name)
    return min(MAX_SPAN, max(1, int(value))) if re.fullmatch(r"\d{1,4}", value) else 1


def _header_rows(table: Element, rows: list[list[Element]]) -> int:
    head = table.find("thead")
    if head is not None:
        return sum(tag_of(row) == "tr" and bool(_length(row)) for row in head)
    heads = takewhile(lambda row: all(tag_of(cell) == "th" for cell in row), rows)
    count = sum(1 for _ in heads)
    return count if count < len(rows) and max(map(len, rows[:count]), default=0) > 1 else 0
