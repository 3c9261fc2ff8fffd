"""Feeds are asked when they are due, and only what is new is written."""

from datetime import timedelta

import pytest

from annotator.errors import NotAFeed, ServerAnswered
from annotator.model.feed import Feed
from annotator.store import FEEDS, INBOX, FeedMemory, Library
from annotator.usecases.articles.add import add
from annotator.usecases.feeds.inbox import dismiss, inbox
from annotator.usecases.feeds.subscriptions import follow, subscribe, subscriptions
from annotator.usecases.feeds.sync import keep, sync, sync_at_start
from feeding import TEXT, item, names, page, rss

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
async def followed(library, site, moment):
    """Return the id of the feed of the site, which is followed."""
    return (await subscribe(library, site.url("/feed"), now=moment)).checked.id


def state_of(library, feed_id):
    with FeedMemory(library.state) as memory:
        return memory.states()[feed_id]


def written(library):
    """Return the files of a library with the times when they were written."""
    paths = sorted(library.folder.rglob("*"))
    return [(path, path.stat().st_mtime_ns) for path in paths if path.is_file()]


async def test_entries_of_a_feed_are_rows_and_no_articles(library, followed, moment):
    assert names(inbox(library, now=moment)) == ["One", "Two"]
    assert library.records() == ()
    assert library.catalog.values(FEEDS)[followed].title == "River news"


async def test_a_feed_is_left_alone_until_it_is_due(library, site, followed, moment):
    assert await sync(library, now=moment + timedelta(minutes=59)) == ()
    (checked,) = await sync(library, now=moment + HOUR)
    assert (checked.new, checked.error) == (0, None)
    assert site.statuses == [200, 200]


async def test_only_new_entries_become_rows(library, site, followed, moment):
    site.pages["/feed"] = rss(item("Two"), item("Three"))
    (checked,) = await sync(library, now=moment + HOUR)
    assert checked.new == 1
    assert names(inbox(library, now=moment + HOUR)) == ["One", "Three", "Two"]


async def test_an_unchanged_feed_costs_a_conditional_request_and_no_write(library, site, moment):
    site.stamps["/feed"] = '"1"'
    await subscribe(library, site.url("/feed"), now=moment)
    before = written(library)
    await sync(library, now=moment + HOUR)
    await sync(library, now=moment, is_forced=True)
    assert site.statuses == [200, 304, 304]
    assert written(library) == before


async def test_a_feed_that_is_the_same_without_saying_so_is_not_written_either(
    library, followed, moment
):
    before = written(library)
    await sync(library, now=moment + HOUR)
    assert written(library) == before


async def test_after_eight_days_no_server_is_believed_that_nothing_changed(library, site, moment):
    site.stamps["/feed"] = '"1"'
    await subscribe(library, site.url("/feed"), now=moment)
    await sync(library, now=moment + 9 * DAY)
    assert site.statuses == [200, 200]


async def test_a_dismissed_entry_does_not_come_back(library, followed, moment):
    dismiss(library, [entry.id for entry in inbox(library, now=moment)], now=moment)
    with FeedMemory(library.state) as memory:  # as on another machine
        memory.forget([followed], all_texts_but=())
    await sync(library, now=moment + HOUR)
    assert inbox(library, now=moment + HOUR) == ()


async def test_a_dismissal_wins_over_the_rows_of_another_machine(
    library, site, followed, moment, tmp_path
):
    with Library.open(tmp_path / "other", state=tmp_path / "other-state") as other:
        await subscribe(other, site.url("/feed"), now=moment + DAY)
        dismiss(library, [entry.id for entry in inbox(library, now=moment)], now=moment)
        library.catalog.merge(other.folder / "catalog")
    assert inbox(library, now=moment + DAY) == ()


async def test_rows_go_after_ninety_days(library, site, followed, moment):
    late = moment + 91 * DAY
    assert inbox(library, now=late) == ()
    await sync(library, now=late)
    assert library.catalog.values(INBOX) == {}


async def test_entries_older_than_ninety_days_are_not_listed(library, site, moment):
    site.pages["/feed"] = rss(item("Old", date="2020-01-01"), item("New", date="2026-03-13"))
    await subscribe(library, site.url("/feed"), now=moment)
    assert names(inbox(library, now=moment)) == ["New"]


async def test_a_page_that_the_library_has_is_no_row_whatever_tracks_its_reader(
    library, site, moment
):
    await add(library, site.url("/one"), now=moment)
    tracked = site.url("/one?utm_source=rss&amp;utm_medium=feed")
    site.pages["/feed"] = rss(item("One", link=tracked), item("Two", link=site.url("/two")))
    await subscribe(library, site.url("/feed"), now=moment)
    assert names(inbox(library, now=moment)) == ["Two"]


async def test_the_address_of_a_row_does_not_track_its_reader(library, site, moment):
    tracked = site.url("/two?id=2&amp;utm_source=rss")
    site.pages["/feed"] = rss(item("Two", link=tracked))
    await subscribe(library, site.url("/feed"), now=moment)
    (entry,) = inbox(library, now=moment)
    assert entry.row.link == site.url("/two?id=2")


async def test_an_article_that_comes_otherwise_takes_its_row_from_the_inbox(
    library, site, followed, moment
):
    await add(library, site.url("/one"), now=moment)
    assert names(inbox(library, now=moment)) == ["Two"]


