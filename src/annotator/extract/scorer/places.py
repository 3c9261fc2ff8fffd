"""Features of where a passage stands: the regions around it, their names, the main region."""

from collections.abc import Callable
from math import log1p

from annotator.extract.passages import Region
from annotator.extract.scorer.glimpses import Glimpse
from annotator.extract.scorer.names import AROUND, BODY, FAMILIES, families_of
from annotator.extract.scorer.view import FAR, View

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


class Places:
    """The features of the places of a page, each region's worked out once."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._names: dict[int, list[int]] = {-1: [FAR] * len(FAMILIES)}
        self._tags: dict[int, dict[str, int]] = {-1: {}}
        self._named = [(region, _below(region)) for region in _named_regions(view.draft.regions)]
        self._prose = view.draft.regions[0].prose or 1

    def features(self, glimpse: Glimpse) -> list[float]:
        """Return those of NAMES_NAMES, TAG_NAMES, SECTION_NAMES and CONTAINER_NAMES."""
        region = glimpse.passage.region
        self._walk_in(region)
        tags = self._tags[region.index]
        return [
            *(distance if distance < NEAR else FAR for distance in self._names[region.index]),
            TAGS.index(region.tag) if region.tag in TAGS else len(TAGS),
            *(tags.get(tag, FAR) for tag in ANCESTORS),
            tags["depth"],
            *self._sections(region),
            *self._container(region),
        ]

    def _walk_in(self, region: Region) -> None:
        """Fill in what the regions around one say, outermost first."""
        missing = []
        for outer in region.chain():
            if outer.index in self._names:
                break
            missing.append(outer)
        for inner in reversed(missing):
            parent = inner.parent.index if inner.parent else -1
            found = families_of(inner.names)
            self._names[inner.index] = [
                0 if found >> bit & 1 else distance + 1
                for bit, distance in enumerate(self._names[parent])
            ]
            outer_tags = self._tags[parent]
            tags = {tag: distance + 1 for tag, distance in outer_tags.items()}
            self._tags[inner.index] = tags | {inner.tag: 0, "depth": outer_tags.get("depth", 0) + 1}

    def _sections(self, region: Region) -> list[float]:
        parent = region.parent or region
        found: list[float] = []
        for section in (region, parent, parent.parent or parent):
            characters = section.characters or 1
            found += [
                section.linked / characters,
                section.characters / self._view.total,
                log1p(section.paragraphs),
                section.prose / characters,
                log1p(section.passages),
            ]
        return found

    def _container(self, region: Region) -> list[float]:
        view = self._view
        named: list[float] = []
        for holder, below in self._named:
            named += [below(region), holder.prose / self._prose if holder else 0]
        up, branch = 0, None
        for outer in region.chain():
            if outer.index in view.depth_of_main:
                above = view.depth_of_main[outer.index]
                share = view.main.characters / view.total
                return [up, above, share, *self._branch(branch), *named]
            up, branch = up + 1, outer
        return [FAR, 0, 0, *self._branch(None), *named]

    def _branch(self, branch: Region | None) -> list[float]:
        """Tell of the region just inside the one that the main region shares with a passage."""
        if branch is None:
            return [0, 1, 0, 0, 0, 0]
        names = families_of(branch.names)
        return [
            branch.link_density,
            branch.prose / (branch.characters or 1),
            log1p(branch.passages),
            branch.characters / (self._view.main.characters or 1),
            log1p(branch.paragraphs),
            bool(names & AROUND) and not names & BODY,
        ]


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


def _below(holder: Region | None) -> Callable[[Region], float]:
    """Return a test for regions in `holder`; -1 where a page has none."""
    if holder is None:
        return lambda _region: -1
    return lambda region: float(any(outer is holder for outer in region.chain()))
