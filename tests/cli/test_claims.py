"""Claims on the command line: listed, judged, and deleted."""

import json

import pytest

COAL = "Coal made two thirds of the power as late as 1990."
GRID = "The national grid ran without coal"


@pytest.fixture
def claims(run, kept):
    """Mark two claims and a question in the text about the grid; return their ids."""
    made = [
        ("mark", kept, GRID, "--speaker", "Ann Lee", "--date", "2026-03", "--tag", "energy/grid"),
        ("mark", kept, COAL, "--status", "disputed", "--verdict", "It was half.", "--tag", "coal"),
        ("mark", kept, "a milestone", "--kind", "question", "--note", "Is it?"),
    ]
    return [json.loads(run(*each, "--json").out)["id"] for each in made]


def fields(done):
    assert done.code == 0, done.err
    return [line.split("\t") for line in done.out.splitlines()]


def test_a_mark_gets_the_details_of_a_claim(run, kept):
    done = run(
        "mark", kept, GRID, "--statement", "No coal", "--speaker", "Ann Lee", "--type", "fact",
        "--status", "checking", "--confidence", "low", "--verdict", "Likely",
        "--date", "2026-03-14", "--json",
    )  # fmt: skip
    assert json.loads(done.out)["claim"] == {
        "statement": "No coal",
        "speaker": "Ann Lee",
        "said_on": "2026-03-14",
        "type": "fact",
        "status": "checking",
        "confidence": "low",
        "verdict": "Likely",
    }


@pytest.mark.parametrize("option", ["--status", "--type", "--confidence", "--date"])
def test_a_detail_that_cannot_be_is_refused_before_anything_is_marked(run, kept, option):
    done = run("mark", kept, GRID, option, "perhaps")
    assert (done.code, done.out) == (2, "")
    assert run("notes").out == ""


def test_a_date_in_the_future_is_kept_and_told(run, claims):
    grid = claims[0]
    done = run("edit", grid, "--date", "3 April 2999")
    assert (done.code, "2999-04-03 is in the future" in done.err) == (0, True)
    assert "future" not in run("edit", grid, "--date", "2024").err


def test_claims_are_printed_as_fields(run, kept, claims):
    grid, coal, _ = claims
    rows = [
        f"{kept}#{grid}|open|claim|Ann Lee|2026-03|energy/grid|{GRID}|||",
        f"{kept}#{coal}|disputed|claim|||coal|{COAL}||It was half.|",
    ]
    assert fields(run("claims")) == [[*row.split("|"), ""] for row in rows]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["status:disputed"], [1]),
        (["speaker:lee"], [0]),
        (["-speaker:lee"], [1]),
        (["kind:question"], []),
        (["--sort", "quote"], [1, 0]),
        (["--sort", "status"], [0, 1]),
        (["--sort", "status", "--reverse"], [1, 0]),
        (["--group", "tag"], [1, 0]),
        (["--group", "tag", "marked:today", "grid"], [0]),
    ],
)
def test_claims_are_filtered_sorted_and_grouped(run, claims, arguments, found):
    ids = [row[0].partition("#")[2] for row in fields(run("claims", *arguments))]
    assert ids == [claims[each] for each in found]


def test_a_query_is_saved_with_a_name_and_found_again(run, claims):
    grid, coal, _ = claims
    assert run("claims", "status:disputed", "or", "speaker:lee", "--save", "Lee and more").code == 0
    found = fields(run("claims", "--saved", "lee and more", "status:disputed"))
    assert [row[0].partition("#")[2] for row in found] == [coal]
    assert f"{grid}\t" in run("notes", "--saved", "Lee and more", "speaker:lee").out
    missing = run("notes", "--saved", "other")
    assert (missing.code, missing.out) == (5, "")
    assert "Saved: “Lee and more”." in missing.err
    assert run("claims", "--save", "nothing").code == 2


def test_claims_of_an_article_are_listed_by_its_id(run, claims, kept):
    assert len(fields(run("claims", kept[:6], "coal"))) == 2
    assert run("claims", "f" * 8).err == "No claims match “ffffffff”.\n"
    assert "no article whose id begins with" in run("claims", "12345678").err


def test_groups_are_a_field_for_programs(run, claims):
    assert [row[-1] for row in fields(run("claims", "--group", "speaker"))] == ["Ann Lee", ""]
    found = json.loads(run("claims", "--group", "status", "--json").out)
    assert [each["group"] for each in found] == ["open", "disputed"]


