"""Pinboard, whose description is the title, in JSON and XML, and Delicious, which it follows."""

from collections.abc import Iterator

from annotator.importing.conversion import has_fields, items_of
from annotator.importing.field_data import table_of
from annotator.importing.importers import Importer
from annotator.importing.item import Found
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.readers.markup import Tag, xml_tokens
from annotator.importing.source import SourceFile


def sniff(source: SourceFile) -> bool:
    """Return whether it is a list of bookmarks in JSON, or the posts of the API in XML."""
    first = source.json_object
    return (
        has_fields(first, "href", "description", "toread")
        or has_fields(first, "url", "title", "tags", "others", "owner")
        or ("<posts" in source.head and "<post " in source.head)
    )


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the bookmarks."""
    if not source.head.lstrip().startswith("<"):
        yield from items_of(source.json_objects(), _BOOKMARK.read)
        return
    for token in xml_tokens(source.text):
        if isinstance(token, Tag) and token.name == "post" and not token.is_end:
            post = {**token.attributes, "tags": token.attributes.get("tag", "")}
            yield _BOOKMARK.read(JsonObject(post, token.line))


_BOOKMARK = table_of("pinboard.bookmark")
PINBOARD = Importer(
    "pinboard", "Pinboard, Delicious (JSON, XML)", sniff, read, hint="pinboard.in/export"
)
