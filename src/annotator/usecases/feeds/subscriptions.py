"""The feeds that the library follows: find one from the address of a page, add, list, remove.

Lists of feeds of other programs are read from OPML and other exports, and written as OPML.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace as replace_in
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import urljoin

from msgspec import Struct
from msgspec.structs import replace

from annotator import fetch
from annotator.errors import FetchError, ImportFailed, NotAFeed
from annotator.feeds import write_opml
from annotator.fetch import DEFAULT_OPTIONS, FetchOptions, read_data
from annotator.importing.importers import read, recognise
from annotator.importing.item import Skipped
from annotator.importing.source import SourceFile
from annotator.model.feed import Feed, FeedLink
from annotator.model.identity import id_of_url, normalise_url
from annotator.model.tags import normalise_all
from annotator.model.text import clean_line
from annotator.settings import expanded
from annotator.store import FEEDS, INBOX, FeedMemory, FeedState, Library
from annotator.usecases.articles.jobs import Hosts
from annotator.usecases.articles.sources import locate
from annotator.usecases.feeds.answers import FeedAnswer, FeedCheck, write_answers
from annotator.usecases.feeds.inbox import InboxEdit, InboxEntry, find_named, inbox
from annotator.usecases.feeds.sync import ask_feed

_USUAL_PATHS: Final = ("/feed", "/rss.xml", "/atom.xml", "/index.xml")


class Subscription(Struct, frozen=True):
    """A feed with its id, what this machine knows of it, and how many entries wait of it."""

    id: str
    feed: Feed
    state: FeedState | None = None
    waiting: int = 0

    @property
    def problem(self) -> str:
        """Why nothing comes of it; empty if something does."""
        return self.feed.stopped or (self.state.error if self.state else "")


class Subscribed(Struct, frozen=True):
    """A feed that was added, or was followed before; `others` are more that its page names."""

    checked: FeedCheck
    is_new: bool = True
    others: tuple[FeedLink, ...] = ()


def subscriptions(
    library: Library, *, now: datetime, entries: Sequence[InboxEntry] | None = None
) -> tuple[Subscription, ...]:
    """Return the feeds by their names; `entries` are those of the inbox, if they were read."""
    feeds = library.catalog.values(FEEDS)
    if not feeds:
        return ()
    listed = inbox(library, now=now) if entries is None else entries
    waiting = Counter(entry.row.feed for entry in listed)
    with FeedMemory(library.state) as memory:
        states = memory.states()
    known = [Subscription(key, feed, states.get(key), waiting[key]) for key, feed in feeds.items()]
    return tuple(sorted(known, key=lambda followed: followed.feed.name.casefold()))


async def subscribe(
    library: Library,
    address: str,
    *,
    tags: Sequence[str] = (),
    adds_all: bool = False,
    now: datetime,
    options: FetchOptions = DEFAULT_OPTIONS,
) -> Subscribed:
    """Follow the feed at an address, or that of the page there; its entries go to the inbox.

    One that is followed already gets the tags as well. Raises `NotAFeed`, or the reason why the
    address cannot be fetched.
    """
    begin = fetch.check_address(locate(address))
    answer, others = await _find(begin, now, options)
    feed = replace(answer.feed, address=answer.address or answer.feed.address)
    ids = _ids_by_address(library)
    before, after = normalise_url(answer.feed.address), normalise_url(feed.address)
    known = ids.get(after) or ids.get(before) or ""
    if known:
        feed = library.catalog.values(FEEDS)[known]
    feed = replace(
        feed,
        tags=normalise_all((*feed.tags, *tags)),
        adds_all=adds_all or feed.adds_all,
        stopped="",
    )
    feed_id = known or id_of_url(feed.address)
    answer = replace(answer, id=feed_id, feed=feed, is_new=not known)
    checked = await asyncio.to_thread(_write, library, answer, now)
    return Subscribed(checked, not known, others)


def follow(library: Library, feeds: Sequence[Feed], *, now: datetime) -> tuple[str, ...]:
    """Follow these feeds, which are not asked yet; return the ids of those that are new."""
    known = _ids_by_address(library)
    new: dict[str, Feed] = {}
    for feed in feeds:
        if normalise_url(feed.address) not in known:
            new.setdefault(id_of_url(feed.address), feed)
    if new:
        library.catalog.put(FEEDS, new, now=now)
    return tuple(new)


def unsubscribe(library: Library, ids: Sequence[str], *, now: datetime) -> InboxEdit:
    """Follow feeds no longer, take their rows out of the inbox, and return the step."""
    feeds = library.catalog.values(FEEDS)
    rows = library.catalog.values(INBOX)
    edit = InboxEdit(
        rows={key: row for key, row in rows.items() if row.feed in ids},
        feeds={key: feeds[key] for key in ids if key in feeds},
        name="Remove feed",
    )
    return edit.redo(library, now=now)


def find_feeds(library: Library, names: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of feeds by the beginning of their ids, their addresses or their titles.

    Raises `NotInLibrary` for a name that is none of them, `AmbiguousId` for one of several.
    """
    feeds = library.catalog.values(FEEDS)
    known = {key: (feed.title, (feed.address, feed.site)) for key, feed in feeds.items()}
    hint = "`annotator feeds list` lists them."
    found = (find_named(known, name, "one of your feeds", hint) for name in names)
    return tuple(dict.fromkeys(found))


