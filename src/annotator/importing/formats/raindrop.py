"""Raindrop: its table with highlights, the smaller one that it imports, and its API's JSON."""

import re
from collections.abc import Iterator

from annotator.importing.conversion import folder_tag, items_of, nested_tag
from annotator.importing.field_data import table_of
from annotator.importing.fields import flagged
from annotator.importing.item import Found, ImportedHighlight
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.readers.table import TableRow
from annotator.importing.source import SourceFile

_FIELD = re.compile(r"^(Highlight|Note|Color):[ \t]*", re.MULTILINE)
_UNSORTED = "unsorted"  # the collection of what is in none


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the bookmarks of the table with their highlights."""
    if source.columns:
        yield from items_of(source.rows(), _ROW.read)
        return
    folders = {folder.text("_id"): folder for folder in source.json_object.objects("collections")}

    def from_raindrop(record: JsonObject) -> Found:
        folder = folders.get(record.text("collection.$id"))
        collection = nested_tag(folder, folders, name="title", parent="parent.$id")
        favourite = flagged("important")(record)
        return _RAINDROP.read(record, tags=(*record.texts("tags"), *collection, *favourite))

    yield from items_of(source.json_objects("raindrops", "items"), from_raindrop)


def _of_folder(path: str) -> tuple[str, ...]:
    separator = " / " if " / " in path else "/"
    names = [part for part in path.split(separator) if part.strip().lower() != _UNSORTED]
    return folder_tag(*names)


def _highlights(row: TableRow) -> Iterator[ImportedHighlight]:
    """Yield the highlights of a cell: `Highlight:` before each, `Note:` before its note."""
    pieces = _FIELD.split(row.text("highlights"))
    marks = [{"Highlight": pieces[0]}] if pieces[0].strip() else []
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
            line=row.line,
        )


_ROW = table_of(
    "raindrop.row",
    item={
        "tags": ("tags", lambda row: _of_folder(row.text("folder")), flagged("favorite")),
        "highlights": lambda row: tuple(_highlights(row)),
    },
)
_RAINDROP = table_of("raindrop.record")
