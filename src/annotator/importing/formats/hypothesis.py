"""Hypothesis: the JSON that its client exports, the answer of its API, and its table."""

from collections.abc import Iterator
from itertools import chain

from msgspec.structs import replace

from annotator.importing.conversion import by_parent, items_of, joined
from annotator.importing.field_data import table_of
from annotator.importing.fields import highlight_of, text_position
from annotator.importing.item import Found, ImportedItem, Skipped, TextPosition
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.source import SourceFile

_MARK = {"created": "created", "modified": "updated", "source_id": "id"}
_LISTS = "annotations rows"
_UNANSWERED = "It answers an annotation that is not in the file."


def read(source: SourceFile) -> Iterator[Found]:
    """Yield a page for each annotation; replies are part of the note that they answer."""
    if source.columns:
        yield from items_of(source.rows(), _ROW.read)
        return
    pieces = source.json_objects(*_LISTS.split())
    annotations, replies, skipped = by_parent(
        pieces, lambda piece: "".join(piece.texts("references")[:1])
    )
    for annotation in annotations:
        yield _from_annotation(annotation, replies.pop(annotation.text("id"), []))
    for reply in chain.from_iterable(replies.values()):
        yield Skipped(reply.line, _UNANSWERED, reply.text("text"))
    yield from skipped


def _from_annotation(record: JsonObject, replies: list[JsonObject]) -> Found:
    quote, position = _selected(record)
    known = {
        "quote": quote.text("exact"),
        "prefix": quote.text("prefix"),
        "suffix": quote.text("suffix"),
        "position": position,
        "order": float(position.start) if position else None,
        "note": joined(record.text("text"), *map(_reply, replies)),
        "location": _location(record),
    }
    remarks: list[str] = []
    mark = highlight_of(record, _MARK, remarks, **known)
    tags = (*record.texts("tags"), *(tag for reply in replies for tag in reply.texts("tags")))
    mark = replace(mark, tags=tags if mark.quote else ())
    url = _address(record)
    return ImportedItem(
        url=url,
        title="".join(record.object("document").texts("title")[:1]),
        medium="page" if url else "document",
        tags=() if mark.quote else tags,
        highlights=(mark,) if mark.quote or mark.note else (),
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


_ROW = table_of("hypothesis.row")
