"""EndNote: its XML, which Mendeley and Zotero write as well, and the older lines of tags.

Each reference becomes the same record: a list of texts for each name of the XML.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from annotator.importing.conversion import items_of, medium_of
from annotator.importing.field_data import table_of
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
_REPEATED = {"author", "editor", "keyword", "notes", "research-notes", "url"}
_LINES = {"keyword"}  # values that have a line each
_GROUPS = {"authors": "author", "secondary-authors": "editor"}


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
                yield _record(values, line)
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
                texts = {name: ["\n".join(lines) for lines in of] for name, of in values.items()}
                yield _record(texts, start)
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


def _record(values: Mapping[str, Sequence[object]], line: int) -> JsonObject:
    """Return the first text of each name, and all of those that may be there several times."""
    return JsonObject(
        {name: [*of] if name in _REPEATED else of[0] for name, of in values.items()}, line
    )


def _url(record: JsonObject) -> str:
    return next((url for url in record.texts("url") if url.startswith("http")), "")


def _medium(record: JsonObject) -> str:
    known = JsonObject({"url": _url(record) or record.text("electronic-resource-num")})
    return medium_of(record.text("ref-type"), known, "url")


_REFERENCE = table_of(
    "endnote.reference",
    item={
        "url": _url,
        "published": lambda record: record.text("year", "date")[:10],
        "medium": _medium,
    },
)
