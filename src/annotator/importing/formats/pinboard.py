"""Pinboard: the JSON of its bookmarks, and that of Delicious, which it follows."""

from collections.abc import Iterator

from annotator.importing.conversion import has_fields, items_of, split_tags
from annotator.importing.importers import Importer, Sureness
from annotator.importing.item import Found, ImportedItem
from annotator.importing.moments import moment_or_remark
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.source import SourceFile


def sniff(source: SourceFile) -> Sureness:
    """Return whether the file has the fields of Pinboard or Delicious."""
    found = source.json_object
    is_ours = has_fields(found, "href", "description", "toread") or has_fields(
        found, "url", "title", "tags", "others", "owner"
    )
    return Sureness.CERTAIN if is_ours else Sureness.NO


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the bookmarks; what Pinboard calls the description is the title."""
    yield from items_of(source.json_objects(), _from_bookmark)


def _from_bookmark(found: JsonObject) -> Found:
    remarks: list[str] = []
    is_pinboard = "href" in found
    tags = found.get("tags")
    return ImportedItem(
        url=found.text("href", "url"),
        title=found.text("description") if is_pinboard else found.text("title"),
        added=moment_or_remark(found.text("time", "created"), remarks),
        state=("unread" if found.flag("toread") else "read") if is_pinboard else None,
        tags=split_tags(tags, " ") if isinstance(tags, str) else found.texts("tags"),
        note=found.text("extended") if is_pinboard else found.text("description"),
        source_id=found.text("hash"),
        line=found.line,
        remarks=tuple(remarks),
    )


PINBOARD = Importer(
    name="pinboard",
    title="Pinboard, Delicious (JSON)",
    sniff=sniff,
    read=read,
    hint="pinboard.in/export",
)
