"""The files that Hypothesis and Readwise import."""

import csv
import json
from datetime import datetime
from io import StringIO

import pytest

from annotator.export.collection import CollectedArticle, Collection, LinkedMark
from annotator.export.collections import hypothesis, mark_table
from annotator.export.collections.anki import write_anki
from annotator.model import Link
from builders import make_annotation, make_article
from collecting import placed, record_of, varied_article, varied_collection


def collected(**fields):
    article = make_article("Some words.", title=fields.pop("title", "An article"))
    mark = make_annotation(article, "words", **fields)
    return CollectedArticle(record=record_of(article), marks=placed([mark]))


def imported(*articles):
    return json.loads("".join(hypothesis.write_import(varied_collection(*articles))))


def rows(*articles):
    text = "".join(mark_table.write_readwise(varied_collection(*articles)))
    return list(csv.DictReader(StringIO(text, newline="")))


def test_hypothesis_gets_what_its_client_keeps():
    article = varied_article()
    annotations = imported(article)["annotations"]
    for mark, annotation in zip(article.marks, annotations, strict=True):
        quote = mark.annotation.target.quote
        assert annotation["uri"] == article.record.url
        assert annotation["document"] == {"title": [article.record.title]}
        assert annotation["tags"] == [mark.annotation.kind, *mark.annotation.tags]
        assert annotation["text"].startswith(mark.annotation.note)
        [target] = annotation["target"]
        assert target["source"] == article.record.url
        [selector] = target["selector"]
        assert selector["type"] == "TextQuoteSelector"
        assert (selector["prefix"], selector["exact"], selector["suffix"]) == (
            quote.prefix,
            quote.exact,
            quote.suffix,
        )


def test_hypothesis_gets_claims_and_links_as_lines_below_the_note():
    article = varied_article()
    claim, question, *_ = imported(article)["annotations"]
    assert "- Speaker: Ann Lee, “the operator”\n" in claim["text"]
    assert "- Status: disputed\n" in claim["text"]
    quote = article.marks[0].annotation.quote
    assert f"- supports “{quote}” – the same survey\n" in question["text"]
    assert "- opposes <https://example.org/other?a=1&b=2>\n" in question["text"]


def test_no_text_of_a_page_is_markdown_for_hypothesis():
    article = make_article("A [link](https://evil.example) here.")
    end = make_annotation(article, "[link](https://evil.example)")
    mark = make_annotation(article, "here", links=[Link("supports", end.id)])
    record = record_of(article)
    found = imported(
        CollectedArticle(
            record=record, marks=placed([mark]), linked={end.id: LinkedMark(record, end)}
        )
    )
    text = found["annotations"][0]["text"]
    assert text == r"- supports “\[link\](https://evil.example)”"


def test_the_same_marks_give_the_same_file_for_hypothesis():
    article = varied_article()
    assert imported(article) == imported(article)
    assert datetime.fromisoformat(imported(article)["export_date"]).tzinfo
    assert (
        json.loads("".join(hypothesis.write_import(Collection(articles=()))))["annotations"] == []
    )


def test_marks_of_files_are_left_out_for_hypothesis():
    article = make_article("Some words.", url="story.txt")
    marks = placed([make_annotation(article, "words")])
    told = []
    found = CollectedArticle(record=record_of(article), marks=marks)
    collection = Collection(articles=[found], tell=told.append)
    assert json.loads("".join(hypothesis.write_import(collection)))["annotations"] == []
    assert told == ["1 mark left out: Hypothesis knows only pages on the web, no files."]


def test_readwise_gets_its_columns():
    article = varied_article()
    found = rows(article)
    assert list(found[0]) == ["Highlight", "Title", "Author", "URL", "Note", "Location", "Date"]
    first = article.marks[0].annotation
    assert found[0]["Highlight"] == first.quote
    assert found[0]["URL"] == article.record.url
    assert found[0]["Author"] == "Ann Lee, Bo Chan"
    assert found[0]["Date"] == "2026-03-14 09:26:53"
    assert found[0]["Note"].splitlines()[0] == ".claim .energy/grid .コール .a+b"
    assert first.note in found[0]["Note"]
    assert "Status: disputed" in found[0]["Note"]
    assert [row["Location"] for row in found] == ["1", "2", "3", "4", "5"]


def test_no_cell_for_readwise_is_a_formula():
    found = rows(collected(title="=1+1"))
    assert found[0]["Title"] == "'=1+1"


@pytest.mark.parametrize("length", [8_190, 8_191, 20_000])
def test_a_long_highlight_is_cut_for_readwise_and_its_note_says_so(length):
    article = make_article("=" + "x" * (length - 1))
    mark = make_annotation(article, article.text, note="n" * 20_000)
    told = []
    found = CollectedArticle(record=record_of(article), marks=placed([mark]))
    collection = Collection(articles=[found], tell=told.append)
    [row] = csv.DictReader(StringIO("".join(mark_table.write_readwise(collection)), newline=""))
    assert told == ["1 mark cut: Readwise takes 8,191 characters of each text."]
    assert len(row["Highlight"]) <= 8_191
    assert len(row["Note"]) <= 8_191
    assert row["Note"].endswith("… [cut]")
    is_cut = row["Highlight"].endswith("…")
    assert is_cut == (length > 8_190)
    assert (f"of its {length:,} characters" in row["Note"]) == is_cut


@pytest.mark.parametrize("write", [write_anki, mark_table.write_readwise])
def test_links_are_reported_where_a_format_has_no_place_for_them(write):
    told = []
    found = collected(links=(Link("supports", "01aa"),))
    assert "".join(write(Collection(articles=[found], tell=told.append)))
    assert told == ["Left out: 1 link between marks and to pages."]
