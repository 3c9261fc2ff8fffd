"""Similar claims in the reader: the list with reasons, the proposed link, the way there."""

import asyncio

import pytest

import stand_in_model
from annotator.errors import CleaningError
from annotator.model import Link, Span
from annotator.settings import Settings
from annotator.usecases.marks import meaning
from annotator.usecases.marks.annotate import Draft, mark
from builders import MOMENT
from waiting import PATIENCE

CLAIM = "Rents in Bergen rose by 7 percent in 2024."
CLASH = "In 2024 rents in Bergen rose by 12 percent."
SAME = "Bergen: rents were up in 2024, they rose 7%."


@pytest.fixture
def marks(library, keep):
    """Return a mark on each of three articles on the same rents."""
    made = []
    for at, words in enumerate((CLAIM, CLASH, SAME)):
        article = keep(words, url=f"https://site{at}.example/", title=f"Article {at}", days=-at)
        made.append(mark(library, article, Span(0, len(words)), Draft(), now=MOMENT))
    return made


@pytest.fixture
def at_the_claim(visit, library, marks):
    """Open the first article at its mark."""
    article = library.article(marks[0].article_id).extraction().article
    return lambda **how: visit(article, mark_id=marks[0].id, **how)


def links(library, annotation):
    return library.annotation(annotation.id).links


async def test_similar_claims_are_listed_with_reasons_and_linked_as_proposed(
    at_the_claim, library, marks
):
    async with at_the_claim() as reader:
        await reader.press("S")
        await reader.sees(
            "Similar claims: 1 may be the same, 1 contradiction",
            "The same claim?",
            SAME,
            "A contradiction?",
            "7 percent against 12 percent",
        )
        await reader.press("down", "enter")
        await reader.until(lambda: links(library, marks[0]))
        await reader.until(lambda: "Linked: this mark opposes" in reader.toasts)
        assert links(library, marks[0]) == (Link("opposes", marks[1].id),)
        await reader.press("u")
        await reader.until(lambda: not links(library, marks[0]))


async def test_a_similar_claim_is_opened_in_its_article(at_the_claim):
    async with at_the_claim(size=(60, 20)) as reader:
        await reader.press("S")
        await reader.sees("The same claim?")
        await reader.press("o")
        await reader.sees("Article 2")


async def test_without_similar_claims_the_list_says_what_is_compared(visit, library, keep):
    article = keep(CLAIM)
    claim = mark(library, article, Span(0, len(CLAIM)), Draft(), now=MOMENT)
    async with visit(article, mark_id=claim.id) as reader:
        await reader.press("S")
        await reader.sees("Nothing similar in other articles.")
        await reader.press("enter", "o")
        await reader.until(lambda: "Nothing to open" in reader.toasts)
        await reader.press("escape")
        await reader.sees("Rents in Bergen")


async def test_the_link_picker_offers_similar_claims_with_their_relation(
    at_the_claim, library, marks
):
    async with at_the_claim() as reader:
        await reader.press("l")
        await reader.sees("Similar claims", "may say the same: both name 7 percent")
        await reader.press("down", "enter")
        await reader.until(lambda: links(library, marks[0]))
    assert links(library, marks[0]) == (Link("same-as", marks[2].id),)


async def test_a_relation_that_was_chosen_is_not_replaced_by_a_proposal(
    at_the_claim, library, marks
):
    async with at_the_claim() as reader:
        await reader.press("l")
        await reader.sees("Similar claims", "may contradict it: 7 percent against 12 percent")
        await reader.press("tab", "down", "enter")  # from “opposes” on
        await reader.until(lambda: links(library, marks[2]))
    assert links(library, marks[2]) == (Link("supports", marks[0].id),)


async def test_a_similar_claim_joins_the_tree(at_the_claim, library, marks):
    async with at_the_claim() as reader:
        await reader.press("A")
        await reader.sees("Rents in Bergen")
        await reader.press("S")
        await reader.sees("A contradiction?")
        await reader.press("down", "enter")
        await reader.until(lambda: links(library, marks[0]))
        await reader.until(lambda: "this mark opposes" in reader.toasts)


@pytest.mark.parametrize("keys", [("C",), ("C", "V")])
async def test_the_list_of_claims_links_similar_ones(visit, library, marks, keys):
    async with visit() as reader:
        await reader.press(*keys)
        await reader.sees("Rents in Bergen")
        await reader.press("S")
        if "V" in keys:
            await reader.until(lambda: "similar to one mark" in reader.toasts)
            return
        await reader.sees("The same claim?", "A contradiction?")
        await reader.press("enter")
        await reader.until(lambda: any(links(library, each) for each in marks))
        await reader.until(lambda: "says the same as" in reader.toasts)


@pytest.fixture
def at_the_hooks(visit, library, keep, monkeypatch, tmp_path):
    """Install a stand-in for the model; open an article at a mark that another says otherwise."""
    pytest.importorskip("numpy", reason="the search by meaning needs numpy")
    stand_in_model.install(monkeypatch, tmp_path)
    monkeypatch.setattr(library, "_cache", tmp_path / "cache")
    articles, made = [], []
    for words in ("Locksmiths need bigger hooks.", "Schlosser brauchen größere Haken."):
        articles.append(keep(words, url=f"https://site{len(articles)}.example/", title=words))
        made.append(mark(library, articles[-1], Span(0, len(words)), Draft(), now=MOMENT))
    return lambda **how: visit(articles[0], mark_id=made[0].id, **how)


async def test_a_claim_in_other_words_is_listed_below_and_without_a_verdict(at_the_hooks):
    async with at_the_hooks() as reader:
        await reader.press("S")
        await reader.sees("1 by meaning", "May say the same, by meaning", "Schlosser brauchen")
        await reader.press("o")
        await reader.sees("Schlosser brauchen größere Haken.")


async def test_the_search_by_meaning_shows_how_far_it_is_and_ends_with_the_dialog(
    at_the_hooks, monkeypatch
):
    ended = asyncio.Event()

    async def slow(_library, _mark, *, tell):
        tell(320, 1000)
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    monkeypatch.setattr(meaning, "similar_by_meaning", slow)
    async with at_the_hooks() as reader:
        await reader.press("S")
        await reader.sees("Comparing by meaning … 320 of 1,000 new claims")
        await reader.press("escape")
        await asyncio.wait_for(ended.wait(), PATIENCE)


async def test_a_model_that_fails_says_so_below_the_claims(at_the_hooks, monkeypatch):
    async def fails(_library, _mark, *, tell):
        raise CleaningError("It does not work.", "Do without it.")

    monkeypatch.setattr(meaning, "similar_by_meaning", fails)
    async with at_the_hooks() as reader:
        await reader.press("S")
        await reader.sees("It does not work. Do without it.")


async def test_nothing_is_compared_by_meaning_if_the_settings_say_so(at_the_hooks):
    async with at_the_hooks(settings=Settings(similar_by_meaning=False)) as reader:
        await reader.press("S")
        await reader.sees("Nothing similar in other articles.")
        assert stand_in_model.read == []
