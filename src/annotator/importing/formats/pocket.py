"""Pocket: its ZIP with highlights, the tables in it, its older page of links, its API's JSON."""

from collections.abc import Iterator

from msgspec.structs import replace

from annotator.importing.conversion import has_fields, items_of, links_by_heading
from annotator.importing.field_data import table_of
from annotator.importing.fields import Record
from annotator.importing.item import Found, ImportedItem, Skipped
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.source import SourceFile

_TABLES = r"(?:.*/)?part_\d+\.csv"
_HIGHLIGHTS = r"(?:.*/)?annotations/part_\d+\.json"


def sniff(source: SourceFile) -> bool:
    """Return whether the file has the names or the fields of Pocket."""
    if source.archive:
        return any("part_" in name and name.endswith(".csv") for name in source.archive.names)
    return (
        source.has_columns("title", "url", "time added")
        or "<title>Pocket Export</title>" in source.head
        or ("<!doctype html" in source.head[:100].lower() and ' time_added="' in source.head)
        or _is_api_answer(source.json_object)
        or _has_quotes(source)
    )


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the links of a file, each with its highlights if the file has them."""
    if source.archive:
        for pattern in (_TABLES, _HIGHLIGHTS):
            for member in source.members(pattern):
                if isinstance(member, Skipped):
                    yield member
                    continue
                for item in read(member):
                    is_item = isinstance(item, ImportedItem)
                    yield replace(item, member=member.name) if is_item else item
    elif source.columns:
        yield from items_of(source.rows(), _ROW.read)
    elif _is_api_answer(source.json_object):
        yield from items_of(source.json_objects("list"), _ENTRY.read)
    elif source.head.lstrip().startswith("<"):
        yield from map(_LINK.read, links_by_heading(source.text))
    else:
        yield from items_of(source.json_objects(), _PAGE.read)


def _title(record: Record) -> str:
    """Return the title; of a page without one Pocket writes the address."""
    title = record.text("title")
    return "" if title.strip() == record.text("url").strip() else title


def _authors(entry: JsonObject) -> tuple[str, ...]:
    return entry.texts("authors") if isinstance(entry.get("authors"), list) else ()


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


_ROW, _LINK = (table_of(f"pocket.{part}", item={"title": _title}) for part in ("row", "link"))
_ENTRY = table_of("pocket.entry", item={"authors": _authors})  # of the answer of the API
_PAGE = table_of("pocket.page")
