"""Lists: how deep an item stands, and by which number."""

import re
from dataclasses import dataclass

from annotator.extract.elements import Element, attribute, tag_of


@dataclass(slots=True)
class Numbering:
    """The count of a list; `step` is 0 for bullets."""

    upcoming: int = 1
    step: int = 0


@dataclass(slots=True)
class Item:
    """A list item or a footnote; `is_fresh` until its first block has been taken."""

    ordinal: int | None = None
    label: str = ""
    is_fresh: bool = True

    def take(self) -> bool:
        """Tell whether nothing has been taken yet, and remember that something has."""
        was_fresh, self.is_fresh = self.is_fresh, False
        return was_fresh


def numbering_of(element: Element) -> Numbering:
    """Return the count with which a list begins."""
    if tag_of(element) != "ol":
        return Numbering()
    step = -1 if element.get("reversed") is not None else 1
    start = _number(attribute(element, "start"))
    if start is None:
        start = 1 if step > 0 else sum(tag_of(child) == "li" for child in element)
    return Numbering(start, step)


def number_of(element: Element, numbering: Numbering | None) -> int | None:
    """Return the number of an item, and count on; nothing in a list of bullets."""
    if numbering is None or not numbering.step:
        return None
    value = _number(attribute(element, "value"))
    ordinal = numbering.upcoming if value is None else value
    numbering.upcoming = ordinal + numbering.step
    return ordinal


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"-?\d{1,9}", text) else None
