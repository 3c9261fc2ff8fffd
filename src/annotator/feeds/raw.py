"""Feeds and entries as their files have them, before anything is sanitised."""

from msgspec import Struct, field


class RawEntry(Struct):
    """An entry, or a feed itself, which has the same fields; texts are HTML.

    `is_plain_title` if the title is no HTML, and `minutes` how long the feed stays as it is.
    """

    title: str = ""
    is_plain_title: bool = False
    link: str = ""
    id: str = ""
    author: str = ""
    published: str = ""
    updated: str = ""
    summary: str = ""
    content: str = ""
    base: str = ""
    minutes: str = ""


class RawFeed(Struct):
    """A feed and its entries."""

    feed: RawEntry
    entries: list[RawEntry] = field(default_factory=list)
