import json
import os
import signal
import socket
import threading
from contextlib import closing
from functools import partial

import pytest
from msgspec.structs import replace

from annotator.store import Library
from clipboards import put_copied, put_program
from pdf_files import make_pdf
from waiting import PATIENCE, wait_until

WORDS = "A line of some words that goes from edge to edge of a page, more or less."
EELS = [[(72, 700, 20, "Eels"), (72, 650, 10, WORDS), (72, 638, 10, WORDS)]]


def fields(done):
    return [line.split("\t") for line in done.out.splitlines()]


def test_a_page_is_fetched_cleaned_and_saved(run, site):
    done = run("add", site.url("/bread"), "--tag", "Food Prices")
    assert done.code == 0
    [[outcome, id_, title]] = fields(done)
    assert (outcome, title) == ("added", "Bread costs more")
    [record] = json.loads(run("list", "--json").out)
    assert record["id"] == id_
    assert record["url"] == site.url("/bread")
    assert record["site_name"] == "The Baker"
    assert record["tags"] == ["Food-Prices"]


def test_a_page_in_the_library_is_reported_as_unchanged(run, site):
    run("add", site.url("/bread"))
    done = run("add", site.url("/bread"))
    assert fields(done)[0][0] == "unchanged"
    assert "Already in your library" in done.err
    assert len(run("list").out.splitlines()) == 1


def test_standard_input_is_saved_under_its_original_url(run):
    done = run("add", "-", "--url", "https://example.org/s", stdin=b"A title\n\nAnd some text.\n")
    assert done.code == 0
    [record] = json.loads(run("list", "--json").out)
    assert (record["title"], record["url"]) == ("A title", "https://example.org/s")


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (b"<p>Some <i>words</i> of it.<p>And more of them.", "Some words of it."),
        (b"# A heading\n\nSome **words** of it.", "A heading"),
        (b"A line\n\nSome words of it.", "A line"),
    ],
)
def test_a_piped_text_has_the_title_and_the_address_that_are_given(run, text, body):
    address = ("--url", "https://example.org/s", "--title", "As I call it")
    [[_, id_, title]] = fields(run("add", "-", *address, stdin=text))
    assert title == "As I call it"
    assert body in run("show", id_).out
    [added] = json.loads(run("add", "-", *address, "--json", stdin=text).out)
    assert added["completeness"]["evidence"][0] == "The text is from standard input."
    [record] = json.loads(run("list", "--json").out)
    assert (record["title"], record["url"]) == ("As I call it", "https://example.org/s")


def test_a_title_is_for_a_single_source(run, story):
    done = run("add", story, story.with_name("b.txt"), "--title", "Both")
    assert done.code == 2
    assert "for one source" in done.err


def test_a_copied_text_is_an_article_from_the_page_that_it_was_copied_from(
    run, tmp_path, monkeypatch
):
    html = b"<p>Bread <b>costs</b> more, says the office.<p>Flour costs more, too."
    for name, value in put_copied(tmp_path, b"Bread", html, b"https://example.org/s").items():
        monkeypatch.setenv(name, value)
    [added] = json.loads(run("add", "--clipboard", "--title", "Bread", "--json").out)
    assert added["article"]["title"] == "Bread"
    assert added["article"]["url"] == "https://example.org/s"
    assert added["completeness"]["evidence"][0] == "The text is from the clipboard."
    assert "Bread costs more" in run("show", added["article"]["id"]).out


def test_a_copied_address_is_fetched(run, site, tmp_path, monkeypatch):
    for name, value in put_copied(tmp_path, site.url("/bread").encode()).items():
        monkeypatch.setenv(name, value)
    done = run("add", "--clipboard")
    assert fields(done)[0][2] == "Bread costs more"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"\x00\x01\x02\x7f" * 50, "binary data"),
        (b"\x89PNG\r\n\x1a\n", "The clipboard is an image"),
    ],
)
def test_a_copied_file_that_is_no_text_is_refused(run, tmp_path, monkeypatch, text, why):
    for name, value in put_program(tmp_path, "pbpaste", {"": text}).items():
        monkeypatch.setenv(name, value)
    done = run("add", "--clipboard")
    assert done.code == 3
    assert why in done.err


def test_a_failure_does_not_stop_the_others_and_sets_the_exit_code(run, site, story):
    done = run("add", site.url("/none"), story, "missing.txt", site.url("/bread"))
    assert done.code == 3
    assert [title for _, _, title in fields(done)] == ["The grid at night", "Bread costs more"]
    assert "404" in done.err
    assert "missing.txt" in done.err


