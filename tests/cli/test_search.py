import json

import pytest


@pytest.fixture
def marked(run, kept):
    """Mark a claim in the text about the grid, and return its id."""
    done = run("mark", kept, "It makes one hundredth of it now.", "--tag", "energy/coal", "--json")
    return json.loads(done.out)["id"]


def test_articles_and_marks_are_printed_as_fields(run, kept, marked):
    article, mark = run("search", "hundredths").out.splitlines()
    assert article.split("\t")[:3] == ["article", kept, "The grid at night"]
    assert "It makes one hundredth of it now." in article.split("\t")[3]
    assert mark.split("\t") == ["mark", marked, kept, "It makes one hundredth of it now."]


def test_json_has_the_offsets_of_the_matches(run, kept, marked):
    found = json.loads(run("search", "milestone", "or", "tag:energy", "--json").out)
    assert (found["article_count"], found["mark_count"]) == (1, 1)
    assert found["articles"][0]["article"]["id"] == kept
    assert found["marks"][0]["id"] == marked
    assert found["marks"][0]["article"]["title"] == "The grid at night"
    found = json.loads(run("search", "milestone", "--json").out)
    snippet = found["articles"][0]["snippet"]
    assert [snippet["text"][start:end] for start, end in snippet["hits"]] == ["milestone"]


def test_on_a_terminal_the_matches_are_bold(terminal, run, kept, marked):
    out = terminal("search", "hundredth", columns=40).out
    assert "\x1b[1mThe grid at night\x1b[0m" in out
    assert "\x1b[1mhundredth\x1b[0m" in out
    assert "#energy/coal" in out


def test_where_lines_are_read_aloud_no_sign_is_printed(terminal, run, kept, marked):
    assert "◆" in terminal("search", "hundredth").out
    out = terminal("search", "hundredth", TERM="dumb").out
    assert "hundredth" in out
    assert "◆" not in out


def test_the_number_of_further_matches_is_shown(terminal, run, kept, home):
    for name in "ab":
        (home / f"{name}.txt").write_text(f"Text {name}\n\nA milestone of {name}.\n", "utf-8")
        run("add", home / f"{name}.txt")
    shown = terminal("search", "milestone", "--limit", "1", NO_COLOR="1").err
    assert "The best 1 of 3 articles; --limit shows more." in shown


def test_lists_and_notes_take_the_same_queries(run, kept, marked):
    assert run("list", "tag:energy", "-has:note", "coal").out.split("\t")[0] == kept
    assert run("list", "-is:unread").out == ""
    assert run("notes", "kind:claim", "hundredth").out.split("\t")[0] == marked
    assert run("notes", kept, "-tag:energy").err == f"No marks match “{kept} -tag:energy”.\n"
    assert run("notes", kept[:8]).out.split("\t")[0] == marked


@pytest.mark.parametrize("command", ["list", "notes", "search"])
def test_an_error_in_a_query_is_reported_with_its_position(run, kept, command):
    done = run(command, "coal", "tga:energy")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(
        "Error: Unknown filter “tga:”, at character 6.\nDid you mean “tag:”?"
    )


def test_an_empty_search_is_refused(run):
    assert run("search").code == 2
    assert "The search is empty." in run("search", "").err
    assert run("search", "absent").err == "No matches.\n"


def test_the_help_option_is_not_part_of_a_query(run):
    assert "QUERY" in run("search", "-h").out
