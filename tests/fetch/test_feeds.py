"""The text at the address of a feed, whatever type it has, and where the feed is from now on."""

import pytest

from annotator.errors import NotAnArticle, ServerAnswered
from annotator.fetch import fetch_feed

FEED = b"<rss><channel><title>River</title></channel></rss>"


@pytest.mark.parametrize("kind", ["application/rss+xml", "text/html", "application/octet-stream"])
async def test_a_feed_is_fetched_whatever_type_it_is_said_to_have(site, quick, kind):
    url = site.on("/feed", site.answer(FEED, kind=kind))
    page, address = await fetch_feed(url, options=quick)
    assert (page.html.encode(), address) == (FEED, url)


async def test_a_feed_that_did_not_change_is_the_kept_one(site, quick):
    url = site.on("/feed", site.answer(FEED, ETag='"1"'), site.answer(status=304, kind=None))
    kept, _ = await fetch_feed(url, options=quick)
    assert (await fetch_feed(url, kept=kept, options=quick))[0] is kept
    assert site.requests[1].headers["if-none-match"] == '"1"'


async def test_a_server_that_says_unchanged_without_a_condition_is_not_believed(site, quick):
    url = site.on("/feed", site.answer(status=304, kind=None))
    with pytest.raises(ServerAnswered):
        await fetch_feed(url, options=quick)


@pytest.mark.parametrize(
    ("statuses", "then"),
    [
        ((301,), "/a"),
        ((308, 301), "/b"),
        ((302,), "/feed"),
        ((301, 302), "/a"),
        ((302, 301), "/feed"),
    ],
)
async def test_only_what_moved_for_good_is_asked_elsewhere_the_next_time(
    site, quick, statuses, then
):
    paths = ["/feed", "/a", "/b"]
    for path, status, target in zip(paths, statuses, paths[1:], strict=False):
        site.on(path, site.redirect(target, status=status))
    site.on(paths[len(statuses)], site.answer(FEED))
    page, address = await fetch_feed(site.url("/feed"), options=quick)
    assert page.url == site.url(paths[len(statuses)])
    assert address == site.url(then)


async def test_how_long_a_feed_stays_as_it_is_comes_with_it(site, quick):
    url = site.on("/feed", site.answer(FEED, Cache_Control="max-age=600"))
    assert (await fetch_feed(url, options=quick))[0].header("cache-control") == "max-age=600"


async def test_a_picture_is_no_feed(site, quick):
    with pytest.raises(NotAnArticle):
        await fetch_feed(site.on("/feed", site.answer(b"\x89PNG\r\n")), options=quick)
