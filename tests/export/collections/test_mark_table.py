"""Marks as rows that spreadsheets and programs read back as they were."""

import csv
import json
import re
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from annotator.export.collection import CollectedArticle, Collection
from annotator.export.collections.mark_table import COLUMNS, safe_cell, write_csv, write_tsv
from annotator.model import CLAIM_FIELDS, Claim, Link
from annotator.model.labels import BACK_NAMES
from annotator.model.text import clean_text
from builders import make_annotation, make_article
from collecting import placed, record_of, varied_article, varied_collection

MANIFEST = Path(__file__).parents[4] / "shared" / "attacks" / "manifest.json"
FORWARD = {back: relation for relation, back in BACK_NAMES.items() if back != relation}
ESCAPES = {r"\n": "\n", r"\t": "\t", r"\r": "\r", r"\\": "\\"}


def read_csv(text):
    assert text.startswith("\ufeff")
    return list(csv.DictReader(StringIO(text[1:], newline="")))


def read_tsv(text):
    head, *lines = [line.split("\t") for line in text.removesuffix("\n").split("\n")]
    cells = [[re.sub(r"\\[ntr\\]", lambda it: ESCAPES[it[0]], cell) for cell in it] for it in lines]
    return [dict(zip(head, line, strict=True)) for line in cells]


def plain(cell):
    """Return what was in a cell before it was made safe."""
    sign = r"[=+\-@＝＋－＠]"
    inside = re.sub(rf"(?<=[,;\n])'(?=['\" \xa0]*{sign})", "", cell)
    return inside[1:] if re.match(rf"'['\s]*{sign}", inside) else inside


def link_of(line):
    relation, target, *note = line.split(" ", 2)
    is_reversed = relation in FORWARD
    return Link(FORWARD.get(relation, relation), target, "".join(note), is_reversed)


def values_in(row):
    """Return the values of a row, as far as the columns hold them."""
    cells = {name: plain(cell) for name, cell in row.items()}
    nothing = {field.name: None if field.choices else "" for field in CLAIM_FIELDS}
    claim = Claim(**{name: cells[name] or empty for name, empty in nothing.items()})
    return {
        "article": tuple(cells[name] for name in COLUMNS[1:5]),
        "authors": tuple(cells["authors"].split("; ")),
        "mark": tuple(cells[name] for name in ("id", "kind", "quote", "note", "prefix", "suffix")),
        "tags": tuple(filter(None, cells["tags"].split(","))),
        "claim": claim if cells["status"] else None,
        "links": tuple(map(link_of, cells["links"].splitlines())),
        "times": (cells["created"], cells["modified"]),
        "place": (cells["start"], cells["end"], cells["fit"]),
    }


def values_of(article, mark):
    record, annotation, span = article.record, mark.annotation, mark.span
    quote = annotation.target.quote
    return {
        "article": (record.id, record.title, record.url, record.site_name),
        "authors": record.byline,
        "mark": (
            annotation.id,
            annotation.kind,
            quote.exact,
            annotation.note,
            quote.prefix,
            quote.suffix,
        ),
        "tags": annotation.tags,
        "claim": annotation.claim,
        "links": tuple(
            replace(link, note=" ".join(link.note.split())) for link in annotation.links
        ),
        "times": (annotation.created.isoformat(), annotation.modified.isoformat()),
        "place": (str(span.start), str(span.end), mark.place.fit) if span else ("", "", "lost"),
    }


@pytest.mark.parametrize(("write", "read"), [(write_csv, read_csv), (write_tsv, read_tsv)])
def test_every_field_is_read_back(write, read):
    articles = [varied_article(), varied_article(number=2, lost=0)]
    rows = read("".join(write(varied_collection(*articles))))
    wanted = [values_of(article, mark) for article in articles for mark in article.marks]
    assert [values_in(row) for row in rows] == wanted


AWKWARD = st.text("=+-@＝'\" \n\t,;\\\xa0a1") | st.text()


@given(note=AWKWARD.map(clean_text), title=AWKWARD.map(clean_text))
def test_any_text_is_read_back(note, title):
    article = make_article("Some words.", title=title)
    mark = make_annotation(article, "words", note=note)
    collected = CollectedArticle(record=record_of(article), marks=placed([mark]))
    for write, read in ((write_csv, read_csv), (write_tsv, read_tsv)):
        [row] = read("".join(write(Collection(articles=[collected]))))
        assert (plain(row["note"]), plain(row["title"])) == (note, title)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠", " =", "\n=", "\t@"])
def test_no_cell_begins_like_a_formula(start):
    assert safe_cell(f"{start}1+1").startswith("'")
    assert safe_cell(f"'{start}1+1").startswith("''")


@pytest.mark.parametrize("separator", [";", ",", "\n"])
def test_no_text_in_a_cell_is_a_formula_for_a_spreadsheet_that_parts_it_there(separator):
    assert safe_cell(f"a{separator} =1+1") == f"a{separator}' =1+1"
    article = make_article("Some words.")
    mark = make_annotation(article, "words", note=f'a";"{separator}"=1+1{separator}b')
    collected = CollectedArticle(record=record_of(article), marks=placed([mark]))
    for write in (write_csv, write_tsv):
        written = "".join(write(Collection(articles=[collected])))
        cells = re.split(r"[;,\t\r\n]", written)
        assert not any(re.match(r"[\"\s]*[=+@-]", cell) for cell in cells)


def test_texts_that_spreadsheets_cut_are_reported():
    article = make_article("Some words.")
    marks = [make_annotation(article, "words", note="n" * length) for length in (32_767, 32_768)]
    told = []
    found = CollectedArticle(record=record_of(article), marks=placed(marks))
    assert list(write_csv(Collection(articles=[found], tell=told.append)))
    assert told[0].startswith("1 mark with a text of more than 32,767 characters")


@pytest.mark.parametrize("text", ["'tis", "1+1", "a=b", "", "’=", "—5", "a; b", "a,'b"])
def test_other_cells_stay_as_they_are(text):
    assert safe_cell(text) == text


def test_what_a_terminal_would_obey_is_removed_from_a_cell():
    assert safe_cell("a\x1b]52;c;AAAA\x07b\x00c") == "abc"


def test_every_mark_is_one_line_of_the_table_for_programs():
    lines = "".join(write_tsv(varied_collection())).split("\n")
    assert len(lines) == 1 + 10 + 1
    assert {line.count("\t") for line in lines[:-1]} == {len(COLUMNS) - 1}


def test_the_columns_are_those_that_are_documented():
    docs = Path(__file__).parents[3] / "docs" / "manual" / "export.md"
    text = docs.read_text("utf-8")
    assert all(f"`{name}`" in text for name in COLUMNS)


def cases():
    if not MANIFEST.exists():
        return [pytest.param(None, marks=pytest.mark.skip(reason="no collection of attacks here"))]
    found = json.loads(MANIFEST.read_text("ascii"))["cases"]
    return [pytest.param(case, id=case["id"]) for case in found if case["kind"] == "csv"]


@pytest.mark.parametrize("case", cases())
def test_a_hostile_cell_is_text(case):
    assert safe_cell(case["input"]) == case["expected"]["equals"]
