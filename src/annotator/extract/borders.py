"""Where two elements meet without a space that only a stylesheet shows."""

from annotator.extract.elements import Element, text_of
from annotator.extract.patterns import later

LEAST_WORDS = 2  # in each of two elements whose words can only be of two phrases
_ENDS = frozenset(".!?…:;,”»")
LONGEST_CAPITAL = 2  # characters of a large first letter, perhaps behind a quotation mark
_BLOCK_STYLE = later(r"\bdisplay\s{0,9}:\s{0,9}(?:block|flex|grid|table|list-item)\b")


def is_border(element: Element, last: str) -> bool:
    """Tell whether a phrase begins with an element right behind one of its kind.

    `last` is the letter before it. One word may be set in two elements, so
    each must hold several, and the second begin like a sentence.
    """
    before = element.getprevious() if last in _ENDS or last.islower() else None
    if before is None or before.tail or before.tag != element.tag:
        return False
    begun = text_of(element, 80)
    if not begun[:1].isupper():
        return False
    return min(len(begun.split()), len(text_of(before, 80).split())) >= LEAST_WORDS


def is_styled_as_block(element: Element) -> bool:
    """Tell whether an element within lines is shown on lines of its own."""
    style = element.get("style")
    if not (style and "display" in style and _BLOCK_STYLE.search(str(style)[:500])):
        return False
    return "float" not in style or len(text_of(element, 80).strip()) > LONGEST_CAPITAL
