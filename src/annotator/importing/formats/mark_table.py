"""The program's own tables of marks, csv and tsv, with the details of claims."""

import re
from collections.abc import Iterator

from annotator.importing.field_data import table_of
from annotator.importing.fields import Record, claim_of
from annotator.importing.item import Found, Skipped
from annotator.importing.readers.table import TableRow, folded
from annotator.importing.source import SourceFile
from annotator.model import CLAIM_FIELDS, Claim

_APOSTROPHE = re.compile(  # which keeps spreadsheets from running what looks like a formula
    r"(?:^|(?<=[,;\n]))'(?=['\"\s]*[=+\-@＝＋－＠])"
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_SIGNS = {"n": "\n", "t": "\t", "r": "\r"}


def read(source: SourceFile) -> Iterator[Found]:
    """Yield an item for each mark."""
    rows = _lines(source) if "\t" in source.head.partition("\n")[0] else source.rows()
    for row in rows:
        if isinstance(row, Skipped):
            yield row
        else:
            yield _ROW.read(row.changed(lambda cell: _APOSTROPHE.sub("", cell)))


def _lines(source: SourceFile) -> Iterator[TableRow]:
    """Yield the rows of a tsv: a line for each, with escapes in place of quotation marks."""
    first, *lines = source.text.rstrip("\n").split("\n")
    names = tuple(map(folded, first.split("\t")))
    for number, line in enumerate(lines, 2):
        cells = line.split("\t")
        plain = [_ESCAPE.sub(lambda sign: _SIGNS.get(sign[1], sign[1]), cell) for cell in cells]
        yield TableRow(names, plain, number)


def _claim(row: Record) -> Claim | None:
    values = {field.name: row.text(field.name) for field in CLAIM_FIELDS}
    return claim_of(values) if row.text("kind") == "claim" or any(values.values()) else None


_ROW = table_of("marks.row", mark={"claim": _claim})
