"""Karakeep: the JSON of its bookmarks, and what its API gives, with highlights and texts."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from annotator.importing.conversion import has_fields, items_of, nested_tag, read_state
from annotator.importing.fields import FieldTable, flagged, text_of, text_position
from annotator.importing.importers import Importer, Sureness
from annotator.importing.item import Found, ItemText
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.source import SourceFile
from annotator.model import MARKDOWN


def sniff(source: SourceFile) -> Sureness:
    """Return whether the file has the bookmarks of Karakeep."""
    bookmarks = source.json_object.objects("bookmarks")
    is_ours = bool(bookmarks) and has_fields(bookmarks[0], "createdAt", "content")
    return Sureness.CERTAIN if is_ours else Sureness.NO


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the bookmarks; notes that have no address are items with a text."""
    whole = source.json_object
    lists = _list_names(whole.objects("lists"))
    marks: dict[str, list[JsonObject]] = defaultdict(list)
    for highlight in whole.objects("highlights"):
        marks[highlight.text("bookmarkId")].append(highlight)
    yield from items_of(
        source.json_objects("bookmarks"),
        lambda record: _from_bookmark(record, lists, marks.get(record.text("id"), [])),
    )


def _from_bookmark(record: JsonObject, lists: Mapping[str, str], marks: list[JsonObject]) -> Found:
    tags = (
        *record.texts("tags"),
        *flagged("favourited")(record),
        *(lists[name] for name in record.texts("lists", inner="id") if name in lists),
    )
    return _BOOKMARK.read(record, records=marks, tags=tags)


def _is_text(record: JsonObject) -> bool:
    """Return whether a bookmark is a note, which has no address."""
    content = record.object("content")
    return content.text("type") == "text" or not content.text("url")


def _text(record: JsonObject) -> ItemText | None:
    content = record.object("content")
    if html := content.text("htmlContent"):
        return ItemText(html)
    text = content.text("text") if _is_text(record) else ""
    return ItemText(text, MARKDOWN) if text.strip() else None


def _skipped(record: JsonObject) -> str:
    has_some = text_of(record, "content.url content.text")
    return "" if has_some else "The bookmark has neither an address nor a text."


def _list_names(lists: list[JsonObject]) -> dict[str, str]:
    """Return the tags of lists by their ids; a list in a list has a tag below the other's."""
    by_id = {folder.text("id"): folder for folder in lists}
    return {
        identity: "".join(nested_tag(folder, by_id, name="name", parent=_parent))
        for identity, folder in by_id.items()
    }


def _parent(record: JsonObject) -> str:
    return record.text("parentId")


_BOOKMARK = FieldTable(
    item={
        "url": "content.url",
        "title": "title content.title",
        "authors": lambda bookmark: bookmark.object("content").texts("author"),
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
    skip=_skipped,
    named="title",
)
KARAKEEP = Importer(
    name="karakeep",
    title="Karakeep (JSON)",
    sniff=sniff,
    read=read,
    hint="Settings, Import / Export",
)
