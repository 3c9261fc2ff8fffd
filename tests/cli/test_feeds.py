import json

import pytest

from feeding import TEXT, item, page, rss
from serving import serve

OPML = (
    '<opml><body><outline text="Water"><outline text="River" xmlUrl="{}"/></outline></body></opml>'
)


@pytest.fixture
def site(home):
    """Serve a feed of two entries at /feed."""
    with serve({"/feed": rss(item("One"), item("Two"))}) as served:
        yield served


@pytest.fixture
def followed(run, site):
    """Return the id of the feed, which is followed."""
    done = run("feeds", "add", site.url("/feed"), "--tag", "water", "--json")
    return json.loads(done.out)[0]["id"]


def test_a_feed_is_added_and_listed_with_what_waits(run, site):
    done = run("feeds", "add", site.url("/feed"), "--tag", "water")
    assert (done.code, done.out.split("\t")[::2]) == (0, ["added", "River news"])
    assert "2 new entries in the inbox." in done.err
    (line,) = run("feeds").out.splitlines()
    assert line.split("\t")[1:] == ["River news", "2", "water", "", site.url("/feed")]
    (feed,) = json.loads(run("feeds", "list", "--json").out)
    assert (feed["waiting"], feed["tags"], feed["problem"]) == (2, ["water"], "")


def test_several_feeds_are_added_and_one_that_fails_does_not_stop_the_others(run, site):
    site.pages["/bread"] = rss(item("Bread"), title="Bread news")
    done = run("feeds", "add", site.url("/feed"), site.url("/none"), site.url("/bread"))
    assert done.code == 3
    assert [line.split("\t")[2] for line in done.out.splitlines()] == ["River news", "Bread news"]
    assert "404" in done.err
    told = json.loads(run("feeds", "add", site.url("/none"), site.url("/feed"), "--json").out)
    assert "404" in told[0]["error"]
    assert told[1]["outcome"] == "followed already"


def test_without_feeds_the_list_says_how_to_add_one(run):
    assert "annotator feeds add URL" in run("feeds").err


def test_a_page_without_a_feed_ends_with_the_code_of_what_cannot_be_fetched(run, site):
    site.pages = {"/": b"<p>Welcome"}
    done = run("feeds", "add", site.url("/"))
    assert done.code == 3
    assert "No feed was found" in done.err


def test_a_sync_prints_feeds_with_something_new_and_is_silent_without(run, site, followed):
    assert run("feeds", "sync").out == ""
    site.pages["/feed"] = rss(item("Three"))
    assert run("feeds", "sync", "--all").out == f"1 new entry\t{followed}\tRiver news\n"
    done = run("feeds", "sync", "--all")
    assert (done.code, done.out, done.err) == (0, "", "")


def test_a_feed_that_fails_is_told_once_and_listed(run, site, followed):
    site.refusals["/feed"] = 500
    first, second = run("feeds", "sync", "river news"), run("feeds", "sync", followed)
    assert (first.code, second.code) == (3, 3)
    assert "500" in first.err
    assert second.err == ""
    assert "500" in run("feeds").out


def test_a_sync_as_json_says_what_is_new_and_what_failed(run, site, followed):
    site.pages["/feed"] = rss(item("Three"))
    (checked,) = json.loads(run("feeds", "sync", "--all", "--json").out)
    assert (checked["id"], checked["new"], checked["kept"]) == (followed, 1, 0)
    site.refusals["/feed"] = 500
    (checked,) = json.loads(run("feeds", "sync", "--all", "--json").out)
    assert "500" in checked["error"]


def test_a_removed_feed_is_back_after_undo(run, site, followed):
    assert run("feeds", "remove", followed[:6]).out == f"removed\t{followed}\tRiver news\n"
    assert run("feeds").out == ""
    assert "remove feed “River news”" in run("undo").out
    assert "River news\t2" in run("feeds").out


def test_an_unknown_feed_is_refused(run, followed):
    assert run("feeds", "remove", "nothing").code == 5


