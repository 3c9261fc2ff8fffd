"""What other cleaners make of a page, as text."""

from collections.abc import Iterator

from lxml import html
from lxml.etree import ParserError, iterwalk
from readability import Document
from readability.readability import Unparseable

BLOCKS = frozenset(
    {"p", "li", "h1", "h2", "h3", "h4", "pre", "blockquote", "div", "tr", "td", "br"}
)


def readability_text(page: str, url: str) -> str:
    """Return what readability-lxml makes of a page; nothing if it cannot."""
    try:
        tree = html.fromstring(Document(page, url=url).summary())
    except (Unparseable, ParserError, ValueError):  # of characters that XML does not know
        return ""
    return "".join(_pieces(tree))


def _pieces(tree: html.HtmlElement) -> Iterator[str]:
    for event, element in iterwalk(tree, events=("start", "end")):
        yield "\n" if element.tag in BLOCKS else ""
        yield str((element.text if event == "start" else element.tail) or "")
