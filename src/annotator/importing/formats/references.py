"""References of citation programs: CSL JSON, RIS, EndNote, and the table of Zotero.

What has a DOI and no address is found by it; see `sanitise`.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from annotator.importing.conversion import items_of, medium_of, words_of
from annotator.importing.field_data import table_of
from annotator.importing.item import Found
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.readers.markup import Tag, xml_tokens
from annotator.importing.source import SourceFile

_LINE = re.compile(r"([A-Z][A-Z0-9]) {1,2}- ?(.*)")  # of RIS
_REPEATED = frozenset({"AU", "A1", "A2", "ED", "KW", "N1", "RN"}) | {
    *("author", "editor", "keyword", "notes", "research-notes", "url")  # of EndNote
}


# CSL JSON, which annotator writes as well.


_PARTS = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")


def _csl_names(reference: JsonObject) -> tuple[str, ...]:
    return tuple(
        name.text("literal") or " ".join(filter(None, map(name.text, _PARTS)))
        for name in reference.objects("author", "editor")
    )


def _csl_date(reference: JsonObject, name: str) -> str:
    """Return a date of parts, which may be numbers or text, or in words, as ISO 8601."""
    date = reference.object(name)
    parts = date.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else []
    numbers = [str(part) for part in first if part] if isinstance(first, list) else []
    if numbers and all(number.isdecimal() for number in numbers):
        return "-".join(number.zfill(2) for number in numbers[:3])
    return date.text("raw", "literal")


record_csl_json = table_of(
    "csl-json.record",
    item={
        "authors": _csl_names,
        "published": lambda reference: _csl_date(reference, "issued"),
        "added": lambda reference: _csl_date(reference, "accessed"),
    },
)

# RIS: lines with tags of two letters, from TY to ER.


def read_ris(source: SourceFile) -> Iterator[Found]:
    """Yield the references."""
    values: dict[str, list[list[str]]] = {}  # the lines of each value
    name, start = "", 1
    for number, line in enumerate((*source.text.splitlines(), "ER  - "), 1):
        match = _LINE.match(line)
        if match and match[1] in {"TY", "ER"}:
            if len(values) > 1:
                yield _RIS.read(_record(values, start))
            values, start = {}, number
        if match:
            name = match[1]
            values.setdefault(name, []).append([match[2].strip()])
        elif name in values:
            values[name][-1].append(line.strip())


def _record(values: Mapping[str, list[list[str]]], line: int) -> JsonObject:
    """Return the first value of each tag, and all of those that may be there several times."""
    texts = {name: ["\n".join(lines) for lines in of_tag] for name, of_tag in values.items()}
    return JsonObject(
        {name: all_ if name in _REPEATED else all_[0] for name, all_ in texts.items()}, line
    )


def _ris_date(record: JsonObject, *names: str) -> str:
    return record.text(*names).replace("/", "-").strip("-")


_RIS = table_of(
    "ris.reference",
    item={
        "published": lambda record: _ris_date(record, "DA", "PY", "Y1"),
        "added": lambda record: _ris_date(record, "Y2"),
        "note": lambda record: "\n\n".join(record.texts("N1", "RN")),
    },
)

# Zotero: its table, in which many references have a DOI and no address.


row_zotero_csv = table_of("zotero-csv.row", item={"note": lambda row: words_of(row.text("notes"))})


# EndNote: its XML, which Mendeley and Zotero write as well, and the older lines of tags. Each
# reference becomes the same record: a list of texts for each name of the XML.


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


def read_endnote(source: SourceFile) -> Iterator[Found]:
    """Yield the references."""
    is_xml = source.head.lstrip().startswith("<")
    records = _in_xml(source.text) if is_xml else _in_lines(source.text)
    yield from items_of(records, _REFERENCE.read)


def _in_xml(text: str) -> Iterator[JsonObject]:
    """Yield the record of each reference; styles within a value count for nothing."""
    values: dict[str, list[list[str]]] = defaultdict(list)
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
                values[kind].append([words.strip()])
            name = ""


def _in_lines(text: str) -> Iterator[JsonObject]:
    """Yield the record of each reference: from a `%0` to the next."""
    values: dict[str, list[list[str]]] = defaultdict(list)
    name, start = "", 1
    for number, line in enumerate((*text.splitlines(), "%0 "), 1):
        tag = _TAG.match(line)
        if tag and tag[1] == "0":
            if len(values) > 1:
                yield _record(values, start)
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
