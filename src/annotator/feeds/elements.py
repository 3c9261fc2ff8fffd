"""The entries of RSS 0.9 to 2.0, RDF and Atom, read from a tree of XML.

A feed and its entries are as their files have them, before anything is sanitised.

The tree is of XML as servers write it: no entity is resolved and no document type read. libxml2
goes on after what is not well-formed, but drops a bare ampersand with what follows it: `?a=1&b=2`
would become `?a=1=2`. So these are escaped first, and the entities of HTML replaced.
"""

import base64
import binascii
import html
import re
from collections.abc import Mapping
from html import unescape
from itertools import chain
from typing import Final
from urllib.parse import urljoin

from lxml import etree
from msgspec import Struct, field

from annotator.model.identity import is_web_address

_START = re.compile(r"<(?:\?xml|!DOCTYPE|!--|rss|feed|rdf:RDF|RDF|channel)\b|<!--", re.IGNORECASE)
_LOOKED_AT = 20_000  # characters before the feed: warnings of a program that failed in between
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,500}\?>")
_AMPERSAND = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});)(?:(\w{1,32});)?"
)
_HALF = re.compile(  # of a pair of surrogates, which is no character
    r"&#(?:[xX]0*[dD][89a-fA-F][0-9a-fA-F]{2}"
    r"|0*5(?:529[6-9]|5[3-9]\d\d|6\d{3}|7(?:[0-2]\d\d|3[0-3]\d|34[0-3])));"
)
_OPEN, _CLOSE = "<![CDATA[", "]]>"
_NAMESPACES = {  # by a part of their address; those of feeds themselves have no prefix
    "/dc/elements/": "dc:",
    "/dc/terms": "dcterms:",
    "/modules/content": "content:",
    "/mrss": "media:",
    "podcast-1.0.dtd": "itunes:",
    "/xhtml": "xhtml:",
}
_OF_FEEDS = re.compile(
    r"w3\.org/2005/atom|purl\.org/(?:atom|rss|net/rss|echo|pie)|my\.netscape\.com|netscape\.com/rdf"
    r"|backend\.userland\.com|blogs\.law\.harvard|example\.com/(?:newformat|necho)|hackers\.propel"
    r"|echo/namespace|w3\.org/1999/02/22-rdf",
    re.IGNORECASE,
)

Element = etree._Element  # noqa: SLF001  the name that lxml gives its type


def tree_of(text: str) -> Element | None:
    """Return the first element of an XML text; None if there is none."""
    start = _START.search(text, 0, _LOOKED_AT)
    return parsed(text[start.start() if start else 0 :])


def parsed(text: str) -> Element | None:
    """Return the first element of an XML text that begins with it; None if there is none."""
    text = _DECLARATION.sub("", text, count=1)
    text = _HALF.sub("\ufffd", text)
    data = "".join(chain.from_iterable(_escaped(text))).encode("utf-8", "replace")
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        no_network=True,
        resolve_entities=False,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None


def _escaped(text: str) -> "list[tuple[str, ...]]":
    """Return the text in pieces, what is outside of CDATA with its ampersands escaped."""
    pieces: list[tuple[str, ...]] = []
    at = 0
    while (begin := text.find(_OPEN, at)) >= 0 and (end := text.find(_CLOSE, begin)) >= 0:
        pieces.append((_AMPERSAND.sub(_resolved, text[at:begin]), text[begin : end + len(_CLOSE)]))
        at = end + len(_CLOSE)
    return [*pieces, (_AMPERSAND.sub(_resolved, text[at:]),)]


def _resolved(match: re.Match[str]) -> str:
    """Return an entity of HTML as its character; any other ampersand escaped."""
    written = match[0]
    character = unescape(written) if match[1] else written
    is_known = character != written and not character.endswith(";")
    return character if is_known else f"&amp;{written[1:]}"


