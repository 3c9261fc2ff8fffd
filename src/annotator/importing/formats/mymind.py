"""mymind: the table of what was saved, pages and notes."""

from collections.abc import Iterator

from annotator.importing.conversion import items_of, split_tags
from annotator.importing.importers import Importer, Sureness
from annotator.importing.item import Found, ImportedItem, ItemText, Skipped
from annotator.importing.moments import moment_or_remark
from annotator.importing.readers.table import Row
from annotator.importing.source import SourceFile
from annotator.model import MARKDOWN


def sniff(source: SourceFile) -> Sureness:
    """Return whether the table has the columns of mymind."""
    is_ours = source.has_columns("id", "type", "title", "url", "content", "note", "tags", "created")
    return Sureness.CERTAIN if is_ours else Sureness.NO


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the pages and notes of the table."""
    yield from items_of(source.rows(), _from_row)


def _from_row(row: Row) -> Found:
    remarks: list[str] = []
    url, content = row.text("url"), row.text("content")
    if not url and not content:
        return Skipped(row.line, "It has neither an address nor a text.", row.text("title", "id"))
    return ImportedItem(
        url=url,
        title=row.text("title"),
        added=moment_or_remark(row.text("created"), remarks),
        tags=split_tags(row.text("tags")),
        note=row.text("note"),
        text=None if url or not content else ItemText(content, MARKDOWN),
        excerpt=content if url else "",
        medium="page" if url else "document",
        source_id=row.text("id"),
        line=row.line,
        remarks=tuple(remarks),
    )


MYMIND = Importer(name="mymind", title="mymind (CSV)", sniff=sniff, read=read)
