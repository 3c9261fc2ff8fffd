"""Tables and JSON of services that are not known: what has an address, by the usual names."""

from collections.abc import Iterator

from annotator.importing.conversion import items_of, read_state
from annotator.importing.fields import FieldTable, first_object, flagged, split, text_of
from annotator.importing.importers import Importer, Sureness
from annotator.importing.item import Found
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.source import SourceFile
from annotator.model.vocabulary import ReadState

_URL = "url uri href link address source_url article_url source"
_TITLE = "title name article_title document_title"
_QUOTE = "highlight quote selection passage text exact"
_NOTE = "note notes comment description annotation"
_ADDED = "added created date_added created_at saved_at time_added time date"
_JSON_URL = "url uri href link article__url source_url given_url"
_JSON_TITLE = "title name article__title resolved_title"
_JSON_ADDED = "added created date_added created_at saved_at createdAt time"
_LISTS = "bookmarks items links articles data results list"


def sniff_table(source: SourceFile) -> Sureness:
    """Return whether a table has a column for addresses."""
    names = [name.replace("_", " ") for name in _URL.split()]
    has_address = any(name in source.columns for name in names[:-1])  # “source” may be anything
    return Sureness.MAYBE if has_address and len(source.columns) > 1 else Sureness.NO


def read_table(source: SourceFile) -> Iterator[Found]:
    """Yield an item for each row that has an address."""
    yield from items_of(source.rows(), _ROW.read)


def sniff_json(source: SourceFile) -> Sureness:
    """Return whether the first object of a list has an address."""
    return Sureness.MAYBE if _address(first_object(source, _LISTS)) else Sureness.NO


def read_json(source: SourceFile) -> Iterator[Found]:
    """Yield an item for each object that has an address."""
    yield from items_of(source.json_objects(*_LISTS.split()), _OBJECT.read)


def _address(record: JsonObject) -> str:
    return next(
        (url for name in _JSON_URL.split() if (url := record.text(name)).startswith("http")), ""
    )


def _state(record: JsonObject) -> ReadState | None:
    if not {"archive", "archived", "is_archived"} & record.keys():
        return None
    return read_state(is_archived=record.flag("archive", "archived", "is_archived"))


_ROW = FieldTable(
    item={
        "url": _URL,
        "title": _TITLE,
        "authors": "author authors",
        "published": "published published_at",
        "added": _ADDED,
        "tags": split("tags labels keywords", ",;|"),
        "note": lambda row: "" if text_of(row, _QUOTE) else text_of(row, _NOTE),
    },
    mark={
        "quote": _QUOTE,
        "note": lambda row: text_of(row, _NOTE) if text_of(row, _QUOTE) else "",
        "created": _ADDED,
    },
    skip=lambda row: "" if text_of(row, _URL) else "There is no address in this row.",
    named=_TITLE,
)
_OBJECT = FieldTable(
    item={
        "url": _address,
        "title": _JSON_TITLE,
        "authors": "authors author",
        "added": _JSON_ADDED,
        "state": _state,
        "tags": (split("tags labels", ",;|"), flagged("favorite favourite is_starred")),
        "note": "note notes comment description",
        "excerpt": "excerpt article__excerpt summary",
    },
    marks="highlights annotations",
    mark={
        "quote": "quote text exact highlight",
        "note": "note comment",
        "colour": "color colour",
        "created": "created created_at createdAt",
    },
    skip=lambda record: "" if _address(record) else "There is no address in this object.",
    named=_JSON_TITLE,
)
TABLE = Importer("table", "Another table with addresses (CSV)", sniff_table, read_table)
JSON = Importer("json", "Another list with addresses (JSON)", sniff_json, read_json)
