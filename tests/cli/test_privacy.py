"""Privacy: requests, kept files, and secrets that must not be in messages and logs."""

import json

from annotator.cli import log
from annotator.settings.choices import remember
from annotator.store import Library

BEACONS = b"""<!doctype html><html lang="en"><head><title>Milk</title>
<link rel="dns-prefetch" href="//127.0.0.1"><link rel="preload" href="/font.woff2" as="font">
<link rel="stylesheet" href="/style.css"><link rel="canonical" href="/canonical">
<link rel="amphtml" href="/amp"><link rel="next" href="/milk/2"><link rel="icon" href="/icon.png">
<script src="/script.js"></script></head><body><article><h1>Milk costs more</h1>
<p>The price of milk rose by a tenth within a year, the office for statistics said on Friday.</p>
<img src="/picture.png" width="600" height="400" alt="A cow">
<img src="/pixel.gif" width="1" height="1">
<p>Farmers blame the price of feed, which rose by a third, and that of gas, which has doubled.</p>
<iframe src="/frame.html"></iframe><a href="/print">Print</a> <a href="/milk/2">2</a>
</article></body></html>"""


def test_of_a_page_nothing_else_is_fetched(run, site):
    site.pages["/milk"] = BEACONS
    for path in ("/canonical", "/amp", "/print", "/milk/2"):
        site.pages[path] = BEACONS
    assert run("add", site.url("/milk")).code == 0
    assert run("show", site.url("/milk")).code == 0
    assert run("export", "--to", "notes").code == 0
    assert len(site.statuses) == 2  # of the two commands that fetch the page


def test_messages_and_logs_have_no_tokens(run, site, home):
    address = site.url("/none?page=3&access_token=very-secret-1")
    done = run("--debug", "add", address)
    assert "page=3&access_token=hidden returned 404" in done.err
    assert run("add", "https://ann:very-secret-2@example.org/a").code == 3
    log.write_report(ValueError("for https://ann:very-secret-3@example.org/?sid=very-secret-4"))
    written = (home / ".local/state/annotator/annotator.log").read_text("utf-8")
    assert "/none?page=3" in written
    assert "very-secret" not in written + done.err


def test_the_log_has_no_more_of_a_text_than_its_first_letters(home):
    log.write_report(ValueError(f"{'The river rose. ' * 100!r} is not in the list"))
    written = (home / ".local/state/annotator/annotator.log").read_text("utf-8")
    assert "The river rose." in written
    assert max(map(len, written.splitlines())) <= log.MAX_LINE + 1


def test_the_doctor_lists_what_is_kept_where(run, kept, home, site):
    run("add", site.url("/none"))
    state = home / ".local/state/annotator"
    with Library.open(home / ".local/share/annotator", state=state) as library:
        library.typed_texts.keep("NoteEditor 1", {"text": "A draft"})
    for choice in ("keys_news", "preview", "theme"):
        remember(state, choice, "", "chosen")
    listed = {
        each["kind"]: each for each in json.loads(run("doctor", "--privacy", "--json").out)["kept"]
    }
    assert listed["articles"]["paths"] == [str(home / ".local/share/annotator/articles")]
    assert listed["articles"]["files"] > 2
    assert listed["articles"]["bytes"] > 500
    assert listed["failures"]["files"] == 1
    assert listed["feeds"]["files"] == 0
    assert listed["typed texts"]["files"] == 1
    assert listed["bin"]["files"] == 0
    assert listed["exported notes"]["files"] is None
    everything = {each for each in home.rglob("*") if each.is_file() and each.suffix != ".lock"}
    places = [place for each in listed.values() for place in each["paths"]]
    beside = {each for each in everything if not str(each).startswith(tuple(places))}
    without_contents = {"library.json", "library.json.bak", ".stignore"}
    assert {each.name for each in beside} <= {*without_contents, "story.txt"}
    done = run("doctor", "--privacy")
    assert {line.split("\t")[0] for line in done.out.splitlines()} == {*listed}
    assert "no telemetry" in done.err
    assert run("doctor", "--privacy", "--fix").code == 2


def test_on_a_terminal_each_kind_says_what_it_holds_and_how_it_is_deleted(run, kept, terminal):
    listed = json.loads(run("doctor", "--privacy", "--json").out)["kept"]
    shown = " ".join(terminal("doctor", "--privacy").out.split())
    for kind in listed:
        assert " ".join(kind["holds"].split()) in shown
        assert " ".join(kind["delete"].split()) in shown