def test_results_in_json_are_in_the_order_of_the_sources(run, site, story):
    done = run("add", "--json", site.url("/bread"), "missing.txt", story)
    bread, missing, grid = json.loads(done.out)
    assert bread["source"] == site.url("/bread")
    assert bread["outcome"] == "added"
    assert bread["article"]["title"] == "Bread costs more"
    assert missing["error"]
    assert missing["hint"]
    assert grid["article"]["title"] == "The grid at night"


def test_two_pages_of_a_host_are_fetched_in_parallel(run, site):
    paths = [f"/{number}" for number in range(6)]
    site.pages.update((path, site.pages["/bread"]) for path in paths)
    site.meeting = threading.Barrier(2)
    done = run("add", *map(site.url, paths))
    assert done.code == 0
    assert site.most_at_once == 2


def test_a_file_address_is_the_file(run, story, tmp_path):
    done = run("add", story.as_uri())
    assert (done.code, done.out.split("\t")[0]) == (0, "added")
    assert run("add", story).out.split("\t")[0] == "unchanged"
    done = run("add", "file://server/share/page.html")
    assert done.code == 3
    assert "is a file on another computer" in done.err


def test_an_address_may_be_given_without_https(run, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert "No server named story.invalid" in run("show", "story.invalid/1").err
    (tmp_path / "story.invalid").write_text("There is a file of this name.", "utf-8")
    assert "There is a file of this name." in run("show", "story.invalid").out


def test_an_empty_tag_is_refused_before_anything_is_fetched(run, site):
    done = run("add", site.url("/bread"), "--tag", "#")
    assert done.code == 2
    assert run("list").out == ""


def test_one_url_cannot_be_that_of_several_sources(run, story):
    done = run("add", story, "-", "--url", "https://example.org/")
    assert done.code == 2
    assert "one by one" in done.err


@pytest.mark.parametrize("url", ["example.org", "javascript:alert(1)", "file:///etc/passwd"])
def test_an_invalid_address_is_refused(run, story, url):
    done = run("add", story, "--url", url)
    assert (done.code, done.out) == (3, "")


def test_progress_is_shown_on_a_terminal_and_erased(terminal, site, story):
    done = terminal("add", site.url("/bread"), story)
    assert done.code == 0
    assert "Adding 2 …" in done.err
    lines = [line.split("  ")[0] for line in done.out.splitlines()]
    assert lines == ["added", "added", "2 added."]
    assert "…" not in done.out


def test_text_of_a_page_cannot_control_the_terminal(terminal, home):
    path = home / "evil.html"
    path.write_text(
        "<title>A&#27;]0;gotcha&#7;B</title><p>Text \x1b[31mred\x1b[0m and more of it.", "utf-8"
    )
    done = terminal("add", path, NO_COLOR="1")
    assert "gotcha" not in done.err
    assert "\x1b]" not in done.err


def test_a_split_article_is_reported_and_added_completely_on_request(run, site):
    bread = site.pages["/bread"]
    first = bread.replace(
        b"</article>", b"</article><a href='?page=2'>2</a><a href=/print>Print</a>"
    )
    site.pages |= {"/bread": first, "/bread?page=2": bread.replace(b"flour", b"wheat")}
    part = run("add", site.url("/bread"))
    assert part.code == 0
    assert "continues in one more part" in part.err
    assert "annotator add --all-parts" in part.err
    assert f"The print version may have more: {site.url('/print')}" in part.err
    whole = run("add", "--all-parts", site.url("/bread"))
    assert whole.out.startswith("revised\t")
    kept = run("show", whole.out.split("\t")[1]).out
    assert "flour" in kept
    assert "wheat" in kept


def test_a_page_that_is_not_an_article_is_saved_and_reported(run, site):
    titles = ("Bread", "Flour", "Gas", "Wheat", "Ovens", "Yeast", "Salt")
    cards = "".join(
        f"<div><h3><a href=/{each}>All that we wrote about {each}</a></h3>"
        "<p>It took three men and a lorry, and by the evening the whole street knew.</p></div>"
        for each in titles
    )
    site.pages["/index"] = f"<title>The Baker</title><main>{cards}</main>".encode()
    done = run("add", site.url("/index"))
    assert done.code == 0
    assert "This page is not an article. The page lists 7 other pages" in done.err
    told = json.loads(run("add", "--json", site.url("/index")).out)[0]
    assert told["completeness"]["access"] == "no_article"


def test_a_page_that_needs_javascript_is_refused(run, site):
    site.pages["/app"] = b"<div id=root></div><script src=app.js></script>"
    done = run("add", site.url("/app"))
    assert done.code != 0
    assert "No readable text on this page" in done.err
    assert "try --render, or save it in a browser" in done.err


def test_remarks_on_one_of_several_sources_begin_with_its_title(run, site, story):
    run("add", story)
    done = run("add", site.url("/bread"), story)
    assert "The grid at night: Already in your library.\n" in done.err


def test_a_list_of_addresses_on_standard_input_is_added_one_by_one(run, site):
    addresses = [site.url("/bread"), site.url("/none")]
    listed = "\n".join(["# to read", addresses[0], "", addresses[1], addresses[0]])
    done = run("add", "-", stdin=listed.encode())
    assert done.out.split("\t")[0::2] == ["added", "Bread costs more\n"]
    assert done.code == 3
    assert done.err.endswith("1 added, 1 failed.\n")


def test_a_text_with_addresses_in_it_is_no_list(run):
    text = "Where to look\n\nhttps://example.org/a has the figures of this year.\n"
    assert run("add", "-", stdin=text.encode()).out.split("\t")[2] == "Where to look\n"


def test_a_source_that_is_named_twice_is_added_once(run, story):
    done = run("add", story, story)
    assert [outcome for outcome, *_ in fields(done)] == ["added"]


def test_a_text_of_addresses_with_an_address_of_its_own_is_no_list(run):
    text = "# The links of a week, which are about the grid\n\nhttps://example.org/a\n"
    done = run("add", "-", "--url", "https://example.org/links", stdin=text.encode())
    assert done.out.count("\n") == 1
    [record] = json.loads(run("list", "--json").out)
    assert record["url"] == "https://example.org/links"


def test_ctrl_c_tells_what_was_added_and_what_was_not(run, interruptible, story):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        slow = f"http://127.0.0.1:{silent.getsockname()[1]}/a"
        child = interruptible("add", slow, story)
        wait_until(lambda: run("list").out)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=PATIENCE)
    assert child.returncode == 130
    assert b"The grid at night" in out
    assert b"Stopped: 1 added, 1 not done.\n" in err


