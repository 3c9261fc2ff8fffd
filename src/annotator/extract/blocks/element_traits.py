"""Traits of an element that follow from its attributes alone.

Most elements of a page have a class and no other attribute, and a page has few
different classes, so the traits are cached by class.
"""

import re
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from annotator.extract.blocks.figures import OF_PICTURE, names_a_picture
from annotator.extract.blocks.footnotes import is_of_aside
from annotator.extract.blocks.math import OF_DRAWN, may_be_drawn
from annotator.extract.blocks.verse import OF_VERSE, may_be_of_verse
from annotator.extract.blocks.visibility import (
    HIDING,
    OF_DROP_CAP,
    OF_HIDDEN,
    hidden_by_names,
    hidden_rule,
    is_of_drop_cap,
)
from annotator.extract.dom.elements import (
    HEADINGS,
    NAMING,
    Element,
    folded,
    names_of,
    text_of,
    words_of,
)
from annotator.extract.passages import Rule

MOST_ANCHORS = 3  # children of a section among which its heading is, behind anchors
LONGEST = 500  # characters of a class that are read as names

# Every element that is not plain, or is hidden by its names, has one of these in them.
_HINT = re.compile("|".join((*OF_DRAWN, *OF_VERSE, *OF_DROP_CAP, *OF_PICTURE, "note", *OF_HIDDEN)))
_BESIDE_CLASS = (NAMING | HIDING) - {"class"}


class ElementTraits(NamedTuple):
    """The names of an element, why it is not shown, and whether its tag says all about it.

    An element that is not plain may be a drawn formula, a picture with a
    caption, a poem, a side note or a drop cap.
    """

    names: str = ""
    hidden: Rule | None = None
    is_plain: bool = True


BARE = ElementTraits()


def traits_of(element: Element, tag: str) -> ElementTraits:
    """Return the traits of an element."""
    keys = element.keys()
    if not keys:
        return BARE
    beside = _BESIDE_CLASS.intersection(keys)
    classes = element.get("class", "") if "class" in keys else ""
    traits = _by_class(classes, tag) if classes else BARE
    if not beside:
        return traits
    if NAMING.isdisjoint(beside) or (beside & NAMING == {"id"} and _is_slug(element, tag)):
        names = traits.names
    else:
        names = names_of(element)
    hidden = traits.hidden if HIDING.isdisjoint(beside) else hidden_rule(element)
    return ElementTraits(names, hidden, _is_plain(classes, names))


def _is_slug(element: Element, tag: str) -> bool:
    """Return whether an id is made of the words of a heading: `cookies`, of a section on them."""
    first = [element] if tag in HEADINGS else islice(element, MOST_ANCHORS)
    heading = next((child for child in first if child.tag in HEADINGS), None)
    if heading is None:
        return False
    letters = folded(element.get("id", "").removeprefix("s-").rstrip("0123456789-_"))
    return bool(letters) and folded(text_of(heading, LONGEST)).startswith(letters)


@lru_cache(maxsize=4096)
def _by_class(classes: str, tag: str) -> ElementTraits:
    names = words_of(classes[:LONGEST])
    if len(classes) <= LONGEST and not _HINT.search(names):
        return ElementTraits(names)
    return ElementTraits(names, hidden_by_names(names, tag), _is_plain(classes, names))


@lru_cache(maxsize=4096)
def _is_plain(classes: str, names: str) -> bool:
    if len(classes) <= LONGEST and not _HINT.search(names):
        return True
    return not (
        names_a_picture(names)
        or may_be_drawn(classes)
        or may_be_of_verse(classes)
        or is_of_aside(classes)
        or is_of_drop_cap(classes)
    )
