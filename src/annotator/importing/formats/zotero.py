"""Zotero: items with annotations, as its API gives them and as Better BibTeX exports them."""

import re
from collections import defaultdict
from collections.abc import Iterator

from annotator.importing.conversion import has_fields, joined, words_of
from annotator.importing.importers import Importer, Sureness
from annotator.importing.item import Found, ImportedHighlight, ImportedItem, Medium, Skipped
from annotator.importing.moments import iso_date, moment_or_remark
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.source import SourceFile

_PARTS = frozenset({"attachment", "annotation", "note"})
_BOOKS = frozenset({"book", "bookSection"})
_DOI = re.compile(r"\b10\.\d{4,9}/\S+")
_WORDLESS = frozenset({"image", "ink"})


def sniff(source: SourceFile) -> Sureness:
    """Return whether the file has the items of Zotero."""
    whole = source.json_object
    first = next(iter(whole.objects("items")), whole)
    data = first.object("data") or first
    is_ours = has_fields(data, "itemType") and (
        has_fields(whole, "config", "items")
        or has_fields(first, "key", "version")
        or has_fields(data, "key")
        or "annotationType" in data
    )
    return Sureness.CERTAIN if is_ours else Sureness.NO


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the items with the annotations and notes of their attachments."""
    items: list[JsonObject] = []
    parts: dict[str, list[JsonObject]] = defaultdict(list)
    skipped: list[Skipped] = []
    for record in source.json_objects("items"):
        if isinstance(record, Skipped):
            skipped.append(record)
            continue
        data = _data(record)
        if data.text("itemType") in _PARTS and data.text("parentItem"):
            parts[data.text("parentItem")].append(data)
        else:
            items.append(data)
    known = {entry.text("key") for entry in items}
    for item in items:
        if item.flag("deleted"):
            yield Skipped(item.line, "It is in the trash of Zotero.", item.text("title", "key"))
        elif item.text("itemType") == "annotation":
            yield Skipped(item.line, "Its document is not in the file.", _words(item))
        else:
            yield from _from_item(item, parts)
    yield from _orphans(parts, known)
    yield from skipped


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
                yield Skipped(part.line, "Its document is not in the file.", _words(part))


def _data(record: JsonObject) -> JsonObject:
    data = record.object("data")
    return data if "itemType" in data else record


def _from_item(item: JsonObject, parts: dict[str, list[JsonObject]]) -> Iterator[Found]:
    remarks: list[str] = []
    children = [*parts.get(item.text("key"), ()), *item.objects("attachments")]
    notes = [*item.objects("notes"), *(x for x in children if x.text("itemType") == "note")]
    annotations = [
        annotation
        for child in (item, *children)
        for annotation in (*child.objects("annotations"), *parts.get(child.text("key"), ()))
        if annotation.text("itemType") == "annotation" or "annotationType" in annotation
    ]
    if item.text("itemType") == "note":
        notes.append(item)
    marks: list[ImportedHighlight] = []
    for record in _once(annotations):
        if record.text("annotationType") in _WORDLESS and not _words(record):
            yield Skipped(record.line, "It marks a picture, not words.", record.text("key"))
        else:
            marks.append(_highlight(record, remarks))
    url = item.text("url") or next((x.text("url") for x in children if x.text("url")), "")
    if not url and (doi := _DOI.search(item.text("DOI", "extra"))):
        url = f"https://doi.org/{doi[0]}"
    yield ImportedItem(
        url=url,
        title=item.text("title", "shortTitle") or _first_line(item.text("note")),
        authors=tuple(filter(None, map(_name, item.objects("creators")))),
        site_name=item.text("websiteTitle", "publicationTitle", "blogTitle", "publisher"),
        published=iso_date(item.text("date")),
        added=moment_or_remark(item.text("dateAdded"), remarks),
        modified=moment_or_remark(item.text("dateModified"), remarks),
        tags=item.texts("tags", inner="tag"),
        note=joined(*(words_of(note.text("note")) for note in notes)),
        excerpt=item.text("abstractNote"),
        language=item.text("language"),
        medium=_medium(item.text("itemType"), url),
        highlights=tuple(marks),
        source_id=item.text("key", "itemKey", "itemID"),
        line=item.line,
        remarks=tuple(remarks),
    )


def _once(records: list[JsonObject]) -> Iterator[JsonObject]:
    seen: set[int] = set()
    for record in records:
        if id(record) not in seen:
            seen.add(id(record))
            yield record


def _medium(kind: str, url: str) -> Medium:
    if kind in _BOOKS:
        return "book"
    return "page" if url else "document"


def _name(creator: JsonObject) -> str:
    if creator.text("creatorType") not in {"author", "", "editor"}:
        return ""
    full = f"{creator.text('firstName')} {creator.text('lastName')}".strip()
    return full or creator.text("name")


def _highlight(record: JsonObject, remarks: list[str]) -> ImportedHighlight:
    page = record.text("annotationPageLabel")
    return ImportedHighlight(
        quote=record.text("annotationText"),
        note=record.text("annotationComment"),
        location=f"page {page}" if page else "",
        order=_order(record.text("annotationSortIndex")),
        tags=record.texts("tags", inner="tag"),
        colour=record.text("annotationColor"),
        created=moment_or_remark(record.text("dateAdded"), remarks),
        modified=moment_or_remark(record.text("dateModified"), remarks),
        source_id=record.text("key"),
        line=record.line,
    )


def _order(index: str) -> float | None:
    """Return a number for `00012|001234|00056`: page, offset and distance from the top."""
    digits = "".join(
        character for character in index[:40] if character.isascii() and character.isdigit()
    )
    return float(digits) if digits else None


def _words(record: JsonObject) -> str:
    return record.text("annotationText", "annotationComment")


def _first_line(html: str) -> str:
    return words_of(html).partition("\n")[0]


ZOTERO = Importer(
    name="zotero",
    title="Zotero (items, Better BibTeX JSON)",
    sniff=sniff,
    read=read,
    hint="Export, Better BibTeX JSON",
)
