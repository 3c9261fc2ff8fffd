"""Tables and JSON of services that are not known: what has an address, by the usual names."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import islice

from msgspec.structs import replace

from annotator.importing.fields import Fields, FieldTable, Record, flagged, split, text_of
from annotator.importing.formats.markdown_notes import quotations
from annotator.importing.importers import Sureness
from annotator.importing.item import Found, ImportedHighlight, ItemText, Skipped
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.readers.table import TableRow, folded
from annotator.importing.source import SourceFile
from annotator.model import PLAIN_TEXT
from annotator.model.data_file import toml_beside

_USUAL = toml_beside("annotator.importing", "usual_names.toml")
_NAMES: Mapping[str, str] = _USUAL["names"]
_STATES: Mapping[str, str] = _USUAL["states"]
_URL, _DOI, _TITLE, _NOTE = (_NAMES[name] for name in ("url", "doi", "title", "note"))
_ABOUT, _ADDED, _MARKS, _LISTS = (_NAMES[name] for name in ("about", "added", "marks", "lists"))
_KNOWN = frozenset(" ".join(_NAMES.values()).split()) - {*_LISTS.split()}
_NO_ADDRESS = "There is no address in it."
_WORD = re.compile(r"[^\W\d_]{2}")
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)
_LONGEST_QUOTE = 3_000  # characters of what is called text; a longer one is that of the page
_SAMPLE = 40  # rows that tell the column of addresses
_OF_PAGE = re.compile(r"url|link|page|href|address|site|web")  # in the name of a column
_NOT_OF_PAGE = re.compile(
    r"image|img|icon|cover|thumb|picture|photo|avatar|archive|cached|snapshot|discussion|comments"
    r"|feed|rss|api|author|^id$|^guid$"
)


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
    title = "" if _named(source, _TITLE) else _column_of_words(source, others)
    if title:  # such as one in another language
        others.remove(title)
        item["title"] = title.replace(" ", "_")
    table = replace(
        _ROW, item=item, skip=lambda row: "" if text_of(row, f"{address} {_DOI}") else _NO_ADDRESS
    )
    if _named(source, _MARKS):
        item["highlights"] = partial(_marks_in, has_signs=_has_signs(source))
        table = replace(table, item={**item, "note": _NOTE}, mark={})
    for row in source.rows():
        yield row if isinstance(row, Skipped) else table.read(row)
    yield from _left_out("columns", others)


def sniff_json(source: SourceFile) -> Sureness:
    """Return whether one of the first objects of a list has an address."""
    first = islice(source.json_objects(*_LISTS.split()), _SAMPLE)
    has_address = any(isinstance(record, JsonObject) and _address(record) for record in first)
    return Sureness.MAYBE if has_address else Sureness.NO


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
        marks = record.objects(*_MARKS.split()) or [
            JsonObject({"quote": words}, record.line) for words in record.texts(*_MARKS.split())
        ]
        yield _OBJECT.read(record, records=marks) if marks else _ROW.read(record)
    yield from _left_out("fields", list(others))


def _address_column(source: SourceFile) -> str:
    """Return the folded name of the column with most addresses, else of one that is named so.

    Of several with addresses, those of pictures, copies and discussions come last.
    """
    counts: Counter[str] = Counter()
    for row in islice(source.rows(), _SAMPLE):
        if isinstance(row, TableRow):
            counts.update(name for name in source.columns if _WEB.fullmatch(row.text(name).strip()))
    named = _named(source, f"{_URL} {_DOI}")
    with_addresses = [name for name in named if counts[name]]
    others = sorted(
        counts,
        key=lambda name: (
            _NOT_OF_PAGE.search(name) is not None,
            _OF_PAGE.search(name) is None,
            -counts[name],
        ),
    )
    return next(iter((*with_addresses, *others, *named)), "")


def _column_of_words(source: SourceFile, names: list[str]) -> str:
    """Return the first of these columns whose cells are mostly words, neither numbers nor dates."""
    rows = [row for row in islice(source.rows(), _SAMPLE) if isinstance(row, TableRow)]
    for name in names:
        cells = [cell for row in rows if (cell := row.text(name).strip())]
        words = [cell for cell in cells if _WORD.search(cell) and not _WEB.match(cell)]
        if len(words) * 2 > len(cells):
            return name
    return ""


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


def _state(record: Record) -> str | None:
    """Return the state by the word for it, or else by flags that say yes or no."""
    archived, to_read, read = (_NAMES[name].split() for name in ("archived", "to_read", "read"))
    word = text_of(record, _NAMES["status"]).strip().lower()
    if word in _STATES or record.flag(*archived):
        return _STATES.get(word, "archived")
    if any(map(record.has, to_read)):
        return "unread" if record.flag(*to_read) else "read"
    if any(map(record.has, read)):
        return "read" if record.flag(*read) else "unread"
    return "unread" if any(map(record.has, archived)) else None


def _without_column(record: Record) -> str:
    cells = [] if isinstance(record, JsonObject) else record.more
    return f"The row has cells without a column: {', '.join(cells)}." if any(cells) else ""


def _quote(record: Record) -> str:
    text = record.text("text")
    return text_of(record, _NAMES["quote"]) or (text if len(text) <= _LONGEST_QUOTE else "")


def _has_signs(source: SourceFile) -> bool:
    """Whether the column of highlights has the signs of quotations, as in Markdown."""
    cells = (
        text_of(row, _MARKS) for row in islice(source.rows(), _SAMPLE) if isinstance(row, TableRow)
    )
    return any(line.startswith(">") for cell in cells for line in cell.splitlines())


def _marks_in(row: TableRow, *, has_signs: bool) -> tuple[ImportedHighlight, ...]:
    """Return the highlights in a cell: quotations in Markdown, or else its paragraphs."""
    cell = text_of(row, _MARKS)
    if has_signs:
        return quotations(cell, row.line)
    paragraphs = [] if cell.strip().isdecimal() else cell.split("\n\n")  # or their number
    return tuple(
        ImportedHighlight(quote=words.strip(), order=float(number), line=row.line)
        for number, words in enumerate(paragraphs)
        if words.strip()
    )


def _tags(record: Record) -> tuple[str, ...]:
    first = next((name for name in _NAMES["tags"].split() if record.has(name)), "tags")
    return split(first, ",;|")(record)


def _text(record: Record) -> ItemText | None:
    text = record.text("text")
    return ItemText(text, PLAIN_TEXT) if len(text) > _LONGEST_QUOTE else None


_ITEM: Fields = {
    "url": _address,
    "title": _TITLE,
    "authors": _NAMES["authors"],
    "site_name": "site site_name",
    "published": "published published_at",
    "added": _ADDED,
    "modified": _NAMES["modified"],
    "state": _state,
    "tags": (_tags, split(_NAMES["folder"], ",;|"), flagged(_NAMES["favourite"])),
    "excerpt": _ABOUT,
    "text": _text,
    "language": "language",
    "doi": _DOI,
}
_ROW = FieldTable(  # a page, or a highlight of one
    item={
        **_ITEM,
        "note": lambda row: "" if _quote(row) else text_of(row, _NOTE),
        "excerpt": lambda row: "" if _quote(row) else text_of(row, _ABOUT),
    },
    mark={
        "quote": _quote,
        "note": lambda row: text_of(row, f"{_NOTE} {_ABOUT}") if _quote(row) else "",
        "created": _ADDED,
    },
    skip=lambda row: "" if _address(row) else _NO_ADDRESS,
    named=_TITLE,
    remark=_without_column,
)
_OBJECT = FieldTable(
    item={**_ITEM, "note": _NOTE},
    mark={
        "quote": f"text content {_NAMES['quote']}",
        "note": _NOTE,
        "tags": "tags labels",
        "colour": "color colour",
        "created": f"highlighted_at {_ADDED}",
    },
    skip=_ROW.skip,
    named=_TITLE,
)
