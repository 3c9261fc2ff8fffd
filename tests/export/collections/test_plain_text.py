"""Marks as plain text, in lines that fit a mail."""

import pytest

from annotator.export.collection import CollectedArticle, Collection, LinkedMark
from annotator.export.collections.plain_text import WIDTH, width, wrapped, write_text
from annotator.model import Claim, Link
from builders import make_annotation, make_article
from collecting import placed, record_of

ARTICLE = make_article(
    "The bridge cost four million.",
    title="A bridge",
    url="https://example.org/bridge",
    byline=("Ann Lee", "Bo Ek"),
    site_name="The Paper",
    published="2024-05-01T10:00",
)


def text(*marks, article=ARTICLE, lost=0, linked=()):
    record = record_of(article)
    ends = {each.id: LinkedMark(record, each) for each in linked}
    found = CollectedArticle(record=record, marks=placed(marks, lost=lost), linked=ends)
    return "".join(write_text(Collection(articles=[found])))


def test_marks_are_below_the_head_of_their_article():
    end = make_annotation(ARTICLE, "The bridge")
    links = (
        Link("supports", end.id, "the bill"),
        Link("opposes", "https://example.org/a", is_reversed=True),
        Link("same-as", "01kkgone"),
    )
    mark = make_annotation(
        ARTICLE,
        "four million",
        tags=("money", "energy/grid"),
        note="Is it?\n\nNo.",
        claim=Claim(speaker="Ann Lee", status="refuted"),
        links=links,
    )
    assert text(mark, linked=[end]) == (
        "A bridge\n"
        "========\n"
        "The Paper · Ann Lee, Bo Ek · 2024-05-01\n"
        "https://example.org/bridge\n"
        "\n"
        "> four million\n"
        "  claim · #money · #energy/grid\n"
        "  Speaker: Ann Lee\n"
        "  Status: refuted\n"
        "\n"
        "  Is it?\n"
        "\n"
        "  No.\n"
        "\n"
        "  supports “The bridge” (the bill)\n"
        "  is opposed by https://example.org/a\n"
        "  says the same as a mark that is gone\n"
    )


def test_links_of_other_marks_are_below_a_mark_too():
    mark = make_annotation(ARTICLE, "four")
    links = [Link("supports", mark.id, "the bill"), Link("opposes", mark.id, is_reversed=True)]
    written = text(mark, linked=[make_annotation(ARTICLE, "The bridge", links=links)])
    assert written.endswith("  is supported by “The bridge” (the bill)\n  opposes “The bridge”\n")


def test_a_mark_that_was_not_found_says_so():
    assert "highlight · not found in the article" in text(
        make_annotation(ARTICLE, "four", kind="highlight"), lost=1
    )


@pytest.mark.parametrize(
    "words", ["word " * 60, "日本語の文章です。" * 20, "é" * 50 + " " + "한국어 " * 40]
)
def test_lines_have_72_columns_at_most(words):
    lines = [*wrapped(words, first="> ", rest="> ")]
    assert max(map(width, lines)) <= WIDTH
    assert max(map(width, lines)) > WIDTH - 12
    assert len(lines) > 1
    assert "".join(line.removeprefix("> ") for line in lines).replace(" ", "") == (
        words.replace(" ", "")
    )


def test_no_line_begins_with_a_sign_that_ends_a_sentence():
    lines = [*wrapped("日本語、" * 40)]
    assert not any(line.startswith("、") for line in lines)


def test_an_address_is_not_cut():
    address = f"https://example.org/{'a' * 100}"
    assert address in [*wrapped(f"See {address} for more.")]


def test_paragraphs_of_a_quotation_stay_apart():
    assert [*wrapped("One.\n\nTwo.", first="> ", rest="> ")] == ["> One.", ">", "> Two."]


def test_articles_have_a_blank_line_between_them():
    marks = make_annotation(ARTICLE, "four")
    found = CollectedArticle(record=record_of(ARTICLE), marks=placed([marks]))
    empty = CollectedArticle(record=record_of(ARTICLE))
    written = "".join(write_text(Collection(articles=[empty, found, found])))
    assert written.startswith("A bridge\n=")
    assert "\n\nA bridge\n" in written
    assert "\n\n\n" not in written
