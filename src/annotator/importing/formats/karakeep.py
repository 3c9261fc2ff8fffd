"""Karakeep: the JSON of its bookmarks. Highlights and texts are not in it."""

from collections.abc import Iterator, Mapping

from annotator.importing.conversion import folder_tag, has_fields, items_of, read_state
from annotator.importing.importers import Importer, Sureness
from annotator.importing.item import Found, ImportedItem, ItemText, Skipped
from annotator.importing.moments import moment_or_remark
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.source import SourceFile
from annotator.model import MARKDOWN

_MAX_DEPTH = 20  # of lists in lists; a damaged file may have a circle


def sniff(source: SourceFile) -> Sureness:
    """Return whether the file has the bookmarks of Karakeep."""
    bookmarks = source.json_object.objects("bookmarks")
    is_ours = bool(bookmarks) and has_fields(bookmarks[0], "createdAt", "content")
    return Sureness.CERTAIN if is_ours else Sureness.NO


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the bookmarks; notes that have no address are items with a text."""
    lists = _list_names(source.json_object.objects("lists"))
    yield from items_of(
        source.json_objects("bookmarks"), lambda found: _from_bookmark(found, lists)
    )


def _from_bookmark(found: JsonObject, lists: Mapping[str, str]) -> Found:
    remarks: list[str] = []
    content = found.object("content")
    text = content.text("text")
    if not content.text("url") and not text.strip():
        return Skipped(
            found.line, "The bookmark has neither an address nor a text.", found.text("title")
        )
    is_text = content.text("type") == "text" or not content.text("url")
    return ImportedItem(
        url=content.text("url"),
        title=found.text("title"),
        added=moment_or_remark(found.number("createdAt") or found.text("createdAt"), remarks),
        state=read_state(is_archived=found.flag("archived")),
        tags=(
            *found.texts("tags"),
            *(lists[each] for each in found.texts("lists", inner="id") if each in lists),
        ),
        note=found.text("note"),
        text=ItemText(text, MARKDOWN) if is_text and text.strip() else None,
        medium="document" if is_text else "page",
        line=found.line,
        remarks=tuple(remarks),
    )


def _list_names(lists: list[JsonObject]) -> dict[str, str]:
    """Return the tags of lists by their ids; a list in a list has a tag below the other's."""
    by_id = {each.text("id"): each for each in lists}
    tags: dict[str, str] = {}
    for each in lists:
        names: list[str] = []
        inner: JsonObject | None = each
        while inner is not None and len(names) < _MAX_DEPTH:
            names.insert(0, inner.text("name"))
            inner = by_id.get(inner.text("parentId"))
        tags[each.text("id")] = "".join(folder_tag(*names))
    return tags


KARAKEEP = Importer(
    name="karakeep",
    title="Karakeep (JSON)",
    sniff=sniff,
    read=read,
    hint="Settings, Import / Export",
)
