"""Formulas as the source that they were written in."""

import re

from annotator.extract.elements import Element, attribute, names_of, tag_of, text_of
from annotator.model.text import clean_text

MAX_LENGTH = 4_000

_SIGNS = {False: "$", True: "$$"}  # as TeX writes formulas in a line, and on their own

_RENDERED = re.compile(
    r"\b(?:katex-html|mathjax-(?:chtml|svg|preview)|mjx-chtml|mjx-assistive-mml|"
    r"mwe-math-fallback-image-inline)\b"
)


def formula_of(element: Element) -> str | None:
    """Return the source of a formula, nothing of its pictures; None if it is no formula."""
    tag = tag_of(element)
    if tag == "math":
        return _delimited(_tex_of(element), _SIGNS[attribute(element, "display") == "block"])
    if tag == "script":
        kind = attribute(element, "type").lower()
        is_tex = kind.startswith("math/tex")
        return _delimited(element.text or "", _SIGNS["mode=display" in kind]) if is_tex else None
    return "" if tag in {"span", "div", "img"} and _RENDERED.search(names_of(element)) else None


def _tex_of(element: Element) -> str:
    for note in element.iter("annotation"):
        if "tex" in attribute(note, "encoding").lower():
            return note.text or ""
    return attribute(element, "alttext") or text_of(element, MAX_LENGTH)


def _delimited(source: str, sign: str) -> str:
    tex = " ".join(clean_text(source[:MAX_LENGTH]).split())
    return f"{sign}{tex}{sign}" if tex else ""
