"""The package of a book: its members within limits, what it says of itself, and its contents.

A book is read whatever is missing or wrong in it; only what is no archive, has no package, or
is made to do harm is refused. See https://www.w3.org/TR/epub-33.
"""

import posixpath
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from html import unescape
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

from lxml import etree

from annotator.errors import CleaningError
from annotator.extract.dom.elements import Element
from annotator.extract.dom.parse import parse
from annotator.model.saved_page import decoded
from annotator.model.text import clean_line
from annotator.model.zip_archive import ZipArchive

MAX_PARTS: Final = 5_000  # of the spine

CONTAINER, ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"

_NOT_FOR_TEXT = ("obfuscation", "2008/embedding", "enc#RC")  # algorithms that fonts are hidden by
_DAMAGED = "Get the book again; if it is the same, unpack it, and add its pages."

_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]{0,2000}(?:\[(.*?)\]\s*)?>", re.DOTALL | re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY\s+([\w.-]{1,50})\s+(?:\"([^\"<&]{0,500})\"|'([^'<&]{0,500})')\s*>")
_REFERENCE = re.compile(r"&([A-Za-z][\w.-]{0,50});")
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.-]{1,40})["']""")
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,500}\?>")


class SpinePart(NamedTuple):
    """A file of the spine, in reading order; `is_main` unless it is only reached by links."""

    path: str
    media_type: str
    is_main: bool


class ContentsEntry(NamedTuple):
    """An entry of the contents or of the list of pages: where it leads, and what it is called."""

    path: str
    fragment: str
    title: str
    level: int = 1


class Book:
    """A book by the bytes of its archive. Raises `CleaningError` for one that must be refused."""

    def __init__(self, data: bytes) -> None:
        self._archive = ZipArchive(data, CleaningError)
        names = self._archive.names
        self._names = {name.lower(): name for name in names} | {name: name for name in names}
        self.package_path = self._find_package()
        self.package = xml(self.read(self.package_path))

    def has(self, path: str) -> bool:
        """Return whether the archive has a member, whatever the case of its letters."""
        return path in self._names or path.lower() in self._names

    def read(self, path: str) -> bytes:
        """Return a member. Raises `CleaningError` for one that is missing, damaged or too large."""
        if not self.has(path):
            raise CleaningError(f"The book has no {clean_line(path)}.", _DAMAGED)
        return self._archive.read(self._names.get(path) or self._names[path.lower()])

    @cached_property
    def locked(self) -> frozenset[str]:
        """The paths of the members that are encrypted; hidden fonts do not count."""
        if not self.has(ENCRYPTION):
            return frozenset()
        paths = set[str]()
        for entry in xml(self.read(ENCRYPTION)).iter("{*}EncryptedData"):
            methods = [str(m.get("Algorithm", "")) for m in entry.iter("{*}EncryptionMethod")]
            if not any(sign in method for sign in _NOT_FOR_TEXT for method in methods):
                uris = [str(reference.get("URI", "")) for reference in entry.iter("{*}*")]
                paths.update(posixpath.normpath(unquote(uri)).lower() for uri in uris if uri)
        return frozenset(paths)

    @cached_property
    def spine(self) -> tuple[SpinePart, ...]:
        """The parts of the book in the order of reading, those that are not linear last."""
        parts = []
        for reference in self.package.iterfind(".//{*}spine/{*}itemref"):
            item = self._readable(self._items.get(str(reference.get("idref", ""))))
            if item is not None:
                is_main = reference.get("linear") != "no"
                parts.append(
                    SpinePart(self.path_of(item), str(item.get("media-type", "")), is_main)
                )
        unique = dict.fromkeys(parts[:MAX_PARTS])
        return tuple(sorted(unique, key=lambda part: not part.is_main))

    @cached_property
    def contents(self) -> tuple[ContentsEntry, ...]:
        """The entries of the contents, in their order."""
        return tuple(self._entries("toc", "doc-toc", "navPoint"))

    @cached_property
    def pages(self) -> tuple[ContentsEntry, ...]:
        """The printed pages that the book lists."""
        return tuple(self._entries("page-list", "doc-pagelist", "pageTarget"))

    @property
    def listings(self) -> tuple[str, ...]:
        """The paths of the files with contents and pages."""
        items = (item for item in (self._nav, self._ncx) if item is not None)
        return tuple(map(self.path_of, items))

    def facts(self, name: str) -> tuple[str, ...]:
        """Return the values of an element of Dublin Core, such as `creator`."""
        elements = self.package.iter(f"{{*}}{name}")
        values = (clean_line("".join(map(str, element.itertext()))) for element in elements)
        return tuple(filter(None, values))

    def path_of(self, item: Element) -> str:
        """Return the path of an item of the manifest."""
        return resolved(self.package_path, str(item.get("href", "")))

    @cached_property
    def _items(self) -> dict[str, Element]:
        items = self.package.iterfind(".//{*}manifest/{*}item")
        return {str(item.get("id")): item for item in items if item.get("href")}

    @property
    def _nav(self) -> Element | None:
        items = self._items.values()
        return next((i for i in items if "nav" in str(i.get("properties", "")).split()), None)

    @property
    def _ncx(self) -> Element | None:
        spine = self.package.find(".//{*}spine")
        named = self._items.get(str(spine.get("toc", ""))) if spine is not None else None
        kind = "application/x-dtbncx+xml"
        items = self._items.values()
        return (
            named
            if named is not None
            else next((item for item in items if item.get("media-type") == kind), None)
        )

    def _readable(self, item: Element | None) -> Element | None:
        """Return an item, or what stands for it if it is a picture or a program."""
        for _ in range(10):
            if item is None or re.search("x?html|xml|dtbook|oeb1", str(item.get("media-type", ""))):
                return item
            item = self._items.get(str(item.get("fallback", "")))
        return None

    def _find_package(self) -> str:
        roots = xml(self.read(CONTAINER)).iter("{*}rootfile")
        paths = (str(root.get("full-path", "")) for root in roots)
        path = next((path for path in map(unquote, paths) if path), "")
        return resolved("", path) if path else ""

    def _entries(self, kind: str, role: str, of_ncx: str) -> Iterator[ContentsEntry]:
        nav, ncx = self._nav, self._ncx
        if nav is not None and self.has(self.path_of(nav)):
            path = self.path_of(nav)
            lists = [
                listing
                for listing in page(self.read(path)).iter("nav")
                if kind in str(listing.get(EPUB_TYPE, listing.get("epub:type", ""))).split()
                or listing.get("role") == role
            ]
            for link in lists[0].iter("a") if lists else ():
                level = sum(1 for _ in link.iterancestors("ol"))
                yield from _entry(path, str(link.get("href", "")), link, level)
            if lists:
                return
        if ncx is not None and self.has(self.path_of(ncx)):
            path = self.path_of(ncx)
            for point in xml(self.read(path)).iter(f"{{*}}{of_ncx}"):
                label, content = point.find("{*}navLabel"), point.find("{*}content")
                if label is not None and content is not None:
                    level = 1 + sum(1 for _ in point.iterancestors(f"{{*}}{of_ncx}"))
                    yield from _entry(path, str(content.get("src", "")), label, level)


