"""Strings of metadata: often escaped twice, sometimes with tags in them."""

import html

from annotator.extract.patterns import later
from annotator.extract.repair import repaired
from annotator.model.text import clean_line

MAX_EXCERPT = 600

_TAG = later(r"</?[a-zA-Z][^<>]{0,500}>")


def plain(value: object, limit: int = 300) -> str:
    """Return a string of metadata on one line, without tags and entities; else nothing."""
    if not isinstance(value, str):
        return ""
    text = value[: limit * 20]
    for _ in range(2):
        if "&" not in text:
            break
        text = html.unescape(text)
    return clean_line(repaired(_TAG.sub("", text)), limit=limit)
