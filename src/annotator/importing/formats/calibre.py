"""Calibre: the bookmarks that it keeps in a book, and the highlights that its viewer exports."""

import base64
import binascii
from collections import defaultdict
from collections.abc import Iterator

from annotator.errors import ImportFailed
from annotator.importing.conversion import has_fields
from annotator.importing.field_data import table_of
from annotator.importing.item import Found, Skipped
from annotator.importing.readers.json_values import JsonObject, objects_in, read_json
from annotator.importing.source import SourceFile

_HEAD = "encoding=json+base64:"
_COLLECTION = "calibre_annotation_collection"
_PLACE = "It is a place, which marks no words."


def sniff(source: SourceFile) -> bool:
    """Return whether the file has the first line or the fields of Calibre."""
    whole = source.json_object
    return (
        source.head.startswith(_HEAD)
        or whole.text("type") == _COLLECTION
        or has_fields(whole, "highlighted_text", "start_cfi")
    )


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the books of a file with their highlights."""
    books: dict[tuple[str, tuple[str, ...]], list[JsonObject]] = defaultdict(list)
    for annotation in _annotations(source):
        if isinstance(annotation, Skipped):
            yield annotation
            continue
        inner = annotation.object("annotation") or annotation
        words = inner.text("highlighted_text")
        if inner.flag("removed"):
            yield Skipped(inner.line, "It is deleted in Calibre.", words or inner.text("uuid"))
        elif inner.text("type") not in {"highlight", ""} or not words:
            yield Skipped(inner.line, _PLACE, inner.text("title", "type"))
        else:
            number = annotation.text("book_id")  # in a library that is not known here
            title = annotation.text("title", "book_title") or (number and f"Calibre book {number}")
            books[title, annotation.texts("authors", "author")].append(inner)
    name = source.name.rpartition("/")[2].rpartition(".")[0]
    for (own_title, authors), marks in books.items():
        title = own_title or name or "A book from Calibre"
        yield _BOOK.read(
            JsonObject(line=marks[0].line), records=marks, title=title, authors=authors
        )


def _annotations(source: SourceFile) -> Iterator[JsonObject | Skipped]:
    if not source.head.startswith(_HEAD):
        yield from source.json_objects("annotations")
        return
    encoded = "".join(source.text.removeprefix(_HEAD).split())
    try:
        text = base64.b64decode(encoded + "=" * (-len(encoded) % 4)).decode("utf-8", "replace")
    except (binascii.Error, ValueError) as error:
        raise ImportFailed("The text in base64 is damaged.", line=2) from error
    read = read_json(text)
    yield from objects_in(read.value)
    if read.problem:
        yield Skipped(2, read.problem, "the rest of the file")


_BOOK = table_of(
    "calibre.book",
    mark={"location": lambda mark: "".join(mark.texts("toc_family_titles")[-1:])},
)
