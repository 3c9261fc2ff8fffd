"""The parser: from the text of a page to a tree, within bounds, whatever is in the page."""

import re
from itertools import islice
from typing import NamedTuple

from lxml import etree

from annotator.extract.dom.elements import Element, attribute, tag_of, text_of, words
from annotator.extract.dom.link_targets import absolute
from annotator.extract.dom.mojibake import fix_latin

MAX_CHARACTERS = 5_000_000  # of a page that the parser is given
MAX_ATTRIBUTES = 2_000  # of one tag: libxml2 compares each with all before it
LONG_TAG = 8_000  # characters; longer tags hold pictures, or are made to do harm
LONG_RUN = 100  # blanks
TEMPLATE = "text/template"  # the type of a script that is a template
MAX_SCRIPTS = 2_000
MAX_TEMPLATES = 5  # of a page; an article has one
MAX_NOSCRIPTS = 50
LEAST_WITHOUT_SCRIPTS = 500  # characters of a page's text that is in a `noscript`,
LEAST_SHARE = 0.5  # and its least share of all text

STREAMED = '<template id="'
_PART = re.compile(r"S:([0-9a-f]{1,6})")

_LONG_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{LONG_TAG},}}")
_CONTROL = bytes(code for code in range(32) if chr(code) not in "\t\n\r") + b"\x7f"
_DECLARATION = re.compile(r"\s{0,100}<\?xml[^>]{0,500}>")
_END = re.compile(r"</(?:body|html)\s{0,20}>", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z]")
_OF_THE_HEAD = words("base basefont bgsound link meta noscript script style template title")
_LOSSY = ("xcessive depth", "too long", "uge")


class Tree(NamedTuple):
    """A parsed page; `is_lossy` if the parser skipped a part of it."""

    root: Element
    base: str
    is_lossy: bool = False

    @property
    def body(self) -> Element:
        """The body, or the root of a page without one."""
        body = self.root.find("body")
        return self.root if body is None else body


def parse(page: str, *, url: str = "") -> Tree:
    """Return the tree of a page, with an empty body for a page without content."""
    # Plain elements: lxml.html looks up a Python class for each, which costs twice as much.
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        root = etree.fromstring(_prepared(page), parser=parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        root = etree.fromstring("<html><body></body></html>", parser=etree.HTMLParser())
    _move_out_of_head(root)
    is_lossy = len(page) > MAX_CHARACTERS or any(
        sign in entry.message for entry in parser.error_log for sign in _LOSSY
    )
    if TEMPLATE in page:
        _open_templates(root, parser)
    _open_noscript(root)
    if STREAMED in page:
        _place_streamed(root)
    base = next(root.iter("base"), None)
    href = attribute(base, "href") if base is not None else ""
    return Tree(root, absolute(href, url) or url, is_lossy)


def _prepared(page: str) -> bytes:
    page = fix_latin(page[:MAX_CHARACTERS])
    page = _DECLARATION.sub("", page, count=1) if "<?xml" in page[:700] else page
    end = _END.search(page)
    if end and _TAG.search(page, end.end()):
        # The parser drops what follows the end of a page, where browsers go on with its body:
        # a blog whose header is a page of its own.
        page = _END.sub("", page)
    if _may_have_long_tag(page):
        # A tag with more attributes than the parser can handle loses them.
        page = _LONG_TAG.sub(
            lambda tag: tag[0][:2] if sum(map(tag[0].count, " =")) > MAX_ATTRIBUTES else tag[0],
            page,
        )
    # The patterns of readability take the square of the length of a run of blanks.
    return fold_long_blanks(page).encode("utf-8", "replace").translate(None, delete=_CONTROL)


def _may_have_long_tag(page: str) -> bool:
    """Return whether any `<` is too far before the next `<` or `>`, without a pattern."""
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


def _move_out_of_head(root: Element) -> None:
    """Move elements that do not belong in a head to the body, for pages that omit both tags."""
    head = root.find("head")
    children = [] if head is None else list(head)
    first = next(
        (at for at, child in enumerate(children) if tag_of(child) not in _OF_THE_HEAD), None
    )
    if first is None:
        return
    body = root.find("body")
    body = etree.SubElement(root, "body") if body is None else body
    for at, child in enumerate(children[first:]):
        body.insert(at, child)


def _open_templates(root: Element, parser: etree.HTMLParser) -> None:
    """Insert the content of an article's templates where the page's script would insert it.

    This is done only within microdata's `articleBody`, as Blogger's pages have
    it; other pages have menus and forms in templates.
    """
    templates = (s for s in islice(root.iter("script"), MAX_SCRIPTS) if s.get("type") == TEMPLATE)
    holders = ((script, script.getparent()) for script in templates)
    bodies = (
        script
        for script, holder in holders
        if holder is not None and attribute(holder, "itemprop") == "articleBody"
    )
    for script in list(islice(bodies, MAX_TEMPLATES)):
        try:
            page = etree.fromstring(f"<div>{script.text or ''}</div>".encode(), parser=parser)
        except (etree.XMLSyntaxError, ValueError):
            continue
        shown = page.find(".//div") if page is not None else None
        if shown is not None:
            script.addnext(shown)


def _open_noscript(root: Element) -> None:
    """Show the `noscript` that holds the text of a page, as forums by Discourse and Flarum have it.

    Others hold a picture, or ask for a browser with scripts.
    """
    body = root.find("body")
    for element in list(islice(root.iter("noscript"), MAX_NOSCRIPTS)):
        length = len(text_of(element, MAX_CHARACTERS))
        if body is None or length < LEAST_WITHOUT_SCRIPTS:
            continue
        if length >= LEAST_SHARE * len(text_of(body, MAX_CHARACTERS)):
            element.tag = "div"
            return


def _place_streamed(root: Element) -> None:
    """Put the parts of a page that came late where its script puts them.

    React sends such a part at the end, in a hidden box that is named like a template
    at its place.
    """
    hidden = (box for box in root.iter("div") if box.get("hidden") is not None)
    boxes = ((_PART.fullmatch(attribute(box, "id")), box) for box in hidden)
    parts = {part[1]: box for part, box in boxes if part}
    places = {attribute(template, "id"): template for template in root.iter("template")}
    for number, box in parts.items():
        place = places.get(f"B:{number}", places.get(f"P:{number}"))
        if place is None or any(outer is box for outer in place.iterancestors()):
            continue
        del box.attrib["hidden"]
        place.addprevious(box)


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
        if at >= end and (blanks := run.match(text, start)):
            parts += text[end:start], " "
            end = blanks.end()
    return "".join([*parts, text[end:]]) if parts else text
