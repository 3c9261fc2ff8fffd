"""From the text of a feed to its entries: sanitised, each with a key that stays the same."""

import re
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from itertools import islice
from typing import Final
from urllib.parse import urljoin

from lxml import etree, html

from annotator.feeds.dates import moment
from annotator.feeds.elements import read_elements
from annotator.feeds.json_feed import read_json
from annotator.feeds.raw import RawEntry, RawFeed
from annotator.feeds.xml_tree import tree_of
from annotator.model.feed import FeedEntry, FeedLink, ParsedFeed
from annotator.model.identity import is_web_address
from annotator.model.text import clean_line, clean_text

MAX_ENTRIES: Final = 1_000
MAX_HTML: Final = 1_000_000  # characters of an entry
MAX_SUMMARY: Final = 300
_MAX_ADDRESS: Final = 8_000
_MAX_KEY: Final = 500
_MAX_LINKS: Final = 20
_MOST_MINUTES: Final = 7 * 24 * 60
_MARKUP = re.compile(r"[<&]")
_UNSEEN: Final = ("script", "style", "template", "noscript")
_BLOCKS: Final = (
    "address", "article", "blockquote", "br", "dd", "div", "dt", "figcaption", "figure", "footer",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "ol", "p", "pre", "section", "table",
    "td", "th", "tr", "ul",
)  # fmt: skip
_FEED_TYPE = re.compile(r"application/(?:rss|atom|rdf|feed)\+(?:xml|json)|text/(?:rss\+)?xml")


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
    """Return the words of HTML on one line."""
    if not _MARKUP.search(markup):
        return " ".join(markup.split())
    try:
        tree = html.fragment_fromstring(markup, create_parent="div")
    except (etree.ParserError, ValueError):
        return ""
    etree.strip_elements(tree, *_UNSEEN, with_tail=False)
    for block in tree.iter(*_BLOCKS):  # a tag in a line does not end a word: H<sub>2</sub>O
        block.text, block.tail = f" {block.text or ''}", f" {block.tail or ''}"
    return " ".join(str(tree.text_content()).split())


def _clean(raw: RawEntry, *, is_repeated: bool) -> FeedEntry:
    words = words_in(raw.content or raw.summary)
    link = _address(raw.link)
    return FeedEntry(
        key=_key(raw, link, is_repeated=is_repeated),
        title=_title(raw),
        link=link,
        byline=clean_line(words_in(raw.author)),
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
    return clean_line(raw.title if raw.is_plain_title else words_in(raw.title))


def _address(text: str) -> str:
    """Return a web address on one line; empty for any other text."""
    line = clean_line(text.strip(), limit=_MAX_ADDRESS).replace(" ", "%20")
    return line if is_web_address(line) and not line.endswith("…") else ""


def _links(text: str, url: str) -> Iterator[FeedLink]:
    """Yield the feeds that a page names in its head."""
    try:
        parser = html.HTMLParser(encoding="utf-8")
        page = html.document_fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.ParserError, ValueError):
        return
    base = next((tag.get("href") or "" for tag in page.iter("base")), "")
    for tag in page.iter("link", "a"):
        is_named = "alternate" in (tag.get("rel") or "").lower().split()
        if is_named and _FEED_TYPE.fullmatch((tag.get("type") or "").strip().lower()):
            try:
                address = _address(urljoin(urljoin(url, base), tag.get("href") or ""))
            except ValueError:
                continue
            if address:
                yield FeedLink(address, clean_line(tag.get("title") or ""))
