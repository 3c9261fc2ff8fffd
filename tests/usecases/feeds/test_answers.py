"""How long feeds are left alone."""

from datetime import timedelta

import pytest

from annotator.model import Page
from annotator.model.feed import FeedEntry, ParsedFeed
from annotator.usecases.feeds.answers import until_next

HOUR = timedelta(hours=1)


def feed(moment, *ages: timedelta, minutes: int = 0) -> ParsedFeed:
    entries = [FeedEntry(f"{number}", published=moment - age) for number, age in enumerate(ages)]
    return ParsedFeed(is_feed=True, entries=tuple(entries), minutes=minutes)


def answer(**headers: str) -> Page:
    return Page(
        "", "", headers=tuple((name.replace("_", "-"), value) for name, value in headers.items())
    )


@pytest.mark.parametrize(
    ("number", "hours"), [(0, 24), (1, 24), (7, 24), (14, 12), (168, 1), (100_000, 1 / 12)]
)
def test_a_feed_is_asked_as_often_as_it_has_something_new(moment, number, hours):
    ages = (HOUR,) * number or (timedelta(days=60),)
    assert until_next(feed(moment, *ages), answer(), now=moment) == hours * HOUR


def test_a_feed_without_dates_is_asked_every_hour(moment):
    assert until_next(ParsedFeed(is_feed=True), answer(), now=moment) == HOUR


@pytest.mark.parametrize(
    ("headers", "minutes", "hours"),
    [
        ({"cache_control": "public, max-age=7200"}, 0, 2),
        ({"cache_control": "max-age=504921600"}, 0, 5),
        ({"expires": "Sat, 14 Mar 2026 12:26:53 GMT"}, 0, 3),
        ({"expires": "0"}, 0, 1),
        ({"cache_control": "no-cache", "expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, 0, 1),
        ({}, 240, 4),
        ({}, 100_000, 24),
    ],
)
def test_what_a_server_wishes_is_done_within_limits(moment, headers, minutes, hours):
    asked = ParsedFeed(is_feed=True, minutes=minutes)
    assert until_next(asked, answer(**headers), now=moment) == hours * HOUR
