"""Formulas, as the TeX source that they were written in."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

from lxml import etree, html

from annotator.extract.blocks.mathml import tex_of
from annotator.extract.dom.elements import Element, attribute, contains_any, names_of, tag_of
from annotator.model.text import clean_text

MAX_LENGTH = 4_000
MAY_BE_FORMULA = frozenset({"math", "mjx-container", "script", "span", "div", "img"})

_SIGNS = {False: "$", True: "$$"}  # TeX's delimiters of inline and displayed formulas

_MAY_BE_DRAWN = re.compile("katex-html|[Mm]ath[Jj]ax|mjx|MJX")
OF_DRAWN = ("katex", "math", "mjx")  # one of these is in every name of a drawn formula
_RENDERED = re.compile(
    r"\b(?:katex-html|mathjax-preview|mjx-chtml|mjx-assistive-mml|mathjax-error)\b"
)
_MATHJAX = re.compile(r"(?:^|\s)MathJax(?:_[A-Z]\w*)?(?:\s|$)")  # not the class that enables it
_DISPLAYED = re.compile(r"katex-display|MathJax_(?:\w+_)?Display|MJXc-display|ltx_equation")
_NEAR = 4  # elements around a formula that may say that it is displayed
_PICTURE = re.compile(r"\b(?:latex|tex|math-?tex|mwe-math-fallback-image-\w+)\b")
_PICTURE_SOURCE = re.compile(
    r"latex\.php|\.latex\?|codecogs\.com/|mathtex|mimetex|/math/render/|/(?:svg|png|gif)\.latex|"
    r"[?&](?:latex|tex|eq)=|chart\?cht=tx",
    re.IGNORECASE,
)
_OF_PICTURE_SOURCE = ("tex", "codecogs", "/math/render/", "eq=", "cht=tx")
_SOURCES = ("alttext", "data-tex", "data-latex")  # attributes of a formula or its parent
_STYLED = re.compile(r"\{\\(?:display|text)style ?(?P<tex>.*)\}", re.DOTALL)


def formula_of(element: Element) -> str | None:
    """Return the source of a formula, empty for a picture of it; None if it is not a formula."""
    tag = tag_of(element)
    if tag in {"span", "div"}:
        classes = element.get("class")
        return _of_box(element, str(classes)) if classes else None
    if tag == "math":
        return _delimited(_source_of(element), element)
    if tag == "script":
        kind = attribute(element, "type").lower()
        is_tex = kind.startswith("math/tex")
        return (
            _delimited(element.text or "", element, is_displayed="mode=display" in kind)
            if is_tex
            else None
        )
    if tag == "img":
        return _of_picture(element)
    if tag == "mjx-container":
        written = next(element.iter("math"), None)
        tex = tex_of(element) if written is None else _source_of(written)
        return _delimited(tex, element, is_displayed=element.get("display") == "true")
    return None


def may_be_drawn(classes: str) -> bool:
    """Return whether an element with these classes may be a drawn formula."""
    return _MAY_BE_DRAWN.search(classes) is not None


def _of_box(element: Element, classes: str) -> str | None:
    """Return the same as `formula_of` for a `span` or `div`, which may be a drawn formula."""
    if not may_be_drawn(classes):
        return None
    if _RENDERED.search(names_of(element)):
        return ""
    if not _MATHJAX.search(classes[:500]):
        return None
    if "Preview" in classes or _is_followed_by_source(element):
        return ""
    markup = attribute(element, "data-mathml")
    written = _parsed(markup) if markup else next(element.iter("math"), None)
    return None if written is None else _delimited(_source_of(written), element)


def _is_followed_by_source(element: Element) -> bool:
    around = [element, element.getparent()]
    following = (
        after for before in around if before is not None for after in before.itersiblings()
    )
    return any(
        tag_of(after) == "script" and attribute(after, "type").startswith("math/")
        for after, _ in zip(following, range(_NEAR), strict=False)
    )


def _parsed(markup: str) -> Element | None:
    try:
        root: Element = html.fragment_fromstring(markup[: MAX_LENGTH * 5])
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    return root


def _of_picture(element: Element) -> str | None:
    """Return the source of a formula that is an image, from its alternative text or its URL."""
    source = attribute(element, "src")[:MAX_LENGTH]
    classes = attribute(element, "class")
    is_named = bool(classes) and bool(_PICTURE.search(names_of(element)))
    may_be_drawn_by = contains_any(source.lower(), _OF_PICTURE_SOURCE)
    if not is_named and not (may_be_drawn_by and _PICTURE_SOURCE.search(source)):
        return None
    parent = element.getparent()
    if parent is not None and next(parent.iter("math"), None) is not None:
        return ""
    tex = attribute(element, "alt") or _in_address(source)
    return _delimited(tex, element) if tex else None


def _in_address(source: str) -> str:
    """Return the source in the URL of a service that draws formulas."""
    try:
        query = urlsplit(source).query
    except ValueError:
        return ""
    named = parse_qs(query)
    values = next((named[name] for name in ("latex", "tex", "eq", "chl") if name in named), ())
    return next(iter(values), "" if named else unquote(query))


def _source_of(element: Element) -> str:
    for note in element.iter("annotation"):
        if "tex" in attribute(note, "encoding").lower():
            return note.text or ""
    parent = element.getparent()
    sources = [
        holder.get(name) for holder in (element, parent) if holder is not None for name in _SOURCES
    ]
    if parent is not None and "hurmet-tex" in attribute(parent, "class"):
        sources.append(parent.get("data-entry"))
    return next(filter(None, sources), None) or tex_of(element)


def _delimited(source: str, element: Element, *, is_displayed: bool | None = None) -> str:
    tex = " ".join(clean_text(source[:MAX_LENGTH]).split())
    if styled := _STYLED.fullmatch(tex):
        tex = styled["tex"].strip()
    sign = _SIGNS[_is_displayed(element) if is_displayed is None else is_displayed]
    return f"{sign}{tex}{sign}" if tex else ""


def _is_displayed(element: Element) -> bool:
    if attribute(element, "display") == "block":
        return True
    around = [
        element,
        *(holder for holder, _ in zip(element.iterancestors(), range(_NEAR), strict=False)),
    ]
    return any(_DISPLAYED.search(attribute(holder, "class")) for holder in around)
