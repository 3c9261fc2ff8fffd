"""Tables of words that are kept beside the code, as files that are easy to read and to extend.

A line has the words of one meaning and a column those of one language, or the other way round:

    concept   en                  de
    court     court judge*        gericht* richter*
"""

from collections.abc import Mapping
from pkgutil import get_data

WordTable = Mapping[str, Mapping[str, str]]


def word_table(package: str, name: str) -> WordTable:
    """Return the cells of a table of a package, by the first cell of the line, then by column."""
    head, *lines = (get_data(package, name) or b"").decode().splitlines()
    columns = head.split("\t")[1:]
    rows = (line.split("\t") for line in lines)
    return {first: dict(zip(columns, cells, strict=True)) for first, *cells in rows}
