import json


def test_articles_are_printed_as_fields(run, kept):
    row = run("list").out.rstrip("\n").split("\t")
    assert row == [kept, "The grid at night", "", "", "1", "unread", "full", ""]


def test_articles_are_filtered_by_words_tag_and_state(run, kept):
    run("tag", kept, "--add", "energy/grid")
    assert kept in run("list", "NIGHT", "grid").out
    assert kept in run("list", "--tag", "#energy", "--state", "unread").out
    for query in (["absent"], ["--tag", "coal"], ["--state", "archived"]):
        done = run("list", *query)
        assert (done.out, done.err) == ("", "No articles match.\n")


def test_an_empty_library_says_what_to_do_and_is_an_empty_list_for_programs(run):
    done = run("list")
    assert (done.code, done.out) == (0, "")
    assert "annotator add" in done.err
    assert json.loads(run("list", "--json").out) == []


def test_on_a_terminal_articles_are_in_columns_that_fit(terminal, run, home):
    for name, title in (("a", "A title " + "of many words " * 9), ("b", "見出し" * 20)):
        (home / f"{name}.txt").write_text(f"{title.strip()}\n\nThe text of {name}.\n", "utf-8")
        assert run("add", home / f"{name}.txt").code == 0
    lines = terminal("list", columns=72, NO_COLOR="1").out.splitlines()
    assert lines[0].split() == ["ID", "TITLE", "SITE", "DATE", "MIN", "STATE", "TAGS"]
    assert max(map(len, lines)) <= 72
    assert all("…" in line for line in lines[1:])
    [latin] = [line for line in lines if "A title" in line]
    assert latin.index("unread") == lines[0].index("STATE")


def test_an_empty_tag_is_refused(run):
    done = run("list", "--tag", "")
    assert done.code == 2
    assert "“” is not a valid tag." in done.err
