"""Karakeep: the JSON of its bookmarks, and what its API gives, with highlights and texts."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from annotator.importing.conversion import favourite, has_fields, items_of, nested_tag, read_state
from annotator.importing.importers import Importer, Sureness
from annotator.importing.item import (
    Found,
    ImportedHighlight,
    ImportedItem,
    ItemText,
    Skipped,
    TextPosition,
)
from annotator.importing.moments import iso_date, moment_or_remark
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.source import SourceFile
from annotator.model import MARKDOWN

_MAX_OFFSET = 1e9  # characters; more is not an offset in a text


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
    for each in whole.objects("highlights"):
        marks[each.text("bookmarkId")].append(each)
    yield from items_of(
        source.json_objects("bookmarks"),
        lambda found: _from_bookmark(found, lists, marks.get(found.text("id"), [])),
    )


def _from_bookmark(found: JsonObject, lists: Mapping[str, str], marks: list[JsonObject]) -> Found:
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
        title=found.text("title") or content.text("title"),
        authors=content.texts("author"),
        site_name=content.text("publisher"),
        published=iso_date(content.text("datePublished")),
        added=moment_or_remark(found.number("createdAt") or found.text("createdAt"), remarks),
        state=read_state(is_archived=found.flag("archived")),
        tags=(
            *found.texts("tags"),
            *favourite(is_one=found.flag("favourited")),
            *(lists[each] for each in found.texts("lists", inner="id") if each in lists),
        ),
        note=found.text("note"),
        excerpt=content.text("description"),
        text=_text(content, text if is_text else ""),
        medium="document" if is_text else "page",
        highlights=tuple(_highlight(each, remarks) for each in marks),
        source_id=found.text("id"),
        line=found.line,
        remarks=tuple(remarks),
    )


def _text(content: JsonObject, text: str) -> ItemText | None:
    html = content.text("htmlContent")
    if html:
        return ItemText(html)
    return ItemText(text, MARKDOWN) if text.strip() else None


def _highlight(found: JsonObject, remarks: list[str]) -> ImportedHighlight:
    start, end = found.number("startOffset"), found.number("endOffset")
    position = None
    if start is not None and end is not None and 0 <= start <= end < _MAX_OFFSET:
        position = TextPosition(int(start), int(end), within="item")
    return ImportedHighlight(
        quote=found.text("text"),
        note=found.text("note"),
        position=position,
        order=start,
        colour=found.text("color"),
        created=moment_or_remark(found.text("createdAt"), remarks),
        source_id=found.text("id"),
        line=found.line,
    )


def _list_names(lists: list[JsonObject]) -> dict[str, str]:
    """Return the tags of lists by their ids; a list in a list has a tag below the other's."""
    by_id = {each.text("id"): each for each in lists}
    return {
        identity: "".join(nested_tag(each, by_id, name="name", parent=_parent))
        for identity, each in by_id.items()
    }


def _parent(found: JsonObject) -> str:
    return found.text("parentId")


KARAKEEP = Importer(
    name="karakeep",
    title="Karakeep (JSON)",
    sniff=sniff,
    read=read,
    hint="Settings, Import / Export",
)
