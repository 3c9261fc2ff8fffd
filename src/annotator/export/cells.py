"""The cells of a table, as spans of its text."""

from collections.abc import Iterator

from annotator.model import Span
from annotator.model.article import BETWEEN_CELLS


def cells_of(text: str) -> Iterator[list[Span]]:
    """Yield the rows of a table: its lines, parted by tabs."""
    offset = 0
    for line in text.split("\n"):
        row: list[Span] = []
        for cell in line.split(BETWEEN_CELLS):
            row.append(Span(offset, offset + len(cell)))
            offset += len(cell) + 1
        yield row
