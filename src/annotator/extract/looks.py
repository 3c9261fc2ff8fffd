"""What the attributes of an element say of it before anything in it is read.

Pages give most of their elements a class and nothing else, and the same class
again and again, so that what it says is found out once.
"""

from functools import lru_cache
from typing import NamedTuple

from annotator.extract.elements import NAMING, Element, names_of, words_of
from annotator.extract.figures import names_a_picture
from annotator.extract.formulas import may_be_drawn
from annotator.extract.hidden import HIDING, hidden_by_class, hidden_rule, is_of_drop_cap
from annotator.extract.notes import is_of_aside
from annotator.extract.passages import Rule
from annotator.extract.verse import may_be_of_verse

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
    classes = element.get("class", "")
    if _BESIDE_CLASS.isdisjoint(keys):
        return _by_class(classes, tag) if classes else BARE
    names = names_of(element)
    return Look(names, hidden_rule(element), _is_plain(classes, names))


@lru_cache(maxsize=4096)
def _by_class(classes: str, tag: str) -> Look:
    names = words_of(classes[:500])
    return Look(names, hidden_by_class(classes, tag), _is_plain(classes, names))


@lru_cache(maxsize=4096)
def _is_plain(classes: str, names: str) -> bool:
    return not (
        names_a_picture(names)
        or may_be_drawn(classes)
        or may_be_of_verse(classes)
        or is_of_aside(classes)
        or is_of_drop_cap(classes)
    )