def _entry(base: str, href: str, label: Element, level: int) -> Iterator[ContentsEntry]:
    title = clean_line("".join(map(str, label.itertext())))
    if href and title and not urlsplit(href).scheme:
        yield ContentsEntry(resolved(base, href), unquote(urlsplit(href).fragment), title, level)


def resolved(base: str, href: str) -> str:
    """Return the path in the archive that `href` leads to from the file `base`.

    Raises `CleaningError` for one that leads out of it.
    """
    try:
        path = unquote(urlsplit(href).path)
    except ValueError:
        path = href
    path = posixpath.normpath(posixpath.join(posixpath.dirname(base), path)) if path else base
    if path.startswith(("../", "/")) or path == ".." or "\\" in path:
        raise CleaningError(
            f"The book names a file outside of itself: {clean_line(href)}.",
            "Such a book may be made to do harm. Get it from somewhere else.",
        )
    return path


def xml(data: bytes) -> Element:
    """Return the root of a file in XML, as far as it can be read."""
    with suppress(etree.XMLSyntaxError):  # of nothing at all
        root = _parsed(_without_doctype(_text(data)), recover=True)
        if root is not None:
            return root
    raise CleaningError("The book is damaged: a list of its parts is empty.", _DAMAGED)


def page(data: bytes) -> Element:
    """Return the root of a chapter with plain names of elements, from XML or else from HTML."""
    text = _without_doctype(_text(data))
    root = None
    with suppress(etree.XMLSyntaxError):
        root = _parsed(text, recover=False)
    if root is None:
        return parse(text).root
    for element in root.iter(etree.Element):  # a reference to an entity is none
        if "}" in element.tag:
            element.tag = element.tag.rpartition("}")[2]
    return root


def _parsed(text: str, *, recover: bool) -> Element | None:
    parser = etree.XMLParser(
        recover=recover,
        no_network=True,
        resolve_entities=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(text.encode("utf-8", "replace"), parser)


def _text(data: bytes) -> str:
    """Return the text of a file in XML, without its declaration."""
    named = _ENCODING.match(data.removeprefix(b"\xef\xbb\xbf")[:300])
    has_mark = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    charset = "utf-16" if has_mark else named[1].decode("ascii") if named else ""
    return _DECLARATION.sub("", decoded(data, charset).removeprefix("\ufeff"), count=1)


def _without_doctype(text: str) -> str:
    """Return XML without its document type, with its simple entities replaced."""
    own: dict[str, str] = {}
    if doctype := _DOCTYPE.search(text[:20_000]):
        for name, *values in _ENTITY.findall(doctype[1] or ""):
            own.setdefault(name, "".join(values))
        text = text[: doctype.start()] + text[doctype.end() :]

    def written(reference: re.Match[str]) -> str:
        if reference[1] in _OF_XML:
            return reference[0]
        return own.get(reference[1]) or unescape(reference[0])

    return _REFERENCE.sub(written, text)
