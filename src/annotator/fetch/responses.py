"""A server's response as a page, or as a refusal that says what it was."""

import asyncio
import re
from datetime import UTC, datetime
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from annotator.errors import NotAnArticle
from annotator.fetch.addresses import shown
from annotator.fetch.bodies import read_body
from annotator.fetch.client import httpx
from annotator.fetch.contents import (
    FEED_HINT,
    GIVE_A_PAGE,
    PDF_HINT,
    media_type_of,
    readable,
    refuse_foreign,
)
from annotator.fetch.decode import decode_html, decode_text, preview
from annotator.fetch.options import FetchOptions
from annotator.fetch.statuses import refuse_status
from annotator.model import HTML, MARKDOWN, PLAIN_TEXT, Page
from annotator.model.text import clean_line

_MEDIA_TYPES = {
    "": "",  # the contents have to tell
    "text/html": HTML,
    "application/xhtml+xml": HTML,
    "text/plain": PLAIN_TEXT,
    "text/markdown": MARKDOWN,
    "text/x-markdown": MARKDOWN,
}
_FOREIGN_TYPES = (
    (re.compile(r"application/pdf"), "a PDF", PDF_HINT),
    (re.compile(r"application/(?:rss|atom|rdf)\+xml"), "a feed", FEED_HINT),
    (re.compile(r"image/.*"), "an image", GIVE_A_PAGE),
    (re.compile(r"audio/.*"), "a sound", GIVE_A_PAGE),
    (re.compile(r"video/.*"), "a film", GIVE_A_PAGE),
    (re.compile(r"application/(?:.*\+)?json"), "data for programs (JSON)", GIVE_A_PAGE),
)
_NOT_IN_A_TYPE = re.compile(r"[^\w./+-]")

# What a later visit, and the article's metadata, can use. Cookies and the rest are not kept.
_KEPT_HEADERS = frozenset(
    {"content-language", "content-type", "date", "etag", "last-modified", "link", "x-robots-tag"}
)
_MAX_HEADER = 1000  # characters


async def read_page(response: httpx.Response, address: str, options: FetchOptions) -> Page:
    """Return the page that a response to `address` holds.

    Raises `ServerAnswered`, `NotAnArticle` or `TooLarge`.
    """
    refuse_status(response, address)
    content_type = next(iter(response.headers.get_list("content-type")), "")
    declared = _declared(content_type, address)
    body = await read_body(response, address, limit=options.max_bytes)
    refuse_foreign(body.data, shown(address))
    media_type = _media_type(body.data, declared, address)
    decode = decode_html if media_type == HTML else decode_text
    # Guessing an encoding takes half a second, in which a screen should not stand still.
    text = await asyncio.to_thread(decode, body.data, content_type)
    return Page(
        url=address,
        html=readable(text, shown(address)),
        media_type=media_type,
        fetched_at=datetime.now(UTC),
        headers=_kept(response.headers),
        is_truncated=not body.is_whole,
    )


def _declared(content_type: str, address: str) -> str:
    kind = content_type.partition(";")[0].strip().lower()
    if kind in _MEDIA_TYPES:
        return _MEDIA_TYPES[kind]
    for pattern, what, hint in _FOREIGN_TYPES:
        if pattern.fullmatch(kind):
            raise NotAnArticle(f"{shown(address)} is {what}.", hint)
    name = _NOT_IN_A_TYPE.sub("?", kind)[:60]
    raise NotAnArticle(f"{shown(address)} is of the type {name}, not a page.", GIVE_A_PAGE)


def _media_type(data: bytes, declared: str, address: str) -> str:
    if declared in {HTML, MARKDOWN}:
        return declared
    # Servers of source code call pages and Markdown plain text, too.
    suffix = PurePosixPath(urlsplit(address).path).suffix
    return media_type_of(preview(data), suffix=suffix or (".txt" if declared else ""))


def _kept(headers: httpx.Headers) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.lower(), clean_line(value, limit=_MAX_HEADER))
        for name, value in headers.multi_items()
        if name.lower() in _KEPT_HEADERS
    )