def test_a_list_of_feeds_is_imported_and_exported(run, site, tmp_path):
    path = tmp_path / "feeds.opml"
    path.write_text(OPML.format(site.url("/feed")), "utf-8")
    done = run("feeds", "import", str(path), "--tag", "daily")
    assert (done.code, "1 feed added" in done.err) == (0, True)
    assert "1 is followed already" in run("feeds", "import", str(path)).err
    assert run("feeds", "sync").out.startswith("2 new entries")
    exported = run("feeds", "export").out
    assert '<outline text="Water">' in exported
    assert f'xmlUrl="{site.url("/feed")}"' in exported


def test_a_list_can_come_from_standard_input(run, site):
    done = run("feeds", "import", "-", stdin=OPML.format(site.url("/feed")).encode())
    assert (done.code, json.loads(run("feeds", "--json").out)[0]["tags"]) == (0, ["Water"])


def test_a_file_that_lists_no_feeds_ends_with_the_code_of_imports(run, tmp_path):
    (tmp_path / "a.txt").write_text("Just words.", "utf-8")
    assert run("feeds", "import", "a.txt").code == 8


def test_the_inbox_is_listed_newest_first_and_narrowed_by_words(run, site, followed):
    lines = [line.split("\t")[1:3] for line in run("feeds", "inbox").out.splitlines()]
    assert sorted(lines) == [["One", "River news"], ["Two", "River news"]]
    (entry,) = json.loads(run("feeds", "inbox", "two", "--json").out)
    assert (entry["title"], entry["feed"]["id"]) == ("Two", followed)
    assert run("feeds", "inbox", "bread").err == "Nothing matches.\n"


def test_an_empty_inbox_says_how_to_ask_the_feeds(run):
    assert "annotator feeds sync" in run("feeds", "inbox").err


def test_a_kept_entry_is_an_article_and_no_longer_in_the_inbox(run, site):
    site.pages |= {"/new": rss(item("Flood", link=site.url("/flood"))), "/flood": page(TEXT)}
    run("feeds", "add", site.url("/new"), "--tag", "water")
    done = run("feeds", "keep", site.url("/flood"), "--json")
    (kept,) = json.loads(done.out)
    assert (done.code, kept["outcome"], kept["article"]["tags"]) == (0, "added", ["water"])
    assert "Flood" not in run("feeds", "inbox").out


def test_of_several_entries_those_that_fail_stay_in_the_inbox(run, site):
    site.pages |= {"/flood": page(TEXT)}
    gone, there = item("Gone", link=site.url("/gone")), item("Flood", link=site.url("/flood"))
    site.pages["/new"] = rss(gone, there)
    run("feeds", "add", site.url("/new"))
    done = run("feeds", "keep", "gone", "flood")
    assert (done.code, "404" in done.err) == (3, True)
    assert "1 failed, 1 added." in done.err
    assert done.out.startswith("added\t")
    assert [line.split("\t")[1] for line in run("feeds", "inbox").out.splitlines()] == ["Gone"]


def test_a_dismissed_entry_is_back_after_undo(run, site, followed):
    (entry,) = json.loads(run("feeds", "inbox", "one", "--json").out)
    assert run("feeds", "dismiss", entry["id"][:6]).out == f"dismissed\t{entry['id']}\tOne\n"
    assert "One" not in run("feeds", "inbox").out
    assert run("undo").code == 0
    assert "One" in run("feeds", "inbox").out


@pytest.mark.parametrize("command", ["keep", "dismiss"])
@pytest.mark.parametrize("name", ["nothing", "", "  "])
def test_an_unknown_entry_is_refused_and_no_other_is_touched(run, site, followed, command, name):
    done = run("feeds", command, "one", name)
    assert (done.code, "annotator feeds inbox" in done.err) == (5, True)
    assert len(run("feeds", "inbox").out.splitlines()) == 2


def test_a_title_of_two_entries_is_refused(run, site):
    site.pages |= {"/a": rss(item("Same", text=TEXT)), "/b": rss(item("Same", text=TEXT[:-9]))}
    run("feeds", "add", site.url("/a"), site.url("/b"))
    done = run("feeds", "dismiss", "same")
    assert (done.code, "matches several ids" in done.err) == (5, True)
