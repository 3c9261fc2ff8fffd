"""The main region of a page: the one that most of the prose points to.

Each paragraph of prose gives points to the regions around it, fewer with each
level outwards, as in Readability. The region with the most points is the main one.
"""

from annotator.extract.content.scorer.passage_view import PassageView
from annotator.extract.content.scorer.word_families import AROUND, ARTICLE, BODY, families_of
from annotator.extract.passages import Region

LEVELS = 5  # regions outwards from a passage that get points
FIRST_LOSS, LOSS = 0.5, 0.6  # the share of the points that is left one level further out
SENTENCE_POINTS = 3.0
MOST_LENGTH_POINTS = 3.0
LENGTH_UNIT = 100  # characters

_BY_TAG = {"article": 1.2, "main": 1.2} | dict.fromkeys(
    ("aside", "nav", "footer", "form", "header"), 0.3
)


def main_region(passages: list[PassageView], regions: list[Region]) -> Region:
    """Return the region with the most points; the outermost of a page without prose."""
    points: dict[int, float] = {}
    for view in passages:
        if view.is_prose:
            _spread(_points(view), view.passage.region.parent or regions[0], points)
    best = max(points, key=lambda index: points[index] * _weight(regions[index]), default=0)
    return regions[best]


def _points(view: PassageView) -> float:
    text = view.passage.text
    length = min(view.length / LENGTH_UNIT, MOST_LENGTH_POINTS)
    return 1 + text.count(",") + text.count("，") + length + SENTENCE_POINTS * view.ends_sentence


def _spread(gain: float, inmost: Region, points: dict[int, float]) -> None:
    region: Region | None = inmost
    share = 1.0
    for level in range(LEVELS):
        if region is None:
            return
        points[region.index] = points.get(region.index, 0.0) + gain * share
        share *= LOSS if level else FIRST_LOSS
        region = region.parent


def _weight(region: Region) -> float:
    names = families_of(region.names)
    weight = (1 - region.link_density) * _BY_TAG.get(region.tag, 1.0)
    if names & BODY:
        return weight * 1.4
    weight *= 1.15 if names & ARTICLE else 1.0
    return weight * 0.6 if names & AROUND else weight
