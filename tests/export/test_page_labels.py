"""Marks in documents with pages are exported with the page, in every format that has a place."""

import json

import pytest
from msgspec.structs import replace

from annotator.anchoring import describe_in
from annotator.export.collection import CollectedArticle, Collection
from annotator.export.collections.mark_table import COLUMNS
from annotator.export.exporters import NoteSource, exporter
from annotator.export.markdown.note import write_note
from annotator.export.markdown.presets import PRESETS
from annotator.export.markdown.quotation import quotation
from annotator.model import Anchored, AnchoredMark, ArticleRecord, Orphan, PageLabel
from annotator.model.labels import page_words
from builders import find_span, make_annotation, make_article, make_extraction

COST = "The bridge cost four million crowns in the end."
MAYOR = "The mayor says that it will pay for itself."
URL = "https://example.org/report.pdf"
ARTICLE = replace(
    make_article(f"{COST}\n\n{MAYOR}", url=URL, title="A bridge"),
    page_labels=(PageLabel(0, "xiv", 14), PageLabel(len(COST) + 12, "1", 15)),
)
RECORD = ArticleRecord(ARTICLE.id, URL, "A bridge")


def mark(quote, place=None):
    made = make_annotation(ARTICLE, quote)
    span = find_span(ARTICLE.text, quote)
    made = replace(made, target=describe_in(ARTICLE, span))
    return AnchoredMark(made, place or Anchored(span))


def written(name, *marks):
    extraction = make_extraction(ARTICLE)
    article = CollectedArticle(record=RECORD, marks=marks, extraction=extraction)
    return "".join(exporter(name).write_collection(Collection(articles=[article])))


def test_a_mark_knows_its_pages():
    on_two = mark(MAYOR).annotation.target
    assert (on_two.pages, on_two.page_number) == ("xiv–1", 14)
    assert not describe_in(make_article("It rained."), find_span("It rained.", "rained")).pages
    assert page_words(on_two.pages) == "pp. xiv–1"
    assert page_words("14") == "p. 14"
    assert page_words("") == ""


@pytest.mark.parametrize("name", PRESETS)
def test_a_note_names_the_page_and_leads_to_it(name):
    note = write_note(
        NoteSource(article=ARTICLE, placed=[mark(COST)], record=RECORD), PRESETS[name]
    ).text
    assert f"{URL}#page=14" in note
    assert "p. xiv" in note


def test_a_mark_that_was_lost_keeps_the_page_that_it_was_on():
    lost = mark(COST, Orphan())
    bare = replace(ARTICLE, page_labels=())
    note = write_note(NoteSource(article=bare, placed=[lost], record=RECORD)).text
    assert "p. xiv" in note


def test_a_local_document_has_the_page_without_a_link():
    record = replace(RECORD, url="file:///home/ann/report.pdf")
    note = write_note(NoteSource(article=ARTICLE, placed=[mark(COST)], record=record)).text
    assert "p. xiv" in note
    assert "#page" not in note


def test_a_quotation_to_paste_names_the_page():
    assert quotation(mark(COST).annotation, RECORD).endswith(
        f"— [A bridge]({URL}#page=14), example.org, p. xiv\n"
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("txt", "p. xiv"),
        ("org", "xiv\n:CREATED:"),
        ("anki", "p. xiv"),
        ("argdown", "page: "),
        ("html", "p. xiv"),
    ],
)
def test_a_file_of_marks_names_the_page(name, words):
    claim = mark(COST)
    claim = replace(claim, annotation=replace(claim.annotation, kind="claim"))
    assert words in written(name, claim)


def test_a_table_has_page_doi_author_and_proposer_in_its_last_columns():
    assert COLUMNS[-4:] == ("page", "doi", "author", "proposed")
    assert written("tsv", mark(COST)).rstrip("\n").endswith("\txiv\t\t\t")
    proposed = mark(COST)
    proposed = replace(proposed, annotation=replace(proposed.annotation, proposed="Scout 1.2"))
    assert written("tsv", proposed).rstrip("\n").endswith("\tScout 1.2")


def test_a_web_annotation_selects_the_page():
    [item] = json.loads(written("w3c", mark(COST)))["first"]["items"]
    assert item["target"]["selector"][-1] == {
        "type": "FragmentSelector",
        "conformsTo": "http://tools.ietf.org/rfc/rfc3778",
        "value": "page=14",
    }
    assert item["target"]["source"]["urn:annotator:page"] == "xiv"
