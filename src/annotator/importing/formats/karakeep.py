"""Karakeep: the JSON of its bookmarks, and what its API gives, with highlights and texts."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain

from annotator.importing.conversion import has_fields, items_of, nested_tag, read_state
from annotator.importing.fields import FieldTable, flagged, text_position
from annotator.importing.importers import Importer
from annotator.importing.item import Found, ItemText
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.source import SourceFile
from annotator.model import MARKDOWN


def sniff(source: SourceFile) -> bool:
    """Return whether the file has the bookmarks of Karakeep."""
    bookmarks = source.json_object.objects("bookmarks")
    return bool(bookmarks) and has_fields(bookmarks[0], "createdAt", "content")


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


def _is_text(record: JsonObject) -> bool:
    """Return whether a bookmark is a note, which has no address."""
    return record.text("content.type") == "text" or not record.text("content.url")


def _text(record: JsonObject) -> ItemText | None:
    if html := record.text("content.htmlContent"):
        return ItemText(html)
    return ItemText(record.text("content.text"), MARKDOWN) if _is_text(record) else None


_BOOKMARK = FieldTable(
    item={
        "url": "content.url",
        "title": "title content.title",
        "authors": "content.author",
        "site_name": "content.publisher",
        "published": "content.datePublished",
        "added": "createdAt",
        "state": lambda bookmark: read_state(is_archived=bookmark.flag("archived")),
        "note": "note",
        "excerpt": "content.description",
        "text": _text,
        "medium": lambda bookmark: "document" if _is_text(bookmark) else "page",
    },
    mark={
        "position": lambda mark: text_position(mark, "startOffset", "endOffset", within="item"),
        "order": "startOffset",
        "created": "createdAt",
    },
    skip=lambda bookmark: (
        ""
        if bookmark.text("content.url", "content.text")
        else "The bookmark has neither an address nor a text."
    ),
    named="title",
)
KARAKEEP = Importer("karakeep", "Karakeep (JSON)", sniff, read, hint="Settings, Import / Export")
