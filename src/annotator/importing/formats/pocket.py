"""Pocket: its ZIP with highlights, the tables in it, its older page of links, its API's JSON."""

from collections.abc import Iterator

from msgspec.structs import replace

from annotator.importing.conversion import (
    has_fields,
    items_of,
    links_by_heading,
    read_state,
    split_tags,
)
from annotator.importing.fields import Fields, FieldTable, flagged, split
from annotator.importing.importers import Importer, Sureness
from annotator.importing.item import Found, ImportedItem, Skipped
from annotator.importing.moments import moment_or_remark
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.readers.markup import Tag
from annotator.importing.readers.table import TableRow
from annotator.importing.source import SourceFile
from annotator.model.vocabulary import ReadState

_TABLES = r"(?:.*/)?part_\d+\.csv"
_HIGHLIGHTS = r"(?:.*/)?annotations/part_\d+\.json"
_DELETED = "2"  # a status of the API; 0 is unread, 1 is archived


def sniff(source: SourceFile) -> Sureness:
    """Return whether the file has the names or the fields of Pocket."""
    if source.archive:
        is_ours = any("part_" in name and name.endswith(".csv") for name in source.archive.names)
        return Sureness.CERTAIN if is_ours else Sureness.NO
    is_ours = (
        source.has_columns("title", "url", "time added")
        or "<title>Pocket Export</title>" in source.head
        or ("<!doctype html" in source.head[:100].lower() and ' time_added="' in source.head)
        or _is_api_answer(source.json_object)
        or _has_quotes(source)
    )
    return Sureness.CERTAIN if is_ours else Sureness.NO


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the links of a file, each with its highlights if the file has them."""
    if source.archive:
        yield from _read_archive(source)
    elif source.columns:
        yield from items_of(source.rows(), _ROW.read)
    elif _is_api_answer(source.json_object):
        yield from items_of(source.json_objects("list"), _ENTRY.read)
    elif source.head.lstrip().startswith("<"):
        yield from _read_page(source)
    else:
        yield from items_of(source.json_objects(), _PAGE.read)


def _read_archive(source: SourceFile) -> Iterator[Found]:
    for pattern in (_TABLES, _HIGHLIGHTS):
        for member in source.members(pattern):
            if isinstance(member, Skipped):
                yield member
                continue
            for item in read(member):
                yield item if not isinstance(item, ImportedItem) else _in(item, member.name)


def _in(item: ImportedItem, member: str) -> ImportedItem:
    return replace(item, member=member)


def _title(row: TableRow) -> str:
    """Return the title; of a page without one Pocket writes the address."""
    title = row.text("title")
    return "" if title.strip() == row.text("url").strip() else title


def _authors(record: JsonObject) -> tuple[str, ...]:
    return record.texts("authors") if isinstance(record.get("authors"), list) else ()


def _read_page(source: SourceFile) -> Iterator[Found]:
    for heading, link, words in links_by_heading(source.text):
        is_archived = "archive" in heading.lower()
        yield _from_link(link, words, read_state(is_archived=is_archived) if heading else None)


def _from_link(link: Tag, title: str, state: ReadState | None) -> ImportedItem:
    remarks: list[str] = []
    url = link.attributes.get("href", "")
    return ImportedItem(
        url=url,
        title="" if title.strip() == url.strip() else title,
        added=moment_or_remark(link.attributes.get("time_added"), remarks),
        state=state,
        tags=split_tags(link.attributes.get("tags", "")),
        line=link.line,
        remarks=tuple(remarks),
    )


def _state(status: str) -> ReadState | None:
    status = status.strip().lower()
    if status not in {"unread", "0", "archive", "1"}:
        return None
    return read_state(is_archived=status in {"archive", "1"})


def _is_api_answer(record: JsonObject) -> bool:
    entries = record.objects("list")
    return bool(entries) and ("given_url" in entries[0] or "resolved_url" in entries[0])


def _has_quotes(source: SourceFile) -> bool:
    """Return whether it is a list of pages with highlights that have a `quote`."""
    whole = source.json_object
    if not source.is_json_list or not has_fields(whole, "url", "highlights"):
        return False
    highlights = whole.objects("highlights")
    return bool(highlights) and "quote" in highlights[0]


_MARK: Fields = {
    "quote": "quote text",
    "created": "created_at",
    "source_id": "annotation_id id",
}
_ROW = FieldTable(
    item={
        "title": _title,
        "added": "time_added",
        "state": lambda row: _state(row.text("status")),
        "tags": split("tags", "|,"),
    }
)
_ENTRY = FieldTable(  # of the answer of the API
    item={
        "url": "given_url resolved_url",
        "title": "resolved_title given_title",
        "authors": _authors,
        "added": "time_added",
        "state": lambda entry: _state(entry.text("status")),
        "tags": ("tags", flagged("favorite")),
        "excerpt": "excerpt",
        "source_id": "item_id resolved_id",
    },
    marks="annotations",
    mark=_MARK,
    skip=lambda entry: "It is deleted in Pocket." if entry.text("status") == _DELETED else "",
    named="resolved_title given_title given_url",
)
_PAGE = FieldTable(item={"url": "url", "title": "title"}, marks="highlights", mark=_MARK)
POCKET = Importer(
    name="pocket",
    title="Pocket (ZIP, CSV, HTML, JSON)",
    sniff=sniff,
    read=read,
)
