import json
import subprocess
import sys

import pytest

QUOTE = "Coal made two thirds of the power as late as 1990."


def mark(run, *arguments):
    done = run("mark", *arguments, "--json")
    assert done.code == 0, done.err
    return json.loads(done.out)


def test_a_page_is_added_marked_and_exported(run, site, home):
    run("add", site.url("/bread"))
    quote = "The price of bread rose by a tenth within a year"
    run("mark", site.url("/bread"), quote, "--tag", "Food/Prices", "--note", "Which bread?")
    [note] = json.loads(run("notes", "--json").out)
    assert note["quote"] == quote
    assert (note["kind"], note["tags"], note["note"]) == ("claim", ["Food/Prices"], "Which bread?")
    assert note["article"]["title"] == "Bread costs more"
    assert note["deep_link"].startswith(site.url("/bread") + "#:~:text=")
    assert note["place"]["fit"] == "exact"
    done = run("export", "--to", home / "vault")
    assert done.out.split("\t")[0] == "new"
    [file] = (home / "vault").iterdir()
    text = file.read_text("utf-8")
    assert quote in text
    assert "Which bread?" in text
    assert note["deep_link"] in text


def test_a_quote_is_found_with_straight_quotation_marks(run, kept):
    assert mark(run, kept[:6], '"it\'s a milestone," said')["quote"] == "“It’s a milestone,” said"


def test_a_passage_is_marked_by_its_position(run, kept):
    text = json.loads(run("show", kept, "--json").out)["text"]
    start = text.index(QUOTE)
    made = mark(run, kept, "--at", f"{start}:{start + len(QUOTE)}", "--kind", "Evidence")
    assert (made["quote"], made["kind"]) == (QUOTE, "evidence")
    assert made["place"] == {"fit": "exact", "start": start, "end": start + len(QUOTE)}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere to be found"], "Copy the words from the output of `annotator show`"),
        (["it"], "pick one:\n  --at"),
        ([], "Which passage?"),
        (["Coal", "--at", "1:2"], "Give either its words or"),
        (["--at", "x"], "Give two numbers"),
        (["--at", "0:99999"], "is outside the article"),
        (["Coal", "--kind", "rumour"], "Choose one of: claim, evidence, question"),
        (["Coal", "--tag", " "], "at least one letter"),
    ],
)
def test_an_impossible_mark_is_refused_with_a_hint(run, kept, arguments, words):
    done = run("mark", kept, *arguments)
    assert (done.code, done.out) == (2, "")
    assert words in done.err
    assert run("notes").out == ""


def test_an_ambiguous_quote_is_marked_with_one_of_the_offsets_offered(run, kept):
    said = run("mark", kept, "it").err
    place = said.partition("--at ")[2].split()[0]
    assert mark(run, kept, "--at", place)["quote"].lower() == "it"


def test_an_unknown_article_is_reported(run):
    assert run("mark", "abcdef", "words").code == 5
    assert "https://example.org/x" in run("notes", "https://example.org/x").err


def test_marks_are_printed_as_fields(run, kept):
    made = mark(run, kept, QUOTE, "--tag", "coal", "--tag", "power", "--note", "Whose\nfigures?")
    row = run("notes").out.rstrip("\n").split("\t")
    assert row == [made["id"], kept, "claim", "coal,power", QUOTE, "Whose figures?", "", "open"]
    edited = run("edit", made["id"], "--speaker", "Ann Lee", "--status", "supported").out
    assert edited.rstrip("\n").split("\t") == [*row[:6], "Ann Lee", "supported"]
    assert run("notes").out == edited


def test_a_mark_that_becomes_a_claim_by_its_status_is_said_to_be_one(run, kept):
    made = mark(run, kept, QUOTE, "--kind", "evidence")
    assert "1 mark is a claim now" in run("edit", made["id"], "--status", "disputed").err
    assert "is a claim" not in run("edit", made["id"], "--status", "open").err
    assert "is a claim" not in run("edit", made["id"], "--kind", "question").err


def test_a_tag_that_no_mark_has_is_corrected(run, kept):
    mark(run, kept, QUOTE, "--tag", "climate")
    meant = "Did you mean “climate”?"
    assert run("notes", "tag:clmate").err == f"No marks match “tag:clmate”. {meant}\n"
    assert meant in run("claims", "--tag", "clmate").err
    assert meant in run("list", "--tag", "clmate").err
    assert run("claims", "--tag", "climate").out.count("\n") == 1


