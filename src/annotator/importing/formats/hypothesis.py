"""Hypothesis: the JSON that its client exports, the answer of its API, and its table."""

from collections import defaultdict
from collections.abc import Iterator

from msgspec.structs import replace

from annotator.importing.conversion import has_fields, items_of, joined, split_tags
from annotator.importing.fields import FieldTable, first_object, highlight_of, text_position
from annotator.importing.importers import Importer, Sureness
from annotator.importing.item import Found, ImportedItem, Skipped, TextPosition
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.readers.table import TableRow
from annotator.importing.source import SourceFile

_QUOTES = ("quote/description", "quote")
_MARK = {"created": "created", "modified": "updated", "source_id": "id"}
_LISTS = "annotations rows"


def sniff(source: SourceFile) -> Sureness:
    """Return whether the file has the columns or the fields of Hypothesis."""
    if source.has_columns("created at", "author", "page", "url", "type", "comment"):
        return Sureness.CERTAIN
    is_ours = has_fields(first_object(source, _LISTS), "uri", "target", "user") or has_fields(
        source.json_object, "export_userid", "annotations"
    )
    return Sureness.CERTAIN if is_ours else Sureness.NO


def read(source: SourceFile) -> Iterator[Found]:
    """Yield a page for each annotation; replies are part of the note that they answer."""
    if source.columns:
        yield from items_of(source.rows(), _ROW.read)
    else:
        yield from _from_annotations(source.json_objects(*_LISTS.split()))


def _from_annotations(pieces: Iterator[JsonObject | Skipped]) -> Iterator[Found]:
    annotations: list[JsonObject] = []
    replies: dict[str, list[JsonObject]] = defaultdict(list)
    skipped: list[Skipped] = []
    for piece in pieces:
        if isinstance(piece, Skipped):
            skipped.append(piece)
        elif piece.texts("references"):
            replies[piece.texts("references")[0]].append(piece)
        else:
            annotations.append(piece)
    for annotation in annotations:
        yield _from_annotation(annotation, replies.pop(annotation.text("id"), []))
    for lost in replies.values():
        for reply in lost:
            yield Skipped(
                reply.line, "It answers an annotation that is not in the file.", reply.text("text")
            )
    yield from skipped


def _from_annotation(record: JsonObject, replies: list[JsonObject]) -> ImportedItem:
    remarks: list[str] = []
    quote, position = _selected(record)
    mark = highlight_of(
        record,
        _MARK,
        remarks,
        quote=quote.text("exact"),
        prefix=quote.text("prefix"),
        suffix=quote.text("suffix"),
        position=position,
        order=float(position.start) if position else None,
        note=joined(record.text("text"), *map(_reply, replies)),
        location=_location(record),
        tags=(*record.texts("tags"), *(tag for reply in replies for tag in reply.texts("tags"))),
    )
    title = record.object("document").texts("title")
    kept = mark if mark.quote else replace(mark, tags=())
    url = _address(record)
    return ImportedItem(
        url=url,
        title=title[0] if title else "",
        medium="page" if url else "document",
        tags=() if mark.quote else mark.tags,
        highlights=(kept,) if kept.quote or kept.note else (),
        line=record.line,
        remarks=tuple(remarks),
    )


def _selected(record: JsonObject) -> tuple[JsonObject, TextPosition | None]:
    quote, position = record.object("quote"), None  # an empty one
    for target in record.objects("target")[:1]:
        for selector in target.objects("selector"):
            if selector.text("type") == "TextQuoteSelector":
                quote = selector
            elif selector.text("type") == "TextPositionSelector":
                position = text_position(selector) or position
    return quote, position


def _address(record: JsonObject) -> str:
    """Return the address; of a PDF that was opened from a disk the one that it was got from."""
    addresses = (record.text("uri"), *record.object("document").texts("link", inner="href"))
    return next((address for address in addresses if address.startswith("http")), "")


def _location(record: JsonObject) -> str:
    """Return the page of a PDF or the chapter of a book."""
    for target in record.objects("target")[:1]:
        for selector in target.objects("selector"):
            if selector.text("type") == "PageSelector":
                label = selector.text("label") or f"{(selector.number('index') or 0) + 1:.0f}"
                return f"page {label}"
            if selector.text("type") == "EPUBContentSelector":
                return selector.text("title")
    return ""


def _reply(record: JsonObject) -> str:
    name = record.text("user").removeprefix("acct:").partition("@")[0]
    return f"{name}: {record.text('text')}" if name else record.text("text")


def _is_on_page(row: TableRow) -> bool:
    """Return whether a row is a note on the whole page."""
    return row.text("type").strip().lower() == "page note" or not row.text(*_QUOTES).strip()


def _skipped(row: TableRow) -> str:
    is_reply = row.text("type").strip().lower() == "reply"
    return "It is a reply, and the table does not say to what." if is_reply else ""


_ROW = FieldTable(
    item={
        "title": "page",
        "tags": lambda row: split_tags(row.text("tags")) if _is_on_page(row) else (),
    },
    mark={
        "quote": lambda row: "" if _is_on_page(row) else row.text(*_QUOTES),
        "note": "comment",
        "tags": lambda row: () if _is_on_page(row) else split_tags(row.text("tags")),
        "created": "created_at",
    },
    skip=_skipped,
    named="comment",
)


HYPOTHESIS = Importer(
    name="hypothesis",
    title="Hypothesis (JSON, CSV)",
    sniff=sniff,
    read=read,
    hint="The sidebar's Share, Export",
)
