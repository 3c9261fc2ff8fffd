"""The inbox: rows of feeds are kept and read, dismissed, and asked for again."""

import threading

import pytest

from annotator.model.feed import Feed
from annotator.store import FEEDS, INBOX
from annotator.tui.inbox import InboxScreen
from annotator.tui.library.screen import LibraryScreen
from annotator.tui.reader.screen import ReaderScreen
from annotator.usecases.feeds.inbox import inbox
from annotator.usecases.feeds.subscriptions import follow, subscribe
from builders import MOMENT
from feeding import TEXT, item, names, page, rss
from serving import serve

DATES = ("2026-03-14", "2026-03-13", "2026-03-12")


@pytest.fixture
def site(monkeypatch):
    """Serve two feeds, and a page."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with serve({"/flood": page(TEXT, title="Flood")}) as served:
        water = [
            item("Flood", link=served.url("/flood"), date=DATES[0]),
            item("Drought", link=served.url("/drought"), date=DATES[2]),
        ]
        served.pages["/feed"] = rss(*water)
        served.pages["/bread"] = rss(item("Bread", date=DATES[1]), title="Bread news")
        yield served


@pytest.fixture
async def followed(library, site):
    """Follow the first of the feeds."""
    return await subscribe(library, site.url("/feed"), now=MOMENT)


async def look_into_inbox(reader):
    await reader.press("W")
    await reader.until(lambda: isinstance(reader.app.screen, InboxScreen))


async def test_without_feeds_the_inbox_says_how_to_add_one(library, keep, visit):
    keep()
    async with visit() as reader:
        await reader.sees("The story of a bridge")
        assert "Inbox" not in reader.screen
        await look_into_inbox(reader)
        await reader.sees("You follow no feeds. Press a to add one")


async def test_the_library_says_how_many_are_new_and_which_key_shows_them(followed, keep, visit):
    keep()
    async with visit() as reader:
        await reader.sees("inbox 2", "W Inbox")


async def test_rows_are_listed_with_the_newest_first_and_filtered(followed, library, site, visit):
    await subscribe(library, site.url("/bread"), now=MOMENT)
    async with visit() as reader:
        await look_into_inbox(reader)
        await reader.sees("Flood", "3 entries")
        shown = reader.screen
        assert shown.index("Flood") < shown.index("Bread") < shown.index("Drought")
        assert "River news" in shown
        await reader.press("w")
        await reader.until(lambda: reader.screen.index("Bread") < reader.screen.index("Flood"))
        await reader.press("slash")
        await reader.type("bread")
        await reader.until(lambda: "Flood" not in reader.screen)


async def test_an_entry_is_fetched_kept_and_opened(followed, library, visit):
    async with visit() as reader:
        await look_into_inbox(reader)
        await reader.sees("Flood")
        await reader.press("enter")
        await reader.until(lambda: isinstance(reader.app.screen, ReaderScreen))
        await reader.sees("rose by a third")
        assert [record.title for record in library.records()] == ["Flood"]
        await reader.press("q")
        await reader.until(lambda: isinstance(reader.app.screen, InboxScreen))
        await reader.sees("1 entry")
        assert "Flood" not in reader.screen


async def test_selected_entries_are_kept_and_read_one_after_another(library, site, visit):
    site.pages["/feed"] = rss(
        *(
            item(name, link=site.url(f"/{name}"), date=date)
            for name, date in zip(("Flood", "Gone", "Storm"), DATES, strict=True)
        )
    )
    site.pages |= {f"/{name}": page(TEXT, title=name) for name in ("Flood", "Storm")}
    await subscribe(library, site.url("/feed"), now=MOMENT)
    async with visit() as reader:
        await look_into_inbox(reader)
        await reader.sees("3 entries")
        await reader.press("V", "enter")
        await reader.until(lambda: isinstance(reader.app.screen, ReaderScreen))
        await reader.sees("Flood", "rose by a third")
        assert "404" in reader.toasts
        assert sorted(record.title for record in library.records()) == ["Flood", "Storm"]
        await reader.press("greater_than_sign")
        await reader.sees("Storm")
        await reader.press("q")
        await reader.sees("1 entry", "Gone")


async def test_other_keys_work_while_a_page_is_fetched(followed, library, site, visit):
    held = site.holds["/flood"] = threading.Event()
    async with visit() as reader:
        await look_into_inbox(reader)
        await reader.sees("Flood")
        await reader.press("enter")
        await reader.sees("fetching “Flood”")
        await reader.press("q")
        await reader.until(lambda: isinstance(reader.app.screen, LibraryScreen))
        held.set()
        await reader.until(lambda: [record.title for record in library.records()] == ["Flood"])


async def test_a_page_that_fails_leaves_its_row_and_says_why(followed, library, visit):
    async with visit() as reader:
        await look_into_inbox(reader)
        await reader.sees("Drought")
        await reader.press("j", "enter")
        await reader.until(lambda: "404" in reader.toasts)
        assert isinstance(reader.app.screen, InboxScreen)
        assert "Drought" in reader.screen


async def test_the_text_of_the_feed_is_opened_where_the_page_fails(library, site, visit):
    entry = item("Flood", link=site.url("/gone"), text=f"<p>{TEXT}</p>")
    site.pages["/feed"] = rss(entry)
    await subscribe(library, site.url("/feed"), now=MOMENT)
    async with visit() as reader:
        await look_into_inbox(reader)
        await reader.sees("Flood")
        await reader.press("enter")
        await reader.until(lambda: "The text is from the feed." in reader.toasts)
        await reader.sees("rose by a third")


@pytest.mark.slow
async def test_dismissed_rows_come_back_with_undo(followed, library, visit):
    async with visit() as reader:
        await look_into_inbox(reader)
        await reader.sees("2 entries")
        await reader.press("x")
        await reader.until(lambda: "Dismissed: “Flood”. Press u to undo." in reader.toasts)
        await reader.until(lambda: "Flood" not in reader.screen)
        await reader.press("u")
        await reader.sees("Flood", "2 entries")
        await reader.press("V", "x")
        await reader.until(lambda: "Dismissed: 2 entries." in reader.toasts)
        await reader.sees("Nothing is new.")
        assert library.catalog.values(INBOX) == {}


async def test_a_feed_is_added_by_its_address(library, site, visit):
    async with visit() as reader:
        await look_into_inbox(reader)
        await reader.press("a")
        await reader.sees("Follow a feed")
        await reader.type(site.url("/bread"))
        await reader.press("enter")
        await reader.sees("Bread", "1 entry")
        await reader.until(lambda: "Followed: “Bread news”, 1 entry new." in reader.toasts)


async def test_an_address_without_a_feed_can_be_corrected(library, site, visit):
    async with visit() as reader:
        await look_into_inbox(reader)
        await reader.press("a")
        await reader.type(site.url("/breat"))
        await reader.press("enter")
        await reader.sees("Follow a feed", site.url("/breat"), "returned 404")
        await reader.press("end", "backspace", "d")
        await reader.until(lambda: "returned 404" not in reader.screen)
        await reader.press("enter")
        await reader.sees("Bread", "1 entry")


async def test_an_address_that_failed_is_asked_again_as_it_is(site, visit):
    async with visit() as reader:
        await look_into_inbox(reader)
        await reader.press("a")
        await reader.type(site.url("/late"))
        await reader.press("enter")
        await reader.sees("Follow a feed", "returned 404")
        site.pages["/late"] = rss(item("Storm"))
        await reader.press("enter")
        await reader.sees("Storm", "1 entry")


async def test_asking_brings_what_is_new_and_counts_what_failed(followed, library, site, visit):
    follow(library, [Feed(site.url("/gone"), MOMENT)], now=MOMENT)
    site.pages["/feed"] = rss(item("Storm"))
    async with visit() as reader:
        await look_into_inbox(reader)
        await reader.sees("Flood")
        await reader.press("f5")
        await reader.until(lambda: "1 new entry, 1 feed failed." in reader.toasts)
        await reader.sees("Storm", "3 entries, 1 failed")


async def test_a_feed_is_followed_no_longer_and_undo_brings_it_back(followed, library, visit):
    async with visit() as reader:
        await look_into_inbox(reader)
        await reader.sees("Flood")
        await reader.press("minus")
        await reader.until(lambda: "No longer followed: “River news”." in reader.toasts)
        assert library.catalog.values(FEEDS) == {}
        await reader.press("u")
        await reader.sees("Flood")


async def test_a_start_asks_feeds_that_are_due_in_the_background(library, site, keep, visit):
    keep()
    follow(library, [Feed(site.url("/feed"), MOMENT)], now=MOMENT)
    async with visit() as reader:
        await reader.until(lambda: "2 new entries in the inbox." in reader.toasts)
        await reader.sees("inbox 2")
    assert names(inbox(library, now=MOMENT)) == ["Drought", "Flood"]
