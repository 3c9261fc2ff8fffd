"""An article as a page for a reader of saved pages, and where its marks are in that page.

The places are those of Zotero's reader: an element by its id, and offsets in UTF-16 units over
the text nodes in it, as browsers make them. A text node ends wherever a tag is. The page is
written once with the marks, to see between which nodes they are, and once without.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from itertools import accumulate
from typing import Final

from msgspec import Struct

from annotator.export.citation import reference_of
from annotator.export.html.html_blocks import BlockWriter, MarkInText, place_id
from annotator.export.html.html_markup import environment
from annotator.model import AnchoredMark, Article, ArticleRecord

_ALL: Final = "text"  # the id of the element around all blocks
_EMPTY: Final = frozenset({"br", "hr"})  # elements without an end
_DIGITS: Final = 7  # of an index that Zotero sorts by


class PlaceInPage(Struct, frozen=True):
    """A passage of a page: the id of an element, offsets in its text, and an index to sort by."""

    element: str
    start: int
    end: int
    sort_index: str


class Snapshot(Struct, frozen=True):
    """A page, and the places of marks in it by their ids; a mark on a picture alone has none."""

    html: str
    places: Mapping[str, PlaceInPage]


def snapshot_of(record: ArticleRecord, article: Article, marks: Sequence[AnchoredMark]) -> Snapshot:
    """Return the page of an article, the same whatever is marked, and the places of its marks."""
    spans = {placed.annotation.id: span for placed in marks if (span := placed.span)}
    in_text = [MarkInText(span, mark_id, "", 0, "m", "") for mark_id, span in spans.items()]
    html = _page(record, article, ())
    plain, marked = _TextNodes(html), _TextNodes(_page(record, article, in_text))
    before = [0, *accumulate(_length(node.strip()) for node in plain.nodes)]
    starts = [0, *accumulate(map(_length, plain.nodes))]
    places = {}
    for mark_id in spans.keys() & marked.passages.keys():
        span, (first, last) = spans[mark_id], marked.passages[mark_id]
        block = article.block_at(span.start)
        is_inside = span.end <= article.span_of(block).end
        element = place_id(block) if is_inside and place_id(block) in plain.elements else _ALL
        begin, node = plain.elements[element], bisect_right(starts, first) - 1
        index = str(before[node] + first - starts[node]).zfill(_DIGITS)[:_DIGITS]
        places[mark_id] = PlaceInPage(element, first - begin, last - begin, index)
    return Snapshot(html, places)


def _page(record: ArticleRecord, article: Article, marks: Sequence[MarkInText]) -> str:
    text = BlockWriter(article, marks, has_ids=True).write()
    known = {"article": article, "record": record, "text": text, "about": reference_of(record)}
    return environment().get_template("snapshot.html").render(known)


class _TextNodes(HTMLParser):
    """The text nodes of the body of a page, and the offsets at which its elements begin."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.nodes: list[str] = []
        self.elements: dict[str, int] = {}
        self.passages: dict[str, tuple[int, int]] = {}
        self._open: list[Sequence[str]] = []  # the marks of each open element
        self._at = 0
        self.feed(html.partition("<body>")[2])
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where an element begins."""
        values = dict(attrs)
        self.elements.setdefault(values.get("id") or "", self._at)
        if tag not in _EMPTY:
            self._open.append((values.get("data-marks") or "").split())

    def handle_endtag(self, tag: str) -> None:
        """Note that an element has ended."""
        del tag
        if self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Count a text node, as a part of the passages that it is in."""
        end = self._at + _length(data)
        for name in (name for names in self._open for name in names):
            self.passages[name] = (self.passages.get(name, (self._at, 0))[0], end)
        self.nodes.append(data)
        self._at = end


def _length(text: str) -> int:
    """Return the length of a text in UTF-16 units, in which browsers count."""
    return len(text.encode("utf-16-le")) // 2
