"""From the text of a feed, XML or JSON, to its entries: sanitised, each with a key that stays.

Dates are those of letters (RFC 822), of ISO 8601, and what people write in their place. One that
cannot be read is none, and never now.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import blake2b
from html import escape, unescape
from itertools import islice
from typing import Final
from urllib.parse import urljoin

from lxml import etree

from annotator.feeds.elements import Element, RawEntry, RawFeed, read_elements, tree_of
from annotator.model.feed import FeedEntry, FeedLink, ParsedFeed
from annotator.model.identity import is_web_address
from annotator.model.text import clean_line, clean_text

MAX_ENTRIES: Final = 1_000
MAX_HTML: Final = 1_000_000  # characters of an entry
MAX_SUMMARY: Final = 300
_MAX_ADDRESS: Final = 8_000
_MAX_KEY: Final = 500
_MAX_LINKS: Final = 20
_MOST_MARKUP: Final = 200_000  # characters that are parsed: many attributes take seconds
_LONGEST_LINE: Final = 5_000  # characters of a title or a name with its markup
_MOST_MINUTES: Final = 7 * 24 * 60
_MARKUP = re.compile(r"[<&]")
_TAG = re.compile(r"<[^<>]*>")
_NAMES: Final = ("rel", "type", "href", "title")
_UNSEEN: Final = ("script", "style", "template", "noscript")
_BLOCKS: Final = (
    "address", "article", "blockquote", "br", "dd", "div", "dt", "figcaption", "figure", "footer",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "ol", "p", "pre", "section", "table",
    "td", "th", "tr", "ul",
)  # fmt: skip
_FEED_TYPE = re.compile(r"application/(?:rss|atom|rdf|feed)\+(?:xml|json)|text/(?:rss\+)?xml")
_LONGEST: Final = 60  # characters
_YEARS: Final = range(1970, 2100)
_HOURS: Final = {
    "UT": 0, "Z": 0, "BST": 1, "CET": 1, "MET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3,
    "IST": 5.5, "SGT": 8, "HKT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12,
    "AST": -4, "AKST": -9, "HST": -10,
}  # fmt: skip


def read_feed(text: str, url: str) -> ParsedFeed:
    """Return the feed in a text, which is from `url`; of a page, the feeds that it names."""
    raw = raw_feed(text, url)
    if raw is None:
        return ParsedFeed(is_feed=False, links=tuple(islice(_links(text, url), _MAX_LINKS)))
    ids = Counter(entry.id for entry in raw.entries)
    entries: dict[str, FeedEntry] = {}
    for entry in raw.entries[:MAX_ENTRIES]:
        clean = _clean(entry, is_repeated=ids[entry.id] > 1)
        entries.setdefault(clean.key, clean)
    feed, minutes = raw.feed, raw.feed.minutes
    return ParsedFeed(
        is_feed=True,
        title=_title(feed),
        site=_address(feed.link),
        minutes=min(int(minutes), _MOST_MINUTES) if re.fullmatch(r"[0-9]{1,9}", minutes) else 0,
        entries=tuple(entries.values()),
    )


def raw_feed(text: str, url: str) -> RawFeed | None:
    """Return a feed as its text has it; None if it is none."""
    text = text.lstrip("\ufeff \t\r\n")
    if text.startswith("{"):
        return read_json(text, url)
    root = tree_of(text)
    return None if root is None else read_elements(root, url)


def words_in(markup: str) -> str:
    """Return the words of HTML on one line, or of as much of it as a summary and a count need."""
    markup = markup[:_MOST_MARKUP]
    if not _MARKUP.search(markup):
        return " ".join(markup.split())
    parts: list[str] = []
    try:
        page = _page(f"<div>{markup}")
        etree.strip_elements(page, *_UNSEEN, with_tail=False)
        for event, element in etree.iterwalk(page, events=("start", "end")):
            if element.tag in _BLOCKS:  # another tag does not end a word: H<sub>2</sub>O
                parts.append(" ")
            parts.append((element.text if event == "start" else element.tail) or "")
    except (etree.LxmlError, ValueError):  # as for half a surrogate
        parts = [unescape(_TAG.sub(" ", markup))]
    return " ".join("".join(parts).split())


def _page(markup: str) -> Element:
    return etree.fromstring(markup.encode("utf-8", "replace"), etree.HTMLParser(encoding="utf-8"))


def _clean(raw: RawEntry, *, is_repeated: bool) -> FeedEntry:
    words = words_in(raw.content or raw.summary)
    link = _address(raw.link)
    return FeedEntry(
        key=_key(raw, link, is_repeated=is_repeated),
        title=_title(raw),
        link=link,
        byline=clean_line(words_in(raw.author[:_LONGEST_LINE])),
        published=moment(raw.published) or moment(raw.updated),
        summary=clean_line((raw.content and words_in(raw.summary)) or words, limit=MAX_SUMMARY),
        html=clean_text(raw.content or raw.summary, limit=MAX_HTML),
        words=len(words.split()),
        base=_address(raw.base),
    )


def _key(raw: RawEntry, link: str, *, is_repeated: bool) -> str:
    """Return what tells an entry from others of its feed, whatever else of it changes."""
    if raw.id and is_repeated:
        return clean_line(f"{raw.id} {raw.link}", limit=_MAX_KEY)
    if raw.id or link:
        return clean_line(raw.id or link, limit=_MAX_KEY)
    text = f"{raw.title}\0{raw.content or raw.summary}".encode("utf-8", "replace")
    return blake2b(text, digest_size=16).hexdigest()


def _title(raw: RawEntry) -> str:
    title = raw.title[:_LONGEST_LINE]
    return clean_line(title if raw.is_plain_title else words_in(title))


def _address(text: str) -> str:
    """Return a web address on one line; empty for any other text."""
    line = clean_line(text.strip(), limit=_MAX_ADDRESS).replace(" ", "%20")
    return line if is_web_address(line) and not line.endswith("…") else ""


def _links(text: str, url: str) -> Iterator[FeedLink]:
    """Yield the feeds that a page names in its head."""
    try:
        page = _page(f"<html>{text[:_MOST_MARKUP]}")
        named = [{name: tag.get(name) or "" for name in _NAMES} for tag in page.iter("link", "a")]
        base = next((tag.get("href") or "" for tag in page.iter("base")), "")
    except (etree.LxmlError, ValueError):
        return
    for values in named:
        is_named = "alternate" in values["rel"].lower().split()
        if is_named and _FEED_TYPE.fullmatch(values["type"].strip().lower()):
            with suppress(ValueError):
                address = _address(urljoin(urljoin(url, base), values["href"]))
                if address:
                    yield FeedLink(address, clean_line(values["title"]))


def read_json(text: str, url: str) -> RawFeed | None:
    """Return the JSON Feed, of version 1 or 1.1, in a text; None if it is none."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    items = data.get("items") if isinstance(data, dict) else None
    if not isinstance(items, list):
        return None
    feed = RawEntry(title=_text(data, "title"), link=_text(data, "home_page_url"), base=url)
    feed.is_plain_title = True
    return RawFeed(feed, [_entry(item, url) for item in items if isinstance(item, dict)])


