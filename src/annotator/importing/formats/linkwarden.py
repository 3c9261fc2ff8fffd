"""Linkwarden: the JSON of its collections, and what its API gives, with highlights."""

from collections.abc import Iterator

from annotator.importing.conversion import folder_tag, has_fields, nested_tag
from annotator.importing.fields import FieldTable, text_position
from annotator.importing.importers import Importer, Sureness
from annotator.importing.item import Found, Skipped
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.source import SourceFile


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
    by_id = {folder.text("id"): folder for folder in source.json_object.objects("collections")}
    for collection in source.json_objects("collections"):
        if isinstance(collection, Skipped):
            yield collection
            continue
        tags = nested_tag(collection, by_id, name="name", parent=_parent)
        for link in collection.objects("links"):
            yield _from_link(link, tags)
        for feed in collection.objects("rssSubscriptions"):
            yield Skipped(feed.line, "It is a feed, not a page.", feed.text("name", "url"))
    for link in source.json_object.objects("links"):
        yield _from_link(link, folder_tag(link.object("collection").text("name")))
    for link in source.json_object.objects("pinnedLinks"):
        yield _from_link(link, ("pinned",))


def _parent(record: JsonObject) -> str:
    return record.text("parentId")


def _from_link(record: JsonObject, tags: tuple[str, ...]) -> Found:
    return _LINK.read(record, tags=(*record.texts("tags"), *tags))


_LINK = FieldTable(
    item={
        "title": "name",
        "added": "importDate createdAt",
        "note": "description",
    },
    marks="highlights",
    mark={
        "note": "comment",
        "position": lambda mark: text_position(mark, "startOffset", "endOffset"),
        "order": "startOffset",
        "created": "createdAt",
    },
    skip=lambda link: "" if link.text("url") else "The link has no address.",
    named="name description",
)
LINKWARDEN = Importer(
    name="linkwarden",
    title="Linkwarden (JSON)",
    sniff=sniff,
    read=read,
    hint="Settings, Backup",
)
