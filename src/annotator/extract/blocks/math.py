"""Formulas, as the TeX source that they were written in, or as one line made of MathML.

`x = (−b ± √(b^2 − 4 a c))/(2 a)` is easier to read in plain text than TeX, and TeX can
still typeset it. MathML, and the elements that MathJax draws it with, become such a
line. Everything without such a form is written in TeX.
"""

import re
import unicodedata
from collections.abc import Callable
from itertools import islice
from urllib.parse import parse_qs, unquote

from lxml import etree, html

from annotator.extract.dom.elements import (
    Element,
    attribute,
    contains_any,
    names_of,
    tag_of,
    text_of,
    words,
)
from annotator.extract.dom.link_targets import parts_of
from annotator.model.data_file import wordings
from annotator.model.text import clean_text

MAX_LENGTH = 4_000
MAY_BE_FORMULA = frozenset({"math", "mjx-container", "script", "span", "div", "img"})

_SIGNS = {False: "$", True: "$$"}  # TeX's delimiters of inline and displayed formulas

_MAY_BE_DRAWN = re.compile("katex-html|[Mm]ath[Jj]ax|mjx|MJX")
OF_DRAWN = ("katex", "math", "mjx")  # one of these is in every name of a drawn formula
_RENDERED = re.compile(r"\b(?:katex-html|mjx-chtml)\b")
_MATHJAX = re.compile(r"(?:^|\s)MathJax(?:_[A-Z]\w*)?(?:\s|$)")  # not the class that enables it
_DISPLAYED = re.compile(r"katex-display|MathJax_(?:\w+_)?Display|MJXc-display|ltx_equation")
_NEAR = 4  # elements around a formula that may say that it is displayed
_PICTURE = re.compile(r"\b(?:latex|tex|math-?tex|mwe-math-fallback-image-\w+)\b")
_WORDINGS = wordings(__package__, "wordings.toml")
_PICTURE_SOURCE = re.compile(_WORDINGS["formula-source"], re.IGNORECASE)
_OF_PICTURE_SOURCE = ("tex", "codecogs", "/math/render/", "eq=", "cht=tx")
_SOURCES = ("alttext", "data-tex", "data-latex")  # attributes of a formula or its parent
_STYLED = re.compile(r"\{\\(?:display|text)style ?(?P<tex>.*)\}", re.DOTALL)

Writer = Callable[[list[str]], str]

PAIR = 2  # numerator and denominator; a root and its degree; a letter and its accent
LAST_GLYPH = 0x1FFFF
MAX_DEPTH = 60  # a deeper formula is an attack, and only its text is read

_GLYPH = re.compile(r"\bmjx-c([0-9A-F]{2,5})\b")
_MATHEMATICAL = re.compile("[\U0001d400-\U0001d7ff]+")  # italic and bold letters
_NO_LINE = re.compile(r"0(?:\.0)?[a-z%]*")  # the thickness of a fraction's missing line
_WORD = re.compile(r"[^\W\d_]{2,}")
# The boxes of MathJax with the parts of an element.
_BOXES = {"mfrac": ("num", "den"), "msqrt": ("box",), "mroot": ("box", "root")}
_BOXES |= dict.fromkeys(("munder", "mover", "munderover"), ("base", "under", "over"))
# Elements that renderers add, which are not part of the formula.
_SILENT = words(_WORDINGS["silent"])
_INVISIBLE = str.maketrans("", "", "\u2061\u2062\u2063\u2064")
# Accents above and below a letter, as combining characters.
_OVER = {"→": "\u20d7", "^": "\u0302", "ˆ": "\u0302", "~": "\u0303", "˜": "\u0303", "˙": "\u0307",
         ".": "\u0307", "¨": "\u0308", "¯": "\u0304", "‾": "\u0305", "―": "\u0305", "_": "\u0305",
         "ˇ": "\u030c", "˘": "\u0306"}  # fmt: skip
