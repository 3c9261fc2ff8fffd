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
    tags = row.text("tags")
    return ImportedItem(
        url=row.text("url"),
        title=row.text("title"),
        added=moment_or_remark(row.text("created_at"), remarks),
        tags=() if tags.strip() == "no_tag" else split_tags(tags, "," if "," in tags else " "),
        note=joined(row.text("description"), row.text("comments"), before),
        highlights=tuple(
            ImportedHighlight(quote=quote.strip(), order=float(order), line=row.line)
            for order, quote in enumerate(quotes)
        ),
        line=row.line,
        remarks=tuple(remarks),
    )


DIIGO = Importer(
    name="diigo", title="Diigo (CSV)", sniff=sniff, read=read, hint="Tools, Export to CSV"
)
