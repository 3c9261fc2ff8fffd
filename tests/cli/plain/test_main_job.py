"""The whole main job, typed line by line: what is printed is read as sentences."""

import subprocess

import pytest

from serving import serve

PAGE = """<!doctype html><html lang="en"><head><title>{title}</title></head><body><article>
<h1>{title}</h1>{text}</article></body></html>"""
PAGES = {
    "/bread": (
        "Bread costs more",
        "The price of bread rose by a tenth within a year, the office for statistics said.",
        "Bakers blame the price of flour, which rose by a third, and that of gas.",
    ),
    "/flour": (
        "Flour costs less",
        "The price of flour fell by a tenth within a year, the millers said on Monday.",
        "They expect that it goes on falling until the next harvest is in.",
    ),
    "/gas": (
        "Gas is as it was",
        "The price of gas has hardly changed since the spring, the operator said.",
        "It will stay so in the winter, if that is mild, as most of them have been.",
    ),
}


@pytest.fixture
def site():
    paragraphs = {
        path: PAGE.format(title=title, text="".join(f"<p>{one}</p>" for one in text)).encode()
        for path, (title, *text) in PAGES.items()
    }
    with serve(paragraphs) as served:
        yield served


def test_three_pages_are_read_marked_judged_linked_exported_imported_and_synced(
    told, site, home, run, tmp_path
):
    (home / "highlights.csv").write_text(
        "Highlight,Book Title,Book Author,Note,Tags,Highlighted at\n"
        "Mills grind slowly.,On mills,Bo Hu,a proverb,mills,2026-01-01 10:00\n"
    )
    done = told(
        f"add {site.url('/bread')} {site.url('/flour')} {site.url('/gas')} #prices",
        "sort title",
        "list",
        "1",
        "",
        "mark 1 #bread: is that so?",
        "mark 2 “rose by a third” evidence",
        "status 1 disputed",
        "edit 1 speaker the office for statistics",
        "back",
        "2",
        "m 1",
        "q",
        "marks",
        "link 3 opposes 2 : it fell",
        "evidence 2",
        "back",
        "note 3 so say the millers",
        "tag 3 flour",
        "find status:disputed",
        "about 1",
        "back",
        f"export all {home}/vault",
        "tag 3 energy",
        f"import {home}/highlights.csv",
        "library",
        f"sync --init {tmp_path}/hub.git",
        "sync",
        "statistics",
        "quit",
    )
    lines = done.out.replace("> ", "").splitlines()
    said = [
        "Added: Bread costs more",
        "1. Bread costs more, 127.0.0.1, 1 min, unread, #prices",
        "2. Flour costs less, 127.0.0.1, 1 min, unread, #prices",
        "127.0.0.1. 1 min. 2 sentences. 0 marks.",
        (
            "Marked sentence 1 as a claim: The price of bread rose by a tenth within a year, "
            "the office for statistics said."
        ),
        "Marked words of sentence 2 as evidence: rose by a third",
        "claim, disputed, #bread",
        "claim, disputed, the office for statistics, #bread",
        "Back: Library.",
        "Marks: 3 marks.",
        "Flour costs less:",
        (
            "“The price of flour fell by a tenth within a year, the millers said on Monday.” "
            "opposes “rose by a third”"
        ),
    ]
    assert [line for line in said if line not in lines] == []
    out = "\n".join(lines)
    assert "level 1, opposes: “The price of flour fell by a tenth" in out
    assert "Marks, status:disputed: 1 mark.\nBread costs more:\n1. claim, disputed" in out
    assert "Status: disputed\nNote: is that so?\nTags: bread\nFrom: Bread costs more, http" in out
    assert f"New: {home}/vault/Bread costs more.md" in out
    assert "Items: 1 added." in out
    assert "\nLibrary: 4 articles.\n" in out
    assert "Sent: added: On mills" in out
    assert "Both sides are the same." in done.err
    assert "3 marks made" in out
    notes = (home / "vault" / "Flour costs less.md").read_text("utf-8")
    assert "so say the millers" in notes
    log = ["git", "-C", tmp_path / "hub.git", "log", "--oneline"]
    assert subprocess.run(log, capture_output=True, check=True).stdout
    assert run("list").out.count("\n") == 4


def test_what_is_said_ends_as_sentences_do(told, site):
    done = told(f"add {site.url('/bread')}", "1", "m 2", "status 1 open", "undo", "x 1", "q", "q")
    for line in done.err.splitlines():
        assert line[-1] in ".…:!?", line