_UNDER = {"_": "\u0332", "‾": "\u0332", "¯": "\u0332"}
_COMMANDS = {"⏞": "overbrace", "⏟": "underbrace", "¯": "overline", "‾": "overline", "―": "overline",
             "→": "overrightarrow", "^": "widehat", "~": "widetilde"}  # fmt: skip


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
        is_displayed = "mode=display" in kind
        return (
            _delimited(element.text or "", element, is_displayed=is_displayed) if is_tex else None
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
        for after in islice(following, _NEAR)
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
    query = parts_of(source).query
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
    around = [element, *islice(element.iterancestors(), _NEAR)]
    return any(_DISPLAYED.search(attribute(holder, "class")) for holder in around)


def tex_of(element: Element, depth: int = 0) -> str:
    """Return an element of MathML as one line that TeX understands."""
    tag = _name(element)
    if tag in _SILENT:
        return ""
    if depth > MAX_DEPTH:
        return text_of(element)
    writer = _WRITERS.get(tag)
    if writer:
        parts = [tex_of(child, depth + 1) for child in _parts(element)]
        has_no_line = _NO_LINE.fullmatch(attribute(element, "linethickness"))
        return _stack(parts) if has_no_line else writer(parts)
    if tag in {"mtable", "mtr", "mlabeledtr", "mfenced"}:
        return _arranged(element, tag, depth)
    if tag in {"mi", "mn", "mo", "ms", "mtext"}:
        return _sign(_letters(element), tag)
    pieces = [tex_of(child, depth + 1) for child in _children(element)]
    return " ".join(filter(None, pieces))


def _name(element: Element) -> str:
    return tag_of(element).rpartition(":")[2].removeprefix("mjx-")


def _children(element: Element) -> list[Element]:
    return [child for child in element if tag_of(child)]


def _parts(element: Element) -> list[Element]:
    """Return the parts of an element: its children, or those in MathJax's boxes."""
    if not tag_of(element).startswith("mjx-"):
        return _children(element)
    names = _BOXES.get(_name(element))
    if names:
        boxes = [next(element.iter(f"mjx-{name}"), None) for name in names]
        return [child for child in boxes if child is not None]
    return [part for child in _children(element) for part in _scripts(child)]


def _scripts(child: Element) -> list[Element]:
    """Return the scripts in a box, subscript first; any other child as it is."""
    if _name(child) != "script":
        return [child]
    return [script for script in reversed(_children(child)) if _name(script) != "spacer"]


def _letters(element: Element) -> str:
    """Return the letters of a token, which MathJax may give only as classes of empty boxes."""
    text = "".join(map(str, element.itertext())).translate(_INVISIBLE)
    if not text.strip():
        named = (_GLYPH.search(attribute(glyph, "class")) for glyph in element.iter("mjx-c"))
        codes = (int(name[1], 16) for name in named if name)
        text = "".join(chr(code) for code in codes if code <= LAST_GLYPH)
    return _MATHEMATICAL.sub(
        lambda letters: unicodedata.normalize("NFKC", letters.group()),
        " ".join(text.translate(_INVISIBLE).split()),
    )


def _sign(letters: str, tag: str) -> str:
    if tag in {"mtext", "ms"}:
        return rf"\text{{{letters}}}" if letters else ""
    if tag == "mi" and _WORD.fullmatch(letters):
        return rf"\mathrm{{{letters}}}"
    return f"\\{letters}" if letters in set("{}%&#$") else letters


def _arranged(element: Element, tag: str, depth: int) -> str:
    cells = [tex_of(child, depth + 1) for child in _children(element)]
    if tag == "mfenced":
        opening, closing = element.get("open", "("), element.get("close", ")")
        return f"{opening}{','.join(cells)}{closing}"
    if tag == "mlabeledtr":
        return " ".join([*cells[1:], *(rf"\tag{{{label.strip('()')}}}" for label in cells[:1])])
    if tag == "mtr":
        return " & ".join(cells)
    if len(cells) == 1 and " & " not in cells[0]:
        return cells[0]
    rows = r" \\ ".join(cells)
    return rf"\begin{{matrix}} {rows} \end{{matrix}}"


def _grouped(part: str) -> str:
    return part if len(part) == 1 else f"({part})"


def _fraction(parts: list[str]) -> str:
    return f"{_grouped(parts[0])}/{_grouped(parts[1])}" if len(parts) == PAIR else " ".join(parts)


def _stack(parts: list[str]) -> str:
    """Return a fraction without a line, such as a binomial coefficient."""
    stacked = r" \atop ".join(parts)
    return f"{{{stacked}}}"


def _root(parts: list[str]) -> str:
    if len(parts) == PAIR:
        return f"√[{parts[1]}]({parts[0]})"
    return f"√{_grouped(' '.join(parts))}"


def _scripted(*signs: str) -> Writer:
    def write(parts: list[str]) -> str:
        base = parts[0] if parts else ""
        around = zip(signs, parts[1:], strict=False)
        scripts = ((sign, part if len(part) == 1 else f"{{{part}}}") for sign, part in around)
        return base + "".join(f"{sign}{script}" for sign, script in scripts if script != "{}")

    return write


def _accented(sign: str, accents: dict[str, str]) -> Writer:
    """Return a writer for a base with an accent above or below it."""

    def write(parts: list[str]) -> str:
        base, accent = parts if len(parts) == PAIR else ("", "")
        if len(base) == 1 and accent in accents:
            return unicodedata.normalize("NFC", base + accents[accent])
        command = _COMMANDS.get(accent) if base else None
        return rf"\{command}{{{base}}}" if command else _scripted(sign)(parts)

    return write


_WRITERS: dict[str, Writer] = {
    "mfrac": _fraction,
    "msqrt": lambda parts: f"√{_grouped(' '.join(parts))}",
    "mroot": _root,
    "msub": _scripted("_"),
    "msup": _scripted("^"),
    "msubsup": _scripted("_", "^"),
    "munder": _accented("_", _UNDER),
    "mover": _accented("^", _OVER),
    "munderover": _scripted("_", "^"),
}
