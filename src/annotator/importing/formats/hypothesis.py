"""Hypothesis: the JSON that its client exports, the answer of its API, and its table."""

from collections import defaultdict
from collections.abc import Iterator

from msgspec.structs import replace

from annotator.importing.conversion import has_fields, items_of, joined, split_tags
from annotator.importing.importers import Importer, Sureness
from annotator.importing.item import (
    Found,
    ImportedHighlight,
    ImportedItem,
    Skipped,
    TextPosition,
)
from annotator.importing.moments import moment_or_remark
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.readers.table import Row
from annotator.importing.source import SourceFile

_LISTS = ("annotations", "rows")
_MAX_OFFSET = 1e9  # characters; more is not an offset in a page


def sniff(source: SourceFile) -> Sureness:
    """Return whether the file has the columns or the fields of Hypothesis."""
    if source.has_columns("created at", "author", "page", "url", "type", "comment"):
        return Sureness.CERTAIN
    found = source.json_object
    first = next(iter(found.objects(*_LISTS)), found)
    is_ours = has_fields(first, "uri", "target", "user") or has_fields(
        found, "export_userid", "annotations"
    )
    return Sureness.CERTAIN if is_ours else Sureness.NO


def read(source: SourceFile) -> Iterator[Found]:
    """Yield a page for each annotation; replies are part of the note that they answer."""
    if source.columns:
        yield from items_of(source.rows(), _from_row)
    else:
        yield from _from_annotations(source.json_objects(*_LISTS))


def _from_annotations(pieces: Iterator[JsonObject | Skipped]) -> Iterator[Found]:
    annotations: list[JsonObject] = []
    replies: dict[str, list[JsonObject]] = defaultdict(list)
    skipped: list[Skipped] = []
    for each in pieces:
        if isinstance(each, Skipped):
            skipped.append(each)
        elif each.texts("references"):
            replies[each.texts("references")[0]].append(each)
        else:
            annotations.append(each)
    for annotation in annotations:
        yield _from_annotation(annotation, replies.pop(annotation.text("id"), []))
    for lost in replies.values():
        for each in lost:
            yield Skipped(
                each.line, "It answers an annotation that is not in the file.", each.text("text")
            )
    yield from skipped


def _from_annotation(found: JsonObject, replies: list[JsonObject]) -> ImportedItem:
    remarks: list[str] = []
    quote, position = _selected(found)
    mark = ImportedHighlight(
        quote=quote.text("exact"),
        prefix=quote.text("prefix"),
        suffix=quote.text("suffix"),
        position=position,
        order=float(position.start) if position else None,
        note=joined(found.text("text"), *map(_reply, replies)),
        location=_location(found),
        tags=(*found.texts("tags"), *(tag for reply in replies for tag in reply.texts("tags"))),
        created=moment_or_remark(found.text("created"), remarks),
        modified=moment_or_remark(found.text("updated"), remarks),
        source_id=found.text("id"),
        line=found.line,
    )
    title = found.object("document").texts("title")
    kept = mark if mark.quote else replace(mark, tags=())
    url = _address(found)
    return ImportedItem(
        url=url,
        title=title[0] if title else "",
        medium="page" if url else "document",
        tags=() if mark.quote else mark.tags,
        highlights=(kept,) if kept.quote or kept.note else (),
        line=found.line,
        remarks=tuple(remarks),
    )


def _selected(found: JsonObject) -> tuple[JsonObject, TextPosition | None]:
    quote, position = found.object("quote"), None  # an empty one
    for target in found.objects("target")[:1]:
        for selector in target.objects("selector"):
            if selector.text("type") == "TextQuoteSelector":
                quote = selector
            elif selector.text("type") == "TextPositionSelector":
                start, end = selector.number("start"), selector.number("end")
                if start is not None and end is not None and 0 <= start <= end < _MAX_OFFSET:
                    position = TextPosition(int(start), int(end))
    return quote, position


def _address(found: JsonObject) -> str:
    """Return the address; of a PDF that was opened from a disk the one that it was got from."""
    addresses = (found.text("uri"), *found.object("document").texts("link", inner="href"))
    return next((each for each in addresses if each.startswith("http")), "")


def _location(found: JsonObject) -> str:
    """Return the page of a PDF or the chapter of a book."""
    for target in found.objects("target")[:1]:
        for selector in target.objects("selector"):
            if selector.text("type") == "PageSelector":
                label = selector.text("label") or f"{(selector.number('index') or 0) + 1:.0f}"
                return f"page {label}"
            if selector.text("type") == "EPUBContentSelector":
                return selector.text("title")
    return ""


def _reply(found: JsonObject) -> str:
    name = found.text("user").removeprefix("acct:").partition("@")[0]
    return f"{name}: {found.text('text')}" if name else found.text("text")


def _from_row(row: Row) -> Found:
    kind = row.text("type").strip().lower()
    if kind == "reply":
        return Skipped(
            row.line, "It is a reply, and the table does not say to what.", row.text("comment")
        )
    remarks: list[str] = []
    tags = split_tags(row.text("tags"))
    quote = row.text("quote/description", "quote")
    is_on_page = kind == "page note" or not quote.strip()
    mark = ImportedHighlight(
        quote="" if is_on_page else quote,
        note=row.text("comment"),
        tags=() if is_on_page else tags,
        created=moment_or_remark(row.text("created at"), remarks),
        line=row.line,
    )
    return ImportedItem(
        url=row.text("url"),
        title=row.text("page"),
        tags=tags if is_on_page else (),
        highlights=(mark,) if mark.quote or mark.note else (),
        line=row.line,
        remarks=tuple(remarks),
    )


HYPOTHESIS = Importer(
    name="hypothesis",
    title="Hypothesis (JSON, CSV)",
    sniff=sniff,
    read=read,
    hint="The sidebar's Share, Export",
)
