"""O'Reilly: the table of highlights in its books."""

from collections.abc import Iterator

from annotator.importing.conversion import items_of
from annotator.importing.importers import Importer, Sureness
from annotator.importing.item import Found, ImportedHighlight, ImportedItem
from annotator.importing.moments import moment_or_remark
from annotator.importing.readers.table import Row
from annotator.importing.source import SourceFile


def sniff(source: SourceFile) -> Sureness:
    """Return whether the table has the columns of O'Reilly."""
    is_ours = source.has_columns("book title", "chapter title", "highlight", "book url")
    return Sureness.CERTAIN if is_ours else Sureness.NO


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the book of each highlight; their pages are behind a login."""
    yield from items_of(source.rows(), _from_row)


def _from_row(row: Row) -> Found:
    remarks: list[str] = []
    mark = ImportedHighlight(
        quote=row.text("highlight"),
        note=row.text("personal note"),
        location=row.text("chapter title"),
        colour=row.text("color"),
        created=moment_or_remark(row.text("date of highlight"), remarks),
        source_id=row.text("annotation url"),
        line=row.line,
    )
    return ImportedItem(
        url=row.text("book url"),
        title=row.text("book title"),
        authors=tuple(filter(None, (row.text("authors"),))),
        medium="book",
        highlights=(mark,) if mark.quote or mark.note else (),
        line=row.line,
        remarks=tuple(remarks),
    )


OREILLY = Importer(
    name="oreilly",
    title="O’Reilly (CSV)",
    sniff=sniff,
    read=read,
    hint="learning.oreilly.com, Highlights, Export",
)
