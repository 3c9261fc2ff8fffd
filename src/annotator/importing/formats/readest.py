"""Readest: the JSON of a book's annotations."""

from collections.abc import Iterator

from annotator.importing.importers import Importer, Sureness
from annotator.importing.item import Found, ImportedHighlight, ImportedItem, Skipped
from annotator.importing.moments import moment_or_remark
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.source import SourceFile

_FORMAT = "readest-annotations"


def sniff(source: SourceFile) -> Sureness:
    """Return whether the file names the format."""
    is_ours = source.json_object.text("$format") == _FORMAT
    return Sureness.CERTAIN if is_ours else Sureness.NO


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the book, after its bookmarks, which mark no words."""
    file = source.json_object
    book = file.object("book")
    remarks: list[str] = []
    marks: list[ImportedHighlight] = []
    for order, found in enumerate(file.objects("annotations")):
        if found.text("type") == "bookmark":
            yield Skipped(found.line, "It is a bookmark, which marks no words.", found.text("text"))
        elif found.text("deletedAt"):
            yield Skipped(found.line, "It is deleted in Readest.", found.text("text", "id"))
        else:
            marks.append(_from_annotation(found, float(order), remarks))
    yield ImportedItem(
        title=book.text("title"),
        authors=book.texts("author"),
        medium="book",
        highlights=tuple(marks),
        source_id=book.text("hash", "metaHash"),
        line=file.line,
        remarks=tuple(remarks),
    )
    if source.json.problem:
        yield Skipped(source.json.line, source.json.problem, "the rest of the file")


def _from_annotation(found: JsonObject, order: float, remarks: list[str]) -> ImportedHighlight:
    return ImportedHighlight(
        quote=found.text("text"),
        note=found.text("note"),
        order=order,
        colour=found.text("color"),
        created=moment_or_remark(found.number("createdAt") or found.text("createdAt"), remarks),
        modified=moment_or_remark(found.number("updatedAt") or found.text("updatedAt"), remarks),
        source_id=found.text("id"),
        line=found.line,
    )


READEST = Importer(name="readest", title="Readest (JSON)", sniff=sniff, read=read)
