"""Asking feeds for what is new, each when it is due, and keeping an entry as an article.

Two of one server are asked at a time. What is new is written for many feeds together, and
nothing if nothing is. A feed that is gone is not asked again; one that fails is left alone for
twice as long each time, up to a day.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import replace as with_options
from datetime import datetime, timedelta
from functools import partial
from html import escape
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from annotator.errors import AnnotatorError, NotInLibrary
from annotator.fetch import DEFAULT_OPTIONS, FetchOptions, fetch_feed
from annotator.model import Page
from annotator.model.document import TEXT_FROM
from annotator.store import FEEDS, FeedMemory, FeedState, FeedText, Library
from annotator.usecases.articles.add import AddedArticle, Stage, add
from annotator.usecases.articles.jobs import Hosts, do_all
from annotator.usecases.articles.sources import Source
from annotator.usecases.feeds.answers import FeedAnswer, FeedCheck, write_answers
from annotator.usecases.feeds.inbox import InboxEntry, dismiss
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
    hosts = Hosts(AT_ONCE)
    with await asyncio.to_thread(FeedMemory, library.state) as memory:
        states = await asyncio.to_thread(memory.states)
        choose = partial(_chosen, library, states, wanted, now=now, is_forced=is_forced)
        write = partial(write_answers, library, memory, states, now=now)
        waiting: list[FeedAnswer] = []
        checked: list[FeedCheck] = []
        kept = Counter[str]()  # entries, by the ids of their feeds
        writing = asyncio.Lock()

        async def ask(asked: FeedAnswer) -> None:
            last = _last_answer(states.get(asked.id), now)
            async with hosts.slot(Source(asked.feed.address).host):
                waiting.append(await ask_feed(asked, last, options=options, hosts=hosts))
            if len(waiting) >= _WRITTEN:
                await finish()

        async def add(entry: InboxEntry) -> None:
            with suppress(AnnotatorError):  # it stays in the inbox, and is listed among the failed
                async with hosts.slot(Source(entry.row.link).host):
                    await keep(library, entry, now=now, options=options, hosts=hosts)
                kept[entry.row.feed] += 1

        async def finish() -> None:
            answers, waiting[:] = waiting[:], []
            async with writing:
                done, entries = await asyncio.to_thread(write, answers)
            await do_all(entries, add)
            for result in done:
                checked.append(replace(result, kept=kept[result.id]))
                report(checked[-1])

        try:
            await do_all(await asyncio.to_thread(choose), ask)
        finally:  # also what was fetched until the user stopped it
            await finish()
    return tuple(checked)


async def ask_feed(
    asked: FeedAnswer, last: Page | None = None, *, options: FetchOptions, hosts: Hosts
) -> FeedAnswer:
    """Return the answer of a feed, an error included; nothing is parsed if it is the `last` one."""
    url = asked.feed.address
    brief = with_options(options, total_seconds=SECONDS, waits=())
    try:
        page, address = await hosts.ask(
            url, brief, lambda limits: fetch_feed(url, kept=last, options=limits)
        )
        parsed = None if page is last else await parse_feed(page)
    except AnnotatorError as error:
        return replace(asked, error=error)
    if parsed is None:
        return replace(asked, address=address)
    return replace(asked, page=replace(page, html=""), parsed=parsed, address=address)


async def keep(
    library: Library,
    entry: InboxEntry,
    *,
    now: datetime,
    options: FetchOptions | None = None,
    hosts: Hosts | None = None,
    report: Callable[[Stage], None] | None = None,
) -> AddedArticle:
    """Fetch the page of an entry, add it to the library, and take its row out of the inbox.

    The text in the feed is used if the page fails, is walled, or has fewer words.
    """
    with FeedMemory(library.state) as memory:
        text = memory.text(entry.id)
    if not entry.row.link and text is None:
        raise NotInLibrary(
            f"“{entry.row.name}” has no address, and its feed has no text of it.", "Dismiss it."
        )
    instead = page_of(entry, text) if text else None
    # An entry of a feed on the internet may not lead into a private network.
    linked = with_options(options or DEFAULT_OPTIONS, linked_from=entry.feed.address)
    source = Source(entry.row.link, tags=entry.feed.tags, instead=instead)
    added = await add(library, source, now=now, options=linked, hosts=hosts, report=report)
    dismiss(library, [entry.id], now=now)
    return added


def page_of(entry: InboxEntry, text: FeedText) -> Page:
    """Return the text of an entry as the page that it could be."""
    row = entry.row
    facts = {
        "author": row.byline,
        "article:published_time": row.published.isoformat() if row.published else "",
        "og:site_name": entry.feed.title,
    }
    meta = [
        f'<meta {"property" if ":" in name else "name"}="{name}" content="{escape(value)}">'
        for name, value in facts.items()
        if value
    ]
    base = f'<base href="{escape(text.base)}">' if text.base else ""
    title = escape(row.title)
    body = f"<article><h1>{title}</h1>{text.html}</article>"
    head = "".join((base, f"<title>{title}</title>", *meta))
    html = f"<html><head>{head}</head><body>{body}</body></html>"
    return Page(row.link, html, headers=((TEXT_FROM, "the feed"),))


def _last_answer(state: FeedState | None, now: datetime) -> Page | None:
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
) -> list[FeedAnswer]:
    """Return the feeds to ask: those first that failed, which may take long."""
    chosen: list[FeedAnswer] = []
    for feed_id, feed in library.catalog.values(FEEDS).items():
        if feed.stopped or (wanted is not None and feed_id not in wanted):
            continue
        state = states.get(feed_id)
        is_left_alone = state and state.until and now < state.until
        if not is_left_alone and (is_forced or state is None or state.due <= now):
            chosen.append(FeedAnswer(feed_id, feed))
    failed = {feed_id for feed_id, state in states.items() if state.errors}
    return sorted(chosen, key=lambda asked: asked.id not in failed)
