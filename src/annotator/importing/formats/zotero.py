"""Zotero: items with annotations, as its API gives them and as Better BibTeX exports them."""

import re
from collections.abc import Iterator

from annotator.importing.conversion import by_parent, has_fields, joined, words_of
from annotator.importing.field_data import table_of
from annotator.importing.item import Found, Skipped
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.source import SourceFile
from annotator.model.identity import doi_in

_PARTS = frozenset({"attachment", "annotation", "note"})
_BOOKS = frozenset({"book", "bookSection"})
_WORDS = ("annotationText", "annotationComment")
_ALONE = "Its document is not in the file."


def sniff(source: SourceFile) -> bool:
    """Return whether the file has the items of Zotero."""
    whole = source.json_object
    first = next(iter(whole.objects("items")), whole)
    data = first.object("data") or first
    return has_fields(data, "itemType") and (
        has_fields(whole, "config", "items")
        or has_fields(first, "key", "version")
        or has_fields(data, "key")
        or "annotationType" in data
    )


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the items with the annotations and notes of their attachments."""
    items, parts, skipped = by_parent(
        map(_data, source.json_objects("items")),
        lambda part: part.text("parentItem") if part.text("itemType") in _PARTS else "",
    )
    for item in items:
        if item.flag("deleted"):
            yield Skipped(item.line, "It is in the trash of Zotero.", item.text("title", "key"))
        elif item.text("itemType") == "annotation":
            yield Skipped(item.line, _ALONE, item.text(*_WORDS))
        else:
            yield from _from_item(item, parts)
    yield from _orphans(parts, {entry.text("key") for entry in items})
    yield from skipped


def _data(piece: JsonObject | Skipped) -> JsonObject | Skipped:
    data = piece if isinstance(piece, Skipped) else piece.object("data")
    return data if isinstance(data, Skipped) or "itemType" in data else piece


def _orphans(parts: dict[str, list[JsonObject]], known: set[str]) -> Iterator[Found]:
    """Yield an item for each attachment whose item is not in the file, if it has annotations."""
    attachments = {part.text("key") for siblings in parts.values() for part in siblings}
    for parent, children in parts.items():
        if parent in known or parent in attachments:
            continue
        with_words = [part for part in children if part.text("itemType") == "attachment"]
        for attachment in with_words:
            yield from _from_item(attachment, parts)
        if not with_words:
            for part in children:
                yield Skipped(part.line, _ALONE, part.text(*_WORDS))


def _from_item(item: JsonObject, parts: dict[str, list[JsonObject]]) -> Iterator[Found]:
    """Yield an item with the annotations of its attachments and its notes."""
    children = [*parts.get(item.text("key"), ()), *item.objects("attachments")]
    notes = [*_texts_of_notes(item), *(x.text("note") for x in children if _is_note(x))]
    if _is_note(item):
        notes.append(item.text("note"))
    annotations = {
        id(annotation): annotation
        for child in (item, *children)
        for annotation in (*child.objects("annotations"), *parts.get(child.text("key"), ()))
        if annotation.text("itemType") == "annotation" or "annotationType" in annotation
    }
    url = item.text("url") or next((x.text("url") for x in children if x.text("url")), "")
    book = item.text("itemType") in _BOOKS
    yield from _ITEM.items(
        item,
        records=list(annotations.values()),
        url=url,
        doi=item.text("DOI", "extra"),
        note=joined(*map(words_of, notes)),
        medium="book" if book else "page" if url or doi_in(item.text("DOI")) else "document",
    )


def _is_note(record: JsonObject) -> bool:
    return record.text("itemType") == "note"


def _texts_of_notes(item: JsonObject) -> list[str]:
    """Return the notes of an item, which Better BibTeX writes as texts or as objects."""
    notes = item.get("notes")
    texts = (
        (x.text("note") if isinstance(x, JsonObject) else x for x in notes or ())
        if isinstance(notes, list)
        else ()
    )
    return [text for text in texts if isinstance(text, str)]


def _title(item: JsonObject) -> str:
    first_line = words_of(item.text("note")).partition("\n")[0]
    return item.text("title", "shortTitle") or first_line


def _authors(item: JsonObject) -> tuple[str, ...]:
    return tuple(
        f"{creator.text('firstName')} {creator.text('lastName')}".strip() or creator.text("name")
        for creator in item.objects("creators")
        if creator.text("creatorType") in {"author", "", "editor"}
    )


def _order(mark: JsonObject) -> float | None:
    """Return a number for `00012|001234|00056`: page, offset and distance from the top."""
    digits = re.sub(r"[^0-9]", "", mark.text("annotationSortIndex")[:40])
    return float(digits) if digits else None


_ITEM = table_of("zotero.item", item={"title": _title, "authors": _authors}, mark={"order": _order})
