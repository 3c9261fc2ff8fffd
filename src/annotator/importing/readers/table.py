"""Tables of text: columns by their names, whatever separates them, with the line of each row."""

import csv
import io
import re
from collections.abc import Iterator

from annotator.errors import ImportFailed
from annotator.importing.item import Skipped
from annotator.importing.readers.limits import MAX_CELL, MAX_CHARACTERS

_SEPARATORS = ",;\t|"
_TRUE = frozenset({"1", "true", "yes", "x"})


class Row:
    """The cells of a row by the names of their columns, in any case, and the line of the row."""

    def __init__(self, names: tuple[str, ...], cells: list[str], line: int) -> None:
        self.cells = cells
        self.line = line
        self._values = dict(zip(reversed(names), reversed(_filled(cells, len(names))), strict=True))

    def text(self, *names: str) -> str:
        """Return the first of these cells that is not empty."""
        for name in names:
            value = self._values.get(folded(name), "")
            if value.strip():
                return value
        return ""

    def number(self, *names: str) -> float | None:
        """Return the first of these cells that is a number."""
        for name in names:
            try:
                return float(self._values.get(folded(name), ""))
            except ValueError:
                continue
        return None

    def flag(self, *names: str) -> bool:
        """Return whether one of these cells is 1, true or yes."""
        return any(self._values.get(folded(name), "").strip().lower() in _TRUE for name in names)


def folded(name: str) -> str:
    """Return the name of a column as it is compared: `time_added` and `Time Added` are one."""
    return re.sub(r"[\W_]+", " ", name).strip().casefold()


def column_names(text: str) -> tuple[str, ...]:
    """Return the folded names in the first row of a table; one of a single column is none."""
    first = _first_rows(text)
    return tuple(map(folded, first[0])) if first and len(first[0]) > 1 else ()


def rows(text: str) -> Iterator[Row | Skipped]:
    """Yield the rows below the first, which has the names; empty ones are left out."""
    first = _first_rows(text)
    if not first:
        return
    names = tuple(map(folded, first[0]))
    is_first = True
    for cells, line in _rows(text, separator_of(text)):
        if is_first:
            is_first = False
        elif any(len(cell) > MAX_CELL for cell in cells):
            yield Skipped(line, f"A cell has more than {MAX_CELL:,} characters.", _shown(cells))
        elif any(cell.strip() for cell in cells):
            yield Row(names, cells, line)


def separator_of(text: str) -> str:
    """Return what separates the cells: what gives the first row most of them."""
    head = text[:MAX_CELL]
    counts = {each: len(_first_of(head, each)) for each in _SEPARATORS}
    return max(_SEPARATORS, key=lambda each: counts[each])


def _first_rows(text: str) -> list[list[str]]:
    head = text[:MAX_CELL]
    first = _first_of(head, separator_of(text))
    return [first] if first else []


def _first_of(head: str, separator: str) -> list[str]:
    try:
        return next(iter(cells for cells, _ in _rows(head, separator)), [])
    except ImportFailed:
        return []


def _rows(text: str, separator: str) -> Iterator[tuple[list[str], int]]:
    csv.field_size_limit(MAX_CHARACTERS)  # longer cells are refused one by one, not the file
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise ImportFailed(f"The table cannot be read: {error}.", line=line) from error
        if cells is None:
            return
        yield cells, line


def _filled(cells: list[str], length: int) -> list[str]:
    return [*cells[:length], *([""] * (length - len(cells)))]


def _shown(cells: list[str]) -> str:
    return next((cell for cell in cells if cell.strip() and len(cell) <= MAX_CELL), "")