async def test_a_page_in_two_feeds_is_one_row(library, site, followed, moment):
    site.pages["/other"] = rss(item("Again", link=site.url("/one")), title="Other")
    await subscribe(library, site.url("/other"), now=moment)
    assert names(inbox(library, now=moment)) == ["One", "Two"]


async def test_errors_double_the_time_until_the_next_try_up_to_a_day(
    library, site, followed, moment
):
    site.refusals["/feed"] = 500
    now, waits = moment + HOUR, []
    for _ in range(7):
        (checked,) = await sync(library, now=now)
        assert isinstance(checked.error, ServerAnswered)
        state = state_of(library, followed)
        waits.append((state.due - now) // HOUR)
        now = state.due
    assert waits == [1, 2, 4, 8, 16, 24, 24]
    (known,) = subscriptions(library, now=now)
    assert "500" in known.problem


async def test_a_feed_that_works_again_has_no_error(library, site, followed, moment):
    site.refusals["/feed"] = 500
    await sync(library, now=moment + HOUR)
    del site.refusals["/feed"]
    await sync(library, now=moment + 3 * HOUR)
    (known,) = subscriptions(library, now=moment)
    assert (known.problem, known.state.errors) == ("", 0)


async def test_a_feed_that_is_gone_is_not_asked_again(library, site, followed, moment):
    site.refusals["/feed"] = 410
    await sync(library, now=moment + HOUR)
    asked = len(site.statuses)
    assert await sync(library, now=moment + 30 * DAY, is_forced=True) == ()
    assert len(site.statuses) == asked
    assert "410" in library.catalog.values(FEEDS)[followed].stopped


async def test_a_feed_that_moved_for_good_is_asked_at_its_new_address(
    library, site, followed, moment
):
    site.pages["/new"], site.moves["/feed"] = site.pages["/feed"], "/new"
    await sync(library, now=moment + HOUR)
    assert library.catalog.values(FEEDS)[followed].address == site.url("/new")
    assert names(inbox(library, now=moment)) == ["One", "Two"]


async def test_a_page_in_place_of_a_feed_is_an_error_and_loses_no_row(
    library, site, followed, moment
):
    site.pages["/feed"] = page("We are down for maintenance.")
    (checked,) = await sync(library, now=moment + HOUR)
    assert isinstance(checked.error, NotAFeed)
    assert names(inbox(library, now=moment)) == ["One", "Two"]


async def test_a_feed_that_adds_all_keeps_what_is_new_with_its_tags(library, site, moment):
    site.pages["/feed"] = rss(item("Two"))
    await subscribe(library, site.url("/feed"), tags=["bread"], adds_all=True, now=moment)
    assert names(inbox(library, now=moment)) == ["Two"]
    site.pages["/feed"] = rss(item("One", link=site.url("/one")), item("Two"))
    (checked,) = await sync(library, now=moment + HOUR)
    assert (checked.new, checked.kept) == (1, 1)
    (record,) = library.records()
    assert (record.title, record.tags) == ("One", ("bread",))
    assert names(inbox(library, now=moment)) == ["Two"]


async def test_an_entry_that_cannot_be_added_at_once_waits_in_the_inbox(library, site, moment):
    site.pages["/feed"] = rss(item("Two"))
    await subscribe(library, site.url("/feed"), adds_all=True, now=moment)
    site.pages["/feed"] = rss(item("Missing", link=site.url("/missing")))
    (checked,) = await sync(library, now=moment + HOUR)
    assert (checked.new, checked.kept) == (1, 0)
    assert names(inbox(library, now=moment)) == ["Missing", "Two"]


async def test_no_more_than_two_requests_go_to_one_server_at_a_time(library, site, moment):
    feeds = [Feed(site.url(f"/feed?{number}"), moment) for number in range(20)]
    site.pages |= {f"/feed?{number}": rss(item(f"{number}")) for number in range(20)}
    follow(library, feeds, now=moment)
    assert len(await sync(library, now=moment)) == 20
    assert site.most_at_once <= 2


async def test_a_damaged_inbox_is_set_aside_and_no_article_is_lost(library, site, followed, moment):
    (entry, *_) = [entry for entry in inbox(library, now=moment) if entry.row.title == "One"]
    added = await keep(library, entry, now=moment)
    for name in ("inbox.json", "inbox.json.bak"):
        (library.folder / "catalog" / name).write_text("{", "utf-8")
    with Library.open(library.folder, state=library.state) as again:
        assert inbox(again, now=moment) == ()
        assert [record.id for record in again.records()] == [added.record.id]
        assert again.notices


async def test_a_start_asks_feeds_if_none_was_asked_for_an_hour(library, site, moment):
    await subscribe(library, site.url("/feed"), now=moment)
    site.pages["/feed"] = rss(item("Three"))
    soon = moment + timedelta(minutes=50)
    assert await sync_at_start(library, now=soon, cookies=None) is None
    assert await sync_at_start(library, now=moment + HOUR, cookies=None) == 1
    assert len(site.statuses) == 2


async def test_a_long_text_of_an_entry_is_remembered(library, site, moment):
    site.pages["/feed"] = rss(item("Long", text=TEXT), item("Short", text="Few words."))
    await subscribe(library, site.url("/feed"), now=moment)
    long, short = sorted(inbox(library, now=moment), key=lambda entry: entry.row.title)
    with FeedMemory(library.state) as memory:
        assert TEXT in memory.text(long.id).html
        assert memory.text(short.id) is not None  # it has no address, so this is all there is
