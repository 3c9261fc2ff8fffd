"""What readability-lxml would keep of a page, as the regions of the shared tree."""

import logging
import re
from copy import deepcopy
from functools import lru_cache
from importlib.util import module_from_spec
from types import ModuleType
from typing import Any

from lxml.etree import tostring
from lxml.html import HTMLParser, document_fromstring
from readability import readability

from annotator.extract.elements import SKIPPED_TAGS, Element
from annotator.extract.passages import Region
from annotator.extract.patterns import later

INDEX = "data-annotator-region"  # names a region in copies of the tree
MAX_ELEMENTS = 20_000  # it takes the square of some pages' size: 5,000 images in boxes, 45 s
MAX_READ = 20_000_000  # characters, those of a region counted again in each one around it
MAX_BARE_BOXES = 400  # boxes with an image and no words, which cost the most
MAX_GAP = 254  # blanks that the library folds as it does any
_NOT_READ = tuple(SKIPPED_TAGS - {"head", "title", "input", "embed"})

_ENDLESS = later(rf"\s{{{MAX_GAP + 1},}}")
_GAPS = later(r"\t|[ \t]{2,}")
_OF_CLASSES = ("unlikelyCandidatesRe", "okMaybeItsACandidateRe", "positiveRe", "negativeRe")

logging.getLogger("readability.readability").addHandler(logging.NullHandler())
logging.getLogger("readability.readability").propagate = False


def readable_regions(root: Element, regions: list[Region]) -> frozenset[int]:
    """Return the indices of the regions that readability keeps; none if the page is not for it."""
    if not _is_affordable(regions):
        return frozenset()
    for region in regions:
        if region.element is not None:
            region.element.set(INDEX, str(region.index))
    try:
        document = _SharedDocument(tostring(_reduced(root), encoding="unicode", method="html"))
        document.summary()
    except (_LIBRARY.Unparseable, ValueError, RecursionError):
        return frozenset()
    kept: Element | None = document.html
    if kept is None:
        return frozenset()
    return frozenset(int(index) for element in kept.iter() if (index := element.get(INDEX)))


class _Remembering:
    """A pattern that remembers what it found in the classes of elements, which come again."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.search = lru_cache(maxsize=4096)(pattern.search)


def clean(text: str) -> str:
    """Return a text as readability folds its blanks, in a third of the time."""
    if len(text) > MAX_GAP and _ENDLESS.search(text):
        text = _ENDLESS.sub(" " * (MAX_GAP + 1), text)
    lines = "\n".join(filter(None, map(str.strip, text.split("\n"))))
    return _GAPS.sub(" ", lines) if "\t" in lines or "  " in lines else lines


def _hastened() -> ModuleType:
    """Return the library's module, a copy of our own that does the same in two thirds of the time.

    It spends most on folding blanks, on classes that it has seen before, and on
    names of elements for a log that is off, and has no place to be told so.
    """
    library = module_from_spec(readability.__spec__)
    readability.__spec__.loader.exec_module(library)
    regexes = {name: _Remembering(library.REGEXES[name]) for name in _OF_CLASSES}
    vars(library).update(clean=clean, describe=lambda *_: "", REGEXES=library.REGEXES | regexes)
    return library


_LIBRARY = _hastened()
_Document: Any = _LIBRARY.Document


class _SharedDocument(_Document):  # type: ignore[misc]  # the library has no types
    """A document that starts from our tree as text, and leaves its answer as a tree."""

    def _parse(self, page: str) -> Element:
        return document_fromstring(page, parser=HTMLParser(huge_tree=True))

    def get_clean_html(self) -> str:
        return str(tostring(self.html, encoding="unicode", method="html"))


def _reduced(root: Element) -> Element:
    """Return a copy without what is never shown, which readability would take away first."""
    copy = deepcopy(root)
    for element in list(copy.iter(*_NOT_READ)):
        parent = element.getparent()
        if parent is not None:
            _drop(element, parent)
    return copy


def _drop(element: Element, parent: Element) -> None:
    if element.tail:
        previous = element.getprevious()
        if previous is None:
            parent.text = (parent.text or "") + element.tail
        else:
            previous.tail = (previous.tail or "") + element.tail
    parent.remove(element)


def _is_affordable(regions: list[Region]) -> bool:
    if len(regions) > MAX_ELEMENTS or sum(each.characters for each in regions) > MAX_READ:
        return False
    return (
        sum(1 for region in regions if not region.characters) <= MAX_BARE_BOXES + len(regions) // 2
    )
