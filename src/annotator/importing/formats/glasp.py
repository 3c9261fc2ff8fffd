"""Glasp: the JSON of its API with highlights."""

from collections.abc import Iterator

from annotator.importing.conversion import has_fields, items_of
from annotator.importing.importers import Importer, Sureness
from annotator.importing.item import Found, ImportedHighlight, ImportedItem
from annotator.importing.moments import moment_or_remark
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.source import SourceFile


def sniff(source: SourceFile) -> Sureness:
    """Return whether the file has the fields of Glasp."""
    found = source.json_object
    first = next(iter(found.objects("results")), found)
    is_ours = has_fields(first, "url", "domain", "document_note", "highlights")
    return Sureness.CERTAIN if is_ours else Sureness.NO


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the pages of the file with their highlights."""
    yield from items_of(source.json_objects("results"), _from_page)


def _from_page(found: JsonObject) -> Found:
    remarks: list[str] = []
    return ImportedItem(
        url=found.text("url"),
        title=found.text("title"),
        added=moment_or_remark(found.text("created_at"), remarks),
        modified=moment_or_remark(found.text("updated_at"), remarks),
        tags=found.texts("tags"),
        note=found.text("document_note"),
        excerpt=found.text("summary"),
        highlights=tuple(
            ImportedHighlight(
                quote=each.text("text"),
                note=each.text("note"),
                colour=each.text("color"),
                created=moment_or_remark(each.text("highlighted_at"), remarks),
                source_id=each.text("id"),
                line=each.line,
            )
            for each in found.objects("highlights")
        ),
        source_id=found.text("id"),
        line=found.line,
        remarks=tuple(remarks),
    )


GLASP = Importer(name="glasp", title="Glasp (JSON)", sniff=sniff, read=read)
