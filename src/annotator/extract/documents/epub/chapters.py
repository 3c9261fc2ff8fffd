"""The chapters of a book as one page: links and notes lead from any of them to any other.

Where a printed page begins, a sign is put into the text, which `page_labels` takes out again.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Final
from urllib.parse import unquote, urlsplit

from lxml import etree

from annotator.errors import CleaningError
from annotator.extract.blocks.footnotes import Notes, find_notes
from annotator.extract.documents.epub.package import (
    EPUB_TYPE,
    Book,
    ContentsEntry,
    SpinePart,
    page,
    resolved,
)
from annotator.extract.dom.elements import HEADINGS, Element, attribute, folded, text_of
from annotator.model.text import clean_line, clean_text

MAX_CHARACTERS: Final = 8_000_000  # of a book, with its markup several times as many
LONGEST_NAME = 200  # characters of the line that is the name of a chapter

# A sign for the place where a printed page begins: brackets that books do not have, and digits
# of their own, so that the number is not taken for one of the text.
OPEN, CLOSE, ZERO = "\u29fc", "\u29fd", 0x2A00
_SIGN = re.compile(f"{OPEN}([\u2a00-\u2a09]+){CLOSE}")
_TO_SIGNS = {ord(str(digit)): ZERO + digit for digit in range(10)}
_FROM_SIGNS = {ZERO + digit: str(digit) for digit in range(10)}

_CLASSES = {  # by which the readers of blocks know notes and verse
    **dict.fromkeys(("noteref", "doc-noteref"), "noteref"),
    **dict.fromkeys(("backlink", "doc-backlink", "referrer"), "backref"),
    **dict.fromkeys(("z3998:verse", "z3998:song"), "verse"),
    **dict.fromkeys(("linegroup", "lg"), "stanza"),
    "z3998:poem": "poem",
}
_PAGE_BREAKS = frozenset({"pagebreak", "doc-pagebreak"})
_DROPPED = ("script", "style", "template")
_STOOD_IN_FOR = frozenset({"object", "canvas"})  # within is what is shown in their place
_HIDING = frozenset({"hidden", "d-none"})
_ONLY_LISTS = frozenset({"page-list", "landmarks"})


class Chapters:
    """The chapters of a book in one tree; `missing` and `locked` name those that are not there."""

    def __init__(self, book: Book) -> None:
        self.missing: list[str] = []
        self.locked: list[str] = []
        self.labels: list[str] = []  # of printed pages, by the number in their sign
        self.root = etree.Element("html")
        self._body = etree.SubElement(self.root, "body")
        self._book = book
        self._numbers = {part.path.lower(): n for n, part in enumerate(book.spine)}
        self._pages = {(e.path.lower(), e.fragment): e.title for e in book.pages}
        self._named = defaultdict[str, list[ContentsEntry]](list)
        for entry in book.contents:
            self._named[entry.path.lower()].append(entry)
        length = 0
        for part in book.spine:
            if part.path.lower() in book.locked:
                self.locked.append(self._name_of(part))
                continue
            chapter = self._read(part)
            if chapter is None:
                self.missing.append(self._name_of(part))
                continue
            length += sum(len(piece.strip()) for piece in map(str, chapter.itertext()))
            if length > MAX_CHARACTERS:
                raise CleaningError(
                    f"The book has more than {MAX_CHARACTERS:,} characters.",
                    "Add the part that you want to read as a file of its own.",
                )
            self._body.append(chapter)

    def notes(self) -> Notes:
        """Return the notes of all chapters, each with a label that no other note has."""
        notes = find_notes(self._body, "")
        for link in self._body.iter("a"):
            target = attribute(link, "href").removeprefix("#")
            if target and "noteref" in attribute(link, "class").split():
                label = clean_line("".join(map(str, link.itertext()))).strip("[]() ")
                notes.labels.setdefault(target, label[:20] or "*")
        notes.references.clear()  # a link from a note to its line has words of the book
        return notes.numbered()

    def _name_of(self, part: SpinePart) -> str:
        """Return what the contents call a part, or else its path."""
        named = self._named.get(part.path.lower())
        return clean_line(named[0].title if named else part.path)

    def _read(self, part: SpinePart) -> Element | None:
        try:
            root = page(self._book.read(part.path))
        except CleaningError:
            return None
        body = root.find("body")
        chapter = root if body is None else body
        number = self._numbers[part.path.lower()]
        for element in list(chapter.iter(etree.Element)):
            if element.tag == "svg":
                _show_text(element)
                continue
            if element.tag in _STOOD_IN_FOR and any(map(str.strip, map(str, element.itertext()))):
                element.tag = "div"
            elif element.tag == "figure" and element.find(".//figure") is not None:
                element.tag = "div"  # of several pictures, each has a caption
            self._adapt(element, part.path, number)
        etree.strip_elements(chapter, *_DROPPED, with_tail=False)
        chapter.tag = "section"
        chapter.set("id", _id(number, ""))
        chapter.tail = None
        self._name(chapter, part, number)
        return chapter

    def _adapt(self, element: Element, path: str, number: int) -> None:
        """Give an element ids and links that are unique in the book, and names that are known."""
        types = str(element.get(EPUB_TYPE, element.get("epub:type", ""))).split()
        types += attribute(element, "role").split()
        if not _ONLY_LISTS.isdisjoint(types) and element.tag == "nav":
            element.tag = _DROPPED[0]
            return
        own = attribute(element, "id") or attribute(element, "name")
        label = self._pages.get((path.lower(), own), "") if own else ""
        if label or not _PAGE_BREAKS.isdisjoint(types):
            self._begin_page(element, label, is_break=not _PAGE_BREAKS.isdisjoint(types))
        for name in ("id", "name"):
            if element.get(name):
                element.set(name, _id(number, attribute(element, name)))
        for name in ("hidden", "style", "aria-hidden"):  # a book shows what it has
            element.attrib.pop(name, "")
        classes = [name for name in attribute(element, "class").split() if name not in _HIDING]
        classes += [_CLASSES[name] for name in (*types, *classes) if name in _CLASSES]
        if classes or element.get("class"):
            element.set("class", " ".join(classes))
        if href := attribute(element, "href"):
            element.set("href", self._leading(href, path))

    def _leading(self, href: str, path: str) -> str:
        """Return where a link leads: within the book, or to the web; empty for other files."""
        try:
            parts = urlsplit(href)
            target = "" if parts.scheme else resolved(path, href).lower()
        except (ValueError, CleaningError):
            return ""
        if parts.scheme:
            return clean_text(href)  # the tree takes no control characters
        number = self._numbers.get(target)
        return "" if number is None else f"#{_id(number, unquote(parts.fragment))}"

    def _begin_page(self, element: Element, label: str, *, is_break: bool) -> None:
        words = text_of(element, 40) if is_break else ""
        label = label or attribute(element, "title") or attribute(element, "aria-label") or words
        if not (label := clean_line(label, limit=20).strip("[]() ")):
            return
        sign = f"{OPEN}{str(len(self.labels)).translate(_TO_SIGNS)}{CLOSE}"
        self.labels.append(label)
        if is_break and len(words) <= len(label) + 4:  # the number is a label only
            element[:] = []
            element.text = sign
            if element.tag in {"hr", "br"}:
                element.tag = "span"
        else:
            element.text = sign + (element.text or "")

    def _name(self, chapter: Element, part: SpinePart, number: int) -> None:
        """Give a chapter without a heading those that the contents have for it."""
        if any(element.tag in HEADINGS for element in chapter.iter()):
            return
        places = {element.get("id"): element for element in chapter.iter()}
        for entry in self._named.get(part.path.lower(), ()):
            place = places.get(_id(number, entry.fragment))
            if place is None:
                continue
            tag = f"h{min(6, entry.level)}"
            if (line := _line_of(place, entry.title)) is not None:
                line.tag = tag
                continue
            heading = etree.Element(tag)
            heading.text = entry.title
            if place is chapter:
                heading.tail, chapter.text = chapter.text, None
                chapter.insert(0, heading)
            else:
                place.addprevious(heading)


def page_signs(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield the start and the end of each sign of a page, and the number in it."""
    for sign in _SIGN.finditer(text):
        yield sign.start(), sign.end(), int(sign[1].translate(_FROM_SIGNS))


def _id(number: int, name: str) -> str:
    return f"{number}-{clean_text(name)}"


def _line_of(place: Element, title: str) -> Element | None:
    """Return the line at the beginning of an element that is the name of a chapter, if it is."""
    wanted = folded(title)
    blocks = islice(place.iter("p", "div"), 10)
    lines = (block for block in blocks if block.find("p") is None and block.find("div") is None)
    named = (line for line in islice(lines, 3) if folded(text_of(line, LONGEST_NAME)) == wanted)
    return next(named, None)


def _show_text(picture: Element) -> None:
    """Turn a drawing into the lines of text in it."""
    lines = [" ".join("".join(map(str, line.itertext())).split()) for line in picture.iter("text")]
    tail = picture.tail
    for name in ("class", "id"):
        picture.attrib.pop(name, "")
    picture[:] = []
    picture.text, picture.tail, picture.tag = "\n".join(filter(None, lines)), tail, "div"