def test_an_article_that_newsboat_pipes_is_fetched_from_its_address(run, site):
    piped = f"Feed: Bread\nTitle: Of bread\nAuthor: A B\nLink: {site.url('/bread')}\n\nIts text.\n"
    assert fields(run("add", "-", stdin=piped.encode()))[0][2] == "Bread costs more"
    assert run("list").out.count("\n") == 1


def test_words_behind_an_address_are_left_out(run, site, story):
    done = run("add", site.url("/bread"), "The Mother of All", "", "Health", story)
    assert "no address or file: The Mother of All, Health." in done.err
    assert [row[2] for row in fields(done)] == ["Bread costs more", "The grid at night"]


def test_an_article_that_is_archived_is_said_to_be(run, site, home):
    [[_, article_id, _]] = fields(run("add", site.url("/bread")))
    data, state = home / ".local/share/annotator", home / ".local/state/annotator"
    with closing(Library.open(data, state=state, cache=home / ".cache/annotator")) as library:
        library.article(article_id).update(partial(replace, state="archived"))
    assert "It is archived" in run("add", site.url("/bread")).err


def test_addresses_that_failed_are_tried_again_with_their_tags(run, site):
    late, gone = site.url("/late"), site.url("/gone")
    site.refusals["/late"] = 500
    failed = run("add", late, gone, "missing.txt", "--tag", "later")
    assert "1 address to try again: annotator add --retry" in failed.err
    listed = run("add", "--retry", "--list")
    assert sorted((row[0], row[2], row[3]) for row in fields(listed)) == [
        ("lasting", "1", gone),
        ("passing", "1", late),
    ]
    assert run("add", "--retry").code == 3
    assert json.loads(run("add", "--retry", "--list", "--json").out)[-1]["tries"] == 2
    del site.refusals["/late"]
    site.pages["/late"] = site.pages["/bread"]
    assert fields(run("add", "--retry"))[0][0] == "added"
    assert json.loads(run("list", "--json").out)[0]["tags"] == ["later"]
    assert "Nothing to try again. 1 for which another try is no use" in run("add", "--retry").err
    assert "is not among the addresses" in run("add", "--retry", "--forget", late).err
    assert "1 address forgotten." in run("add", "--retry", "--forget", gone).err
    assert run("add", "--retry", "--list", "--json").out.strip() == "[]"


@pytest.mark.parametrize("words", [(), ("--list",), ("--forget", "a.org/b"), ("--retry", "--url")])
def test_options_of_add_that_make_no_sense_are_refused(run, words):
    words = [*words, "https://example.org/a"] if "--url" in words else words
    assert run("add", *words).code == 2


@pytest.mark.slow
def test_a_failure_of_long_ago_is_not_announced_after_another_one(run, site):
    assert "1 address to try again" in run("add", "http://127.0.0.1:1/earlier").err
    failed = run("add", site.url("/missing"))
    assert failed.code == 3
    assert "to try again" not in failed.err


