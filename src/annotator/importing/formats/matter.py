"""Matter: the table of saved pages. Its highlights are not in it."""

from collections.abc import Iterator

from annotator.importing.conversion import favourite, items_of, split_tags
from annotator.importing.importers import Importer, Sureness
from annotator.importing.item import Found, ImportedItem
from annotator.importing.moments import moment_or_remark
from annotator.importing.readers.table import Row
from annotator.importing.source import SourceFile
from annotator.model.vocabulary import ReadState


def sniff(source: SourceFile) -> Sureness:
    """Return whether the table has the columns of Matter."""
    is_ours = source.has_columns("title", "url", "in queue", "last interaction date")
    return Sureness.CERTAIN if is_ours else Sureness.NO


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the pages of the table, and say of each how many highlights it leaves out."""
    yield from items_of(source.rows(), _from_row)


def _from_row(row: Row) -> Found:
    remarks: list[str] = []
    count = row.number("highlight count")
    if count:
        remarks.append(f"{count:.0f} highlights are not in the file: Matter leaves them out.")
    return ImportedItem(
        url=row.text("url"),
        title=row.text("title"),
        authors=tuple(filter(None, (row.text("author"),))),
        site_name=row.text("publisher"),
        added=moment_or_remark(row.text("last interaction date"), remarks),
        state=_state(row),
        tags=(*split_tags(row.text("tags"), ";"), *favourite(is_one=row.flag("favorited"))),
        source_id=row.text("file id"),
        line=row.line,
        remarks=tuple(remarks),
    )


def _state(row: Row) -> ReadState:
    if row.text("in queue").strip().lower() == "false":
        return "archived"
    return "read" if row.flag("read") else "unread"


MATTER = Importer(name="matter", title="Matter (CSV)", sniff=sniff, read=read)
