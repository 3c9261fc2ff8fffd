"""Feeds and their entries: as a server sends them, and as the library keeps them."""

from msgspec import Struct

from annotator.model.moment import Moment  # msgspec needs it to decode these


class FeedEntry(Struct, frozen=True):
    """An entry of a feed, sanitised. `key` tells it from the other entries of its feed.

    `html` is the text that the feed has of it, with `words` words, and `base` the address that
    links in it are relative to. `summary` is the beginning of it in plain words.
    """

    key: str
    title: str = ""
    link: str = ""
    byline: str = ""
    published: Moment | None = None
    summary: str = ""
    html: str = ""
    words: int = 0
    base: str = ""


class FeedLink(Struct, frozen=True):
    """A feed that a page names, with the name that it has there."""

    address: str
    title: str = ""


class ParsedFeed(Struct, frozen=True):
    """The contents of a feed; for a page that is not one, only the `links` to its feeds.

    `site` is the address of the pages that the feed is about, and `minutes` how long it says that
    it stays as it is.
    """

    is_feed: bool
    title: str = ""
    site: str = ""
    minutes: int = 0
    entries: tuple[FeedEntry, ...] = ()
    links: tuple[FeedLink, ...] = ()


class Feed(Struct, frozen=True, omit_defaults=True):
    """A feed that the library follows.

    New entries get its `tags` when they are kept. With `adds_all` they are kept as they come, else
    they wait in the inbox. `stopped` says why it is not asked any more.
    """

    address: str
    added: Moment
    title: str = ""
    site: str = ""
    tags: tuple[str, ...] = ()
    adds_all: bool = False
    stopped: str = ""

    @property
    def name(self) -> str:
        """The title of the feed, or its address."""
        return self.title or self.address


class InboxRow(Struct, frozen=True, omit_defaults=True):
    """An entry of a feed that waits in the inbox, without its text."""

    feed: str
    added: Moment
    title: str = ""
    link: str = ""
    byline: str = ""
    published: Moment | None = None
    summary: str = ""
    words: int = 0

    @property
    def date(self) -> Moment:
        """When the entry was published, or else when it came."""
        return self.published or self.added

    @property
    def name(self) -> str:
        """The title of the entry, or the beginning of its text, or its address."""
        return self.title or self.summary or self.link
