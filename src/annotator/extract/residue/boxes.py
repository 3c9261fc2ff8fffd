"""Small containers that are judged as a whole: what is beside a form or a line of the site.

A container with a few hundred characters that has a form, a button, or a line
that a rule has removed is rarely a part of the text, whatever its other lines say.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from annotator.extract.families import BY_NAME
from annotator.extract.passages import Passage, Region

LARGEST = 600  # characters of a small container

_OF_PAGE = frozenset({"body", "html", "article", "main"})
_CONTROLS = ("form", "button", "input", "select", "textarea", "dialog")


class _Box(Struct, eq=False):
    """A small container: whether it holds something other than text of an article."""

    is_marked: bool = False


class Boxes:
    """The small containers of a page."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._of: dict[int, _Box] = {}
        for passage in passages:
            self._add(passage)

    def _add(self, passage: Passage) -> None:
        region = passage.region
        if region.index not in self._of and (outer := _outermost(region)):
            box = self._of.setdefault(outer.index, _Box(has_controls(outer)))
            self._of[region.index] = box
        if region.index in self._of and _is_residue(passage):
            self._of[region.index].is_marked = True

    def is_marked(self, passage: Passage) -> bool:
        """Return whether a passage is in a box with something other than text of an article."""
        box = self._of.get(passage.region.index)
        return box is not None and box.is_marked


def is_over(heading: Passage, below: Passage) -> bool:
    """Return whether a heading is that of the passage below it, and not that of a box before it.

    A heading can have a container to itself, if that has no form in it.
    """
    around = heading.region.parent
    if around is None or around in below.region.chain():
        return True
    return around.passages == 1 and not has_controls(around)


def has_controls(region: Region) -> bool:
    """Return whether a region has a form, a button or the like."""
    return region.element is not None and next(region.element.iter(*_CONTROLS), None) is not None


def _outermost(region: Region) -> Region | None:
    """Return the outermost small container around a region."""
    return max(_small(region), key=lambda one: one.characters, default=None)


def _small(region: Region) -> Iterator[Region]:
    for around in region.chain():
        if around.characters > LARGEST or around.tag in _OF_PAGE:
            return
        yield around


def _is_residue(passage: Passage) -> bool:
    return passage.verdict is not None and passage.verdict.step in BY_NAME
