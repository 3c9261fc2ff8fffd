"""Keeping an entry of the inbox: its page is added to the library, or the text in its feed."""

from collections.abc import Callable
from dataclasses import replace as replace_in
from datetime import datetime
from html import escape

from annotator.errors import NotInLibrary
from annotator.fetch import DEFAULT_OPTIONS, FetchOptions
from annotator.model import Page
from annotator.model.page import TEXT_FROM
from annotator.store import FeedMemory, FeedText, Library
from annotator.usecases.articles.add import AddedArticle, Stage, add
from annotator.usecases.articles.hosts import Hosts
from annotator.usecases.articles.sources import Source
from annotator.usecases.feeds.inbox import InboxEntry, dismiss


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
    linked = replace_in(options or DEFAULT_OPTIONS, linked_from=entry.feed.address)
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
