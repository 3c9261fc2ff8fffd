"""References of citation programs: CSL JSON, RIS, and the table of Zotero.

What has a DOI and no address is found by it; see `sanitise`.
"""

import re
from collections.abc import Iterator

from annotator.importing.conversion import words_of
from annotator.importing.field_data import table_of
from annotator.importing.item import Found
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.source import SourceFile

_LINE = re.compile(r"([A-Z][A-Z0-9]) {1,2}- ?(.*)")  # of RIS


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
                yield _RIS.read(_ris_record(values, start))
            values, start = {}, number
        if match:
            name = match[1]
            values.setdefault(name, []).append([match[2].strip()])
        elif name in values:
            values[name][-1].append(line.strip())


def _ris_record(values: dict[str, list[list[str]]], line: int) -> JsonObject:
    """Return the first value of each tag, and all of those that may be there several times."""
    texts = {name: ["\n".join(lines) for lines in of_tag] for name, of_tag in values.items()}
    return JsonObject(
        {name: all_ if name in _REPEATED else all_[0] for name, all_ in texts.items()}, line
    )


def _ris_date(record: JsonObject, *names: str) -> str:
    return record.text(*names).replace("/", "-").strip("-")


_REPEATED = frozenset({"AU", "A1", "A2", "ED", "KW", "N1", "RN"})
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
