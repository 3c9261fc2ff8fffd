import json

import pytest


def test_articles_are_printed_as_fields(run, kept):
    row = run("list").out.rstrip("\n").split("\t")
    assert row == [kept, "The grid at night", "", "", "1", "unread", "full", ""]


def test_articles_are_filtered_by_words_tag_and_state(run, kept):
    run("tag", kept, "--add", "energy/grid")
    assert kept in run("list", "NIGHT", "grid").out
    assert kept in run("list", "--tag", "#energy", "--state", "unread").out
    for query in (["absent"], ["--tag", "coal"], ["--state", "archived"]):
        done = run("list", *query)
        assert done.out == ""
        assert done.err.startswith("No articles match")


@pytest.mark.parametrize(("command", "number"), [("list", 8), ("notes", 8), ("claims", 11)])
def test_lines_of_fields_have_a_header_if_it_is_wanted(run, kept, command, number):
    run("mark", kept, "Ann Lee")
    names, row = (line.split("\t") for line in run(command, "--header").out.splitlines())
    assert len(names) == len(row) == number
    assert dict(zip(names, row, strict=True))["tags"] == ""
    assert len(json.loads(run(command, "--header", "--json").out)) == 1


def test_an_empty_library_says_what_to_do_and_is_an_empty_list_for_programs(run):
    done = run("list")
    assert (done.code, done.out) == (0, "")
    assert "annotator add" in done.err
    assert json.loads(run("list", "--json").out) == []


def test_on_a_terminal_articles_are_in_columns_that_fit(terminal, run, home):
    for name, title in (("a", "A title " + "of many words " * 9), ("b", "見出し" * 20)):
        (home / f"{name}.txt").write_text(f"{title.strip()}\n\nThe text of {name}.\n", "utf-8")
        assert run("add", home / f"{name}.txt").code == 0
    lines = terminal("list", columns=52, NO_COLOR="1").out.splitlines()
    assert lines[0].split() == ["ID", "TITLE", "STATE"]
    assert max(map(len, lines)) <= 52
    assert all("…" in line for line in lines[1:])
    [latin] = [line for line in lines if "A title" in line]
    assert latin.index("unread") == lines[0].index("STATE")


def test_a_wide_terminal_has_room_for_every_column(terminal, run, kept):
    run("tag", kept, "--add", "grid")
    run("mark", kept, "ran without coal")
    heading, row = terminal("list", columns=120, NO_COLOR="1").out.splitlines()
    assert heading.split() == ["ID", "TITLE", "MIN", "MARKS", "STATE", "TAGS"]
    assert row.split() == [kept[:8], "The", "grid", "at", "night", "1", "1", "unread", "#grid"]


def test_programs_get_marks_progress_and_completeness_too(run, kept):
    run("mark", kept, "ran without coal")
    [article] = json.loads(run("list", "--json").out)
    assert not {"edits", "choices"} & article.keys()
    assert (article["id"], article["title"]) == (kept, "The grid at night")
    assert (article["marks"], article["progress"], article["completeness"]) == (1, 0.0, "full")


def test_an_empty_tag_is_refused(run):
    done = run("list", "--tag", "")
    assert done.code == 2
    assert "“” is not a valid tag." in done.err
