"""Raindrop: its table with highlights, and the smaller one that it imports."""

import re
from collections.abc import Iterator

from annotator.importing.conversion import favourite, folder_tag, items_of, split_tags
from annotator.importing.importers import Importer, Sureness
from annotator.importing.item import Found, ImportedHighlight, ImportedItem
from annotator.importing.moments import moment_or_remark
from annotator.importing.readers.table import Row
from annotator.importing.source import SourceFile

_FIELD = re.compile(r"^(Highlight|Note|Color):[ \t]*", re.MULTILINE)
_UNSORTED = "unsorted"  # the collection of what is in none


def sniff(source: SourceFile) -> Sureness:
    """Return whether the table has the columns of Raindrop."""
    if source.has_columns("title", "note", "excerpt", "url", "created", "cover"):
        return Sureness.CERTAIN
    is_likely = source.has_columns("url", "folder", "title", "note", "tags", "created")
    return Sureness.LIKELY if is_likely else Sureness.NO


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the bookmarks of the table with their highlights."""
    yield from items_of(source.rows(), _from_row)


def _from_row(row: Row) -> Found:
    remarks: list[str] = []
    return ImportedItem(
        url=row.text("url"),
        title=row.text("title"),
        added=moment_or_remark(row.text("created"), remarks),
        tags=(
            *split_tags(row.text("tags")),
            *_of_folder(row.text("folder")),
            *favourite(is_one=row.flag("favorite")),
        ),
        note=row.text("note"),
        excerpt=row.text("excerpt"),
        highlights=tuple(_highlights(row.text("highlights"), row.line)),
        source_id=row.text("id"),
        line=row.line,
        remarks=tuple(remarks),
    )


def _of_folder(path: str) -> tuple[str, ...]:
    separator = " / " if " / " in path else "/"
    names = [each for each in path.split(separator) if each.strip().lower() != _UNSORTED]
    return folder_tag(*names)


def _highlights(cell: str, line: int) -> Iterator[ImportedHighlight]:
    """Yield the highlights of a cell: `Highlight:` before each, `Note:` before its note."""
    pieces = _FIELD.split(cell)
    marks: list[dict[str, str]] = []
    for name, value in zip(pieces[1::2], pieces[2::2], strict=True):
        if name == "Highlight":
            marks.append({name: value})
        elif marks:
            marks[-1][name] = value.strip()
    for order, mark in enumerate(marks):
        yield ImportedHighlight(
            quote=mark["Highlight"].strip(),
            note=mark.get("Note", ""),
            colour=mark.get("Color", ""),
            order=float(order),
            line=line,
        )


RAINDROP = Importer(
    name="raindrop",
    title="Raindrop (CSV)",
    sniff=sniff,
    read=read,
    hint="Settings, Backups, or Export of a collection",
)
