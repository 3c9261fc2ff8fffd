"""Linkwarden: the JSON of its collections, and what its API gives, with highlights."""

from collections.abc import Iterator

from annotator.importing.conversion import folder_tag, has_fields, nested_tag
from annotator.importing.field_data import table_of
from annotator.importing.importers import Importer
from annotator.importing.item import Found, Skipped
from annotator.importing.source import SourceFile


def sniff(source: SourceFile) -> bool:
    """Return whether the file has the collections of Linkwarden."""
    collections = source.json_object.objects("collections")
    links = source.json_object.objects("links")
    return (bool(collections) and has_fields(collections[0], "name", "links")) or (
        bool(links) and has_fields(links[0], "name", "url", "highlights")
    )


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the links of all collections, and those that are pinned only."""
    by_id = {folder.text("id"): folder for folder in source.json_object.objects("collections")}
    for collection in source.json_objects("collections"):
        if isinstance(collection, Skipped):
            yield collection
            continue
        tags = nested_tag(collection, by_id, name="name", parent="parentId")
        for link in collection.objects("links"):
            yield _LINK.read(link, tags=(*link.texts("tags"), *tags))
        for feed in collection.objects("rssSubscriptions"):
            name, address = feed.text("name", "url"), feed.text("url")
            yield Skipped(feed.line, "It is a feed, not a page.", name, feed=address, tags=tags)
    for link in source.json_object.objects("links"):
        tags = folder_tag(link.text("collection.name"))
        yield _LINK.read(link, tags=(*link.texts("tags"), *tags))
    for link in source.json_object.objects("pinnedLinks"):
        yield _LINK.read(link, tags=(*link.texts("tags"), "pinned"))


_LINK = table_of("linkwarden.link")
LINKWARDEN = Importer("linkwarden", "Linkwarden (JSON)", sniff, read, hint="Settings, Backup")