def feeds_in(
    path: Path, data: bytes | None = None, *, tags: Sequence[str] = (), now: datetime
) -> tuple[Feed, ...]:
    """Return the feeds that a file lists, or those in its `data`; their folders are more `tags`.

    Raises `ImportFailed` for a file of no known format, and for one without feeds.
    """
    name = clean_line(path.name)
    try:
        source = SourceFile(name, read_data(expanded(path)) if data is None else data)
    except FetchError as error:
        raise ImportFailed(error.message, error.hint) from error
    feeds = tuple(
        Feed(item.feed, now, title=clean_line(item.what), tags=normalise_all((*item.tags, *tags)))
        for match in recognise(source)
        for item in read(match)
        if isinstance(item, Skipped) and item.feed
    )
    if not feeds:
        raise ImportFailed(f"{name} lists no feeds.", "Export the feeds of the program as OPML.")
    return feeds


def as_opml(known: tuple[Subscription, ...]) -> str:
    """Return feeds as OPML, for other programs."""
    return write_opml([subscription.feed for subscription in known])


def _ids_by_address(library: Library) -> dict[str, str]:
    return {normalise_url(x.address): key for key, x in library.catalog.values(FEEDS).items()}


async def _find(
    address: str, now: datetime, options: FetchOptions
) -> tuple[FeedAnswer, tuple[FeedLink, ...]]:
    """Return the feed at an address, or the first that the page there names; and the others."""
    hosts = Hosts()
    first = await ask_feed(FeedAnswer("", Feed(address, now)), options=options, hosts=hosts)
    if first.error is not None:
        raise first.error
    if first.problem is None:
        return first, ()
    links = first.parsed.links if first.parsed else ()
    usual = (FeedLink(urljoin(address, path)) for path in _USUAL_PATHS)
    for place, link in enumerate(links or usual):
        asked = FeedAnswer("", Feed(link.address, now))
        linked = replace_in(options, linked_from=address)
        answer = await ask_feed(asked, options=linked, hosts=hosts)
        if answer.problem is None:
            return answer, links[:place] + links[place + 1 :]
    raise NotAFeed(
        f"No feed was found at {clean_line(address)}.",
        "Look on the page for one (RSS, Atom), and give its address.",
    )


def _write(library: Library, answer: FeedAnswer, now: datetime) -> FeedCheck:
    library.catalog.put(FEEDS, {answer.id: answer.feed}, now=now)
    with FeedMemory(library.state) as memory:
        (checked,), _ = write_answers(library, memory, memory.states(), [answer], now=now)
    return checked
