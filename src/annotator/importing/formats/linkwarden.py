"""Linkwarden: the JSON of its collections, and what its API gives, with highlights."""

from collections.abc import Iterator

from annotator.importing.conversion import folder_tag, has_fields, nested_tag
from annotator.importing.importers import Importer, Sureness
from annotator.importing.item import (
    Found,
    ImportedHighlight,
    ImportedItem,
    Skipped,
    TextPosition,
)
from annotator.importing.moments import moment_or_remark
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.source import SourceFile

_MAX_OFFSET = 1e9  # characters; more is not an offset in a text


def sniff(source: SourceFile) -> Sureness:
    """Return whether the file has the collections of Linkwarden."""
    collections = source.json_object.objects("collections")
    links = source.json_object.objects("links")
    is_ours = (bool(collections) and has_fields(collections[0], "name", "links")) or (
        bool(links) and has_fields(links[0], "name", "url", "highlights")
    )
    return Sureness.CERTAIN if is_ours else Sureness.NO


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the links of all collections, and those that are pinned only."""
    by_id = {each.text("id"): each for each in source.json_object.objects("collections")}
    for collection in source.json_objects("collections"):
        if isinstance(collection, Skipped):
            yield collection
            continue
        tags = nested_tag(collection, by_id, name="name", parent=_parent)
        for found in collection.objects("links"):
            yield _from_link(found, tags)
        for feed in collection.objects("rssSubscriptions"):
            yield Skipped(feed.line, "It is a feed, not a page.", feed.text("name", "url"))
    for found in source.json_object.objects("links"):
        yield _from_link(found, folder_tag(found.object("collection").text("name")))
    for found in source.json_object.objects("pinnedLinks"):
        yield _from_link(found, ("pinned",))


def _parent(found: JsonObject) -> str:
    return found.text("parentId")


def _from_link(found: JsonObject, tags: tuple[str, ...]) -> Found:
    remarks: list[str] = []
    url = found.text("url")
    if not url:
        return Skipped(found.line, "The link has no address.", found.text("name", "description"))
    return ImportedItem(
        url=url,
        title=found.text("name"),
        added=moment_or_remark(found.text("importDate") or found.text("createdAt"), remarks),
        tags=(*found.texts("tags"), *tags),
        note=found.text("description"),
        highlights=tuple(_highlight(each, remarks) for each in found.objects("highlights")),
        source_id=found.text("id"),
        line=found.line,
        remarks=tuple(remarks),
    )


def _highlight(found: JsonObject, remarks: list[str]) -> ImportedHighlight:
    start, end = found.number("startOffset"), found.number("endOffset")
    position = None
    if start is not None and end is not None and 0 <= start <= end < _MAX_OFFSET:
        position = TextPosition(int(start), int(end))
    return ImportedHighlight(
        quote=found.text("text"),
        note=found.text("comment"),
        position=position,
        order=start,
        colour=found.text("color"),
        created=moment_or_remark(found.text("createdAt"), remarks),
        source_id=found.text("id"),
        line=found.line,
    )


LINKWARDEN = Importer(
    name="linkwarden",
    title="Linkwarden (JSON)",
    sniff=sniff,
    read=read,
    hint="Settings, Backup",
)
