"""Tables and JSON of services that are not known: what has an address, by the usual names."""

from collections.abc import Iterator

from annotator.importing.conversion import favourite, items_of, read_state, split_tags
from annotator.importing.importers import Importer, Sureness
from annotator.importing.item import Found, ImportedHighlight, ImportedItem, Skipped
from annotator.importing.moments import iso_date, moment_or_remark
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.readers.table import Row
from annotator.importing.source import SourceFile
from annotator.model.vocabulary import ReadState

_URL = ("url", "uri", "href", "link", "address", "source url", "article url", "source")
_TITLE = ("title", "name", "article title", "document title")
_QUOTE = ("highlight", "quote", "selection", "passage", "text", "exact")
_NOTE = ("note", "notes", "comment", "description", "annotation")
_ADDED = ("added", "created", "date added", "created at", "saved at", "time added", "time", "date")
_JSON_URL = ("url", "uri", "href", "link", "article__url", "source_url", "given_url")
_JSON_TITLE = ("title", "name", "article__title", "resolved_title")
_JSON_ADDED = ("added", "created", "date_added", "created_at", "saved_at", "createdAt", "time")
_LISTS = ("bookmarks", "items", "links", "articles", "data", "results", "list")


def sniff_table(source: SourceFile) -> Sureness:
    """Return whether a table has a column for addresses."""
    has_address = any(name in source.columns for name in _URL[:-1])
    return Sureness.MAYBE if has_address and len(source.columns) > 1 else Sureness.NO


def read_table(source: SourceFile) -> Iterator[Found]:
    """Yield an item for each row that has an address."""
    yield from items_of(source.rows(), _from_row)


def _from_row(row: Row) -> Found:
    url = row.text(*_URL)
    if not url:
        return Skipped(row.line, "There is no address in this row.", row.text(*_TITLE))
    remarks: list[str] = []
    quote = row.text(*_QUOTE)
    note = row.text(*_NOTE)
    added = moment_or_remark(row.text(*_ADDED), remarks)
    mark = ImportedHighlight(quote=quote, note=note, created=added, line=row.line)
    return ImportedItem(
        url=url,
        title=row.text(*_TITLE),
        authors=tuple(filter(None, (row.text("author", "authors"),))),
        published=iso_date(row.text("published", "published at")),
        added=added,
        tags=split_tags(row.text("tags", "labels", "keywords"), ",;|"),
        note="" if quote else note,
        highlights=(mark,) if quote else (),
        source_id=row.text("id"),
        line=row.line,
        remarks=tuple(remarks),
    )


def sniff_json(source: SourceFile) -> Sureness:
    """Return whether the first object of a list has an address."""
    found = source.json_object
    first = next(iter(found.objects(*_LISTS)), found)
    return Sureness.MAYBE if _address(first) else Sureness.NO


def read_json(source: SourceFile) -> Iterator[Found]:
    """Yield an item for each object that has an address."""
    yield from items_of(source.json_objects(*_LISTS), _from_object)


def _from_object(found: JsonObject) -> Found:
    url = _address(found)
    if not url:
        return Skipped(found.line, "There is no address in this object.", found.text(*_JSON_TITLE))
    remarks: list[str] = []
    return ImportedItem(
        url=url,
        title=found.text(*_JSON_TITLE),
        authors=found.texts("authors", "author"),
        added=moment_or_remark(found.text(*_JSON_ADDED), remarks),
        state=_state(found),
        tags=(*_tags(found), *favourite(is_one=found.flag("favorite", "favourite", "is_starred"))),
        note=found.text("note", "notes", "comment", "description"),
        excerpt=found.text("excerpt", "article__excerpt", "summary"),
        highlights=tuple(
            ImportedHighlight(
                quote=each.text("quote", "text", "exact", "highlight"),
                note=each.text("note", "comment"),
                colour=each.text("color", "colour"),
                created=moment_or_remark(each.text("created", "created_at", "createdAt"), remarks),
                source_id=each.text("id"),
                line=each.line,
            )
            for each in found.objects("highlights", "annotations")
        ),
        source_id=found.text("id"),
        line=found.line,
        remarks=tuple(remarks),
    )


def _address(found: JsonObject) -> str:
    return next((url for name in _JSON_URL if (url := found.text(name)).startswith("http")), "")


def _state(found: JsonObject) -> ReadState | None:
    if not {"archive", "archived", "is_archived"} & found.keys():
        return None
    return read_state(is_archived=found.flag("archive", "archived", "is_archived"))


def _tags(found: JsonObject) -> tuple[str, ...]:
    tags = found.get("tags")
    return split_tags(tags, ",;|") if isinstance(tags, str) else found.texts("tags", "labels")


TABLE = Importer(
    name="table",
    title="Another table with addresses (CSV)",
    sniff=sniff_table,
    read=read_table,
)
JSON = Importer(
    name="json",
    title="Another list with addresses (JSON)",
    sniff=sniff_json,
    read=read_json,
)
