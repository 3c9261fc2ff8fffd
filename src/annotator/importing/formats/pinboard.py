"""Pinboard, whose description is the title, in JSON and XML, and Delicious, which it follows."""

from collections.abc import Iterator

from annotator.importing.conversion import items_of
from annotator.importing.field_data import table_of
from annotator.importing.item import Found
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.readers.markup import Tag, xml_tokens
from annotator.importing.source import SourceFile


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
