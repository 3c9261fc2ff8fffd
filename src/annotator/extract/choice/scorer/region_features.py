"""Features of a passage's place: the regions around it, and the main region."""

from math import log1p
from typing import NamedTuple

from annotator.extract.choice.scorer.page_view import AROUND, BODY, FAR, PageView, kinds_of
from annotator.extract.passages import Region

LEAST_OF_PROSE = 0.25  # share of the page's prose in a region that is named like an article

TAGS = ("p", "li", "div", "td", "h2", "h3", "h4", "h1", "dd", "section", "figure", "article")
ANCESTORS = ("article", "main", "aside", "header", "footer", "form", "figure", "table", "ul", "ol",
             "blockquote", "section", "li")  # fmt: skip
_NUMBER_OF_TAG = {tag: number for number, tag in enumerate(TAGS)}
_NUMBER_OF_ANCESTOR = {tag: number for number, tag in enumerate(ANCESTORS)}


class _Ancestry(NamedTuple):
    """A summary of the regions around a region, computed from the summary of its parent.

    `tags` holds one byte for each of ANCESTORS: the number of steps outwards to
    the nearest region with it. One step further in, all of them grow by one,
    which `bytes.translate` does at once.
    """

    tags: bytes
    depth: int
    # For each named region: 1 inside it, 0 outside, -1 if there is none; and its share of prose.
    inside: tuple[float, ...]
    up: int  # steps outwards to a region around the main one
    above: int  # steps outwards from the main region to that one
    branch: Region | None  # the region just inside it


class RegionFeatures:
    """The features of the regions of a page, each computed once."""

    def __init__(self, page: PageView) -> None:
        self._page = page
        self._named = _named_regions(page.draft.regions)
        self._prose = [
            holder.prose / (page.draft.regions[0].prose or 1) if holder else 0.0
            for holder in self._named
        ]
        self._ancestries: dict[int, _Ancestry] = {}
        self._features: dict[int, tuple[float, ...]] = {}

    def at(self, region: Region) -> tuple[float, ...]:
        """Return the features of the families `tags`, `sections` and `container`."""
        known = self._features.get(region.index)
        if known is None:
            known = self._features[region.index] = self._features_of(region)
        return known

    def _features_of(self, region: Region) -> tuple[float, ...]:
        ancestry = self._ancestry(region)
        parent = region.parent or region
        return (
            _NUMBER_OF_TAG.get(region.tag, len(TAGS)),
            *ancestry.tags,
            ancestry.depth,
            *self._section(region),
            *self._section(parent),
            *self._section(parent.parent or parent),
            ancestry.up,
            ancestry.above,
            self._page.main.characters / self._page.total if ancestry.up < FAR else 0,
            *self._branch(ancestry.branch),
            *ancestry.inside,
        )

    def _ancestry(self, region: Region) -> _Ancestry:
        missing = []
        for outer in region.chain():
            if outer.index in self._ancestries:
                break
            missing.append(outer)
        for inner in reversed(missing):
            around = self._ancestries[inner.parent.index] if inner.parent else self._outermost()
            self._ancestries[inner.index] = self._within(around, inner)
        return self._ancestries[region.index]

    def _outermost(self) -> _Ancestry:
        known = [float(holder is not None) - 1 for holder in self._named]
        inside = tuple(value for pair in zip(known, self._prose, strict=True) for value in pair)
        return _Ancestry(bytes([FAR] * len(ANCESTORS)), 0, inside, FAR, 0, None)

    def _within(self, around: _Ancestry, region: Region) -> _Ancestry:
        tags = around.tags.translate(_OUTWARDS)
        if region.tag in _NUMBER_OF_ANCESTOR:
            place = _NUMBER_OF_ANCESTOR[region.tag]
            tags = tags[:place] + b"\0" + tags[place + 1 :]
        inside = around.inside
        if region in self._named:
            changed = list(inside)
            for number, holder in enumerate(self._named):
                if holder is region:
                    changed[2 * number] = 1.0
            inside = tuple(changed)
        depth = around.depth + 1
        above = self._page.depth_of_main.get(region.index)
        if above is not None:
            return _Ancestry(tags, depth, inside, 0, above, None)
        up = around.up + 1 if around.up < FAR else FAR
        return _Ancestry(tags, depth, inside, up, around.above, around.branch or region)

    def _section(self, section: Region) -> tuple[float, ...]:
        characters = section.characters or 1
        return (
            section.linked / characters,
            section.characters / self._page.total,
            log1p(section.paragraphs),
            section.prose / characters,
            log1p(section.passages),
        )

    def _branch(self, branch: Region | None) -> tuple[float, ...]:
        """Describe the region just inside the one that the main region shares with a passage."""
        if branch is None:
            return _NO_BRANCH
        names = kinds_of(branch.names)
        return (
            branch.link_density,
            branch.prose / (branch.characters or 1),
            log1p(branch.passages),
            branch.characters / (self._page.main.characters or 1),
            log1p(branch.paragraphs),
            bool(names & AROUND) and not names & BODY,
        )


# For each number of steps outwards, the number one region further in.
_OUTWARDS = bytes(min(steps + 1, FAR) for steps in range(256))
_NO_BRANCH = (0.0, 1.0, 0.0, 0.0, 0.0, 0.0)


def _named_regions(regions: list[Region]) -> list[Region | None]:
    """Return the outermost regions named body, article and main, if they hold enough prose."""
    least = LEAST_OF_PROSE * regions[0].prose
    holders = [region for region in regions if region.prose >= least and not region.hidden]
    bodies = (r for r in holders if r.tag != "body" and kinds_of(r.names) & BODY)
    articles = (r for r in holders if r.tag == "article")
    mains = (r for r in holders if r.tag == "main" or "main" in r.names.split())
    return [next(regions, None) for regions in (bodies, articles, mains)]
