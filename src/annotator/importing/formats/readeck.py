"""Readeck: bookmarks and annotations as its API gives them."""

from collections import defaultdict
from collections.abc import Iterator

from annotator.importing.conversion import has_fields, read_state
from annotator.importing.fields import Fields, FieldTable, flagged, percent
from annotator.importing.importers import Importer
from annotator.importing.item import Found, Skipped
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.source import SourceFile
from annotator.model.vocabulary import ReadState


def sniff(source: SourceFile) -> bool:
    """Return whether the file has annotations with the fields of Readeck, or its bookmarks."""
    record = source.json_object
    marks = record.objects("annotations") or [record]
    bookmarks = record.objects("bookmarks") or [record]
    return has_fields(marks[0], "bookmark_id", "bookmark_url", "text") or has_fields(
        bookmarks[0], "is_archived", "is_marked", "read_progress"
    )


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the bookmarks with their annotations, then annotations of other bookmarks."""
    whole = source.json_object
    bookmarks = {bookmark.text("id"): bookmark for bookmark in whole.objects("bookmarks")}
    annotations: dict[str, list[JsonObject]] = defaultdict(list)
    for record in source.json_objects("annotations"):
        if isinstance(record, Skipped):
            yield record
        elif "bookmark_id" in record:
            annotations[record.text("bookmark_id")].append(record)
        elif "read_progress" in record:
            bookmarks[record.text("id")] = record
    for identity, bookmark in bookmarks.items():
        yield _BOOKMARK.read(bookmark, records=annotations.pop(identity, []))
    for marks in annotations.values():
        yield _OF_MARK.read(marks[0], records=marks)


def _state(record: JsonObject) -> ReadState:
    return read_state(
        is_archived=record.flag("is_archived"), progress=record.number("read_progress")
    )


_MARK: Fields = {"created": "created"}
_BOOKMARK = FieldTable(
    item={
        "authors": "authors",
        "site_name": "site_name site",
        "published": "published",
        "added": "created",
        "modified": "updated",
        "state": _state,
        "progress": percent("read_progress"),
        "tags": ("labels", flagged("is_marked")),
        "excerpt": "description",
        "language": "lang",
    },
    mark=_MARK,
)
_OF_MARK = FieldTable(  # what an annotation says of its bookmark
    item={
        "url": "bookmark_url",
        "title": "bookmark_title",
        "site_name": "bookmark_site_name",
        "source_id": "bookmark_id",
    },
    mark=_MARK,
)
READECK = Importer("readeck", "Readeck (JSON of its API)", sniff, read)
