"""Asking feeds for what is new: each when it is due, and two of one server at a time.

What is new is written for many feeds together, and nothing if nothing is. A feed that is gone is
not asked again; one that fails is left alone for twice as long each time, up to a day.
"""

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace as with_options
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from annotator.errors import AnnotatorError
from annotator.fetch import DEFAULT_OPTIONS, FetchOptions, fetch_feed
from annotator.model import Page
from annotator.model.feed import Feed
from annotator.store import FEEDS, FeedMemory, FeedState, Library
from annotator.usecases.articles.hosts import Hosts
from annotator.usecases.articles.jobs import do_all
from annotator.usecases.articles.sources import Source
from annotator.usecases.feeds.answers import FeedAnswer, FeedCheck, write_answers
from annotator.usecases.feeds.inbox import InboxEntry
from annotator.usecases.feeds.keeping import keep
from annotator.usecases.sandbox.clean import parse_feed

SECONDS: Final = 15.0  # for a feed; one that takes longer is asked again the next time
AT_ONCE: Final = 16  # feeds: they are small, and some of their servers never answer
_FORGOTTEN: Final = timedelta(days=8)  # some servers say for ever that nothing has changed
_PAUSE: Final = timedelta(hours=1)  # since a feed was asked, until a start asks again
_WRITTEN: Final = 100  # feeds whose answers are written together


async def sync_at_start(library: Library, *, now: datetime, cookies: Path | None) -> int | None:
    """Ask the feeds that are due; return how many entries wait that are new.

    None if none is due, or one was asked within the hour.
    """
    with await asyncio.to_thread(FeedMemory, library.state) as memory:
        states = (await asyncio.to_thread(memory.states)).values()
    if any(now - state.checked < _PAUSE for state in states):
        return None
    checked = await sync(library, now=now, options=FetchOptions(cookies=cookies))
    return sum(check.new - check.kept for check in checked) if checked else None


async def sync(
    library: Library,
    *,
    now: datetime,
    options: FetchOptions = DEFAULT_OPTIONS,
    wanted: Collection[str] | None = None,
    is_forced: bool = False,
    report: Callable[[FeedCheck], None] = lambda _: None,
) -> tuple[FeedCheck, ...]:
    """Ask the feeds that are due, or with `is_forced` all; only the `wanted` if any are named.

    `report` is called with each feed once what is new in it was written. Entries of feeds that
    add all of them are added then.
    """
    run = _Run(library, options, now)
    with await asyncio.to_thread(FeedMemory, library.state) as memory:
        states = await asyncio.to_thread(memory.states)
        choose = partial(_chosen, library, states, wanted, now=now, is_forced=is_forced)
        write = partial(write_answers, library, memory, states, now=now)
        waiting: list[FeedAnswer] = []
        checked: list[FeedCheck] = []
        writing = asyncio.Lock()

        async def ask(chosen: tuple[str, Feed]) -> None:
            feed_id, feed = chosen
            async with run.hosts.slot(Source(feed.address).host):
                waiting.append(await run.ask(feed_id, feed, states.get(feed_id)))
            if len(waiting) >= _WRITTEN:
                await finish()

        async def finish() -> None:
            answers, waiting[:] = waiting[:], []
            async with writing:
                done, entries = await asyncio.to_thread(write, answers)
            kept = await run.keep_all(entries)
            for result in done:
                checked.append(replace(result, kept=kept.count(result.id)))
                report(checked[-1])

        try:
            await do_all(await asyncio.to_thread(choose), ask)
        finally:  # also what was fetched until the user stopped it
            await finish()
    return tuple(checked)


class _Run(Struct, frozen=True):
    """A run, with the values that all of its requests share."""

    library: Library
    options: FetchOptions
    now: datetime
    hosts: Hosts = field(default_factory=partial(Hosts, AT_ONCE))

    async def ask(self, feed_id: str, feed: Feed, state: FeedState | None) -> FeedAnswer:
        """Return what a server answers about a feed, an error included."""
        try:
            kept = _kept(state, self.now)
            asked = FeedAnswer(feed_id, feed)
            return await ask_feed(asked, kept, options=self.options, hosts=self.hosts)
        except AnnotatorError as error:
            return FeedAnswer(feed_id, feed, error=error)

    async def keep_all(self, entries: Sequence[InboxEntry]) -> list[str]:
        """Add these entries; return the ids of their feeds. One that fails stays in the inbox."""
        kept: list[str] = []

        async def keep_one(entry: InboxEntry) -> None:
            async with self.hosts.slot(Source(entry.row.link).host):
                try:
                    await keep(
                        self.library, entry, now=self.now, options=self.options, hosts=self.hosts
                    )
                    kept.append(entry.row.feed)
                except AnnotatorError:  # which the list of addresses that failed has
                    return

        await do_all(entries, keep_one)
        return kept


async def ask_feed(
    asked: FeedAnswer, kept: Page | None = None, *, options: FetchOptions, hosts: Hosts
) -> FeedAnswer:
    """Return the answer of a feed; nothing is parsed if that is `kept`, unchanged.

    Raises `FetchError`, and `CleaningError` for a text that exceeds the limits.
    """
    url = asked.feed.address
    brief = with_options(options, total_seconds=SECONDS, waits=())
    page, address = await hosts.ask(
        url, brief, lambda limits: fetch_feed(url, kept=kept, options=limits)
    )
    if page is kept:
        return replace(asked, address=address)
    parsed = await parse_feed(page)
    return replace(asked, page=replace(page, html=""), parsed=parsed, address=address)


def _kept(state: FeedState | None, now: datetime) -> Page | None:
    """Return the last answer of a feed, as far as its server needs it to say that it is the same.

    None if there is none, or it is so old that a server may be wrong about it.
    """
    if state is None or state.fetched is None or now - state.fetched > _FORGOTTEN:
        return None
    headers = (("etag", state.etag), ("last-modified", state.modified))
    return Page(state.url, "", headers=headers) if state.etag or state.modified else None


def _chosen(
    library: Library,
    states: dict[str, FeedState],
    wanted: Collection[str] | None,
    *,
    now: datetime,
    is_forced: bool,
) -> list[tuple[str, Feed]]:
    """Return the feeds to ask, by their ids: those first that failed, which may take long."""
    chosen = [
        (feed_id, feed)
        for feed_id, feed in library.catalog.values(FEEDS).items()
        if not feed.stopped
        and (wanted is None or feed_id in wanted)
        and _is_due(states.get(feed_id), now, is_forced=is_forced)
    ]
    failed = {feed_id for feed_id, state in states.items() if state.errors}
    return sorted(chosen, key=lambda pair: pair[0] not in failed)


def _is_due(state: FeedState | None, now: datetime, *, is_forced: bool) -> bool:
    if state is None:
        return True
    if state.until is not None and now < state.until:
        return False
    return is_forced or state.due <= now
