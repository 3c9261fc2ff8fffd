"""What readability-lxml would keep of a page, as the regions of the shared tree."""

import logging
import re
from copy import deepcopy
from functools import lru_cache, partial
from importlib.util import module_from_spec
from types import ModuleType
from typing import Any

from lxml.etree import strip_elements, tostring
from lxml.html import HTMLParser, document_fromstring
from readability import readability

from annotator.extract.html.dom import SKIPPED_TAGS, Element, words
from annotator.extract.html.parse import LongRuns
from annotator.extract.passages import Region
from annotator.extract.patterns import later

INDEX = "data-annotator-region"  # names a region in copies of the tree
MAX_ELEMENTS = 20_000  # it takes the square of some pages' size: 5,000 images in boxes, 45 s
MAX_READ = 20_000_000  # characters, those of a region counted again in each one around it
MAX_BARE_BOXES = 400  # boxes with an image and no words, which cost the most
MAX_GAP = 254  # blanks that the library folds as it does any
_NOT_READ = tuple(SKIPPED_TAGS - {"head", "title", "input", "embed"})

# What makes a `div` no paragraph, and how the library looks for it.
_BLOCKS = ("blockquote", "dl", "div", "img", "ol", "p", "pre", "table", "ul")

_NEVER_UNLIKELY = words("html body pre code")

_ENDLESS = LongRuns(MAX_GAP + 1)
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
    if len(text) > MAX_GAP:
        text = _ENDLESS.replaced(text, " " * (MAX_GAP + 1))
    lines = list(filter(None, map(str.strip, text.split("\n"))))
    return "\n".join(map(_without_gaps, lines))


def _without_gaps(line: str) -> str:
    return _GAPS.sub(" ", line) if "\t" in line or "  " in line else line


def brief(element: Element, *, encoding: str, method: str = "xml") -> str | bytes:
    """Return an element as text in which the library finds a block if it would in the whole."""
    if next(element.iter(*_BLOCKS), None) is not None:
        return "<p>" if encoding == "unicode" else b"<p>"
    written: str | bytes = tostring(element, encoding=encoding, method=method)
    return written


def _hastened() -> ModuleType:
    """Return the library's module, a copy of our own that does the same in two thirds of the time.

    It spends most on folding blanks, on classes that it has seen before, and on
    names of elements for a log that is off, and has no place to be told so.
    """
    library = module_from_spec(readability.__spec__)
    readability.__spec__.loader.exec_module(library)
    regexes = {name: _Remembering(library.REGEXES[name]) for name in _OF_CLASSES}
    vars(library).update(
        clean=clean,
        describe=lambda *_: "",
        REGEXES=library.REGEXES | regexes,
        tostring=brief,
        tounicode=partial(brief, encoding="unicode"),
    )
    return library


_LIBRARY = _hastened()
_Document: Any = _LIBRARY.Document


class _SharedDocument(_Document):  # type: ignore[misc]  # the library has no types
    """A document that starts from our tree as text, and leaves its answer as a tree."""

    def _parse(self, page: str) -> Element:
        root = document_fromstring(page, parser=HTMLParser(huge_tree=True))
        self._elements = list(root.iter())  # held, for each is dear to be made anew
        return root

    def remove_unlikely_candidates(self) -> None:
        """Do as the library does, which compiles two paths for each element that it takes away."""
        unlikely, maybe = (_LIBRARY.REGEXES[name] for name in _OF_CLASSES[:2])
        for element in self.html.findall(".//*"):
            names = f"{element.get('class', '')} {element.get('id', '')}"
            if (
                unlikely.search(names)
                and not maybe.search(names)
                and element.tag not in _NEVER_UNLIKELY
                and next(element.iterancestors("pre", "code"), None) is None
                and next(element.iter("main", "article", "math"), None) is None
            ):
                element.drop_tree()

    def get_clean_html(self) -> str:
        return str(tostring(self.html, encoding="unicode", method="html"))


def _reduced(root: Element) -> Element:
    """Return a copy without what is never shown, which readability would take away first."""
    copy = deepcopy(root)
    strip_elements(copy, *_NOT_READ, with_tail=False)
    return copy


def _is_affordable(regions: list[Region]) -> bool:
    if len(regions) > MAX_ELEMENTS or sum(each.characters for each in regions) > MAX_READ:
        return False
    return (
        sum(1 for region in regions if not region.characters) <= MAX_BARE_BOXES + len(regions) // 2
    )