def test_a_locked_pdf_opens_with_the_first_line_of_a_file(run, tmp_path):
    (tmp_path / "locked.pdf").write_bytes(make_pdf(EELS, password="secret"))
    done = run("add", tmp_path / "locked.pdf")
    assert (done.code, "--password-file" in done.err) == (4, True)
    (tmp_path / "word").write_text("secret\nsomething else\n")
    password = ("--password-file", tmp_path / "word")
    done = run("add", tmp_path / "locked.pdf", *password)
    assert fields(done)[0][2] == "Eels"
    assert run("refresh", *password).out.startswith("unchanged")
    more = [[*EELS[0], (72, 600, 10, WORDS), (72, 588, 10, "And how they travel.")]]
    (tmp_path / "locked.pdf").write_bytes(make_pdf(more, password="secret"))
    assert "locked with a password" in run("refresh").err
    assert "revised" in run("refresh", *password).out


def test_a_scan_is_refused_with_what_to_do(run, tmp_path):
    (tmp_path / "scan.pdf").write_bytes(make_pdf([[]], has_pictures=True))
    done = run("add", tmp_path / "scan.pdf")
    assert done.code == 4
    assert "This PDF holds pictures of pages." in done.err
    assert "ocrmypdf" in done.err


def test_each_message_of_a_mailbox_is_added(run, tmp_path):
    folder = tmp_path / "Mail"
    for name in ("cur", "new"):
        (folder / name).mkdir(parents=True)
    for name, subject in (("cur/1", "Rain"), ("new/2", "Snow")):
        text = f"{subject} fell on the weir all day long, and the keeper wrote it down. " * 3
        head = f"From: Ann <a@b.example>\nSubject: {subject}\nDate: Wed, 1 May 2024 07:30:00 +0000"
        (folder / name).write_text(f"{head}\n\n{text}\n")
    done = run("add", str(folder), "--tag", "letters")
    assert [(outcome, title) for outcome, _, title in fields(done)] == [
        ("added", "Rain"),
        ("added", "Snow"),
    ]
    assert {record["published"][:10] for record in json.loads(run("list", "--json").out)} == {
        "2024-05-01"
    }


def test_what_is_new_in_a_folder_is_listed_left_out_and_added_once(run, home):
    folder = home / "Downloads"
    folder.mkdir()

    def save(name):
        path = folder / name
        text = f"{name}: the price of bread rose by a tenth within a year, they said on Friday."
        path.write_text(f"<html><title>{name}</title><p>{text}</p></html>", "utf-8")
        os.utime(path, (0, 0))
        return str(path)

    old = save("old.html")
    assert run("add", "--new", folder, "--list").out == f"{old}\n"
    assert "1 file left out" in run("add", folder, "--new", "--forget").err
    new, same = save("new.html"), run("add", "--new", folder, "--list", "--json")
    assert json.loads(same.out) == [new]
    assert run("add", "--new", folder).out.startswith("added\t")
    assert "Nothing new." in run("add", "--new", folder).err
    assert json.loads(run("add", "--new", folder, "--json").out) == []
    assert run("add", "--new", folder / "missing").code == 2


def test_the_folder_of_the_settings_is_meant_if_none_is_given(run, home):
    assert "Give one folder." in run("add", "--new").err
    (home / "saved").mkdir()
    assert run("config", "set", "download_folder", "~/saved").code == 0
    assert "Nothing new." in run("add", "--new").err


def test_a_file_that_names_an_address_of_the_own_network_says_how_it_is_kept_there(run, tmp_path):
    url = "http://127.0.0.1:8000/minutes"
    saved = f"<!--\n Page saved with SingleFile\n url: {url}\n saved date: Sun Nov 29 2026\n-->"
    text = "<p>The council voted 3 to 2 on Tuesday to keep the old bridge open until spring.</p>"
    page = tmp_path / "minutes.html"
    page.write_text(f"<!DOCTYPE html><html>{saved}<title>Minutes</title><article>{text * 4}")
    done = run("add", str(page))
    assert done.code == 0
    said = f"Kept at its file, which names an address of your own network: {url}"
    assert f"{said}\nTo keep it there, if you trust the file: annotator add FILE --url" in done.err
    assert page.as_uri() in run("list", "--json").out
    done = run("add", "-", stdin=page.read_bytes())
    assert f"Kept without an address, as it names an address of your own network: {url}" in done.err
    done = run("add", str(page), "--url", url)
    assert (done.code, "Kept at its file" in done.err) == (0, False)
    assert f'"{url}"' in run("list", "--json").out
