"""Readwise Reader: its table of documents, and the JSON of its API with the highlights.

In the JSON a highlight is a document whose parent is the article, and a note one whose
parent is the highlight.
"""

from collections.abc import Iterator
from itertools import chain

from annotator.importing.conversion import by_parent, items_of, joined
from annotator.importing.field_data import table_of
from annotator.importing.fields import highlight_of
from annotator.importing.item import Found, ImportedHighlight, Skipped
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.source import SourceFile


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the documents of a file, each with its highlights."""
    if source.columns:
        yield from items_of(source.rows(), _ROW.read)
        return
    documents, children, skipped = by_parent(
        source.json_objects("results"), lambda piece: piece.text("parent_id")
    )
    for document in documents:
        marks = children.get(document.text("id"), [])
        highlights = tuple(_highlight(mark, children.get(mark.text("id"), [])) for mark in marks)
        yield _DOCUMENT.read(document, highlights=highlights)
    known = {part.text("id") for part in chain(documents, *children.values())}
    for parent, marks in children.items():
        if parent not in known:
            for mark in marks:
                yield Skipped(mark.line, "Its document is not in the file.", mark.text("content"))
    yield from skipped


def _highlight(mark: JsonObject, notes: list[JsonObject]) -> ImportedHighlight:
    is_note = mark.text("category").lower() == "note"
    words = mark.text("content", "text")
    return highlight_of(
        mark,
        _DOCUMENT.mark,
        [],
        quote="" if is_note else words,
        note=joined(
            words if is_note else "",
            mark.text("notes"),
            *(note.text("content", "notes") for note in notes),
        ),
    )


_ROW, _DOCUMENT = table_of("reader.row"), table_of("reader.document")
