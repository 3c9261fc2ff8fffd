"""Diigo: the table of bookmarks with their annotations."""

import re
from collections.abc import Iterator

from annotator.importing.conversion import items_of, joined, split_tags
from annotator.importing.importers import Importer, Sureness
from annotator.importing.item import Found, ImportedHighlight, ImportedItem
from annotator.importing.moments import moment_or_remark
from annotator.importing.readers.table import Row
from annotator.importing.source import SourceFile

_START = re.compile(r"^Highlight:[ \t]*", re.MULTILINE)
_COMMENT = re.compile(r"^(?:Comment|Note):[ \t]*", re.MULTILINE)
_TAG = re.compile(r"\"([^\"]+)\"|([^\s\"]+)")


def sniff(source: SourceFile) -> Sureness:
    """Return whether the table has the columns of Diigo."""
    is_ours = source.has_columns("title", "url", "tags", "description", "annotations")
    return Sureness.CERTAIN if is_ours else Sureness.NO


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the bookmarks of the table with their highlights."""
    yield from items_of(source.rows(), _from_row)


def _from_row(row: Row) -> Found:
    remarks: list[str] = []
    before, *quotes = _START.split(row.text("annotations"))
    return ImportedItem(
        url=row.text("url"),
        title=row.text("title"),
        added=moment_or_remark(row.text("created_at"), remarks),
        tags=_tags(row.text("tags")),
        note=joined(row.text("description"), row.text("comments"), before),
        highlights=tuple(
            _highlight(quote, float(order), row.line) for order, quote in enumerate(quotes)
        ),
        line=row.line,
        remarks=tuple(remarks),
    )


def _highlight(text: str, order: float, line: int) -> ImportedHighlight:
    quote, *comments = _COMMENT.split(text)
    return ImportedHighlight(quote=quote.strip(), note=joined(*comments), order=order, line=line)


def _tags(cell: str) -> tuple[str, ...]:
    """Return tags between commas, or between spaces with quotation marks around some."""
    if cell.strip() == "no_tag":
        return ()
    if "," in cell:
        return split_tags(cell.replace('"', ""))
    return tuple(first or second for first, second in _TAG.findall(cell))


DIIGO = Importer(
    name="diigo", title="Diigo (CSV)", sniff=sniff, read=read, hint="Tools, Export to CSV"
)
