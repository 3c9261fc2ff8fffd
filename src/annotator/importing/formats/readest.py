"""Readest: the JSON of a book's annotations."""

from collections.abc import Iterator

from annotator.importing.fields import Fields, FieldTable, highlight_of
from annotator.importing.importers import Importer, Sureness
from annotator.importing.item import Found, ImportedHighlight, Skipped
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
    for order, annotation in enumerate(file.objects("annotations")):
        if annotation.text("type") == "bookmark":
            yield Skipped(
                annotation.line, "It is a bookmark, which marks no words.", annotation.text("text")
            )
        elif annotation.text("deletedAt"):
            yield Skipped(
                annotation.line, "It is deleted in Readest.", annotation.text("text", "id")
            )
        else:
            marks.append(highlight_of(annotation, _MARK, remarks, order=float(order)))
    yield _BOOK.read(book, highlights=tuple(marks), line=file.line, remarks=tuple(remarks))
    if source.json.problem:
        yield Skipped(source.json.line, source.json.problem, "the rest of the file")


_BOOK = FieldTable(
    item={
        "authors": "author",
        "medium": lambda _: "book",
        "source_id": "hash metaHash",
    }
)
_MARK: Fields = {
    "created": "createdAt",
    "modified": "updatedAt",
}
READEST = Importer(name="readest", title="Readest (JSON)", sniff=sniff, read=read)
