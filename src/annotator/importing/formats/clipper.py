"""Obsidian Web Clipper: the JSON of its highlights."""

from collections.abc import Iterator

from annotator.importing.conversion import has_fields, items_of, joined, words_of
from annotator.importing.importers import Importer, Sureness
from annotator.importing.item import Found, ImportedHighlight, ImportedItem
from annotator.importing.moments import moment_or_remark
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.source import SourceFile


def sniff(source: SourceFile) -> Sureness:
    """Return whether the file is a list of pages with highlights that have a `text`."""
    whole = source.json_object
    if not source.is_json_list or not has_fields(whole, "url"):
        return Sureness.NO
    data = next(iter(whole.objects("data")), None)
    if data is not None and has_fields(data, "xpath", "content"):
        return Sureness.CERTAIN
    mark = next(iter(whole.objects("highlights")), None)
    is_ours = mark is not None and "text" in mark and "quote" not in mark and "id" not in mark
    return Sureness.CERTAIN if is_ours else Sureness.NO


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the pages with their highlights."""
    yield from items_of(source.json_objects(), _from_page)


def _from_page(record: JsonObject) -> Found:
    remarks: list[str] = []
    groups = _groups(record.objects("data"))
    marks = [_from_data(group, remarks) for group in groups]
    if not marks:
        marks = [_from_highlight(highlight, remarks) for highlight in record.objects("highlights")]
    return ImportedItem(
        url=record.text("url"),
        title=record.text("title"),
        highlights=tuple(marks),
        line=record.line,
        remarks=tuple(remarks),
    )


def _groups(data: list[JsonObject]) -> list[list[JsonObject]]:
    """Return the pieces that one highlight was cut into, at the borders of paragraphs."""
    groups: dict[str, list[JsonObject]] = {}
    for number, piece in enumerate(data):
        groups.setdefault(piece.text("groupId") or f"#{number}", []).append(piece)
    return list(groups.values())


def _from_data(group: list[JsonObject], remarks: list[str]) -> ImportedHighlight:
    first, last = group[0], group[-1]
    identity = first.text("id")
    return ImportedHighlight(
        quote="\n\n".join(words_of(record.text("content")) for record in group),
        prefix=first.object("textQuote").text("prefix"),
        suffix=last.object("textQuote").text("suffix"),
        note=joined(*(note for record in group for note in record.texts("notes", inner="text"))),
        colour=first.text("color"),
        created=moment_or_remark(identity if identity.isdecimal() else "", remarks),
        source_id=first.text("groupId") or identity,
        line=first.line,
    )


def _from_highlight(record: JsonObject, remarks: list[str]) -> ImportedHighlight:
    return ImportedHighlight(
        quote=words_of(record.text("text")) if "<" in record.text("text") else record.text("text"),
        note=joined(*record.texts("notes", inner="text")),
        created=moment_or_remark(record.text("timestamp"), remarks),
        line=record.line,
    )


CLIPPER = Importer(
    name="clipper",
    title="Obsidian Web Clipper (JSON)",
    sniff=sniff,
    read=read,
    hint="the extension’s Settings, Highlighter, Export",
)
