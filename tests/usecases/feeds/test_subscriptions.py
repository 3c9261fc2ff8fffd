"""Feeds are found from the address of a page, added once, listed and removed."""

import pytest

from annotator.errors import AmbiguousId, ImportFailed, NotAFeed, NotInLibrary, ServerAnswered
from annotator.model.feed import Feed
from annotator.store import FEEDS
from annotator.usecases.feeds.inbox import inbox
from annotator.usecases.feeds.subscriptions import (
    as_opml,
    feeds_in,
    find_feeds,
    follow,
    subscribe,
    subscriptions,
    unsubscribe,
)
from feeding import item, names, page, rss

OPML = """<?xml version="1.0"?><opml version="2.0"><body>
<outline text="News"><outline text="Water"><outline type="rss" text="River" title="River news"
 xmlUrl="https://river.example/feed.xml" category="/daily"/></outline></outline>
<outline text="Run me" xmlUrl="exec:rm -rf /"/><outline text="A page" url="https://x.example/"/>
<outline type="rss" text="Script" xmlUrl="javascript:alert(1)"/></body></opml>"""


async def test_the_feed_that_a_page_names_is_followed_and_others_are_told(library, site, moment):
    head = (
        '<link rel="alternate" type="application/rss+xml" href="/broken">'
        '<link rel="alternate" type="application/rss+xml" href="/feed">'
        '<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments">'
    )
    site.pages["/"] = page("Welcome.", head=head)
    added = await subscribe(library, site.url("/"), now=moment)
    assert added.checked.feed.address == site.url("/feed")
    assert site.url("/comments") in [link.address for link in added.others]


@pytest.mark.parametrize("path", ["/feed", "/rss.xml", "/atom.xml", "/index.xml"])
async def test_without_a_link_the_usual_places_are_tried(library, site, moment, path):
    feed = site.pages.pop("/feed")
    site.pages |= {"/": page("Welcome."), path: feed}
    added = await subscribe(library, site.url("/"), now=moment)
    assert added.checked.feed.address == site.url(path)


async def test_a_page_without_any_feed_is_refused(library, site, moment):
    site.pages = {"/": page("Welcome.")}
    with pytest.raises(NotAFeed):
        await subscribe(library, site.url("/"), now=moment)
    assert library.catalog.values(FEEDS) == {}


async def test_an_address_that_fails_is_refused_with_its_reason(library, site, moment):
    with pytest.raises(ServerAnswered):
        await subscribe(library, site.url("/nothing"), now=moment)


async def test_a_feed_that_is_followed_gets_more_tags_and_no_second_row(library, site, moment):
    first = await subscribe(library, site.url("/feed"), tags=["a"], now=moment)
    again = await subscribe(library, site.url("/feed#top"), tags=["b"], now=moment)
    assert (first.is_new, again.is_new) == (True, False)
    (feed,) = library.catalog.values(FEEDS).values()
    assert feed.tags == ("a", "b")
    assert names(inbox(library, now=moment)) == ["One", "Two"]


async def test_only_the_newest_of_very_many_entries_are_rows_at_first(library, site, moment):
    dates = [f"2026-03-13T{number // 60:02}:{number % 60:02}Z" for number in range(150)]
    entries = [item(f"{number:03}", date=date) for number, date in enumerate(dates)]
    site.pages["/feed"] = rss(*entries)
    await subscribe(library, site.url("/feed"), now=moment)
    assert names(inbox(library, now=moment)) == [f"{number:03}" for number in range(50, 150)]


async def test_a_removed_feed_takes_its_rows_and_undo_brings_both_back(library, site, moment):
    added = await subscribe(library, site.url("/feed"), now=moment)
    edit = unsubscribe(library, [added.checked.id], now=moment)
    assert (subscriptions(library, now=moment), inbox(library, now=moment)) == ((), ())
    assert (edit.words, edit.extent) == ("River news", "1 feed")
    edit.undo(library, now=moment)
    (known,) = subscriptions(library, now=moment)
    assert (known.feed.title, known.waiting) == ("River news", 2)


async def test_a_feed_that_was_removed_and_is_added_again_has_its_entries(library, site, moment):
    added = await subscribe(library, site.url("/feed"), now=moment)
    unsubscribe(library, [added.checked.id], now=moment)
    await subscribe(library, site.url("/feed"), now=moment)
    assert names(inbox(library, now=moment)) == ["One", "Two"]


def test_feeds_are_found_by_address_site_title_and_id(library, moment):
    feed = Feed("https://a.example/f?b=1", moment, title="Ä news", site="https://a.example/")
    (own,) = follow(library, [feed], now=moment)
    for name in ("https://a.example/f?b=1&utm_source=x", "https://a.example/", "ä News", own[:5]):
        assert find_feeds(library, [name]) == (own,)
    with pytest.raises(NotInLibrary):
        find_feeds(library, ["nothing"])


def test_a_title_that_two_feeds_share_names_neither(library, moment):
    feeds = [Feed(f"https://a.example/{name}", moment, title="News") for name in "ab"]
    follow(library, feeds, now=moment)
    with pytest.raises(AmbiguousId):
        find_feeds(library, ["news"])


def test_a_list_brings_only_the_feeds_that_are_not_followed_yet(library, moment):
    follow(library, [Feed("https://a.example/f", moment, tags=("a",))], now=moment)
    new = follow(
        library,
        [Feed("https://a.example/f", moment), Feed("https://b.example/f", moment)],
        now=moment,
    )
    assert len(new) == 1
    assert {feed.tags for feed in library.catalog.values(FEEDS).values()} == {("a",), ()}


def test_folders_are_tags_and_commands_are_no_feeds(tmp_path, moment):
    path = tmp_path / "feeds.opml"
    path.write_text(OPML, "utf-8")
    (feed,) = feeds_in(path, now=moment)
    assert (feed.title, feed.address) == ("River news", "https://river.example/feed.xml")
    assert feed.tags == ("News/Water", "daily")


def test_a_list_that_is_written_is_read_as_it_was(library, tmp_path, moment):
    path = tmp_path / "feeds.opml"
    path.write_text(OPML, "utf-8")
    feeds = feeds_in(path, now=moment)
    follow(library, feeds, now=moment)
    path.write_text(as_opml(subscriptions(library, now=moment)), "utf-8")
    assert feeds_in(path, now=moment) == feeds


def test_the_password_in_an_address_is_not_kept(tmp_path, moment):
    path = tmp_path / "feeds.opml"
    path.write_text(OPML.replace("river.example", "joe:secret@river.example"), "utf-8")
    (feed,) = feeds_in(path, now=moment)
    assert feed.address == "https://river.example/feed.xml"


@pytest.mark.parametrize("text", ["", "<opml><body/></opml>", "just words"])
def test_a_file_without_feeds_is_refused(tmp_path, moment, text):
    path = tmp_path / "feeds.opml"
    path.write_text(text, "utf-8")
    with pytest.raises(ImportFailed):
        feeds_in(path, now=moment)
