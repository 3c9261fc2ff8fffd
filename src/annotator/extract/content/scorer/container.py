"""Which region of a page is the main one, by what its prose adds to the regions around it."""

from annotator.extract.content.scorer.passage_view import Glimpse
from annotator.extract.content.scorer.word_families import AROUND, ARTICLE, BODY, families_of
from annotator.extract.passages import Region

LEVELS = 5  # regions outwards from a passage that gain by it
FIRST_LOSS, LOSS = 0.5, 0.6  # what is left of the gain one level further out
SENTENCE_GAIN = 3.0
MOST_LENGTH_GAIN = 3.0
LENGTH_UNIT = 100  # characters

_BY_TAG = {"article": 1.2, "main": 1.2} | dict.fromkeys(
    ("aside", "nav", "footer", "form", "header"), 0.3
)


def main_region(glimpses: list[Glimpse], regions: list[Region]) -> Region:
    """Return the region with the most prose about it; the outermost of a page without prose."""
    gains: dict[int, float] = {}
    for glimpse in glimpses:
        if glimpse.is_prose:
            _spread(_gain(glimpse), glimpse.passage.region.parent or regions[0], gains)
    best = max(gains, key=lambda index: gains[index] * _weight(regions[index]), default=0)
    return regions[best]


def _gain(glimpse: Glimpse) -> float:
    text = glimpse.passage.text
    length = min(glimpse.length / LENGTH_UNIT, MOST_LENGTH_GAIN)
    return 1 + text.count(",") + text.count("，") + length + SENTENCE_GAIN * glimpse.ends


def _spread(gain: float, inmost: Region, gains: dict[int, float]) -> None:
    region: Region | None = inmost
    share = 1.0
    for level in range(LEVELS):
        if region is None:
            return
        gains[region.index] = gains.get(region.index, 0.0) + gain * share
        share *= LOSS if level else FIRST_LOSS
        region = region.parent


def _weight(region: Region) -> float:
    names = families_of(region.names)
    weight = (1 - region.link_density) * _BY_TAG.get(region.tag, 1.0)
    if names & BODY:
        return weight * 1.4
    weight *= 1.15 if names & ARTICLE else 1.0
    return weight * 0.6 if names & AROUND else weight
