"""The program's own formats json and jsonl: articles exactly as the library held them."""

from collections.abc import Iterator

import msgspec

from annotator.errors import ImportFailed, InvalidInput
from annotator.importing.importers import Importer, Sureness
from annotator.importing.item import Found, ImportedItem, Skipped
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.source import SourceFile
from annotator.model.library_file import FORMAT, VERSION, LibraryHead, StoredArticle

_ARTICLES = "articles"


def sniff(source: SourceFile) -> Sureness:
    """Return whether the file names the format."""
    is_ours = source.json_object.get("format") == FORMAT
    return Sureness.CERTAIN if is_ours else Sureness.NO


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the values of the library, then its articles.

    Raises `ImportFailed` for a file of a later version.
    """
    head = source.json_object
    version = head.number("version") or 0
    if version > VERSION:
        raise ImportFailed(
            "The file was written by a later version of annotator.", "Update annotator."
        )
    yield _head(head)
    for found in source.json_objects(_ARTICLES):
        if isinstance(found, Skipped):
            yield found
        elif found.get("format") != FORMAT:  # the first of the lines
            yield _article(found)


def _head(found: JsonObject) -> Found:
    values = {name: value for name, value in found.items() if name != _ARTICLES}
    try:
        return msgspec.convert(values, LibraryHead)
    except msgspec.ValidationError as error:
        return Skipped(found.line, f"The values of the library cannot be read: {error}.")


def _article(found: JsonObject) -> Found:
    record = found.object("record")
    title = record.text("title", "url", "id")
    try:
        stored = msgspec.convert(found, StoredArticle)
    except (msgspec.ValidationError, InvalidInput, RecursionError) as error:
        return Skipped(found.line, f"The article cannot be read: {error}.", title)
    return ImportedItem(
        url=stored.record.url,
        title=stored.record.title,
        source_id=stored.record.id,
        line=found.line,
        stored=stored,
    )


LIBRARY = Importer(
    name="annotator",
    title="annotator (json, jsonl)",
    sniff=sniff,
    read=read,
    hint="annotator export --format json --to FILE",
)
