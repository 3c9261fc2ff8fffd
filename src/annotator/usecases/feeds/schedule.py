"""When a feed is asked again: by how often it has something new, and by what its server wishes."""

import re
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from annotator.model import Page
from annotator.model.feed import ParsedFeed

USUAL: Final = timedelta(hours=1)
SHORTEST: Final = timedelta(minutes=5)
LONGEST: Final = timedelta(days=1)  # a server that wishes for more has often been set up wrongly
_LONGEST_CACHED: Final = timedelta(hours=5)  # servers were seen that said 16 years
_WEEK: Final = timedelta(days=7)
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)


def until_next(feed: ParsedFeed, page: Page, *, now: datetime) -> timedelta:
    """Return how long to leave a feed alone that has answered.

    A week by the number of the entries in it, an hour if they have no dates, and longer if the
    feed or its server says so.
    """
    dates = [entry.published for entry in feed.entries if entry.published]
    number = sum(now - _WEEK <= date <= now for date in dates)
    usual = (_WEEK / number if number else LONGEST) if dates else USUAL
    wished = max(timedelta(minutes=feed.minutes), min(_fresh(page, now), _LONGEST_CACHED))
    return min(max(usual, wished, SHORTEST), LONGEST)


def after_errors(errors: int) -> timedelta:
    """Return how long to leave a feed alone that failed so many times: twice as long each time."""
    return min(USUAL * (1 << min(errors, 10)), LONGEST)


def _fresh(page: Page, now: datetime) -> timedelta:
    """Return how long a server says that its answer can be kept."""
    if match := _MAX_AGE.search(page.header("cache-control")):
        return timedelta(seconds=int(match[1]))
    try:
        until: datetime = parsedate_to_datetime(page.header("expires"))
        return max(until - now, timedelta())
    except (ValueError, TypeError, OverflowError, IndexError):
        return timedelta()
