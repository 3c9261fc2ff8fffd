import json
import signal
import threading

import pytest

STORY = """<!doctype html><html lang="en"><head><title>{title}</title></head><body><article>
<h1>{title}</h1>
<p>The price of {title} rose by 3 percent within a year, the office for statistics said.</p>
<p>Bakers blame the price of flour, which rose by a third, and that of gas, which has doubled.</p>
<p>Nobody expects that it will fall again before the next harvest is in, in the late summer.</p>
</article></body></html>"""


def fields(done):
    return [line.split("\t") for line in done.out.splitlines()]


@pytest.fixture
def bread(run, site) -> str:
    """Save the story about bread with a mark on its figure, and return its id."""
    site.pages["/bread"] = STORY.format(title="Bread").encode()
    id_ = fields(run("add", site.url("/bread"), "--tag", "food"))[0][1]
    assert run("mark", id_, "rose by 3 percent within a year").code == 0
    return id_


@pytest.fixture
def cake(run, site) -> str:
    """Save a story about cake, and return its id."""
    site.pages["/cake"] = STORY.format(title="Cake").encode()
    return fields(run("add", site.url("/cake")))[0][1]


def reword(site) -> None:
    site.pages["/bread"] = site.pages["/bread"].replace(b"3 percent", b"5 percent")


def test_all_articles_are_refreshed_by_default(run, bread, cake):
    done = run("refresh")
    assert done.code == 0
    assert sorted(fields(done)) == sorted(
        [["unchanged", bread, "Bread", ""], ["unchanged", cake, "Cake", ""]]
    )
    assert "2 unchanged." in done.err


@pytest.mark.parametrize("words", [["tag:food"], ["-cake", "bread"], ["bread"]])
def test_a_query_chooses_articles(run, bread, cake, words):
    assert [row[1] for row in fields(run("refresh", *words))] == [bread]


def test_articles_are_chosen_by_id_and_address(run, site, bread, cake):
    done = run("refresh", cake[:8], site.url("/bread"), cake)
    assert sorted(row[1] for row in fields(done)) == sorted([bread, cake])


def test_a_word_that_looks_like_an_id_is_a_word(run, bread):
    done = run("refresh", "decade")
    assert (done.code, done.out) == (0, "")
    assert "No articles match." in done.err
    assert run("refresh", "0123456789").code == 5


def test_reworded_marks_come_before_the_article_that_was_revised(run, site, bread):
    reword(site)
    reworded, revised = fields(run("refresh"))
    assert reworded[0] == "reworded"
    assert reworded[2:] == [
        bread,
        "rose by 3 percent within a year",
        "rose by 5 percent within a year",
    ]
    assert revised == ["revised", bread, "Bread", ""]


def test_a_deleted_page_is_not_a_failure(run, site, bread):
    site.refusals["/bread"] = 410
    done = run("refresh")
    assert done.code == 0
    [[outcome, _, _, reason]] = fields(done)
    assert outcome == "gone"
    assert "410" in reason


def test_a_failure_sets_the_exit_code_and_does_not_stop_the_rest(run, site, bread, cake):
    site.refusals["/bread"] = 403
    done = run("refresh")
    assert done.code == 3
    assert fields(done) == [["unchanged", cake, "Cake", ""]]
    assert "403" in done.err
    assert "1 unchanged, 1 failed." in done.err


def test_results_in_json_are_in_the_order_of_the_list(run, site, bread, cake):
    reword(site)
    site.refusals["/cake"] = 403
    first, second = json.loads(run("refresh", bread, cake, "--json").out)
    assert (first["article"]["id"], first["outcome"]) == (bread, "revised")
    [reworded] = first["changes"]["reworded"]
    assert reworded["has_other_numbers"]
    assert [(each["then"].strip(), each["now"].strip()) for each in reworded["changes"]] == [
        ("3", "5")
    ]
    assert second["article"]["id"] == cake
    assert second["error"]


def test_recleaning_does_not_fetch(run, site, bread):
    asked = len(site.statuses)
    assert [row[0] for row in fields(run("refresh", "--reclean"))] == ["unchanged"]
    assert len(site.statuses) == asked


def test_changes_are_listed_for_as_long_as_they_exist(run, site, bread, cake):
    assert "Nothing has changed." in run("changes").err
    reword(site)
    run("refresh")
    for arguments in ([], [bread], [site.url("/bread")]):
        [row] = fields(run("changes", *arguments))
        assert (row[0], row[2]) == ("reworded", bread)
    assert run("changes", cake).out == ""


def test_changes_are_printed_as_json(run, site, bread):
    reword(site)
    run("refresh")
    [told] = json.loads(run("changes", "--json").out)
    assert told["article"]["id"] == bread
    assert told["paragraphs"] == {"added": 0, "removed": 0, "reworded": 1, "moved": 0}
    [reworded] = told["reworded"]
    assert "".join(piece["now"] for piece in reworded["pieces"]) == reworded["now"]
    text = json.loads(run("show", bread, "--format", "json").out)["article"]
    assert reworded["end"] - reworded["start"] == len(reworded["now"])
    assert text["title"] == "Bread"
    assert told["then"]["revision"] != told["now"]["revision"]


def test_changes_of_an_unknown_article_are_refused(run, bread):
    assert run("changes", "0123456789").code == 5


def test_a_damaged_article_does_not_hide_the_changes_of_others(run, site, bread, cake, home):
    reword(site)
    site.pages["/cake"] = site.pages["/cake"].replace(b"doubled", b"tripled")
    run("refresh")
    for path in home.rglob(f"{cake}/revisions/*.json"):
        path.write_text("nonsense", "utf-8")
    done = run("changes")
    assert done.code == 5
    assert [row[2] for row in fields(done)] == [bread]
    assert "Cake" in done.err


@pytest.mark.slow
def test_a_terminal_shows_the_words_that_changed_and_counts_what_did_not(
    run, terminal, site, bread, cake
):
    reword(site)
    done = terminal("refresh")
    assert done.code == 0
    assert "revised" in done.out
    assert "3 → 5" in done.out
    assert "rose by [-3-] {+5+} percent within a year" in done.out
    assert "Paragraphs: 1 reworded." in done.out
    assert "Cake" not in done.out
    assert "Refreshing 2 …" in done.err
    shown = terminal("changes").out
    assert "Bread" in shown
    assert "3 → 5" in shown


def test_ctrl_c_tells_what_was_refreshed_and_what_was_not(interruptible, site, bread, cake):
    site.holds["/cake"] = threading.Event()
    child = interruptible("refresh")
    assert child.stdout.readline().decode().split("\t")[:2] == ["unchanged", bread]
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=60)
    site.holds["/cake"].set()
    assert child.returncode == 130
    assert b"Stopped: 1 unchanged, 1 not done.\n" in err