def test_marks_are_filtered(run, kept):
    coal = mark(run, kept, QUOTE, "--tag", "energy/coal")["id"]
    lee = mark(run, kept, "said Ann Lee", "--kind", "question", "--note", "Who is she?")["id"]

    def chosen(*arguments):
        return [line.split("\t")[0] for line in run("notes", *arguments).out.splitlines()]

    assert chosen() == chosen(kept[:6]) == [lee, coal]
    assert chosen("--tag", "#energy") == [coal]
    assert chosen("--kind", "QUESTION") == [lee]
    assert chosen("--text", "who she") == [lee]
    assert run("notes", "--text", "absent").err == "No marks match.\n"


def test_on_a_terminal_marks_are_listed_below_their_article(terminal, run, kept):
    mark(run, kept, QUOTE, "--tag", "coal", "--note", "Whose figures?")
    out = terminal("notes", NO_COLOR="1", columns=40).out
    assert out.startswith(f"The grid at night  {kept[:8]}\n  ◆ claim  #coal")
    assert "    “Coal made two thirds of the power" in out
    assert "    Whose figures?\n" in out


def test_tags_of_marks_and_articles_are_shown_and_changed(run, kept):
    made = mark(run, kept, QUOTE, "--tag", "coal")["id"]
    assert run("tag", made).out == "coal\n"
    assert run("tag", made, "--add", "Big Power", "--remove", "COAL").out == "Big-Power\n"
    assert run("tag", kept[:8], "--add", "grid", "--json").out == (
        f'{{\n  "id": "{kept}",\n  "tags": [\n    "grid"\n  ]\n}}\n'
    )
    assert run("tag", kept, "--remove", "grid").err == "It has no tags.\n"
    assert run("tag", "zzzz").code == 5


def test_two_programs_mark_at_the_same_time_and_both_marks_stay(run, kept, home):
    quotes = [QUOTE, "said Ann Lee", "ran without coal", "a milestone"]
    children = [
        subprocess.Popen([sys.executable, "-m", "annotator", "mark", kept, quote])
        for quote in quotes
    ]
    assert [child.wait(60) for child in children] == [0] * len(quotes)
    assert {note["quote"] for note in json.loads(run("notes", "--json").out)} == set(quotes)


def test_marks_of_a_changed_article_say_how_well_they_fit(run, site):
    run("add", site.url("/bread"))
    for quote in ("rose by a tenth within a year", "flour, which rose by a third"):
        mark(run, site.url("/bread"), quote)
    site.pages["/bread"] = site.pages["/bread"].replace(
        b"<p>Bakers", b"<p>That is a lot, for a thing that everybody buys.</p><p>Bakers"
    )
    assert run("add", site.url("/bread")).out.startswith("revised\t")
    fits = [note["place"]["fit"] for note in json.loads(run("notes", "--json").out)]
    assert fits == ["exact", "moved"]


def test_a_library_without_marks_says_how_to_make_one(run):
    done = run("notes")
    assert (done.code, done.out) == (0, "")
    assert "annotator mark" in done.err
    assert json.loads(run("notes", "--json").out) == []


def test_a_mark_whose_passage_is_gone_is_an_orphan(run, site):
    run("add", site.url("/bread"))
    mark(run, site.url("/bread"), "Nobody expects that it will fall again")
    site.pages["/bread"] = site.pages["/bread"].replace(
        b"<p>Nobody expects that it will fall again before the next harvest is in, in the late "
        b"summer.</p>",
        b"<p>The ministry of farming has called a meeting of all who mill and bake in May.</p>",
    )
    assert run("add", site.url("/bread")).out.startswith("revised\t")
    [note] = json.loads(run("notes", "--json").out)
    assert note["place"] == {"fit": "orphan", "start": None, "end": None}


def test_all_that_match_a_query_are_tagged_with_consent(run, kept):
    for quote in (QUOTE, "said Ann Lee"):
        mark(run, kept, quote, "--kind", "question")
    assert run("tag", "grid", "--add", "power").out == f"{kept}\tpower\n"
    assert run("tag", "kind:question", "--marks", "--add", "ask").code == 2
    done = run("tag", "kind:question", "--marks", "--add", "ask", "--yes")
    assert [line.split("\t")[1] for line in done.out.splitlines()] == ["ask", "ask"]
    assert run("tag", "absent").code == 5
