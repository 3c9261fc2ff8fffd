"""`annotator link`, `unlink` and `links`."""

import json

import pytest

PAGE = "https://example.org/fact-check"


@pytest.fixture
def marks(run, kept):
    """Return the addresses of three marks of an article."""
    words = ("ran without coal", "Coal made two thirds of the power", "one hundredth of it")
    made = [json.loads(run("mark", kept, each, "--json").out) for each in words]
    return [each["address"] for each in made]


def mark_id(address):
    return address.partition("#")[2]


def ends(run, mark, *options):
    done = run("links", mark, "--json", *options)
    assert done.code == 0, done.err
    return [(each["relation"], each["state"], each["target"]) for each in json.loads(done.out)]


def test_marks_are_linked_and_seen_from_both_ends(run, marks):
    one, other, _ = marks
    done = run("link", one, "supports", mark_id(other), "--note", "same grid")
    assert done.code == 0, done.err
    fields = done.out.rstrip("\n").split("\t")
    assert fields[:4] == [mark_id(one), "supports", "mark", other]
    assert fields[5] == "same grid"
    assert ends(run, one) == [("supports", "mark", mark_id(other))]
    assert ends(run, other) == [("supported-by", "mark", mark_id(one))]


def test_a_link_can_be_said_from_either_end_and_to_a_page(run, marks):
    one, other, _ = marks
    run("link", one, "opposed-by", other)
    run("link", one, "supported-by", PAGE)
    assert set(ends(run, one)) == {
        ("opposed-by", "mark", mark_id(other)),
        ("supported-by", "page", PAGE),
    }


def test_a_link_is_removed_from_either_end(run, marks):
    one, other, third = marks
    for relation, target in (("supports", other), ("informs", other), ("supports", third)):
        run("link", one, relation, target)
    assert run("unlink", other, "informed-by", one).code == 0
    assert ends(run, other) == [("supported-by", "mark", mark_id(one))]
    done = run("unlink", one, other)
    assert "Removed 1 link." in done.err
    assert ends(run, one) == [("supports", "mark", mark_id(third))]


def test_what_cannot_be_linked_is_refused_with_a_hint(run, marks):
    one, other, _ = marks
    for arguments, code, words in (
        (("link", one, "supports", "0zzzz"), 5, "no mark whose id begins with"),
        (("link", one, "likes", other), 2, "Unknown RELATION: “likes”"),
        (("link", one, "supports", one), 2, "linked to itself"),
        (("unlink", one, other), 5, "is not linked to"),
        (("unlink", one, "likes", other), 2, "Unknown relation “likes”"),
        (("links", "0zzzz"), 5, "no mark whose id begins with"),
    ):
        done = run(*arguments)
        assert (done.code, done.out) == (code, "")
        assert words in done.err


def test_a_mark_that_is_gone_can_be_unlinked(run, marks, home):
    one, other, _ = marks
    run("link", one, "informs", other)
    from annotator.cli.context import CliContext  # the library of the home folder

    context = CliContext()
    found = context.library.annotation(mark_id(other))
    context.library.article(found.article_id).remove([found.id], now=found.created)
    assert run("doctor").err.count("leads to a mark") == 0  # it is in the bin
    context.library.article(found.article_id).empty_bin([found.id], now=found.created)
    context.close()
    assert ends(run, one) == [("informs", "missing", mark_id(other))]
    assert "1 link leads to a mark that is gone" in run("doctor").err
    assert run("unlink", one, mark_id(other)).code == 0
    assert ends(run, one) == []


def test_the_tree_is_printed_as_fields_and_as_json(run, marks):
    one, other, third = marks
    run("link", other, "supports", one)
    run("link", third, "opposes", other)
    run("link", one, "opposes", third)
    lines = [line.split("\t") for line in run("links", one, "--tree").out.splitlines()]
    assert [line[:4] for line in lines] == [
        ["0", "claim", "", one],
        ["1", "supports", "", other],
        ["2", "opposes", "", third],
        ["3", "opposes", "cycle", one],
    ]
    tree = json.loads(run("links", one, "--tree", "--json").out)
    assert (
        tree["summary"]
        == "Supported by 1 site, 1 article without an author (none independent of the claim)."
    )
    assert [node["level"] for node in tree["nodes"]] == [0, 1, 2, 3]
    shallow = run("links", one, "--depth", "1").out.splitlines()
    assert [line.split("\t")[2] for line in shallow] == ["", "deeper"]


def test_the_summary_counts_authors_that_are_not_known(run, marks):
    one = marks[0]
    run("link", one, "opposed-by", "https://example.org/check")
    run("link", one, "opposed-by", "https://example.net/check")
    tree = json.loads(run("links", one, "--tree", "--json").out)
    assert tree["summary"] == "Opposed by 2 sites, 2 articles without an author."


def test_links_and_the_tree_are_drawn_on_a_terminal(terminal, run, marks):
    one, other, _ = marks
    run("link", other, "supports", one)
    shown = terminal("links", one).out
    assert "is supported by" in shown
    assert "“Coal made two thirds of the power”" in shown
    shown = terminal("links", one, "--tree").out
    assert "+ supports" in shown
    assert "└──" in shown


def test_relations_are_completed(process, marks):
    for command in ("link", "unlink"):
        words = f"annotator {command} {mark_id(marks[0])} opp"
        done = process(_ANNOTATOR_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD="3")
        assert done.out.split() == ["plain,opposes", "plain,opposed-by"]
