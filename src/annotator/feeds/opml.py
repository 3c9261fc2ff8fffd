"""Lists of feeds as OPML, which other programs read: a tag is a folder."""

from collections.abc import Sequence
from html import escape

from annotator.model.feed import Feed

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head><title>Feeds</title></head>
  <body>"""
_END = "  </body>\n</opml>\n"


def write_opml(feeds: Sequence[Feed]) -> str:
    """Return feeds as OPML, each in the folder of its first tag, and with all of its tags."""
    folders: dict[str, list[Feed]] = {}
    for feed in feeds:
        folders.setdefault(feed.tags[0] if feed.tags else "", []).append(feed)
    lines = [_HEAD]
    for folder, inside in sorted(folders.items()):
        names = folder.split("/") if folder else []
        for depth, name in enumerate(names):
            lines.append(f"{_indent(depth)}<outline text={_quoted(name)}>")
        lines += (_outline(feed, len(names)) for feed in inside)
        lines += (f"{_indent(depth)}</outline>" for depth in reversed(range(len(names))))
    return "\n".join((*lines, _END))


def _outline(feed: Feed, depth: int) -> str:
    values = {
        "type": "rss",
        "text": feed.name,
        "xmlUrl": feed.address,
        "htmlUrl": feed.site,
        "category": ",".join(f"/{tag}" for tag in feed.tags[1:]),
    }
    written = " ".join(f"{name}={_quoted(value)}" for name, value in values.items() if value)
    return f"{_indent(depth)}<outline {written}/>"


def _indent(depth: int) -> str:
    return "  " * (depth + 2)


def _quoted(text: str) -> str:
    return f'"{escape(text)}"'
