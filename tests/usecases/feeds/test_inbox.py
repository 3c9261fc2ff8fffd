"""Rows of the inbox: kept as articles, dismissed, and back again."""

import pytest

from annotator.errors import Conflict, NotInLibrary, PrivateNetwork, ServerAnswered
from annotator.model.feed import Feed, InboxRow
from annotator.store import FeedMemory
from annotator.usecases.articles.add import FROM_FEED
from annotator.usecases.feeds.inbox import InboxEntry, dismiss, inbox
from annotator.usecases.feeds.subscriptions import subscribe
from annotator.usecases.feeds.sync import keep, sync
from feeding import TEXT, item, names, page, rss


async def followed(library, site, moment, *items, tags=()):
    """Follow a feed with these items, and return its rows by their titles."""
    site.pages["/feed"] = rss(*items)
    await subscribe(library, site.url("/feed"), tags=tags, now=moment)
    return {entry.row.title: entry for entry in inbox(library, now=moment)}


def text_of(library, added):
    return library.article(added.record.id).extraction().article.text


async def test_an_entry_that_is_kept_is_an_article_with_the_tags_of_its_feed(library, site, moment):
    rows = await followed(library, site, moment, item("One", link=site.url("/one")), tags=["bread"])
    added = await keep(library, rows["One"], now=moment)
    assert (added.record.title, added.record.tags) == ("One", ("bread",))
    assert inbox(library, now=moment) == ()


async def test_the_text_of_the_feed_stands_for_a_page_that_fails(library, site, moment):
    link = site.url("/gone")
    rows = await followed(library, site, moment, item("Flood", link=link, text=f"<p>{TEXT}</p>"))
    added = await keep(library, rows["Flood"], now=moment)
    assert (added.record.title, added.record.url) == ("Flood", link)
    assert "rose by a third" in text_of(library, added)
    assert added.completeness.evidence[0] == "The text is from the feed."
    assert "404" in added.completeness.evidence[1]
    assert added.record.site_name == "River news"


async def test_the_text_of_the_feed_stands_for_a_page_that_has_less(library, site, moment):
    site.pages["/short"] = page("The river rose.", title="Flood")
    link = site.url("/short")
    rows = await followed(library, site, moment, item("Flood", link=link, text=f"<p>{TEXT}</p>"))
    added = await keep(library, rows["Flood"], now=moment)
    assert text_of(library, added).count("rose by a third") == 12
    assert "fewer words" in added.completeness.evidence[1]


async def test_the_text_of_the_feed_stands_for_a_page_behind_a_wall(library, site, moment):
    wall = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}'
    )
    told = ["The river rose by a third. " * 40, "Subscribe to continue reading this article."]
    site.pages["/wall"] = page(*told, title="Flood", head=f"{wall}</script>")
    link, text = site.url("/wall"), f"<p>{TEXT}</p>" * 2
    rows = await followed(library, site, moment, item("Flood", link=link, text=text))
    added = await keep(library, rows["Flood"], now=moment)
    assert "within a day" in text_of(library, added)
    assert added.completeness.evidence[0] == FROM_FEED


async def test_a_page_that_has_more_than_the_feed_is_kept(library, site, moment):
    site.pages["/long"] = page(TEXT, "And it went on to rise.", title="Flood")
    link = site.url("/long")
    rows = await followed(library, site, moment, item("Flood", link=link, text=f"<p>{TEXT}</p>"))
    added = await keep(library, rows["Flood"], now=moment)
    assert "it went on" in text_of(library, added)
    assert "The text is from the feed." not in added.completeness.evidence


async def test_an_entry_without_an_address_is_the_text_of_its_feed(library, site, moment):
    rows = await followed(library, site, moment, item("Note", text=f"<p>{TEXT}</p>"))
    added = await keep(library, rows["Note"], now=moment)
    assert "rose by a third" in text_of(library, added)


async def test_a_page_that_fails_without_a_text_leaves_the_row(library, site, moment):
    rows = await followed(library, site, moment, item("Gone", link=site.url("/gone")))
    with pytest.raises(ServerAnswered):
        await keep(library, rows["Gone"], now=moment)
    assert names(inbox(library, now=moment)) == ["Gone"]


async def test_an_entry_with_neither_address_nor_text_says_so(library, site, moment):
    rows = await followed(library, site, moment, item("Nothing"))
    with FeedMemory(library.state) as memory:
        memory.forget(all_texts_but=())
    with pytest.raises(NotInLibrary):
        await keep(library, rows["Nothing"], now=moment)


async def test_a_dismissed_row_comes_back_with_undo_and_goes_with_redo(library, site, moment):
    rows = await followed(library, site, moment, item("One"), item("Two"))
    edit = dismiss(library, [rows["One"].id], now=moment)
    assert names(inbox(library, now=moment)) == ["Two"]
    assert (edit.name, edit.words, edit.extent) == ("Dismiss", "One", "1 entry")
    edit.undo(library, now=moment)
    assert names(inbox(library, now=moment)) == ["One", "Two"]
    edit.redo(library, now=moment)
    assert names(inbox(library, now=moment)) == ["Two"]


async def test_undo_of_what_is_back_already_is_a_conflict(library, site, moment):
    rows = await followed(library, site, moment, item("One"))
    edit = dismiss(library, [rows["One"].id], now=moment)
    edit.undo(library, now=moment)
    with pytest.raises(Conflict):
        edit.undo(library, now=moment)


async def test_a_row_that_came_back_stays_when_the_feed_is_asked_again(library, site, moment):
    rows = await followed(library, site, moment, item("One"))
    dismiss(library, [rows["One"].id], now=moment).undo(library, now=moment)
    await sync(library, now=moment, is_forced=True)
    assert names(inbox(library, now=moment)) == ["One"]


async def test_an_entry_of_the_internet_leads_into_no_private_network(library, moment):
    feed = Feed("https://feeds.example/rss", moment)
    row = InboxRow("f", moment, link="http://127.0.0.1:9/router", title="A")
    with pytest.raises(PrivateNetwork):
        await keep(library, InboxEntry("e", row, feed), now=moment)
