"""The cleaners by name, and the form in which their lines are compared."""

import logging
import re
from collections.abc import Callable
from html import unescape
from importlib import import_module
from importlib.util import find_spec

from readability import Document

from annotator.extract import extract
from annotator.model.document import PLAIN_TEXT, Page

Tool = Callable[[str, str], str]  # of the address and the HTML, the text

OURS = "annotator"
_BLOCK = re.compile(
    r"</?(?:p|div|li|ul|ol|h\d|br|blockquote|table|tr|td|th|section|article|figure|figcaption|"
    r"pre|dt|dd|hr)\b[^>]*>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^>]*>")
_NUMBER = re.compile(r"\d+")
_EDGE = re.compile(r"^\W+|\W+$")


def tools() -> dict[str, Tool]:
    """Return our cleaner and the installed ones of its peers."""
    logging.disable(logging.CRITICAL)
    own: dict[str, Tool] = {OURS: _ours, "readability-lxml": _readability}
    return own | ({"trafilatura": _trafilatura} if find_spec("trafilatura") else {})


def clean_plain_text(text: str) -> str:
    """Return what our cleaner leaves of a plain text."""
    return extract(Page("file:///page.txt", text, media_type=PLAIN_TEXT)).article.text


def folded(text: str) -> str:
    """Return a line as it is compared: words alone, in lower case, numbers alike."""
    return _NUMBER.sub("0", _EDGE.sub("", " ".join(text.split()).lower().replace("’", "'")))


def lines_of(text: str) -> list[str]:
    """Return the folded lines of a text."""
    return [line for line in map(folded, text.splitlines()) if line]


def _ours(url: str, html: str) -> str:
    article = extract(Page(url, html)).article
    return f"{article.title}\n{article.text}"


def _readability(url: str, html: str) -> str:
    try:
        summary = Document(html, url=url).summary(html_partial=True)
        return unescape(_TAG.sub("", _BLOCK.sub("\n", summary)))
    except Exception:  # noqa: BLE001  (a page that the peer gives up is one without text)
        return ""


def _trafilatura(url: str, html: str) -> str:
    return str(import_module("trafilatura").extract(html, url=url, include_comments=False) or "")
