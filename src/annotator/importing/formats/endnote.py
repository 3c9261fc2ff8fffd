"""EndNote: its XML, which Mendeley and Zotero write as well, and the older lines of tags.

Each reference becomes the same record: a list of texts for each name of the XML.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from annotator.importing.conversion import items_of, joined
from annotator.importing.fields import FieldTable
from annotator.importing.formats.references import medium_of, natural_name
from annotator.importing.importers import Importer
from annotator.importing.item import Found
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.readers.markup import Tag, xml_tokens
from annotator.importing.source import SourceFile

_TAG = re.compile(r"%(\S) ?(.*)")
_NAMES = {  # of the tags, as the XML calls them
    "0": "ref-type", "A": "author", "E": "editor", "T": "title", "B": "secondary-title",
    "J": "full-title", "I": "publisher", "D": "year", "8": "date", "K": "keyword",
    "U": "url", "R": "electronic-resource-num", "X": "abstract", "Z": "notes", "<": "notes",
    "G": "language", "M": "accession-num", "[": "access-date",
}  # fmt: skip
_ELEMENTS = {*_NAMES.values(), "research-notes"}
_LINES = {"keyword"}  # values that have a line each
_GROUPS = {"authors": "author", "secondary-authors": "editor"}


def sniff(source: SourceFile) -> bool:
    """Return whether the file has the elements of EndNote, or begins with the tag of a type."""
    is_xml = "<records>" in source.head and "<ref-type" in source.head
    return is_xml or re.match(r"%0 \w[\w -]*\r?\n%[A-Z0-9@] ", source.head.lstrip()) is not None


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the references."""
    is_xml = source.head.lstrip().startswith("<")
    records = _in_xml(source.text) if is_xml else _in_lines(source.text)
    yield from items_of(records, _REFERENCE.read)


def _in_xml(text: str) -> Iterator[JsonObject]:
    """Yield the record of each reference; styles within a value count for nothing."""
    values: dict[str, list[object]] = defaultdict(list)
    line, name, role, words = 0, "", "author", ""
    for token in xml_tokens(text):
        if not isinstance(token, Tag):
            words += token.text if name else ""
        elif token.name == "record":
            if token.is_end:
                yield JsonObject(values, line)
            values, line = defaultdict(list), token.line
        elif not token.is_end and token.name in _ELEMENTS:
            name, words = token.name, token.attributes.get("name", "")
        elif not token.is_end and token.name.endswith("authors"):
            role = _GROUPS.get(token.name, "")  # translators and others are left out
        elif token.is_end and token.name == name:
            kind = role if name == "author" else name
            if kind and words.strip():
                values[kind].append(words.strip())
            name = ""


def _in_lines(text: str) -> Iterator[JsonObject]:
    """Yield the record of each reference: from a `%0` to the next."""
    values: dict[str, list[list[str]]] = defaultdict(list)
    name, start = "", 1
    for number, line in enumerate((*text.splitlines(), "%0 "), 1):
        tag = _TAG.match(line)
        if tag and tag[1] == "0":
            if len(values) > 1:
                yield JsonObject(
                    {key: ["\n".join(lines) for lines in all_] for key, all_ in values.items()},
                    start,
                )
            values, start = defaultdict(list), number
        if tag:
            name = _NAMES.get(tag[1], "")
        words = (tag[2] if tag else line).strip()
        if not words or not name:
            continue
        if tag or name in _LINES or not values[name]:
            values[name].append([words])
        else:  # of a value over several lines
            values[name][-1].append(words)


def _first(record: JsonObject, *names: str) -> str:
    return next((texts[0] for name in names if (texts := record.texts(name))), "")


def _url(record: JsonObject) -> str:
    return next((url for url in record.texts("url") if url.startswith("http")), "")


def _medium(record: JsonObject) -> str:
    known = JsonObject({"url": _url(record) or _first(record, "electronic-resource-num")})
    return medium_of(_first(record, "ref-type"), known, "url")


_REFERENCE = FieldTable(
    item={
        "url": _url,
        "doi": lambda record: _first(record, "electronic-resource-num"),
        "title": lambda record: _first(record, "title"),
        "authors": lambda record: tuple(
            natural_name(name.rstrip(",")) for name in record.texts("author", "editor")
        ),
        "site_name": lambda record: _first(record, "full-title", "secondary-title", "publisher"),
        "published": lambda record: _first(record, "year", "date")[:10],
        "added": lambda record: _first(record, "access-date"),
        "tags": "keyword",
        "note": lambda record: joined(*record.texts("notes"), *record.texts("research-notes")),
        "excerpt": lambda record: _first(record, "abstract"),
        "language": lambda record: _first(record, "language"),
        "medium": _medium,
        "source_id": lambda record: _first(record, "accession-num"),
    },
    named="title",
)
ENDNOTE = Importer("endnote", "References (EndNote)", sniff, read)
