"""The texts of posts: by the names of programs for forums, by schema.org, or as boxes alike."""

import re
from collections.abc import Sequence
from itertools import islice

from annotator.extract.dom.elements import Element, attribute
from annotator.extract.kinds.posts import MOST_DEEP
from annotator.extract.kinds.programs import outermost, texts_by_program
from annotator.extract.passages import Region

_SCHEMA_POST = re.compile(r"/(?:Comment|Answer|Question|DiscussionForumPosting)$")
_SCHEMA_TEXT = frozenset({"text", "articleBody", "commentText"})


def find_bodies(regions: Sequence[Region]) -> tuple[list[Region], bool]:
    """Return the regions with the texts of posts, and whether they are of a program for forums."""
    by_schema = [
        region
        for region in regions
        if region.element is not None
        and not region.hidden
        and region.element.get("itemprop") in _SCHEMA_TEXT
        and _SCHEMA_POST.search(_schema_type(region.element))
    ]
    candidates = texts_by_program(regions, "forums.toml")
    most = max(map(_length, candidates), default=0)
    # Other names may be those of boxes around the texts, with ranks and buttons.
    best = next((regions for regions in candidates if 2 * _length(regions) > most), [])
    marked = _alike(by_schema, regions)
    return (marked, False) if _length(marked) > _length(best) else (best, bool(best))


def _alike(bodies: list[Region], regions: Sequence[Region]) -> list[Region]:
    """Return the texts of posts, with those of the same class that have no mark, as the first."""
    if not bodies:
        return []
    known = {body.index for body in bodies}
    classes = {(body.tag, name) for body in bodies if (name := _class_of(body))}
    more = [
        region
        for region in regions
        if region.index in known or (region.tag, _class_of(region)) in classes
    ]
    return outermost(more if len(more) <= 2 * len(bodies) else bodies, regions)


def _class_of(region: Region) -> str:
    if region.element is None or region.hidden:
        return ""
    return attribute(region.element, "class")


def _length(regions: list[Region]) -> int:
    return sum(region.characters for region in regions)


def _schema_type(element: Element) -> str:
    around = (
        e for e in islice(element.iterancestors(), MOST_DEEP) if e.get("itemscope") is not None
    )
    holder = next(around, None)
    return "" if holder is None else attribute(holder, "itemtype")
