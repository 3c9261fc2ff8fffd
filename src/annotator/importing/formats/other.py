"""Tables and JSON of services that are not known: what has an address, by the usual names."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice

from msgspec.structs import replace

from annotator.importing.conversion import read_state
from annotator.importing.fields import (
    Fields,
    FieldTable,
    Record,
    first_object,
    flagged,
    split,
    text_of,
)
from annotator.importing.importers import Importer, Sureness
from annotator.importing.item import Found, ItemText, Skipped
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.readers.table import TableRow, folded
from annotator.importing.source import SourceFile
from annotator.model import PLAIN_TEXT
from annotator.model.vocabulary import ReadState

_URL = "url uri href link address source_url article_url article__url given_url resolved_url source"
_DOI = "doi DOI"
_TITLE = "title name article_title article__title document_title resolved_title"
_AUTHORS = "authors author byline creator"
_QUOTE = "highlight quote selection passage exact"
_NOTE = "note notes comment description annotation extended"
_ADDED = (
    "added created date_added dateAdded created_at createdAt saved_at savedAt time_added time date"
)
_TAGS = "tags labels keywords tag_names tag_list"
_ARCHIVED = "archive archived is_archived"
_TO_READ = "toread to_read"
_STATUS = "status state"
_FAVOURITE = "favorite favourite is_starred starred"
_OTHERS = "published published_at excerpt article__excerpt summary site site_name language id"
_MARKS = "highlights annotations"
_LISTS = "bookmarks items links articles data results list"
_KNOWN = frozenset(
    f"{_URL} {_DOI} {_TITLE} {_AUTHORS} {_QUOTE} {_NOTE} {_ADDED} {_TAGS} {_ARCHIVED} {_TO_READ}"
    f" {_STATUS} {_FAVOURITE} {_OTHERS} {_MARKS} text".split()
)
_STATES: Mapping[str, ReadState] = {  # the numbers are those of Pocket
    "unread": "unread",
    "new": "unread",
    "later": "unread",
    "0": "unread",
    "reading": "reading",
    "read": "read",
    "done": "read",
    "finished": "read",
    "archive": "archived",
    "archived": "archived",
    "1": "archived",
}
_NO_ADDRESS = "There is no address in it."
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)
_LONGEST_QUOTE = 3_000  # characters of what is called text; a longer one is that of the page
_SAMPLE = 40  # rows that tell the column of addresses


def sniff_table(source: SourceFile) -> Sureness:
    """Return whether a table has a column of addresses."""
    return Sureness.MAYBE if source.is_table and _address_column(source) else Sureness.NO


def read_table(source: SourceFile) -> Iterator[Found]:
    """Yield an item for each row that has an address, and at the end which columns are left out.

    The column of addresses is known by its name or by what is in it, in any language.
    """
    column = _address_column(source)
    known = {column, *map(folded, _KNOWN)}
    others = [name for name in source.columns if name and name not in known]
    address = column.replace(" ", "_")
    item = {**_ROW.item, "url": address}
    if others and not _named(source, _TITLE):  # such as one in another language
        item["title"] = others.pop(0).replace(" ", "_")
    table = replace(
        _ROW, item=item, skip=lambda row: "" if text_of(row, f"{address} {_DOI}") else _NO_ADDRESS
    )
    for row in source.rows():
        yield row if isinstance(row, Skipped) else table.read(row)
    yield from _left_out("columns", others)


def sniff_json(source: SourceFile) -> Sureness:
    """Return whether the first object of a list has an address."""
    return Sureness.MAYBE if _address(first_object(source, _LISTS)) else Sureness.NO


def read_json(source: SourceFile) -> Iterator[Found]:
    """Yield an item for each object that has an address, and at the end which fields are left out.

    An object without a list of highlights may be one.
    """
    others: dict[str, None] = {}
    for record in source.json_objects(*_LISTS.split()):
        if isinstance(record, Skipped):
            yield record
            continue
        others |= {name: None for name, value in record.items() if value and name not in _KNOWN}
        yield (_OBJECT if record.objects(*_MARKS.split()) else _ROW).read(record)
    yield from _left_out("fields", list(others))


def _address_column(source: SourceFile) -> str:
    """Return the folded name of the column with most addresses, else of one that is named so."""
    counts: Counter[str] = Counter()
    for row in islice(source.rows(), _SAMPLE):
        if isinstance(row, TableRow):
            counts.update(name for name in source.columns if _WEB.fullmatch(row.text(name).strip()))
    named = _named(source, f"{_URL} {_DOI}")
    with_addresses = [name for name in named if counts[name]]
    return next(iter((*with_addresses, *(name for name, _ in counts.most_common(1)), *named)), "")


def _named(source: SourceFile, names: str) -> list[str]:
    return [name for name in map(folded, names.split()) if name in source.columns]


def _left_out(what: str, names: list[str]) -> Iterator[Skipped]:
    if names:
        yield Skipped(
            1, f"What these mean is not known, so they are left out: {', '.join(names)}.", what
        )


def _address(record: Record) -> str:
    """Return the address of a page among the fields that may hold one."""
    texts = (record.text(name) for name in _URL.split())
    return next((text for text in texts if text.startswith("http")), record.text(*_DOI.split()))


def _state(record: Record) -> ReadState | None:
    status = _STATES.get(text_of(record, _STATUS).strip().lower())
    named = f"{_ARCHIVED} {_TO_READ}".split()
    if status or not any(record.has(name) for name in named):
        return status
    if record.flag(*_TO_READ.split()):
        return "unread"
    return read_state(is_archived=record.flag(*_ARCHIVED.split()))


def _without_column(record: Record) -> str:
    cells = [] if isinstance(record, JsonObject) else record.more
    return f"The row has cells without a column: {', '.join(cells)}." if any(cells) else ""


def _quote(record: Record) -> str:
    text = record.text("text")
    return text_of(record, _QUOTE) or (text if len(text) <= _LONGEST_QUOTE else "")


def _text(record: Record) -> ItemText | None:
    text = record.text("text")
    return ItemText(text, PLAIN_TEXT) if len(text) > _LONGEST_QUOTE else None


_ITEM: Fields = {
    "url": _address,
    "title": _TITLE,
    "authors": _AUTHORS,
    "site_name": "site site_name",
    "published": "published published_at",
    "added": _ADDED,
    "state": _state,
    "tags": (split(_TAGS, ",;|"), flagged(_FAVOURITE)),
    "excerpt": "excerpt article__excerpt summary",
    "text": _text,
    "language": "language",
    "doi": _DOI,
}
_ROW = FieldTable(  # a page, or a highlight of one
    item={**_ITEM, "note": lambda row: "" if _quote(row) else text_of(row, _NOTE)},
    mark={
        "quote": _quote,
        "note": lambda row: text_of(row, _NOTE) if _quote(row) else "",
        "created": _ADDED,
    },
    skip=lambda row: "" if _address(row) else _NO_ADDRESS,
    named=_TITLE,
    remark=_without_column,
)
_OBJECT = FieldTable(
    item={**_ITEM, "note": _NOTE},
    marks=_MARKS,
    mark={
        "quote": "quote text exact highlight",
        "note": "note comment",
        "colour": "color colour",
        "created": "created created_at createdAt",
    },
    skip=_ROW.skip,
    named=_TITLE,
)
TABLE = Importer("table", "Another table with addresses (CSV)", sniff_table, read_table)
JSON = Importer("json", "Another list with addresses (JSON)", sniff_json, read_json)
