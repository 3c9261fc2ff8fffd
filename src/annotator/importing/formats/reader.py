"""Readwise Reader: its table of documents, and the JSON of its API with the highlights.

In the JSON a highlight is a document whose parent is the article, and a note one whose
parent is the highlight.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from annotator.importing.conversion import (
    favourite,
    has_fields,
    items_of,
    joined,
    read_state,
    split_tags,
)
from annotator.importing.importers import Importer, Sureness
from annotator.importing.item import (
    Found,
    ImportedHighlight,
    ImportedItem,
    ItemText,
    Medium,
    Skipped,
)
from annotator.importing.moments import iso_date, moment_or_remark
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.readers.table import Row
from annotator.importing.source import SourceFile

_IN_LIST = re.compile(r"'((?:[^'\\]|\\.)*+)'|\"((?:[^\"\\]|\\.)*+)\"")
_MEDIA: dict[str, Medium] = {"pdf": "document", "epub": "book", "video": "page"}
_FEED = "It is an unread entry of a feed, which was not saved."


def sniff(source: SourceFile) -> Sureness:
    """Return whether the file has the columns or the fields of Reader."""
    if source.has_columns("title", "url", "reading progress", "location", "seen"):
        return Sureness.CERTAIN
    found = source.json_object
    first = next(iter(found.objects("results")), found)
    is_ours = has_fields(first, "source_url", "location", "reading_progress") or has_fields(
        first, "category", "parent_id", "content"
    )
    return Sureness.CERTAIN if is_ours else Sureness.NO


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the documents of a file, each with its highlights."""
    if source.columns:
        yield from items_of(source.rows(), _from_row)
    else:
        yield from _from_documents(source.json_objects("results"))


def _from_row(row: Row) -> Found:
    remarks: list[str] = []
    location = row.text("location").strip().lower()
    if location == "feed":
        return Skipped(row.line, _FEED, row.text("title", "url"))
    progress = row.number("reading progress")
    return ImportedItem(
        url=_outside(row.text("url")),
        title=row.text("title"),
        added=moment_or_remark(row.text("saved date"), remarks),
        state=read_state(is_archived=location == "archive", progress=progress),
        progress=progress,
        tags=(*_listed(row.text("document tags")), *_shortlist(location)),
        source_id=row.text("id"),
        line=row.line,
        remarks=tuple(remarks),
    )


def _from_documents(pieces: Iterator[JsonObject | Skipped]) -> Iterator[Found]:
    documents: list[JsonObject] = []
    children: dict[str, list[JsonObject]] = defaultdict(list)
    skipped: list[Skipped] = []
    for each in pieces:
        if isinstance(each, Skipped):
            skipped.append(each)
        elif each.text("parent_id"):
            children[each.text("parent_id")].append(each)
        else:
            documents.append(each)
    marks = {name: _highlights(found, children) for name, found in children.items()}
    for document in documents:
        if document.text("location").lower() == "feed":
            yield Skipped(document.line, _FEED, document.text("title", "source_url"))
            continue
        yield _from_document(document, marks.get(document.text("id"), ()))
    known = {
        each.text("id") for each in (*documents, *(one for x in children.values() for one in x))
    }
    for parent, found in children.items():
        if parent not in known:
            for each in found:
                yield Skipped(each.line, "Its document is not in the file.", each.text("content"))
    yield from skipped


def _from_document(document: JsonObject, highlights: tuple[ImportedHighlight, ...]) -> ImportedItem:
    remarks: list[str] = []
    location = document.text("location").strip().lower()
    progress = document.number("reading_progress")
    html = document.text("html_content")
    return ImportedItem(
        url=document.text("source_url") or _outside(document.text("url")),
        title=document.text("title"),
        authors=document.texts("author"),
        site_name=document.text("site_name"),
        published=iso_date(document.text("published_date")),
        added=moment_or_remark(document.text("saved_at", "created_at"), remarks),
        modified=moment_or_remark(document.text("updated_at"), remarks),
        state=read_state(is_archived=location == "archive", progress=progress),
        progress=progress,
        tags=(*document.texts("tags"), *_shortlist(location)),
        note=document.text("notes"),
        excerpt=document.text("summary"),
        text=ItemText(html) if html else None,
        medium=_MEDIA.get(document.text("category").lower(), "page"),
        highlights=highlights,
        source_id=document.text("id"),
        line=document.line,
        remarks=tuple(remarks),
    )


def _highlights(
    found: list[JsonObject], children: dict[str, list[JsonObject]]
) -> tuple[ImportedHighlight, ...]:
    return tuple(_highlight(each, children.get(each.text("id"), [])) for each in found)


def _highlight(found: JsonObject, notes: list[JsonObject]) -> ImportedHighlight:
    is_note = found.text("category").lower() == "note"
    words = found.text("content", "text")
    return ImportedHighlight(
        quote="" if is_note else words,
        note=joined(
            words if is_note else "",
            found.text("notes"),
            *(each.text("content", "notes") for each in notes),
        ),
        tags=(*found.texts("tags"), *favourite(is_one=found.flag("is_favorite"))),
        colour=found.text("color"),
        created=moment_or_remark(found.text("created_at", "saved_at"), []),
        modified=moment_or_remark(found.text("updated_at"), []),
        source_id=found.text("id"),
        line=found.line,
    )


def _shortlist(location: str) -> tuple[str, ...]:
    return ("shortlist",) if location == "shortlist" else ()


def _outside(url: str) -> str:
    """Return an address unless it is the page of the document in Reader itself."""
    return "" if "readwise.io/" in url else url


def _listed(cell: str) -> tuple[str, ...]:
    """Return the texts in a list as Python writes it; it is never evaluated."""
    if not cell.strip().startswith("["):
        return split_tags(cell)
    return tuple(first or second for first, second in _IN_LIST.findall(cell))


READER = Importer(
    name="reader",
    title="Readwise Reader (CSV, JSON)",
    sniff=sniff,
    read=read,
    hint="read.readwise.io, Preferences, Export",
)
