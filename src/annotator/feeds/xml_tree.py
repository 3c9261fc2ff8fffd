"""XML as servers write it, as a tree: no entity is resolved and no document type read.

libxml2 goes on after what is not well-formed, but drops a bare ampersand with what follows it:
`?a=1&b=2` would become `?a=1=2`. So these are escaped first, and the entities of HTML replaced.
"""

import re
from html import unescape
from itertools import chain

from lxml import etree

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
    text = _DECLARATION.sub("", text[start.start() if start else 0 :], count=1)
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