def moment(text: str) -> datetime | None:
    """Return the moment that a date names, in UTC without a zone; None for other text."""
    written = clean_line(text)
    if not written or len(written) > _LONGEST:
        return None
    read = _iso(written) or _of_letters(written) or _in_words(written)
    if read is None or read.year not in _YEARS:
        return None
    with suppress(OverflowError, ValueError):
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    return None


def _entry(item: dict[str, object], url: str) -> RawEntry:
    link = _text(item, "url") or _text(item, "external_url")
    return RawEntry(
        title=_text(item, "title"),
        is_plain_title=True,
        link=urljoin(url, link) if link else "",
        id=_text(item, "id"),
        author=_author(item),
        published=_text(item, "date_published"),
        updated=_text(item, "date_modified"),
        summary=escape(_text(item, "summary"), quote=False),
        content=_text(item, "content_html") or escape(_text(item, "content_text"), quote=False),
        base=link or url,
    )


def _author(item: dict[str, object]) -> str:
    listed = item.get("authors")
    authors = listed if isinstance(listed, list) else [item.get("author")]
    return ", ".join(_text(author, "name") for author in authors if isinstance(author, dict))


def _text(item: dict[str, object], name: str) -> str:
    """Return a value as text; ids may be numbers."""
    value = item.get(name)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_number else value if isinstance(value, str) else ""


def _iso(written: str) -> datetime | None:
    with suppress(ValueError):
        return datetime.fromisoformat(written)
    return None


def _of_letters(written: str) -> datetime | None:
    if written.lower().endswith(("am", "pm")):  # which that parser passes over
        return None
    last = written.rpartition(" ")[2]
    if last in _HOURS:
        minutes = round(_HOURS[last] * 60)
        sign, (hours, rest) = "-" if minutes < 0 else "+", divmod(abs(minutes), 60)
        written = f"{written[: -len(last)]}{sign}{hours:02}{rest:02}"
    with suppress(ValueError, TypeError, IndexError, OverflowError):
        return parsedate_to_datetime(written)
    return None


def _in_words(written: str) -> datetime | None:
    from dateutil import parser  # slow to load, and few feeds need it

    if not any(character.isdigit() for character in written):
        return None
    with suppress(ValueError, OverflowError, TypeError):
        # A part that is missing would be today's: two tries show whether one is.
        tries = {
            parser.parse(written, default=datetime(*day, tzinfo=UTC))
            for day in ((2000, 1, 1), (2001, 2, 2))
        }
        return tries.pop() if len(tries) == 1 else None
    return None
