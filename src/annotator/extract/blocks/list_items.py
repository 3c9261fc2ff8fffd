"""Items of lists: their numbers or letters, and whether their checkboxes are ticked."""

import re

from msgspec import Struct

from annotator.extract.dom.elements import Element, attribute, tag_of
from annotator.model.article import TICKED, UNTICKED

_STYLES = {"lower-alpha": "a", "lower-latin": "a", "lower-roman": "i"}
_STYLES |= {"upper-alpha": "A", "upper-latin": "A", "upper-roman": "I"}
_STYLE = re.compile(
    r"list-style(?:-type)?\s*:[^;]*?\b((?:lower|upper)-(?:alpha|latin|roman))\b", re.IGNORECASE
)
_ALPHABET = 26
_ROMAN = {1000: "m", 900: "cm", 500: "d", 400: "cd", 100: "c", 90: "xc", 50: "l", 40: "xl"}
_ROMAN |= {10: "x", 9: "ix", 5: "v", 4: "iv", 1: "i"}
_MOST_ROMAN = 3999
_TO_A_BOX = 3  # elements from an item to its checkbox, such as a label in a paragraph


class Numbering(Struct):
    """The numbering of a list; `step` is 0 for bullets, `style` one of aAiI for letters."""

    upcoming: int = 1
    step: int = 0
    style: str = ""


class Item(Struct):
    """A list item or a footnote; `is_fresh` until its first block has been read.

    `label` is the text before it, unless that is its number or a bullet.
    """

    ordinal: int | None = None
    label: str = ""
    is_fresh: bool = True

    def take(self) -> bool:
        """Return whether this is the first block of the item, and remember it as read."""
        was_fresh, self.is_fresh = self.is_fresh, False
        return was_fresh


def numbering_of(element: Element) -> Numbering:
    """Return the numbering at the start of a list."""
    if tag_of(element) != "ol":
        return Numbering()
    step = -1 if element.get("reversed") is not None else 1
    start = _number(attribute(element, "start"))
    if start is None:
        start = 1 if step > 0 else sum(tag_of(child) == "li" for child in element)
    return Numbering(start, step, _style(element))


def item_of(element: Element, numbering: Numbering | None) -> Item:
    """Return an item with its number and its label, and advance the numbering."""
    ordinal = number_of(element, numbering)
    label = _box(element)
    if not label and numbering and ordinal is not None:
        label = _lettered(ordinal, numbering.style)
    return Item(ordinal, label)


def number_of(element: Element, numbering: Numbering | None) -> int | None:
    """Return the number of an item, and advance the numbering; None in a list of bullets."""
    if numbering is None or not numbering.step:
        return None
    value = _number(attribute(element, "value"))
    ordinal = numbering.upcoming if value is None else value
    numbering.upcoming = ordinal + numbering.step
    return ordinal


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"-?\d{1,9}", text) else None


def _style(element: Element) -> str:
    style = attribute(element, "type")
    if style in {"a", "A", "i", "I"}:
        return style
    named = _STYLE.search(attribute(element, "style"))
    return _STYLES[named[1].lower()] if named else ""


def _lettered(number: int, style: str) -> str:
    """Return a number in letters, followed by a full stop; empty if it cannot be written so."""
    if not style or number < 1 or (style in "iI" and number > _MOST_ROMAN):
        return ""
    letters = _roman(number) if style in "iI" else _alphabetic(number)
    return f"{letters.upper() if style.isupper() else letters}."


def _alphabetic(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, _ALPHABET)
        letters = chr(ord("a") + rest) + letters
    return letters


def _roman(number: int) -> str:
    letters = ""
    for value, sign in _ROMAN.items():
        count, number = divmod(number, value)
        letters += sign * count
    return letters


def _box(element: Element) -> str:
    """Return the checkbox at the start of a task, ticked or not."""
    first: Element | None = element
    for _ in range(_TO_A_BOX):
        if first is None or (first.text or "").strip():
            return ""
        first = first[0] if len(first) else None
        if first is not None and first.tag == "input":
            is_box = attribute(first, "type").lower() == "checkbox"
            is_ticked = first.get("checked") is not None
            return (TICKED if is_ticked else UNTICKED) if is_box else ""
    return ""