def test_what_opposes_a_claim_is_listed_with_it(run, claims, kept):
    _, coal, question = claims
    run("link", question, "opposes", coal)
    [row] = fields(run("claims", "has:opposition"))
    assert row[10] == f"opposed-by:{question}"
    [found] = json.loads(run("claims", "has:opposition", "--json").out)
    assert found["address"] == f"{kept}#{coal}"
    [link] = found["linked_from"]
    assert (link["relation"], link["address"]) == ("opposes", f"{kept}#{question}")


def test_on_a_terminal_claims_are_listed_with_how_they_were_judged(terminal, claims):
    out = terminal("claims", "--group", "status", NO_COLOR="1", columns=60).out
    assert "open  1 claim\n  ◆ claim  Ann Lee, 2026-03  #energy/grid\n" in out
    assert "  ◆ claim  ≠ disputed  #coal" in out
    assert "    verdict: It was half.\n" in out
    assert max(map(len, out.splitlines())) <= 60
    assert "\x1b[33m  ≠ disputed" in terminal("claims").out


def test_a_library_without_claims_says_how_to_make_one(run):
    done = run("claims")
    assert (done.code, done.out) == (0, "")
    assert "annotator mark" in done.err
    as_json = run("claims", "--json")
    assert (json.loads(as_json.out), as_json.err) == ([], "")


def test_words_that_are_quoted_already_get_no_second_quotation_marks(run, terminal):
    spoken = "“It was only a matter of time,” she said on Monday."
    text = f"The grid at night\n\n{spoken} The operator did not answer.\n"
    article = run("add", "-", stdin=text.encode()).out.split("\t")[1]
    assert run("mark", article, spoken).code == 0
    assert run("mark", article, "The operator did not answer.").code == 0
    out = terminal("claims", NO_COLOR="1").out
    assert f"    {spoken}\n" in out
    assert "    “The operator did not answer.”\n" in out


def test_several_marks_are_changed_by_their_ids(run, claims, kept):
    grid, coal, question = claims
    done = run(
        "edit", grid, f"{kept[:6]}#{coal}", "--status", "refuted", "--tag", "checked",
        "--untag", "coal", "--note", "By the regulator", "--speaker", "Bo",
    )  # fmt: skip
    assert done.code == 0
    assert done.err == "Changed 2 marks.\n"
    found = {each["id"]: each for each in json.loads(run("notes", "--json").out)}
    assert found[coal]["tags"] == ["checked"]
    assert found[grid]["tags"] == ["energy/grid", "checked"]
    assert {found[each]["claim"]["status"] for each in (grid, coal)} == {"refuted"}
    assert found[coal]["claim"]["verdict"] == "It was half."
    assert found[question]["note"] == "Is it?"
    assert run("edit", coal, "--verdict", "", "--kind", "evidence").code == 0
    assert (
        run("edit", coal, "--kind", "evidence").err == "Changed 0 marks; 1 was like that already.\n"
    )


def test_marks_that_match_a_query_are_changed_only_with_consent(run, claims):
    done = run("edit", "has:claim", "--status", "checking")
    assert (done.code, done.out) == (2, "")
    assert "This would change 2 marks in 1 article. Nothing was changed." in done.err
    assert run("claims", "status:checking").out == ""
    assert run("edit", "has:claim", "--status", "checking", "--yes").code == 0
    assert len(fields(run("claims", "status:checking"))) == 2
    assert run("edit", "speaker:lee", "--status", "supported").err == "Changed 1 mark.\n"


def test_an_edit_without_a_change_or_without_marks_is_refused(run, claims):
    assert "Nothing to change." in run("edit", claims[0]).err
    assert run("edit", "absent", "--note", "x").code == 5
    assert run("edit", claims[0], "--kind", "rumour").code == 2
    assert run("edit", "0zzzzzzz", "--note", "x").code == 5


def test_deleted_marks_are_printed(run, claims, kept):
    done = run("unmark", claims[0])
    assert done.out.split("\t")[:2] == [claims[0], kept]
    assert done.err == "Deleted 1 mark.\n"
    assert run("unmark", claims[0]).code == 5
    assert run("unmark", kept).code == 2
    assert len(json.loads(run("unmark", kept, "--yes", "--json").out)) == 2
    assert run("notes").out == ""
