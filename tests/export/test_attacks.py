"""A collection of hostile titles, texts and addresses, if one is beside the repository."""

import json
import re
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt
from ruamel.yaml import YAML

from annotator.export.filenames import file_stem
from annotator.export.hyperlinks import safe_href
from annotator.export.markdown.escaping import escape
from annotator.export.markdown.front_matter import front_matter
from annotator.export.markdown.property_merge import merge_properties
from annotator.model.text import clean_line, clean_text

MANIFEST = Path(__file__).parents[3] / "shared" / "attacks" / "manifest.json"


def cases(kind):
    if not MANIFEST.exists():
        return [pytest.param(None, marks=pytest.mark.skip(reason="no collection of attacks here"))]
    found = json.loads(MANIFEST.read_text("ascii"))["cases"]
    return [pytest.param(case, id=case["id"]) for case in found if case["kind"] == kind]


@pytest.mark.parametrize("case", cases("filename"))
def test_a_hostile_title_becomes_a_name(case):
    assert file_stem(case["input"]) == case["expected"]["equals"]


@pytest.mark.parametrize("case", cases("yaml"))
def test_a_hostile_title_is_parsed_back_from_the_properties(case):
    text, wanted = case["input"], clean_line(case["input"])
    written = front_matter({"title": text, "tags": [text, "b"], "annotator_id": "1"})
    head = written.strip().strip("-")
    meant = {"title": wanted, "tags": [wanted, "b"], "annotator_id": "1"}
    assert yaml.safe_load(head) == YAML(typ="safe", pure=True).load(head) == meant
    merged = merge_properties(
        written, {**meant, "title": "New", "site": text}, exported={**meant, "title": text}
    )
    assert yaml.safe_load(merged.text.strip().strip("-")) == {
        **meant,
        "title": "New",
        "site": wanted,
    }


@pytest.mark.parametrize("case", cases("markdown"))
def test_a_hostile_text_is_plain_paragraphs(case):
    tokens = (
        MarkdownIt("commonmark")
        .enable(["table", "strikethrough"])
        .parse(escape(clean_text(case["input"])))
    )
    assert {token.type for token in tokens} == {"paragraph_open", "inline", "paragraph_close"}
    kinds = {child.type for token in tokens for child in token.children or ()}
    assert kinds <= {"text", "text_special", "softbreak"}


@pytest.mark.parametrize("case", cases("href"))
def test_a_hostile_address_is_refused_or_encoded(case):
    assert not re.search(r"[<>()\"`\s]", safe_href(case["input"]))
