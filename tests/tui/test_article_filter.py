"""Narrowing the list of articles by the query language, as one types."""

import asyncio
import threading

import pytest
from msgspec.structs import replace
from textual import events

from annotator.model.query import EVERYTHING, Either, Every, Field, Words
from annotator.model.query_parser import parse
from annotator.tui.library.filter import ArticleFilter, ArticleSearch
from annotator.tui.widgets.typed_query import read_typed
from annotator.usecases.articles.tagging import tag_article
from builders import MOMENT, make_annotation, set_state

BREAD = "The price of bread rose. Nobody was surprised."
EELS = "Eels return to the river. The fishermen are glad of it."


def titles(reader):
    lines = reader.screen.splitlines()[2:-1]
    return [title for line in lines if (title := line[2:40].strip()) and not line.startswith("▌")]


@pytest.fixture
def shelf(library, keep):
    """Keep an article about bread and one about eels, which is tagged and read."""
    bread = keep(BREAD, title="Costs of living", url="https://example.org/1")
    eels = keep(EELS, title="Back home", url="https://example.org/2", site_name="Tidewater")
    tag_article(library, eels.id, add=("nature/rivers",), now=MOMENT)
    set_state(library, eels.id, "read", now=MOMENT)
    library.put([make_annotation(bread, "Nobody was surprised.", kind="question")])


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("tag:nature", ["Back home"]),
        ("is:unread", ["Costs of living"]),
        ("kind:question", ["Costs of living"]),
        ("has:mark", ["Costs of living"]),
        ("-has:mark", ["Back home"]),
        ("site:tidewater", ["Back home"]),
        ("fishermen", ["Back home"]),
        ("fisher", ["Back home"]),
        ('"price of bread"', ["Costs of living"]),
        ("bread or eels", ["Back home", "Costs of living"]),
    ],
)
async def test_the_filter_is_a_query(shelf, visit, typed, found):
    async with visit() as reader:
        await reader.press("slash")
        await reader.pilot.pause()
        await reader.pilot.press(*[_key(each) for each in typed])
        await reader.until(lambda: sorted(titles(reader)) == found)


def _key(character: str) -> str:
    names = {" ": "space", ":": "colon", '"': "quotation_mark", "-": "minus"}
    return names.get(character, character)


async def test_an_unfinished_query_shows_a_hint_and_changes_nothing(shelf, visit):
    async with visit() as reader:
        await reader.press("slash")
        await reader.type("tag:")
        await reader.sees("Write for example tag:energy.")
        assert len(titles(reader)) == 2
        assert reader.toasts == ""
        await reader.press("enter")
        await reader.until(lambda: "tag:energy" in reader.toasts)


async def test_the_order_stays_and_the_filter_survives_a_visit_to_an_article(shelf, visit):
    async with visit() as reader:
        await reader.press("greater_than_sign", "slash")
        await reader.type("bread or eels")
        await reader.press("enter")
        await reader.until(lambda: titles(reader) == ["Back home", "Costs of living"])
        await reader.press("enter")
        await reader.sees("Eels return")
        await reader.press("q")
        await reader.sees("“bread or eels”: 2 articles")


def test_the_last_word_is_a_prefix_until_a_space_follows():
    def query(text):
        return ArticleFilter().typed(text).query

    assert query("pri") == Words("pri", is_begun=True)
    assert query("price ") == Words("price")
    assert query("tag:energy pri") == Every((Field("tag", "energy"), Words("pri", is_begun=True)))
    assert query("tag:energy") == Field("tag", "energy")
    assert query('"the pri') == Words("the pri")
    assert query("pri*") == Words("pri", is_begun=True)
    assert query("  ") == EVERYTHING


def test_an_unfinished_part_is_not_in_the_query():
    narrowed = ArticleFilter().typed("is:read").answered(["1"])
    half = narrowed.typed("is:read (")
    assert (half.query, half.found, half.is_answered) == (narrowed.query, narrowed.found, True)
    assert "(" in half.text
    assert half.hint
    assert narrowed.typed("is:read ").hint == ""
    assert ArticleFilter().typed("pri is:x").query == Words("pri")
    begun = Either((Field("is", "reading"), Field("is", "read")))
    assert ArticleFilter().typed("pri is:rea").query == Every((Words("pri"), begun))
    assert ArticleFilter().typed("tag:").query == EVERYTHING


def test_an_article_opens_at_no_word_that_it_must_not_have():
    assert ArticleFilter().typed("eels -wind ").words == ("eels",)


def test_titles_are_searched_before_there_is_an_answer(library, keep):
    keep(title="Bridges", site_name="The Courier")
    keep(title="Tunnels", url="https://example.org/2")
    bridges = next(each for each in library.records() if each.title == "Bridges")
    unanswered = ArticleFilter().typed("ridge courier")
    assert unanswered.matches(bridges)
    assert not unanswered.matches(replace(bridges, site_name=""))
    assert unanswered.answered((), "The library cannot be searched.").matches(bridges)
    assert not ArticleFilter().typed("tag:bridge").matches(bridges)


async def test_only_the_latest_query_is_answered(library, keep, monkeypatch):
    keep(BREAD, title="Bread")
    asked, answers = [], []
    begun, gate = threading.Event(), threading.Event()
    ask = library.ask

    def slowly(question):
        asked.append(question.query)
        begun.set()
        gate.wait(20)
        return ask(question)

    monkeypatch.setattr(library, "ask", slowly)
    finding = ArticleSearch(
        library, lambda query, found, _: answers.append((query, len(list(found))))
    )
    first = asyncio.create_task(finding.ask(parse("a")))
    assert await asyncio.to_thread(begun.wait, 20)
    await finding.ask(parse("b"))
    await finding.ask(parse("bread"))
    gate.set()
    await first
    assert asked == [parse("a"), parse("bread")]
    assert answers == [(parse("bread"), 1)]


@pytest.mark.parametrize("pasted", ["word " * 3_000, "tag: " * 700, "(" * 4_001, "x:y " * 9_000])
def test_a_text_that_is_no_query_is_left_out_and_told_after_a_few_words(pasted):
    query, problem = read_typed(pasted)
    assert query == EVERYTHING
    assert problem is not None


@pytest.mark.parametrize("opening", ["", "C"], ids=["library", "claims"])
async def test_a_book_that_is_pasted_into_a_filter_is_told_and_the_program_goes_on(
    shelf, visit, opening
):
    async with visit() as reader:
        await reader.press(*opening, "slash")
        reader.app.post_message(events.Paste("war and peace " * 70_000))
        await reader.sees("A query has at most 4,000 characters.")
        assert "Only the first 10,000 characters were pasted." in reader.toasts
        await reader.press("x", "ctrl+u")
        await reader.until(lambda: "at most 4,000" not in reader.screen)
