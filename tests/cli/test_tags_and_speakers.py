import json

import pytest

from annotator.model import Claim
from annotator.settings import Folders
from annotator.store import Library
from annotator.usecases.marks.annotate import Draft, mark
from annotator.usecases.queries.saved_queries import save_query
from builders import MOMENT, find_span


@pytest.fixture
def library(kept):
    """Return the library of the command line, with an article in it."""
    folders = Folders.of_user()
    with Library.open(folders.data, state=folders.state) as opened:
        yield opened


@pytest.fixture
def marks(run, kept, library):
    """Return two marks in the library, and give its article a tag."""
    run("tag", kept, "--add", "energy")
    article = library.article(kept).extraction().article
    return [
        mark(library, article, find_span(article.text, words), draft, now=MOMENT)
        for words, draft in (
            ("Coal made two thirds", Draft(tags=("energy/coal",), claim=Claim(speaker="Xi"))),
            ("It’s a milestone", Draft(tags=("grid",), claim=Claim(speaker="Xi Jinping"))),
        )
    ]


def test_tags_are_listed_with_counts_that_include_those_below(run, marks):
    assert run("tags").out.splitlines() == [
        "energy\t1\t1\t",
        "energy/coal\t1\t0\t",
        "grid\t1\t0\t",
    ]
    first, *_ = json.loads(run("tags", "--json").out)
    assert first == {
        "tag": "energy",
        "marks": 1,
        "articles": 1,
        "own_marks": 0,
        "own_articles": 1,
        "colour": "",
    }


def test_a_tag_is_renamed_in_marks_and_articles(run, marks, library, kept):
    done = run("tags", "rename", "energy", "world/power")
    assert (done.code, done.out) == (0, "renamed\tenergy\tworld/power\t1 mark and 1 article\n")
    assert library.article(kept).record().tags == ("world/power",)
    assert library.annotation(marks[0].id).tags == ("world/power/coal",)


def test_a_saved_query_that_still_asks_for_the_old_name_is_told(run, marks, library):
    save_query(library, "my coal", "tag:energy/coal", now=MOMENT)
    done = run("tags", "rename", "energy", "power")
    assert "A saved query still asks for the old name: “my coal”." in done.err


def test_tags_are_merged_and_deleted(run, marks, library):
    assert run("tags", "merge", "grid", "energy/coal", "network").out == (
        "merged\tgrid, energy/coal\tnetwork\t2 marks\n"
    )
    refused = run("tags", "delete", "network")
    assert refused.code == 2
    assert "Nothing was changed." in refused.err
    done = json.loads(run("tags", "delete", "network", "--yes", "--json").out)
    assert done == {"deleted": ["network"], "into": "", "marks": 2, "articles": 0, "left": 0}
    assert library.annotation(marks[0].id).tags == ()


def test_a_tag_gets_a_colour_and_loses_it(run, marks):
    assert run("tags", "colour", "grid", "Blue").out == "coloured\tgrid\t#4c9ed9\n"
    assert "grid\t1\t0\t#4c9ed9" in run("tags").out
    assert run("tags", "colour", "grid").out == "coloured\tgrid\t\n"
    assert "red, orange" in run("tags", "colour", "grid", "mauve").err


def test_an_unknown_tag_or_speaker_is_an_error_of_the_library(run, marks):
    done = run("tags", "rename", "coal", "gas")
    assert (done.code, done.out) == (5, "")
    assert "No mark or article has the tag “coal”." in done.err
    assert run("speakers", "rename", "Ann", "Ben").code == 5


def test_an_empty_library_says_how_to_begin(run, home):
    assert "No mark or article has a tag." in run("tags").err
    assert "No mark has a speaker." in run("speakers").err
    assert json.loads(run("tags", "--json").out) == []


def test_speakers_are_listed_suggested_and_merged(run, marks):
    assert run("speakers").out == "Xi\t1\nXi Jinping\t1\n"
    assert run("speakers", "suggest").out == "Xi Jinping\tXi\tone name is part of the other\n"
    assert run("speakers", "merge", "Xi", "Xi Jinping").out == ("merged\tXi\tXi Jinping\t1 mark\n")
    assert json.loads(run("speakers", "--json").out) == [{"speaker": "Xi Jinping", "marks": 2}]
    assert run("speakers", "rename", "xi jinping", "X. Jinping").code == 0
    assert run("speakers").out == "X. Jinping\t2\n"


def test_a_terminal_gets_a_table_and_no_tag_is_deleted_unasked(run, terminal, marks, library):
    run("tags", "colour", "energy/coal", "blue")
    lines = terminal("tags", columns=60, NO_COLOR="1").out.splitlines()
    assert lines[0].split() == ["TAG", "MARKS", "ARTICLES", "COLOUR"]
    assert lines[1].split() == ["energy", "1", "1"]
    assert lines[2].split() == ["■", "energy/coal", "1", "blue"]
    unknown = terminal("tags", "delete", "enery", NO_COLOR="1")
    assert "No mark or article has the tag “enery”." in unknown.err  # which is not asked about
    asked = terminal("tags", "delete", "energy", NO_COLOR="1")  # with nobody to answer
    words = " ".join(asked.err.split())
    assert "would remove energy from all marks and articles. Nothing was changed." in words
    assert library.annotation(marks[0].id).tags == ("energy/coal",)
