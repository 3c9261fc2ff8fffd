"""Tables of text: columns by their names, whatever separates them, with the line of each row."""

import csv
import re
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from itertools import islice

from annotator.errors import ImportFailed
from annotator.importing.item import Skipped
from annotator.importing.readers.json_values import lines_of
from annotator.importing.readers.limits import MAX_CELL, MAX_CHARACTERS

_SEPARATORS = ",;\t|"
_SAMPLE = 40  # rows that tell a table
_FITTING = 0.8  # share of them with as many cells as the first; a title may have a comma
_ADDRESS = re.compile(r"\s*https?://", re.IGNORECASE)
_NOT_NAMES = ("#", ">", "- ", "* ", "---", "<", "[", "{")  # what begins a note or a page
_TRUE = frozenset({"1", "true", "yes", "x", "✓", "✔", "ja", "oui", "sí", "sì", "sim", "да"})


class TableRow:
    """The cells of a row by the names of their columns, in any case, and the line of the row."""

    def __init__(self, names: tuple[str, ...], cells: list[str], line: int) -> None:
        self.more = cells[len(names) :]  # without a column
        self.line = line
        filled = cells[: len(names)] + [""] * (len(names) - len(cells))
        self._values = dict(zip(reversed(names), reversed(filled), strict=True))

    def changed(self, change: Callable[[str], str]) -> "TableRow":
        """Return the row with every cell changed."""
        return TableRow(tuple(self._values), [*map(change, self._values.values())], self.line)

    def has(self, name: str) -> bool:
        """Return whether there is something in this cell."""
        return bool(self.text(name))

    def text(self, *names: str) -> str:
        """Return the first of these cells that is not empty."""
        for name in names:
            value = self._values.get(folded(name), "")
            if value.strip():
                return value
        return ""

    def texts(self, *names: str) -> tuple[str, ...]:
        """Return the first of these cells that is not empty, as the only one of a list."""
        text = self.text(*names)
        return (text,) if text else ()

    def number(self, *names: str) -> float | None:
        """Return the first of these cells that is a number."""
        for name in names:
            try:
                return float(self._values.get(folded(name), ""))
            except ValueError:
                continue
        return None

    def flag(self, *names: str) -> bool:
        """Return whether one of these cells is 1, true or yes, in one of several languages."""
        return any(self._values.get(folded(name), "").strip().lower() in _TRUE for name in names)


@lru_cache(maxsize=2_000)  # a table is asked for the same names in every row
def folded(name: str) -> str:
    """Return the name of a column as it is compared: `time_added` and `Time Added` are one."""
    return re.sub(r"[\W_]+", " ", name).strip().casefold()


def column_names(text: str) -> tuple[str, ...]:
    """Return the folded names in the first row of a table; one of a single column is none."""
    first = _first_row(text)
    return tuple(map(folded, first)) if len(first) > 1 else ()


def is_table(text: str, names_of_addresses: Collection[str]) -> bool:
    """Return whether a text is a table with a first row of names.

    Its first row has no address, and a column for addresses, or nearly all rows below it have
    as many cells. So a list of addresses is none, nor are notes that begin with a heading.
    """
    head = text[:MAX_CELL]
    try:
        sample = [cells for cells, _ in islice(_rows(head, separator_of(head)), _SAMPLE) if cells]
    except ImportFailed:
        return False
    names, *below = sample or [[]]
    if len(names) < 2 or any(map(_ADDRESS.match, names)) or names[0].startswith(_NOT_NAMES):  # noqa: PLR2004  cells
        return False
    fitting = sum(len(cells) == len(names) for cells in below)
    has_address = not {folded(name) for name in names}.isdisjoint(names_of_addresses)
    return has_address or (bool(below) and fitting >= _FITTING * len(below))


def rows(text: str) -> Iterator[TableRow | Skipped]:
    """Yield the rows below the first, which has the names; empty ones are left out.

    A last row that is cut off is skipped: its address may be half of one.
    """
    names = tuple(map(folded, _first_row(text)))
    if not names:
        return
    is_even = True
    for cells, line, is_last in islice(_with_last(_rows(text, separator_of(text))), 1, None):
        problem = _cut(text, line, cells, len(names) if is_even else 0) if is_last else ""
        is_even &= len(cells) >= len(names) or not cells
        if any(len(cell) > MAX_CELL for cell in cells):
            yield Skipped(line, f"A cell has more than {MAX_CELL:,} characters.", _shown(cells))
        elif problem:
            yield Skipped(line, problem, _shown(cells))
        elif any(cell.strip() for cell in cells):
            yield TableRow(names, cells, line)


def separator_of(text: str) -> str:
    """Return what separates the cells: what gives the first row most of them."""
    return max(_SEPARATORS, key=lambda separator: len(_first_row(text, separator)))


def _first_row(text: str, separator: str = "") -> list[str]:
    try:
        rows_of_head = _rows(text[:MAX_CELL], separator or separator_of(text))
        return next((cells for cells, _ in rows_of_head), [])
    except ImportFailed:
        return []


def _rows(text: str, separator: str) -> Iterator[tuple[list[str], int]]:
    csv.field_size_limit(MAX_CHARACTERS)  # longer cells are refused one by one, not the file
    reader = csv.reader(lines_of(text), delimiter=separator)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise ImportFailed(f"The table cannot be read: {error}.", line=line) from error
        if cells is None:
            return
        yield cells, line


def _with_last(numbered: Iterator[tuple[list[str], int]]) -> Iterator[tuple[list[str], int, bool]]:
    """Yield each row with its line, and whether it is the last one."""
    last: tuple[list[str], int] | None = None
    try:
        for row in numbered:
            if last:
                yield (*last, False)
            last = row
    except ImportFailed:
        if last:
            yield (*last, False)
        raise
    if last:
        yield (*last, True)


def _cut(text: str, line: int, cells: list[str], length: int) -> str:
    """Return what is wrong with the last row if the file is cut off in it.

    `length` is how many cells all rows above have, 0 if they differ.
    """
    if 0 < len(cells) < length and not text.endswith(("\n", "\r")):
        return "The file ends in the middle of this row."
    raw = islice(lines_of(text), line - 1, None) if '"' in text[-MAX_CELL:] else ()
    try:
        list(csv.reader(raw, strict=True, delimiter=separator_of(text)))
    except csv.Error as error:
        if "unexpected end" in str(error):
            return "The file ends in the middle of this row: a quotation mark is not closed."
    return ""


def _shown(cells: list[str]) -> str:
    return next((cell for cell in cells if cell.strip() and len(cell) <= MAX_CELL), "")
