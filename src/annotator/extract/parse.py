"""From the text of a page to a tree, within bounds, whatever the page holds."""

import re
from dataclasses import dataclass

from lxml import etree, html

from annotator.extract.elements import Element, attribute

MAX_CHARACTERS = 5_000_000  # the limit of what a page may ask of the parser

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+")
_DECLARATION = re.compile(r"\s{0,100}<\?xml[^>]{0,500}>")
_BLANKS = re.compile(r"[ \t\xa0\u3000]{100,}")
_LOSSY = ("xcessive depth", "too long", "uge")


@dataclass(frozen=True, slots=True)
class Tree:
    """A parsed page. `is_lossy` tells that the parser gave up on a part of it."""

    root: Element
    base: str
    is_lossy: bool = False

    @property
    def body(self) -> Element:
        """The body, or the root of a page that has none."""
        body = self.root.find("body")
        return self.root if body is None else body


def parse(page: str, *, url: str = "") -> Tree:
    """Return the tree of a page; an empty body for a page that has nothing in it."""
    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        root = html.document_fromstring(_readable(page), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        root = html.document_fromstring("<html><body></body></html>")
    is_lossy = len(page) > MAX_CHARACTERS or any(
        sign in entry.message for entry in parser.error_log for sign in _LOSSY
    )
    return Tree(root, _base(root, url), is_lossy)


def _readable(page: str) -> bytes:
    page = _DECLARATION.sub("", page[:MAX_CHARACTERS], count=1) if "<?xml" in page[:700] else page
    page = _CONTROL.sub(" ", page[:MAX_CHARACTERS])
    # Patterns of readability look for the end of a run of blanks from each of its characters.
    page = _BLANKS.sub(" ", page)
    return page.encode("utf-8", "replace")


def _base(root: Element, url: str) -> str:
    base = root.find(".//base")
    href = attribute(base, "href") if base is not None else ""
    return href if href.startswith(("http://", "https://")) else url
