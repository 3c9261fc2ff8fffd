"""Spaces that only a stylesheet shows: between elements, and after drop caps.

A drop cap with a space after it ("W hen") is joined with the rest of its word only
if both make one of the words in `openers.toml`, with which texts often begin.
"""

import re

from annotator.extract.dom.elements import Element, text_of, words
from annotator.model.data_file import toml_beside

LEAST_WORDS = 2  # in each of two elements that are taken for two phrases
_ENDS = frozenset(".!?…:;,”»")
LONGEST_CAPITAL = 2  # characters of a drop cap, with a quotation mark
_LISTS = toml_beside(__package__, "openers.toml")
OPENERS = words(" ".join(_LISTS["openers"].values()))
# Capitals that are also words, and the words that such a drop cap can begin.
CERTAIN_AFTER_A_WORD = {letter: words(text) for letter, text in _LISTS["certain"].items()}
_BLOCK_STYLE = re.compile(r"\bdisplay\s{0,9}:\s{0,9}(?:block|flex|grid|table|list-item)\b")


def starts_phrase(element: Element, last: str) -> bool:
    """Return whether an element starts a new phrase directly after an element of the same tag.

    `last` is the character before it. A single word may be split over two
    elements, so each must have several words, and the second must start with a
    capital.
    """
    before = element.getprevious() if last in _ENDS or last.islower() else None
    if before is None or before.tail or before.tag != element.tag:
        return False
    begun = text_of(element, 80)
    if not begun[:1].isupper():
        return False
    return min(len(begun.split()), len(text_of(before, 80).split())) >= LEAST_WORDS


def is_styled_as_block(element: Element) -> bool:
    """Return whether an inline element is styled to be on lines of its own."""
    style = element.get("style")
    if not (style and "display" in style and _BLOCK_STYLE.search(str(style)[:500])):
        return False
    return "float" not in style or len(text_of(element, 80).strip()) > LONGEST_CAPITAL
