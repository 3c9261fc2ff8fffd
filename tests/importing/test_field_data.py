"""Tables of fields that are data, in `formats.toml`."""

import tomllib
from pathlib import Path

import pytest

import annotator.importing
from annotator.importing.field_data import fields_of, table_of
from annotator.importing.fields import value_of
from annotator.importing.importers import importer
from annotator.importing.item import ImportedHighlight, ImportedItem, ItemText, TextPosition
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.readers.table import TableRow
from annotator.model import MARKDOWN

FOLDER = Path(annotator.importing.__file__).parent
FORMATS = tomllib.loads((FOLDER / "formats.toml").read_text("utf-8"))
TABLES = [
    f"{name}.{part}"
    for name, data in FORMATS.items()
    for part, value in data.items()
    if isinstance(value, dict)
]


@pytest.mark.parametrize("place", TABLES)
def test_a_table_names_attributes_that_there_are_and_reads_a_record_without_any_field(place):
    table = table_of(place)
    assert {*table.item} <= {*ImportedItem.__struct_fields__}
    assert {*table.mark} <= {*ImportedHighlight.__struct_fields__}
    for record in (JsonObject(line=1), TableRow((), [], 1)):
        if place.endswith(("row", "of_mark")) is isinstance(record, TableRow):
            assert table.read(record).line == 1


def test_every_table_is_one_that_a_format_reads():
    code = "".join(path.read_text("utf-8") for path in (FOLDER / "formats").glob("*.py"))
    named = [f'"{place}"' in code or place.endswith((".row", ".record")) for place in TABLES]
    unused = [place for place, is_named in zip(TABLES, named, strict=True) if not is_named]
    assert unused == ["pocket.link"]  # beside its row


def test_every_format_has_its_title_here():
    for name, data in FORMATS.items():
        assert (importer(name).name, importer(name).title) == (name, data["title"])


@pytest.mark.parametrize(
    ("name", "rule", "record", "value"),
    [
        ("medium", "=book", {}, "book"),
        ("tags", ["labels", "=kept"], {"labels": ["a"]}, ("a", "kept")),
        ("tags", [{"flag": "liked"}], {"liked": 1}, ("favourite",)),
        ("tags", {"split": "t", "separators": ";"}, {"t": "a;b"}, ("a", "b")),
        ("authors", {"people": "AU"}, {"AU": ["Lee, Ann", "Ray, Bob,"]}, ("Ann Lee", "Bob Ray")),
        ("progress", {"percent": "read"}, {"read": 25}, 0.25),
        ("position", {"start": "a", "end": "b"}, {"a": 1, "b": 3}, TextPosition(1, 3)),
        ("state", {"archived": "done", "progress": "read"}, {"read": 2}, "reading"),
        ("medium", {"reference": "type", "at": "url"}, {"type": "chapter"}, "book"),
        ("location", {"form": "page {}", "of": "p"}, {"p": 7}, "page 7"),
        ("location", {"form": "page {}", "of": "p"}, {}, ""),
        ("text", {"markdown": "words"}, {"words": "*so*"}, ItemText("*so*", MARKDOWN)),
        ("note", {"paragraphs": ["a", "b"]}, {"a": ["1", "2"], "b": "3"}, "1\n\n2\n\n3"),
        ("note", {"join": ["a", "b"]}, {"a": "1", "b": ""}, "1"),
        ("state", {"by": "s", "new": "=unread", "else": "=read"}, {"s": " New "}, "unread"),
        ("state", {"by": "s", "new": "=unread", "else": "=read"}, {}, "read"),
        ("title", {"if": "t", "is": "untitled", "else": "t"}, {"t": "Untitled"}, ""),
        ("title", {"if": "t", "then": "t", "else": "u"}, {"u": "U"}, "U"),
        ("title", {"if_true": "f", "then": "t"}, {"f": True, "t": "T"}, "T"),
        ("title", {"if_has": "f", "then": "t"}, {"f": False, "t": "T"}, "T"),
    ],
)
def test_a_rule_gives_what_it_says(name, rule, record, value):
    assert value_of(JsonObject(record), name, fields_of({name: rule})[name]) == value
