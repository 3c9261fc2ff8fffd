"""What the attributes of an element say of it before anything in it is read.

Pages give most of their elements a class and nothing else, and the same class
again and again, so that what it says is found out once.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from annotator.extract.blocks.figures import OF_PICTURE, names_a_picture
from annotator.extract.blocks.footnotes import is_of_aside
from annotator.extract.blocks.math import OF_DRAWN, may_be_drawn
from annotator.extract.blocks.verse import OF_VERSE, may_be_of_verse
from annotator.extract.html.dom import NAMING, Element, names_of, words_of
from annotator.extract.html.visibility import (
    HIDING,
    OF_DROP_CAP,
    OF_HIDDEN,
    hidden_by_names,
    hidden_rule,
    is_of_drop_cap,
)
from annotator.extract.passages import Rule

LONGEST = 500  # characters of a class that are read as names

# One of these is in the names of whatever is not plain, or hidden by its names.
_HINT = re.compile("|".join((*OF_DRAWN, *OF_VERSE, *OF_DROP_CAP, *OF_PICTURE, "note", *OF_HIDDEN)))
_BESIDE_CLASS = (NAMING | HIDING) - {"class"}


class Look(NamedTuple):
    """What an element is called, why it is not shown, and whether it is just what its tag says.

    One that is not plain may be the picture of a formula, a picture with its
    caption, a poem, a note beside its line, or a large first letter.
    """

    names: str = ""
    hidden: Rule | None = None
    is_plain: bool = True


BARE = Look()


def look_at(element: Element, tag: str) -> Look:
    """Return what the attributes of an element say."""
    keys = element.keys()
    if not keys:
        return BARE
    beside = _BESIDE_CLASS.intersection(keys)
    classes = element.get("class", "") if "class" in keys else ""
    look = _by_class(classes, tag) if classes else BARE
    if not beside:
        return look
    names = look.names if NAMING.isdisjoint(beside) else names_of(element)
    hidden = look.hidden if HIDING.isdisjoint(beside) else hidden_rule(element)
    return Look(names, hidden, _is_plain(classes, names))


@lru_cache(maxsize=4096)
def _by_class(classes: str, tag: str) -> Look:
    names = words_of(classes[:LONGEST])
    if len(classes) <= LONGEST and not _HINT.search(names):
        return Look(names)
    return Look(names, hidden_by_names(names, tag), _is_plain(classes, names))


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
