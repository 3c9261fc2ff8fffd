"""Features of where a passage stands: the regions around it, their names, the main region."""

from collections.abc import Callable, Iterable
from math import log1p
from typing import NamedTuple

from annotator.extract.content.scorer.page_view import FAR, View
from annotator.extract.content.scorer.trees import Part
from annotator.extract.content.scorer.word_families import (
    AROUND,
    BODY,
    FAMILIES,
    bits_of,
    families_of,
)
from annotator.extract.passages import Region

NEAR = 10  # regions outwards; what is further out says nothing
LEAST_OF_PROSE = 0.25  # share of the page's prose that a region with a name for articles holds

TAGS = ("p", "li", "div", "td", "h2", "h3", "h4", "h1", "dd", "section", "figure", "article")
ANCESTORS = (
    "article",
    "main",
    "aside",
    "header",
    "footer",
    "form",
    "figure",
    "table",
    "ul",
    "ol",
    "blockquote",
    "section",
    "li",
)
_NUMBER_OF_TAG = {tag: number for number, tag in enumerate(TAGS)}
_NUMBER_OF_ANCESTOR = {tag: number for number, tag in enumerate(ANCESTORS)}
_SECTIONS = ("own", "parent", "grandparent")
_MEASURES = ("link_share", "text_share", "paragraphs", "prose_share", "passages")
_NAMED = ("body", "article", "main")

NAMES_NAMES = tuple(f"up_to_{family}" for family in FAMILIES)
TAG_NAMES = ("tag", *(f"in_{tag}" for tag in ANCESTORS), "depth_in_page")
SECTION_NAMES = tuple(f"{section}_{measure}" for section in _SECTIONS for measure in _MEASURES)
CONTAINER_NAMES = (
    "up_to_main",
    "main_is_up",
    "main_text_share",
    "branch_link_share",
    "branch_prose_share",
    "branch_passages",
    "branch_text_share",
    "branch_paragraphs",
    "branch_is_around",
    *(f"{place}_named_{name}" for name in _NAMED for place in ("inside", "prose")),
)


class _Place(NamedTuple):
    """A region and what follows from the regions around it, all worked out from its parent's."""

    families: bytes  # steps outwards to names of each family
    tags: bytes  # steps outwards to each of ANCESTORS
    depth: int
    inside: Part  # of each named region, and how much of the page's prose it holds
    up: int  # steps outwards to a region around the main one
    above: int  # steps from the main region to that one
    branch: Region | None  # the region just inside it


class Places:
    """The features of the places of a page, each region's worked out once."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._named = _named_regions(view.draft.regions)
        self._prose = [
            holder.prose / (view.draft.regions[0].prose or 1) if holder else 0.0
            for holder in self._named
        ]
        self._places: dict[int, _Place] = {}
        self._sections: dict[int, Part] = {}
        self._branches: dict[int, Part] = {}

    def features(self, region: Region) -> tuple[Part, ...]:
        """Return those of NAMES_NAMES, TAG_NAMES, SECTION_NAMES and CONTAINER_NAMES."""
        place = self._place_of(region)
        parent = region.parent or region
        return (
            place.families,
            (_NUMBER_OF_TAG.get(region.tag, len(TAGS)), *place.tags, place.depth),
            self._section(region),
            self._section(parent),
            self._section(parent.parent or parent),
            (
                place.up,
                place.above,
                self._view.main.characters / self._view.total if place.up < FAR else 0,
            ),
            self._branch(place.branch),
            place.inside,
        )

    def _place_of(self, region: Region) -> _Place:
        """Return the place of a region, after those of the regions around it."""
        missing = []
        for outer in region.chain():
            if outer.index in self._places:
                break
            missing.append(outer)
        for inner in reversed(missing):
            around = self._places[inner.parent.index] if inner.parent else self._outside()
            self._places[inner.index] = self._within(around, inner)
        return self._places[region.index]

    def _outside(self) -> _Place:
        known = [float(holder is not None) - 1 for holder in self._named]
        inside = tuple(value for pair in zip(known, self._prose, strict=True) for value in pair)
        families, tags = bytes([FAR] * len(FAMILIES)), bytes([FAR] * len(ANCESTORS))
        return _Place(families, tags, 0, inside, FAR, 0, None)

    def _within(self, around: _Place, region: Region) -> _Place:
        families, tags = around.families.translate(_FURTHER), around.tags.translate(_OUTWARDS)
        if found := families_of(region.names):
            families = _with_zeros(families, bits_of(found))
        if region.tag in _NUMBER_OF_ANCESTOR:
            tags = _with_zeros(tags, (_NUMBER_OF_ANCESTOR[region.tag],))
        inside = around.inside
        if region in self._named:
            changed = list(inside)
            for number, holder in enumerate(self._named):
                if holder is region:
                    changed[2 * number] = 1.0
            inside = tuple(changed)
        depth = around.depth + 1
        above = self._view.depth_of_main.get(region.index)
        if above is not None:
            return _Place(families, tags, depth, inside, 0, above, None)
        up = around.up + 1 if around.up < FAR else FAR
        return _Place(families, tags, depth, inside, up, around.above, around.branch or region)

    def _section(self, section: Region) -> Part:
        found = self._sections.get(section.index)
        if found is None:
            characters = section.characters or 1
            found = self._sections[section.index] = (
                section.linked / characters,
                section.characters / self._view.total,
                log1p(section.paragraphs),
                section.prose / characters,
                log1p(section.passages),
            )
        return found

    def _branch(self, branch: Region | None) -> Part:
        """Tell of the region just inside the one that the main region shares with a passage."""
        if branch is None:
            return _NO_BRANCH
        found = self._branches.get(branch.index)
        if found is None:
            names = families_of(branch.names)
            found = self._branches[branch.index] = (
                branch.link_density,
                branch.prose / (branch.characters or 1),
                log1p(branch.passages),
                branch.characters / (self._view.main.characters or 1),
                log1p(branch.paragraphs),
                bool(names & AROUND) and not names & BODY,
            )
        return found


def _with_zeros(steps: bytes, places: Iterable[int]) -> bytes:
    changed = bytearray(steps)
    for place in places:
        changed[place] = 0
    return bytes(changed)


# What a number of steps is one region further in; bytes are translated all at once.
_OUTWARDS = bytes(min(steps + 1, FAR) for steps in range(256))
_FURTHER = bytes(steps + 1 if steps < NEAR - 1 else FAR for steps in range(256))
_NO_BRANCH = (0.0, 1.0, 0.0, 0.0, 0.0, 0.0)


def _named_regions(regions: list[Region]) -> list[Region | None]:
    """Return the outermost regions that a page calls body, article and main, if they hold much."""
    least = LEAST_OF_PROSE * regions[0].prose
    holders = [region for region in regions if region.prose >= least and not region.hidden]
    tests: tuple[Callable[[Region], bool], ...] = (_is_named_body, _is_article, _is_main)
    return [next(filter(test, holders), None) for test in tests]


def _is_named_body(region: Region) -> bool:
    return region.tag != "body" and bool(families_of(region.names) & BODY)


def _is_article(region: Region) -> bool:
    return region.tag == "article"


def _is_main(region: Region) -> bool:
    return region.tag == "main" or "main" in region.names.split()
