"""Linkwarden: the JSON of its collections, and what its API gives, with highlights."""

from collections.abc import Iterator

from annotator.importing.conversion import folder_tag, nested_tag
from annotator.importing.field_data import table_of
from annotator.importing.item import Found, Skipped
from annotator.importing.source import SourceFile


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
