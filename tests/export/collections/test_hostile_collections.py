"""Hostile text in every field of a collection, in every format that holds one."""

import json
import re

import pytest
from msgspec.structs import replace

from annotator.export.collection import Collection
from annotator.export.exporters import built_in_formats, exporter
from annotator.model import CLAIM_FIELDS, AnchoredMark, Claim
from annotator.model.text import clean_line, clean_text
from collecting import hostile_texts, varied_article

CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def with_text(words):
    """Return a varied article with the words in every text, as the program would keep them."""
    line, text = clean_line(words), clean_text(words)
    article = varied_article()
    record = replace(article.record, title=line, byline=(line,), site_name=line, url=line)
    texts = {field.name: text for field in CLAIM_FIELDS if not field.choices and not field.is_date}
    marks = [
        AnchoredMark(
            replace(mark.annotation, note=text, claim=Claim(**texts), kind=line or "x"), mark.place
        )
        for mark in article.marks
    ]
    return replace(article, record=record, marks=marks)


@pytest.mark.parametrize("name", built_in_formats("collection"))
def test_hostile_text_stays_text(name):
    found = exporter(name)
    articles = [with_text(words) for words in hostile_texts()]
    written = "".join(found.write_collection(Collection(articles=articles)))
    assert not CONTROLS.search(written)
    assert written.encode()
    if found.suffix in {".json", ".jsonld"}:
        assert json.loads(written)
    if found.suffix == ".jsonl":
        assert all(map(json.loads, written.splitlines()))
