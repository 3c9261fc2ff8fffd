"""Readeck: bookmarks and annotations as its API gives them."""

from collections import defaultdict
from collections.abc import Iterator

from annotator.importing.field_data import table_of
from annotator.importing.item import Found, Skipped
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.source import SourceFile


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the bookmarks with their annotations, then annotations of other bookmarks."""
    whole = source.json_object
    bookmarks = {bookmark.text("id"): bookmark for bookmark in whole.objects("bookmarks")}
    annotations = defaultdict[str, list[JsonObject]](list)
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


_BOOKMARK, _OF_MARK = map(table_of, ("readeck.bookmark", "readeck.of_mark"))
