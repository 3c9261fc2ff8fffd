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
    found = source.json_object
    if not source.is_json_list or not has_fields(found, "url"):
        return Sureness.NO
    data = next(iter(found.objects("data")), None)
    if data is not None and has_fields(data, "xpath", "content"):
        return Sureness.CERTAIN
    mark = next(iter(found.objects("highlights")), None)
    is_ours = mark is not None and "text" in mark and "quote" not in mark and "id" not in mark
    return Sureness.CERTAIN if is_ours else Sureness.NO


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the pages with their highlights."""
    yield from items_of(source.json_objects(), _from_page)


def _from_page(found: JsonObject) -> Found:
    remarks: list[str] = []
    groups = _groups(found.objects("data"))
    marks = [_from_data(group, remarks) for group in groups]
    if not marks:
        marks = [_from_highlight(each, remarks) for each in found.objects("highlights")]
    return ImportedItem(
        url=found.text("url"),
        title=found.text("title"),
        highlights=tuple(marks),
        line=found.line,
        remarks=tuple(remarks),
    )


def _groups(data: list[JsonObject]) -> list[list[JsonObject]]:
    """Return the pieces that one highlight was cut into, at the borders of paragraphs."""
    groups: dict[str, list[JsonObject]] = {}
    for number, each in enumerate(data):
        groups.setdefault(each.text("groupId") or f"#{number}", []).append(each)
    return list(groups.values())


def _from_data(group: list[JsonObject], remarks: list[str]) -> ImportedHighlight:
    first, last = group[0], group[-1]
    identity = first.text("id")
    return ImportedHighlight(
        quote="\n\n".join(words_of(each.text("content")) for each in group),
        prefix=first.object("textQuote").text("prefix"),
        suffix=last.object("textQuote").text("suffix"),
        note=joined(*(note for each in group for note in each.texts("notes", inner="text"))),
        colour=first.text("color"),
        created=moment_or_remark(identity if identity.isdecimal() else "", remarks),
        source_id=first.text("groupId") or identity,
        line=first.line,
    )


def _from_highlight(found: JsonObject, remarks: list[str]) -> ImportedHighlight:
    return ImportedHighlight(
        quote=words_of(found.text("text")) if "<" in found.text("text") else found.text("text"),
        note=joined(*found.texts("notes", inner="text")),
        created=moment_or_remark(found.text("timestamp"), remarks),
        line=found.line,
    )


CLIPPER = Importer(
    name="clipper",
    title="Obsidian Web Clipper (JSON)",
    sniff=sniff,
    read=read,
    hint="the extension’s Settings, Highlighter, Export",
)
