"""JSON Feed, versions 1 and 1.1."""

import html
import json
from urllib.parse import urljoin

from annotator.feeds.elements import RawEntry, RawFeed


def read_json(text: str, url: str) -> RawFeed | None:
    """Return the feed in a text of JSON; None if it is none."""
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
        summary=html.escape(_text(item, "summary"), quote=False),
        content=_text(item, "content_html")
        or html.escape(_text(item, "content_text"), quote=False),
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