def name_of(element: Element) -> str:
    """Return the name of an element in lower case: `title`, `dc:creator`; empty if unknown."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    if tag[0] != "{":
        return tag.lower()
    namespace, _, local = tag[1:].partition("}")
    known = (prefix for part, prefix in _NAMESPACES.items() if part in namespace.lower())
    prefix = next(known, "" if not namespace or _OF_FEEDS.search(namespace) else "?:")
    return f"{prefix}{local.lower()}"


class RawEntry(Struct):
    """An entry, or a feed itself, which has the same fields; texts are HTML.

    `is_plain_title` if the title is no HTML, and `minutes` how long the feed stays as it is.
    """

    title: str = ""
    is_plain_title: bool = False
    link: str = ""
    id: str = ""
    author: str = ""
    published: str = ""
    updated: str = ""
    summary: str = ""
    content: str = ""
    base: str = ""
    minutes: str = ""


class RawFeed(Struct):
    """A feed and its entries."""

    feed: RawEntry
    entries: list[RawEntry] = field(default_factory=list)


_ROOTS: Final = frozenset({"rss", "feed", "rdf", "channel"})
_ENTRIES: Final = frozenset({"item", "entry"})
_BASE: Final = "{http://www.w3.org/XML/1998/namespace}base"
_ABOUT: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_NAMESPACE = re.compile(r"""\sxmlns(?::\w+)?="[^"]*\"""")
_PREFIX = re.compile(r"(</?)[\w-]+:(?=\w)")

# The elements that a field is read from; those of the first rank that an entry has count.
_RANKS: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("title", "dc:title", "media:title"),
    "id": ("guid id", "dc:identifier"),
    "summary": (
        "description summary subtitle tagline",
        "itunes:summary dc:description",
        "itunes:subtitle",
        "media:description",
    ),
    "content": ("content:encoded content xhtml:body", "fullitem"),
    "author": ("author", "dc:creator dc:author", "itunes:author", "managingeditor", "webmaster"),
    "published": ("pubdate published issued", "dcterms:issued", "dcterms:created"),
    "updated": ("updated modified", "dc:date dcterms:modified lastbuilddate"),
    "minutes": ("ttl",),
}
_FIELDS: Final = {
    name: (field, rank)
    for field, ranks in _RANKS.items()
    for rank, names in enumerate(ranks)
    for name in names.split()
}
_MARKED_UP: Final = frozenset({"title", "summary", "content"})


def read_elements(root: Element, url: str) -> RawFeed | None:
    """Return the feed in a tree; None if it is none. `url` is where it is from."""
    if name_of(root) not in _ROOTS:
        return None
    channel, entries = root, []
    for element in root.iter():
        name = name_of(element)
        if name == "channel" and channel is root:
            channel = element
        elif name in _ENTRIES:
            entries.append(element)
    return RawFeed(_entry(channel, url), [_entry(element, url) for element in entries])


def _entry(element: Element, url: str) -> RawEntry:
    entry, ranks = RawEntry(base=_base(element, url)), dict[str, int]()
    addresses = [element.get(_ABOUT) or element.get("rdf:about") or ""]
    for child in element:
        name = name_of(child)
        if name == "link":
            _read_link(child, entry, ranks, url)
        field, rank = _FIELDS.get(name, ("", 0))
        if not field or rank >= ranks.get(field, 9):
            continue
        value = _person(child) if field == "author" else _text(child)
        if field in _MARKED_UP:
            value = _markup(child)
        if not value:
            continue
        ranks[field] = rank
        setattr(entry, field, value)
        if field == "title":
            entry.is_plain_title = (child.get("type") or "").lower() in {"text", "text/plain"}
        elif field == "content":
            entry.base = _base(child, url)
        elif name == "guid" and child.get("isPermaLink", "true").lower() == "true":
            addresses.append(value)
    entry.id = entry.id or addresses[0]
    entry.link = entry.link or next(filter(is_web_address, addresses), "")
    return entry


def _read_link(element: Element, entry: RawEntry, ranks: dict[str, int], url: str) -> None:
    """Read a link: that of Atom to the page itself before the text of RSS."""
    href = element.get("href")
    relation = (element.get("rel") or "alternate").rpartition("/")[2].lower()
    if href is not None and relation != "alternate":
        return
    kind = (element.get("type") or "text/html").lower()
    rank = 2 if href is None else 0 if "html" in kind else 1
    address = (href or _text(element)).strip()
    if address and rank < ranks.get("link", 9):
        ranks["link"] = rank
        entry.link = _joined(_base(element, url), address)


def _base(element: Element | None, url: str) -> str:
    """Return what addresses in an element are relative to; `xml:base` may be nested."""
    bases: list[str] = []
    while element is not None:
        bases += filter(None, (element.get(_BASE),))
        element = element.getparent()
    for base in reversed(bases):
        url = _joined(url, base)
    return url


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def _text(element: Element) -> str:
    return "".join(map(str, element.itertext())).strip()


def _markup(element: Element) -> str:
    """Return the HTML that an element holds: as text, as elements, or packed."""
    kind, mode = (element.get("type") or "").lower(), element.get("mode", "")
    is_text = "/" not in kind or kind.startswith("text/") or kind.endswith(("xml", "html"))
    if mode == "base64" or not is_text:
        try:
            packed = "".join(_text(element).split())
            return base64.b64decode(packed, validate=True).decode("utf-8", "replace").strip()
        except (binascii.Error, ValueError):
            return _text(element)
    if kind in {"text", "text/plain"} and not len(element) and not mode:
        return html.escape(_text(element), quote=False)
    if not len(element):
        return _text(element)
    inner: Element = element
    if (
        len(element) == 1
        and name_of(element[0]) == "xhtml:div"
        and not (element.text or "").strip()
    ):
        inner = element[0]
    parts = [html.escape(inner.text or "", quote=False)]
    parts += (etree.tostring(child, encoding="unicode") for child in inner)
    return _PREFIX.sub(r"\1", _NAMESPACE.sub("", "".join(parts))).strip()


def _person(element: Element) -> str:
    """Return the name of an author with the mail address, as far as they are given."""
    parts = {name_of(child).rpartition(":")[2]: _text(child) for child in element}
    if not parts:
        return _text(element)
    name, email = parts.get("name", ""), parts.get("email", "")
    return f"{name} ({email})" if name and email else name or email
