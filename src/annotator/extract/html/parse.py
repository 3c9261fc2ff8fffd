"""From the text of a page to a tree, within bounds, whatever the page holds."""

import re
from itertools import islice
from typing import NamedTuple

from lxml import etree

from annotator.extract.html.dom import Element, attribute, tag_of, words
from annotator.extract.html.link_targets import absolute

MAX_CHARACTERS = 5_000_000  # of a page that the parser is given
MAX_ATTRIBUTES = 2_000  # of one tag: libxml2 compares each with all before it
LONG_TAG = 8_000  # characters; longer tags hold pictures, or are made to do harm
LONG_RUN = 100  # blanks
TEMPLATE = "text/template"  # the type of a script that is one
MAX_SCRIPTS = 2_000
MAX_TEMPLATES = 5  # of one page: an article has one

_LONG_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{LONG_TAG},}}")
_CONTROL = bytes(code for code in range(32) if chr(code) not in "\t\n\r") + b"\x7f"
_DECLARATION = re.compile(r"\s{0,100}<\?xml[^>]{0,500}>")
_OF_THE_HEAD = words("base basefont bgsound link meta noscript script style template title")
_LOSSY = ("xcessive depth", "too long", "uge")


class Tree(NamedTuple):
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
    # Plain elements: those of lxml.html ask Python for the class of each, at twice the cost.
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        root = etree.fromstring(_readable(page), parser=parser)
    except etree.XMLSyntaxError:
        root = None
    root = _empty() if root is None else root
    _part_head(root)
    is_lossy = len(page) > MAX_CHARACTERS or any(
        sign in entry.message for entry in parser.error_log for sign in _LOSSY
    )
    if TEMPLATE in page:
        _open_templates(root, parser)
    return Tree(root, _base(root, url), is_lossy)


def _empty() -> Element:
    return etree.fromstring("<html><body></body></html>", parser=etree.HTMLParser())


def _readable(page: str) -> bytes:
    page = page[:MAX_CHARACTERS]
    page = _DECLARATION.sub("", page, count=1) if "<?xml" in page[:700] else page
    if _may_have_long_tag(page):
        page = _LONG_TAG.sub(_bearable, page)
    # Patterns of readability look for the end of a run of blanks from each of its characters.
    return fold_long_blanks(page).encode("utf-8", "replace").translate(None, delete=_CONTROL)


def _may_have_long_tag(page: str) -> bool:
    """Tell whether a `<` stands too far before the next sign of a tag, by a few looks at a page."""
    at = page.find("<")
    while 0 <= at < len(page) - LONG_TAG:
        far = at + 1 + LONG_TAG
        following = page.rfind("<", at + 1, far + 1)
        if following < 0:
            if page.find(">", at + 1, far) < 0:
                return True
            following = page.find("<", far)
        at = following
    return False


def _part_head(root: Element) -> None:
    """Move what no head holds into the body, where a page without tags for them is parted."""
    head = root.find("head")
    children = [] if head is None else list(head)
    first = next((at for at, each in enumerate(children) if tag_of(each) not in _OF_THE_HEAD), None)
    if first is None:
        return
    body = root.find("body")
    body = etree.SubElement(root, "body") if body is None else body
    for at, child in enumerate(children[first:]):
        body.insert(at, child)


def _bearable(tag: re.Match[str]) -> str:
    """Return a long tag as it is, or bare if it has more attributes than the parser can bear."""
    is_attack = tag.group().count(" ") + tag.group().count("=") > MAX_ATTRIBUTES
    return tag.group()[:2] if is_attack else tag.group()


def _base(root: Element, url: str) -> str:
    base = next(root.iter("base"), None)
    href = attribute(base, "href") if base is not None else ""
    return absolute(href, url) or url


def _open_templates(root: Element, parser: etree.HTMLParser) -> None:
    """Put what the templates of an article hold where its script would put it.

    Only right in what microdata names the body of the article: the weblogs of
    Google are built so, other pages keep menus and forms in templates.
    """
    scripts = (script for script in islice(root.iter("script"), MAX_SCRIPTS) if _is_body(script))
    for script in list(islice(scripts, MAX_TEMPLATES)):
        shown = _parsed(script.text or "", parser)
        if shown is not None:
            script.addnext(shown)


def _is_body(script: Element) -> bool:
    if script.get("type") != TEMPLATE:
        return False
    parent = script.getparent()
    return parent is not None and attribute(parent, "itemprop") == "articleBody"


def _parsed(template: str, parser: etree.HTMLParser) -> Element | None:
    try:
        page = etree.fromstring(f"<div>{template}</div>".encode(), parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return page.find(".//div") if page is not None else None


def fold_long_blanks(text: str, least: int = LONG_RUN) -> str:
    """Return a text with each run of at least `least` blanks replaced by one space.

    Such a run covers one of every `least` characters, so only these are
    looked at. That takes a seventh of the time of a search with a pattern.
    """
    run = re.compile(rf"\s{{{least},}}")
    parts, end = list[str](), 0
    for sample in re.finditer(r"\s", text[least - 1 :: least]):
        at = sample.start() * least + least - 1
        before = text[max(end, at - least + 1) : at]
        start = at - len(before) + len(before.rstrip())
        if at >= end and (found := run.match(text, start)):
            parts += text[end:start], " "
            end = found.end()
    return "".join([*parts, text[end:]]) if parts else text
