"""Answers of feeds, written to the inbox: what is new becomes rows, and what is old goes.

Then a feed is left alone, by how often it has something new, and by what its server wishes.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from hashlib import blake2b
from http import HTTPStatus
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from annotator.errors import AnnotatorError, NotAFeed, ServerAnswered
from annotator.model import Page
from annotator.model.feed import Feed, InboxRow, ParsedFeed
from annotator.model.identity import id_of_url, normalise_url
from annotator.store import FEEDS, INBOX, FeedMemory, FeedState, FeedText, Library
from annotator.usecases.feeds.inbox import KEPT_FOR, InboxEntry, is_old

MOST_AT_FIRST: Final = 100  # entries of a new feed, the newest: some have all of their years
FEWEST_WORDS: Final = 50  # of a text that may stand for a page; shorter ones are summaries
_FIRST: Final = datetime(2000, 1, 1, tzinfo=UTC)  # so that a row never comes after its dismissal
USUAL: Final = timedelta(hours=1)
SHORTEST: Final = timedelta(minutes=5)
LONGEST: Final = timedelta(days=1)  # a server that wishes for more has often been set up wrongly
_LONGEST_CACHED: Final = timedelta(hours=5)  # servers were seen that said 16 years
_WEEK: Final = timedelta(days=7)
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)


class FeedAnswer(Struct, frozen=True):
    """The answer of a feed: a text, nothing new if it has none, or an error.

    `address` is where the feed is from now on. One that `is_new` was added by the user just now,
    who may have removed it earlier.
    """

    id: str
    feed: Feed
    page: Page | None = None
    parsed: ParsedFeed | None = None
    address: str = ""
    error: AnnotatorError | None = None
    is_new: bool = False

    @property
    def problem(self) -> AnnotatorError | None:
        """The error, also that of a text that is not a feed."""
        if self.parsed is not None and not self.parsed.is_feed:
            return NotAFeed(
                f"{self.feed.address} has no feed.", "See whether the site has another address."
            )
        return self.error


class FeedCheck(Struct, frozen=True):
    """The outcome of asking a feed: how many entries are new and were kept, or why it failed.

    `errors` is how many times in a row it has failed by now.
    """

    id: str
    feed: Feed
    new: int = 0
    kept: int = 0
    error: AnnotatorError | None = None
    errors: int = 0


def write_answers(
    library: Library,
    memory: FeedMemory,
    states: Mapping[str, FeedState],
    answers: Sequence[FeedAnswer],
    *,
    now: datetime,
) -> tuple[list[FeedCheck], list[InboxEntry]]:
    """Write what is new to the inbox, and remember the answers; a feed that is gone is stopped.

    Returns what came of each feed, and the entries that are to be added at once.
    """
    if not answers:
        return [], []
    batch = _Batch(library, now, states)
    done = [batch.take(answer) for answer in answers]
    batch.write(memory)
    known = {key for key, state in states.items() if state.fetched}
    adding = {answer.id for answer in answers if answer.feed.adds_all and answer.id in known}
    at_once = [
        InboxEntry(key, row, batch.feeds[row.feed])
        for key, row in batch.rows.items()
        if row.feed in adding
    ]
    return done, at_once


def id_of_entry(feed_id: str, key: str) -> str:
    """Return the id of the row of an entry, the same on every machine."""
    return feed_id + blake2b(key.encode("utf-8", "replace"), digest_size=8).hexdigest()


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


class _Batch:
    """Some answers, and all that is to be written of them."""

    def __init__(self, library: Library, now: datetime, states: Mapping[str, FeedState]) -> None:
        self.library, self.now, self.states = library, now, states
        catalog = library.catalog
        self.feeds, self.waiting = catalog.values(FEEDS), catalog.values(INBOX)
        self.gone = catalog.removed(INBOX)
        self.changed: dict[str, Feed] = {}
        self.rows: dict[str, InboxRow] = {}  # those that are new
        self.texts: dict[str, FeedText] = {}
        self.remembered: dict[str, FeedState] = {}
        # Articles of rows: two feeds may have one page.
        self.articles = {id_of_url(row.link) for row in self.waiting.values() if row.link}

    def take(self, answer: FeedAnswer) -> FeedCheck:
        """Take an answer, and return what came of it."""
        state, problem = self.states.get(answer.id), answer.problem
        if answer.id not in self.feeds:  # it was removed by now
            return FeedCheck(answer.id, answer.feed, error=problem)
        if problem is not None:
            failed = self.remembered[answer.id] = self._failed(state, problem)
            if isinstance(problem, ServerAnswered) and problem.status == HTTPStatus.GONE:
                self._change(answer.id, replace(answer.feed, stopped=problem.message))
            return FeedCheck(answer.id, answer.feed, error=problem, errors=failed.errors)
        if answer.parsed is None or answer.page is None:
            if state is not None:
                due = self.now + timedelta(seconds=state.interval)
                self.remembered[answer.id] = replace(
                    state, checked=self.now, due=due, errors=0, error="", until=None
                )
            return FeedCheck(answer.id, answer.feed)
        number = self._read(answer, answer.parsed, state)
        self.remembered[answer.id] = self._answered(answer.id, answer.page, answer.parsed)
        others = {feed.address for key, feed in self.feeds.items() if key != answer.id}
        moved = answer.address and answer.address not in others
        feed = replace(
            answer.feed,
            title=answer.parsed.title or answer.feed.title,
            site=answer.parsed.site or answer.feed.site,
            address=answer.address if moved else answer.feed.address,
        )
        self._change(answer.id, feed)
        return FeedCheck(answer.id, feed, new=number)

    def write(self, memory: FeedMemory) -> None:
        """Write all of it: rows before the memory, for what is not written is asked for again."""
        catalog = self.library.catalog
        if self.changed:
            catalog.put(FEEDS, self.changed, now=self.now)
        if self.rows:
            catalog.put(INBOX, self.rows, now=_FIRST)
        if old := [key for key, row in self.waiting.items() if is_old(row, self.now)]:
            catalog.put(INBOX, dict.fromkeys(old), now=self.now)
            catalog.forget_removed(INBOX, before=self.now - 2 * KEPT_FOR)
        memory.remember(self.remembered, self.texts)
        if self.rows or old:
            lost = self.states.keys() - self.feeds.keys()
            memory.forget(lost, all_texts_but={*self.waiting, *self.rows} - {*old})

    def _change(self, feed_id: str, feed: Feed) -> None:
        if feed != self.feeds[feed_id]:
            self.changed[feed_id] = self.feeds[feed_id] = feed

    def _failed(self, state: FeedState | None, problem: AnnotatorError) -> FeedState:
        known = state or FeedState(self.now, self.now)
        wished = timedelta(seconds=getattr(problem, "retry_after", 0))
        until = self.now + wished if wished else None
        due = self.now + max(after_errors(known.errors), wished)
        return replace(
            known,
            checked=self.now,
            due=due,
            until=until,
            errors=known.errors + 1,
            error=problem.message,
        )

    def _answered(self, feed_id: str, page: Page, parsed: ParsedFeed) -> FeedState:
        interval = until_next(parsed, page, now=self.now)
        is_whole = not page.is_truncated
        return FeedState(
            checked=self.now,
            due=self.now + interval,
            interval=round(interval.total_seconds()),
            fetched=self.now,
            url=page.url,
            etag=page.header("etag") if is_whole else "",
            modified=page.header("last-modified") if is_whole else "",
            seen=tuple(id_of_entry(feed_id, entry.key) for entry in parsed.entries),
        )

    def _read(self, answer: FeedAnswer, parsed: ParsedFeed, state: FeedState | None) -> int:
        """Make rows of the new entries of a feed, and return how many there are."""
        seen = {*self.waiting}
        if not answer.is_new:
            seen |= self.gone.union(state.seen if state else ())
        keyed = ((id_of_entry(answer.id, entry.key), entry) for entry in parsed.entries)
        new = [
            (key, entry)
            for key, entry in keyed
            if key not in seen and self.now - (entry.published or self.now) <= KEPT_FOR
        ]
        if answer.is_new or state is None or state.fetched is None:
            new.sort(key=lambda pair: pair[1].published or self.now, reverse=True)
            new = new[:MOST_AT_FIRST]
        known = self.library.fingerprints({id_of_url(entry.link) for _, entry in new})
        number = len(self.rows)
        for key, entry in new:
            article = id_of_url(entry.link) if entry.link else ""
            if article and (article in known or article in self.articles):
                continue
            self.articles.add(article)
            self.rows[key] = InboxRow(
                answer.id,
                self.now,
                entry.title,
                normalise_url(entry.link) if "utm_" in entry.link else entry.link,
                entry.byline,
                entry.published,
                entry.summary,
                entry.words,
            )
            if entry.words >= FEWEST_WORDS or not entry.link:
                self.texts[key] = FeedText(entry.html, entry.base)
        return len(self.rows) - number


def _fresh(page: Page, now: datetime) -> timedelta:
    """Return how long a server says that its answer can be kept."""
    if match := _MAX_AGE.search(page.header("cache-control")):
        return timedelta(seconds=int(match[1]))
    try:
        until: datetime = parsedate_to_datetime(page.header("expires"))
        return max(until - now, timedelta())
    except (ValueError, TypeError, OverflowError, IndexError):
        return timedelta()
