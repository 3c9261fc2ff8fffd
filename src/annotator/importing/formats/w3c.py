"""Web annotations: those of the W3C in JSON-LD, with pages and collections, and of Hypothesis.

Of Hypothesis there are the JSON that its client exports, the answer of its API, and its table.
"""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from msgspec.structs import replace

from annotator.importing.conversion import by_parent, has_fields, items_of, joined, words_of
from annotator.importing.field_data import table_of
from annotator.importing.fields import claim_of, highlight_of, text_position
from annotator.importing.item import Found, ImportedItem, Skipped, TextPosition
from annotator.importing.readers.json_values import JsonObject, objects_in
from annotator.importing.source import SourceFile
from annotator.model import CLAIM_FIELDS

_MARK = {"created": "created", "modified": "modified", "source_id": "id"}
_CONTEXT = "anno.jsonld"
_LISTS = ("items", "@graph", "annotations", "first")
_NOT_WORDS = "It marks something that is not a passage of text."
_OWN_MARK = "urn:annotator:mark:"
_LINK = "It links marks to each other or to pages, which only json and jsonl bring back."
_CLAIM = {field.key: field.name for field in CLAIM_FIELDS}
_ELSEWHERE = "It holds no annotations, only where they are."


def sniff(source: SourceFile) -> bool:
    """Return whether the file names the context of the model."""
    is_ours = _CONTEXT in source.head or has_fields(source.json_object, "motivation", "target")
    return is_ours and bool(source.json_object)


def read(source: SourceFile) -> Iterator[Found]:
    """Yield a page for each annotation."""
    for record in source.json_objects():
        if isinstance(record, Skipped):
            yield record
            continue
        annotations = list(_annotations(record))
        for annotation in annotations:
            yield from _from_annotation(annotation)
        if not annotations:
            yield Skipped(record.line, _ELSEWHERE, record.text("label", "id"))


def _annotations(record: JsonObject) -> Iterator[JsonObject]:
    if "target" in record:
        yield record
        return
    for name in _LISTS:
        inner = record.get(name)
        if isinstance(inner, JsonObject):
            yield from _annotations(inner)
        else:
            for part in objects_in(inner):
                yield from _annotations(part)


def _from_annotation(record: JsonObject) -> Iterator[Found]:
    remarks: list[str] = []
    bodies = _bodies(record)
    note, tags = bodies["note"], bodies["tags"]
    for target in _each(record.get("target")):
        source, title = _source(target)
        if source.startswith(_OWN_MARK):
            yield Skipped(record.line, _LINK, source)
            continue
        if not source:
            yield Skipped(record.line, "Its target has no address.", note or record.text("id"))
            continue
        selection = _selection(target)
        if "is_foreign" in selection:
            if not note:
                yield Skipped(record.line, _NOT_WORDS, source)
                continue
            selection = {}
            remarks.append(f"{_NOT_WORDS} Its note is one on the page.")
        known = {"quote": "", "author": _creator(record)} | selection | bodies
        mark = highlight_of(record, _MARK, remarks, **known)
        if not mark.quote:
            mark = replace(mark, tags=())
        yield ImportedItem(
            url=source.partition("#:~:")[0],
            title=title,
            tags=() if mark.quote else tags,
            highlights=(mark,) if mark.quote or mark.note else (),
            line=record.line,
            remarks=tuple(remarks),
        )


def _creator(annotation: JsonObject) -> str:
    """Return the name of the person who made an annotation; an address is none."""
    for creator in _each(annotation.get("creator")):
        if isinstance(creator, JsonObject) and creator.text("type", "@type") != "Software":
            return creator.text("name", "nickname", "foaf:name")
    return ""


