"""Files that annotator exports for other programs are read back: kinds, tags and claims too."""

from pathlib import Path

import pytest

from annotator.importing.item import ImportedItem
from importing_files import read_file

KEPT = Path(__file__).parents[1] / "usecases" / "exporting" / "goldens" / "formats"
MARKS = 11  # of the library that the kept files are of


def marks_in(name, expected):
    items, skipped = read_file((KEPT / name).read_bytes(), name=name, expected=expected)
    return items, [mark for item in items for mark in item.highlights], skipped


@pytest.mark.parametrize("name", ["csv.csv", "tsv.tsv", "w3c.jsonld"])
def test_tables_and_annotations_bring_kinds_tags_and_claims_back(name):
    items, marks, _ = marks_in(name, "w3c" if name.endswith("jsonld") else "marks")
    assert len(marks) == len(items) == MARKS
    [coal] = [mark for mark in marks if mark.claim and mark.claim.speaker.startswith("Ann Lee")]
    assert (coal.kind, coal.claim.status, coal.claim.said_on) == ("claim", "disputed", "2026-03")
    assert coal.claim.verdict.startswith("=1+1 is not")
    assert coal.tags == ("energy/grid", "コール", "a+b", "12")
    assert coal.note.startswith("* Mine, with <b>HTML</b>")
    assert {item.url for item in items if item.url.startswith("http")} >= {
        "https://b.example/ar",
        "https://www.example.org/grid/1?q=a",
    }


def test_links_between_annotations_are_no_articles():
    items, _, skipped = marks_in("w3c.jsonld", "w3c")
    assert not any("urn:annotator:mark" in item.url for item in items)
    assert all("links marks" in skip.reason for skip in skipped)
    assert skipped


def test_the_table_for_readwise_brings_marks_with_their_kinds_and_tags_back():
    items, marks, _ = marks_in("readwise.csv", "readwise")
    assert len(marks) == MARKS
    assert all(isinstance(item, ImportedItem) for item in items)
    [coal] = [mark for mark in marks if mark.quote.startswith("Coal made")]
    assert coal.kind == "claim"
    assert {"energy/grid", "コール", "a+b", "12"} <= set(coal.tags)
