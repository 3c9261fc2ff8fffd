"""Suggestions of marks that make the same claim in other articles."""

import pytest

from annotator.model import Claim, Link, Span
from annotator.usecases.marks.annotate import Draft, delete, mark
from annotator.usecases.marks.links import add_link
from annotator.usecases.marks.similar import similar_marks
from builders import make_article, make_extraction, make_page

RENTS = "Rents in Bergen rose by 7 percent in 2024."


@pytest.fixture
def said(library, moment):
    """Return a function that marks each sentence of a new article."""
    count = 0

    def make(*sentences, language="en", claim=None):
        nonlocal count
        count += 1
        url = f"https://news.example/{count}"
        article = make_article(" ".join(sentences), url=url, language=language)
        library.store(make_extraction(article), make_page(url=url), now=moment)
        draft = Draft(claim=claim)
        starts = [article.text.index(sentence) for sentence in sentences]
        spans = [Span(at, at + len(text)) for at, text in zip(starts, sentences, strict=True)]
        return [mark(library, article, span, draft, now=moment) for span in spans]

    return make


def _found(library, annotation, **options):
    found = similar_marks(library, annotation, **options)
    return [(each.judgement, each.marked.annotation.id) for each in found]


def test_the_same_and_the_contradicting_claim_of_other_articles_are_found(library, said):
    [rents] = said(RENTS)
    [same] = said("Bergen: rents were up in 2024, they rose 7%.")
    [clash] = said("In 2024 rents in Bergen rose by 12 percent.")
    [near] = said("Students in Bergen protested against high rents.")
    said("The choir of Bergen has 7 singers.")
    assert _found(library, rents) == [
        ("same", same.id),
        ("contradicts", clash.id),
        ("related", near.id),
    ]
    assert _found(library, same)[0] == ("same", rents.id)


def test_a_suggestion_says_why_and_which_link_it_would_make(library, said):
    [rents] = said(RENTS)
    said("In 2024 rents in Bergen rose by 12 percent.")
    [found] = similar_marks(library, rents)
    assert found.reason == "7 percent against 12 percent"
    assert found.relation == "opposes"
    assert 0 < found.score <= 1


def test_claims_in_other_languages_are_found_by_numbers_names_and_places(library, said):
    [jobs] = said("Beijing has created 400,000 jobs in 2022.")
    [chinese] = said("2022年北京新增40万个就业岗位。", language="zh")
    [german] = said("2022 entstanden in Peking 400.000 Arbeitsplätze.", language="de")
    assert {each for _, each in _found(library, jobs)} == {chinese.id, german.id}


def test_marks_of_the_same_article_are_no_suggestions(library, said):
    rents, _ = said(RENTS, "In 2024 the rents in Bergen rose by 7%.")
    assert _found(library, rents) == []


def test_linked_marks_are_left_out_from_both_ends_and_through_the_same_claim(library, said, moment):
    [rents], [same], [clash] = said(RENTS), said(RENTS), said(RENTS.replace("7", "12"))
    add_link(library, rents, Link("same-as", same.id), now=moment)
    add_link(library, clash, Link("opposes", same.id), now=moment)
    for each in (rents, same):
        assert _found(library, library.annotation(each.id)) == []
    assert _found(library, library.annotation(clash.id)) == [("contradicts", rents.id)]


def test_what_is_deleted_or_in_the_bin_is_not_suggested(library, said, moment):
    [rents], [deleted], [binned] = said(RENTS), said(RENTS), said(RENTS)
    delete(library, [deleted], now=moment)
    library.trash(binned.article_id)
    assert _found(library, rents) == []


def test_the_statement_finds_claims_that_the_quote_does_not(library, said):
    [rents] = said("They rose by so much again.", claim=Claim(statement=RENTS))
    [same] = said("Rents in Bergen rose by 7% in 2024.")
    assert _found(library, rents) == [("same", same.id)]
    assert _found(library, same) == [("same", rents.id)]


def test_the_best_are_kept_when_there_are_too_many(library, said):
    [rents] = said(RENTS)
    for number in range(3):
        said(f"Bergen: rents are discussed again, part {number}.")
    [best] = said(RENTS)
    assert _found(library, rents, limit=1) == [("same", best.id)]
    assert len(_found(library, rents, limit=3)) == 3


def test_words_that_every_mark_has_are_found_by_two_of_them_together(library, said, monkeypatch):
    monkeypatch.setattr("annotator.store.questions.shared_words.COMMON", 1)
    [rents], [other] = said(RENTS), said(RENTS)
    for place in ("Oslo", "Turku"):
        said(RENTS.replace("Bergen", place))
    assert ("same", other.id) in _found(library, rents)


@pytest.mark.parametrize("quote", ["?!", "It is so.", "«…»"])
def test_a_mark_that_names_nothing_has_no_similar_ones(library, said, quote):
    [mark], _ = said(quote), said(RENTS)
    assert _found(library, mark) == []