def _bodies(annotation: JsonObject) -> dict[str, Any]:
    """Return the note, the tags, the kind and the claim that the bodies of an annotation are."""
    notes = [annotation.text("bodyValue")]
    tags: list[str] = []
    kind, values = "", {}
    for body in _each(annotation.get("body")):
        if isinstance(body, str):
            notes.append(body)
        elif isinstance(body, JsonObject):
            words = body.text("value", "rdf:value", "chars", "source", "id", "@id")
            purposes = body.texts("purpose", "role")
            if "tagging" in purposes:
                tags.append(words)
            elif "classifying" in purposes:
                kind = words
            elif body.text("label") in _CLAIM:
                values[_CLAIM[body.text("label")]] = words
            else:
                is_html = body.text("format").startswith("text/html")
                notes.append(words_of(words) if is_html else words)
    claim = claim_of(values) if values or kind == "claim" else None
    return {"note": joined(*notes), "tags": tuple(tags), "kind": kind, "claim": claim}


def _selection(target: object) -> dict[str, object]:
    """Return what the selectors of a target say; `is_foreign` if it is something but text."""
    selection: dict[str, object] = {}
    selectors = list(_selectors(target.get("selector"))) if isinstance(target, JsonObject) else []
    for selector in selectors:
        if selector.text("type") == "TextQuoteSelector":
            selection["quote"] = selector.text("exact")
            selection["prefix"] = selector.text("prefix")
            selection["suffix"] = selector.text("suffix")
        elif selector.text("type") == "TextPositionSelector" and (
            position := text_position(selector)
        ):
            selection["position"], selection["order"] = position, float(position.start)
    is_foreign = bool(selectors) and not selection.get("quote")
    return {"is_foreign": True} if is_foreign else selection


def _each(value: object) -> Iterator[object]:
    """Yield the bodies or targets in a value: one, a list, or a choice or a list of some."""
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, JsonObject) and isinstance(part.get("items"), list):
            yield from _each(part["items"])
        else:
            yield part


def _selectors(value: object) -> Iterator[JsonObject]:
    for selector in value if isinstance(value, list) else [value]:
        if isinstance(selector, JsonObject):
            yield selector
            yield from _selectors(selector.get("refinedBy"))


def _source(target: object) -> tuple[str, str]:
    if isinstance(target, str):
        return target, ""
    if not isinstance(target, JsonObject):
        return "", ""
    source = target.object("source")
    title = source.text("title", "dcterms:title", "name") or target.text("title")
    return target.text("source") or source.text("id", "@id") or target.text("id"), title


_HYPOTHESIS_MARK = {"created": "created", "modified": "updated", "source_id": "id"}
_HYPOTHESIS_LISTS = "annotations rows"
_NOBODY = "acct:annotator@localhost"  # in a file that this program has written
_UNANSWERED = "It answers an annotation that is not in the file."


def read_hypothesis(source: SourceFile) -> Iterator[Found]:
    """Yield a page for each annotation; replies are part of the note that they answer."""
    if source.columns:
        yield from items_of(source.rows(), _ROW.read)
        return
    pieces = source.json_objects(*_HYPOTHESIS_LISTS.split())
    annotations, replies, skipped = by_parent(
        pieces, lambda piece: "".join(piece.texts("references")[:1])
    )
    users = {annotation.text("user") for annotation in annotations}
    for annotation in annotations:
        is_told = len(users) > 1 and annotation.text("user") != _NOBODY  # else the reader's own
        author = _person(annotation) if is_told else ""
        yield _from_hypothesis(annotation, replies.pop(annotation.text("id"), []), author)
    for reply in chain.from_iterable(replies.values()):
        yield Skipped(reply.line, _UNANSWERED, reply.text("text"))
    yield from skipped


def _from_hypothesis(record: JsonObject, replies: list[JsonObject], author: str) -> Found:
    quote, position = _selected(record)
    known = {
        "quote": quote.text("exact"),
        "prefix": quote.text("prefix"),
        "suffix": quote.text("suffix"),
        "position": position,
        "order": float(position.start) if position else None,
        "note": joined(record.text("text"), *map(_reply, replies)),
        "location": _location(record),
        "author": author,
    }
    remarks: list[str] = []
    mark = highlight_of(record, _HYPOTHESIS_MARK, remarks, **known)
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
    name = _person(record)
    return f"{name}: {record.text('text')}" if name else record.text("text")


def _person(record: JsonObject) -> str:
    name = record.text("user").removeprefix("acct:").partition("@")[0]
    return record.text("user_info.display_name") or name


_ROW = table_of("hypothesis.row")
