"""Small containers that are judged as a whole: what is beside a form or a line of the site.

A container with a few hundred characters that has a form, a button, or a line
that a rule has removed is rarely a part of the text, whatever its other lines say.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, takewhile

from annotator.extract.dom.elements import words
from annotator.extract.families import BY_NAME
from annotator.extract.passages import Passage, Region, Rule

LARGEST = 600  # characters of a small container
TIMES = 3  # as much text is outside of an offer as is left in it
CERTAIN = 0.95  # likelihood of text that is no part of an offer
LEAST_BESIDE = 50  # characters beside a heading; a button has fewer
LINK = 0.8  # share of a link
WITHOUT_DOUBT, PARAGRAPH = 0.97, 160  # likelihood and characters of what is text for certain
LIKELY, UNLIKE = 0.5, 0.15  # likelihood of a heading that stays, and of what is residue beside it

_LABEL = re.compile(r".{1,19}:")
_EMPTIED = Rule("line", "emptied", "What it stood above was removed.")

LEARNED = "learned"  # the name of the rule by wording, for lines of any family
_OFFERS = words("subscribe sign_in newsletter donation app meter")
_OF_PAGE = frozenset({"body", "html", "article", "main"})
_CONTROLS = ("form", "button", "input", "select", "textarea", "dialog")


class Boxes:
    """The small containers of a page."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._of: dict[int, Region | None] = {}  # the box around a region, by the region's index
        self._marked: dict[Region | None, bool] = {None: False}
        for passage in passages:
            is_residue = passage.verdict is not None and passage.verdict.step in BY_NAME
            if is_residue and (box := self.box_of(passage.region)):
                self._marked[box] = True

    def is_marked(self, passage: Passage) -> bool:
        """Return whether a passage is in a box with something other than text of an article."""
        box = self.box_of(passage.region)
        if box is not None and box not in self._marked:
            self._marked[box] = has_controls(box)
        return self._marked[box]

    def box_of(self, region: Region) -> Region | None:
        """Return the outermost small container around a region."""
        if region.index not in self._of:
            small = takewhile(
                lambda around: around.characters <= LARGEST and around.tag not in _OF_PAGE,
                region.chain(),
            )
            self._of[region.index] = max(small, key=lambda one: one.characters, default=None)
        return self._of[region.index]


def is_over(heading: Passage, below: Passage) -> bool:
    """Return whether a heading is that of the passage below it, and not that of a box before it.

    A heading can have a container to itself, if that has no form in it.
    """
    around = heading.region.parent
    if around is None or around in below.region.chain():
        return True
    return around.passages == 1 and not has_controls(around)


def is_certain(passage: Passage) -> bool:
    """Return whether a paragraph is text whatever its words: to judge those takes the most time."""
    return passage.likelihood >= WITHOUT_DOUBT and len(passage.text) >= PARAGRAPH


def has_controls(region: Region) -> bool:
    """Return whether a region has a form, a button or the like."""
    return region.element is not None and next(region.element.iter(*_CONTROLS), None) is not None


def remove_offers(passages: Sequence[Passage]) -> None:
    """Remove what is left of boxes whose first line asks for an account, an address or money.

    “$39 per month” is left of a wall, “Tides, people and crabs” of the form for a letter.
    """
    asked = [p for p in passages if p.verdict and p.verdict.step in _OFFERS and p.text.strip()]
    box_of = Boxes(()).box_of
    boxes = {box: asking for asking in reversed(asked) if (box := box_of(asking.region))}
    total = sum(len(passage.text) for passage in passages if passage.is_kept) if boxes else 0
    for box, asking in boxes.items():
        lines = [p for p in passages if p.text.strip() and box in p.region.chain()]
        rule = asking.verdict
        is_listed = any(p.block.ordinal is not None for p in lines)  # "1. Sign up for Twilio."
        if rule is None or lines[0] is not asking or box.hidden or is_listed:
            continue
        is_sold = rule.name != LEARNED and lines[-1].linked > 0
        left = [p for p in lines if p.is_kept and p.likelihood < CERTAIN]
        is_little = (1 + TIMES) * sum(len(passage.text) for passage in left) <= total
        if is_little and (is_sold or has_controls(box)):
            for passage in left:
                passage.verdict = rule._replace(name="in-an-offer")


def remove_emptied(passages: Sequence[Passage]) -> None:
    """Remove the headings and labels of what was removed: “related news”, “Share:”."""
    texts = [p for p in passages if p.text.strip() and not p.region.hidden]
    pairs = [pair for pair in pairwise(texts) if _may_be_empty(*pair)]
    kept = Counter(r.index for p in texts if pairs and p.is_kept for r in p.region.chain())
    for passage, below in pairs:
        alone = takewhile(lambda region: kept[region.index] == 1, passage.region.chain())
        box = list(alone)[-1:] if passage.block.kind == "heading" else []
        beside = [p for p in texts if box and box[0] in p.region.chain() and p is not passage]
        is_more = sum(len(p.text) for p in beside) >= LEAST_BESIDE and beside[0] is below
        is_above_links = below.is_outside and below.link_density < LINK
        is_label = _LABEL.fullmatch(passage.text) and not is_above_links
        if is_label or (is_more and all(map(_is_residue, beside))):
            passage.verdict = _EMPTIED


def _may_be_empty(passage: Passage, below: Passage) -> bool:
    is_head = passage.block.kind == "heading" or _LABEL.fullmatch(passage.text) is not None
    return is_head and passage.is_kept and passage.likelihood < LIKELY and _is_residue(below)


def _is_residue(passage: Passage) -> bool:
    is_known = passage.verdict is not None and passage.verdict.step in {*BY_NAME, "line"}
    return is_known or (passage.is_outside and passage.likelihood < UNLIKE)
