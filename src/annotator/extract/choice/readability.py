"""The choice of readability-lxml, as regions of our tree."""

import logging
import re
from collections.abc import Callable
from copy import deepcopy
from functools import lru_cache
from typing import NamedTuple

from lxml.etree import strip_elements, tostring
from lxml.html import HTMLParser, document_fromstring
from readability import readability

from annotator.extract.dom.elements import SKIPPED_TAGS, Element
from annotator.extract.dom.parse import fold_long_blanks
from annotator.extract.passages import Region

INDEX = "data-annotator-region"  # the attribute with the index of a region, in copies of the tree
MAX_ELEMENTS = 20_000  # its time grows with the square of some pages' size: 5,000 images, 45 s
MAX_READ = 20_000_000  # characters, counted again for each region around them
MAX_BARE_REGIONS = 400  # regions without text, such as boxes of images, which cost the most
_NOT_READ = tuple(SKIPPED_TAGS - {"head", "title", "input", "embed"})

_BLOCKS = ("blockquote", "dl", "div", "img", "ol", "p", "table", "ul")  # as the library has them
_BLANKS = re.compile(r"\t|[ \t]{2,}")
_LONG_RUN = 255  # blanks that the library shortens first

logging.getLogger("readability.readability").addHandler(logging.NullHandler())
logging.getLogger("readability.readability").propagate = False


def readable_regions(root: Element, regions: list[Region]) -> frozenset[int]:
    """Return the indices of the regions that readability keeps; none if the page is too large."""
    if not _is_affordable(regions):
        return frozenset()
    for region in regions:
        if region.element is not None:
            region.element.set(INDEX, str(region.index))
    try:
        # Elements that are never shown would be the first that readability removes.
        reduced = deepcopy(root)
        strip_elements(reduced, *_NOT_READ, with_tail=False)
        document = _SharedDocument(tostring(reduced, encoding="unicode", method="html"))
        document.summary()
    except (readability.Unparseable, ValueError, RecursionError):
        return frozenset()
    kept: Element | None = document.html
    if kept is None:
        return frozenset()
    return frozenset(int(index) for element in kept.iter() if (index := element.get(INDEX)))


class _SharedDocument(readability.Document):  # type: ignore[misc]  # the library has no types
    """A document that is parsed from our tree as text, and leaves its choice as a tree."""

    def _parse(self, page: str) -> Element:
        """Parse without cleaning, for our tree is clean, and without resolving links."""
        root = document_fromstring(page, parser=HTMLParser(huge_tree=True))
        self._elements = list(root.iter())  # as long as one is known, lxml does not make it again
        return root

    def get_clean_html(self) -> str:
        return str(tostring(self.html, encoding="unicode", method="html"))


def _cleaned(text: str) -> str:
    """Return a text as the library's `clean` does, in a fraction of its time.

    The library cleans the text of each element for every question about one around it.
    """
    if len(text) >= _LONG_RUN:
        text = fold_long_blanks(text, _LONG_RUN)
    if "\n" in text:
        text = "\n".join(filter(None, map(str.strip, text.split("\n"))))
    if "\t" in text or "  " in text:
        text = _BLANKS.sub(" ", text)
    return text.strip()


def _opening_tag(element: Element, **_: object) -> bytes:
    """Return the opening tag of a block if there is one in an element: all that is looked for."""
    is_around_blocks = any(str(inner.tag).startswith(_BLOCKS) for inner in element.iter())
    return b"<div" if is_around_blocks else b""


class _Remembered(NamedTuple):
    """A pattern that searches each text once."""

    search: Callable[[str], object]


# The library writes all of a tree again for each element, and describes it for its log.
readability.clean = _cleaned
readability.tostring = _opening_tag
readability.describe = lambda *_: ""
for _name in ("unlikelyCandidatesRe", "okMaybeItsACandidateRe", "positiveRe", "negativeRe"):
    readability.REGEXES[_name] = _Remembered(lru_cache(8192)(readability.REGEXES[_name].search))


def _is_affordable(regions: list[Region]) -> bool:
    if len(regions) > MAX_ELEMENTS or sum(region.characters for region in regions) > MAX_READ:
        return False
    bare = sum(1 for region in regions if not region.characters)
    return bare <= MAX_BARE_REGIONS + len(regions) // 2
