"""Karakeep: the JSON of its bookmarks, and what its API gives, with highlights and texts."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain

from annotator.importing.conversion import items_of, nested_tag
from annotator.importing.field_data import table_of
from annotator.importing.fields import flagged
from annotator.importing.item import Found
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.source import SourceFile


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the bookmarks; notes that have no address are items with a text."""
    whole = source.json_object
    by_id = {folder.text("id"): folder for folder in whole.objects("lists")}
    marks: dict[str, list[JsonObject]] = defaultdict(list)
    for highlight in whole.objects("highlights"):
        marks[highlight.text("bookmarkId")].append(highlight)

    def from_bookmark(record: JsonObject) -> Found:
        lists = (
            nested_tag(by_id.get(name), by_id, name="name", parent="parentId")
            for name in record.texts("lists", inner="id")
        )
        tags = (*record.texts("tags"), *flagged("favourited")(record), *chain(*lists))
        return _BOOKMARK.read(record, records=marks.get(record.text("id"), []), tags=tags)

    yield from items_of(source.json_objects("bookmarks"), from_bookmark)


_BOOKMARK = table_of("karakeep.bookmark")
