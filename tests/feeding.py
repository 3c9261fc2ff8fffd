"""Feeds for tests, as a site serves them."""

from collections.abc import Sequence

TEXT = " ".join(["The river rose by a third of its depth within a day, the office said."] * 12)


def rss(*items: str, title: str = "River news", head: str = "") -> bytes:
    """Return a feed with these items."""
    inside = "".join(items)
    return f"<rss><channel><title>{title}</title>{head}{inside}</channel></rss>".encode()


def item(name: str, *, link: str = "", text: str = "", date: str = "") -> str:
    """Return an entry with that name, which is its id as well."""
    return (
        f'<item><title>{name}</title><guid isPermaLink="false">{name}</guid><link>{link}</link>'
        f"<pubDate>{date}</pubDate><description><![CDATA[{text}]]></description></item>"
    )


def page(*paragraphs: str, title: str = "A page", head: str = "") -> bytes:
    """Return a page with an article."""
    inside = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f"<!doctype html><html lang='en'><head><title>{title}</title>{head}</head><body>"
        f"<article><h1>{title}</h1>{inside}</article></body></html>"
    ).encode()


def names(entries: Sequence[object]) -> list[str]:
    """Return the titles of entries of an inbox, in the order of the alphabet."""
    return sorted(entry.row.title for entry in entries)  # type: ignore[attr-defined]
