"""MathML, and the elements MathJax draws it with, as a formula in one line.

`x = (−b ± √(b^2 − 4 a c))/(2 a)` is easier to read in plain text than TeX, and
TeX can still typeset it. Everything without such a form is written in TeX.
"""

import re
import unicodedata
from collections.abc import Callable

from annotator.extract.dom.elements import Element, attribute, tag_of, text_of, words

Writer = Callable[[list[str]], str]

PAIR = 2  # numerator and denominator; a root and its degree; a letter and its accent
LAST_GLYPH = 0x1FFFF
MAX_DEPTH = 60  # a deeper formula is an attack, and only its text is read

_GLYPH = re.compile(r"\bmjx-c([0-9A-F]{2,5})\b")
_MATHEMATICAL = re.compile("[\U0001d400-\U0001d7ff]+")  # italic and bold letters
_NO_LINE = re.compile(r"0(?:\.0)?[a-z%]*")  # the thickness of a fraction's missing line
_WORD = re.compile(r"[^\W\d_]{2,}")
# Elements that renderers add, which are not part of the formula.
_SILENT = words(
    """
    annotation annotation-xml mphantom nstrut dstrut line spacer surd assistive-mml
    """
)
_INVISIBLE = str.maketrans("", "", "\u2061\u2062\u2063\u2064")
# Accents above and below a letter, as combining characters.
_OVER = {"→": "\u20d7", "^": "\u0302", "ˆ": "\u0302", "~": "\u0303", "˜": "\u0303", "˙": "\u0307",
         ".": "\u0307", "¨": "\u0308", "¯": "\u0304", "‾": "\u0305", "―": "\u0305", "_": "\u0305",
         "ˇ": "\u030c", "˘": "\u0306"}  # fmt: skip
_UNDER = {"_": "\u0332", "‾": "\u0332", "¯": "\u0332"}
_COMMANDS = {"⏞": "overbrace", "⏟": "underbrace", "¯": "overline", "‾": "overline", "―": "overline",
             "→": "overrightarrow", "^": "widehat", "~": "widetilde"}  # fmt: skip


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
        return (
            _stack(parts)
            if _NO_LINE.fullmatch(attribute(element, "linethickness"))
            else writer(parts)
        )
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
    tag = _name(element)
    names = {"mfrac": ("num", "den"), "msqrt": ("box",), "mroot": ("box", "root")}.get(tag)
    if names:
        boxes = [next(element.iter(f"mjx-{name}"), None) for name in names]
        return [child for child in boxes if child is not None]
    if tag in {"munder", "mover", "munderover"}:
        boxes = [next(element.iter(f"mjx-{name}"), None) for name in ("base", "under", "over")]
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
    return _MATHEMATICAL.sub(_plain, " ".join(text.translate(_INVISIBLE).split()))


def _plain(letters: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", letters.group())


def _sign(letters: str, tag: str) -> str:
    if tag in {"mtext", "ms"}:
        return rf"\text{{{letters}}}" if letters else ""
    if tag == "mi" and _WORD.fullmatch(letters):
        return rf"\mathrm{{{letters}}}"
    return {"{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$"}.get(
        letters, letters
    )


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
    return _square_root(parts)


def _square_root(parts: list[str]) -> str:
    return f"√{_grouped(' '.join(parts))}"


def _scripted(*signs: str) -> Writer:
    def write(parts: list[str]) -> str:
        base = parts[0] if parts else ""
        around = zip(signs, parts[1:], strict=False)
        return base + "".join(f"{sign}{_braced(part)}" for sign, part in around if part)

    return write


def _braced(part: str) -> str:
    return part if len(part) == 1 else f"{{{part}}}"


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
    "msqrt": _square_root,
    "mroot": _root,
    "msub": _scripted("_"),
    "msup": _scripted("^"),
    "msubsup": _scripted("_", "^"),
    "munder": _accented("_", _UNDER),
    "mover": _accented("^", _OVER),
    "munderover": _scripted("_", "^"),
}
