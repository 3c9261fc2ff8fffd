"""Raindrop: its table with highlights, the smaller one that it imports, and its API's JSON."""

import re
from collections.abc import Iterator, Mapping

from annotator.importing.conversion import (
    favourite,
    folder_tag,
    has_fields,
    items_of,
    nested_tag,
    split_tags,
)
from annotator.importing.importers import Importer, Sureness
from annotator.importing.item import Found, ImportedHighlight, ImportedItem
from annotator.importing.moments import moment_or_remark
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.readers.table import Row
from annotator.importing.source import SourceFile

_FIELD = re.compile(r"^(Highlight|Note|Color):[ \t]*", re.MULTILINE)
_UNSORTED = "unsorted"  # the collection of what is in none


def sniff(source: SourceFile) -> Sureness:
    """Return whether the table has the columns of Raindrop."""
    first = next(iter(source.json_object.objects("raindrops", "items")), None)
    if first is not None and has_fields(first, "_id", "link", "excerpt"):
        return Sureness.CERTAIN
    if source.has_columns("title", "note", "excerpt", "url", "created", "cover"):
        return Sureness.CERTAIN
    is_likely = source.has_columns("url", "folder", "title", "note", "tags", "created")
    return Sureness.LIKELY if is_likely else Sureness.NO


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the bookmarks of the table with their highlights."""
    if source.columns:
        yield from items_of(source.rows(), _from_row)
        return
    folders = {each.text("_id"): each for each in source.json_object.objects("collections")}
    yield from items_of(
        source.json_objects("raindrops", "items"), lambda found: _from_raindrop(found, folders)
    )


def _from_raindrop(found: JsonObject, folders: Mapping[str, JsonObject]) -> Found:
    remarks: list[str] = []
    return ImportedItem(
        url=found.text("link"),
        title=found.text("title"),
        added=moment_or_remark(found.text("created"), remarks),
        modified=moment_or_remark(found.text("lastUpdate"), remarks),
        tags=(
            *found.texts("tags"),
            *_of_collection(found.object("collection").text("$id"), folders),
            *favourite(is_one=found.flag("important")),
        ),
        note=found.text("note"),
        excerpt=found.text("excerpt"),
        highlights=tuple(
            ImportedHighlight(
                quote=each.text("text"),
                note=each.text("note"),
                colour=each.text("color"),
                created=moment_or_remark(each.text("created"), remarks),
                source_id=each.text("_id"),
                line=each.line,
            )
            for each in found.objects("highlights")
        ),
        source_id=found.text("_id"),
        line=found.line,
        remarks=tuple(remarks),
    )


def _of_collection(identity: str, folders: Mapping[str, JsonObject]) -> tuple[str, ...]:
    return nested_tag(
        folders.get(identity),
        folders,
        name="title",
        parent=lambda found: found.object("parent").text("$id"),
    )


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
            line=line,
        )


RAINDROP = Importer(
    name="raindrop",
    title="Raindrop (CSV, JSON of its API)",
    sniff=sniff,
    read=read,
    hint="Settings, Backups, or Export of a collection",
)
