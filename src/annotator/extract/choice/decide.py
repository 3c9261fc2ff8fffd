"""The choice of an article's passages: rules, then the scorer, then readability if needed.

readability-lxml costs as much as the rest of cleaning and usually adds nothing,
so it is asked only where the scorer is uncertain, which is a quarter of all pages.
"""

from collections.abc import Mapping
from typing import NamedTuple

from annotator.extract.choice.containers import (
    LIKELY_WITHOUT,
    named_bodies,
    residue_containers,
    suspects,
)
from annotator.extract.choice.density import measure_chosen
from annotator.extract.choice.rules import choose
from annotator.extract.choice.scorer.decisions import clear_alternative_texts
from annotator.extract.choice.scorer.features import score, uncertainty
from annotator.extract.dom.elements import Element
from annotator.extract.metadata import Facts
from annotator.extract.passages import ArticleDraft, Passage, Region, Rule

MOST_UNCERTAINTY = 0.15  # share of the text


class Decision(NamedTuple):
    """The verdicts of the rules alone, and the probabilities of the scorer.

    A probability is that of the passage at an index of `ruled`, in the order of the page.
    """

    ruled: Mapping[Passage, Rule | None]
    likely: Mapping[int, float]


NO_DECISION = Decision({}, {})  # for a source that is not HTML, all of which is the article


def decide_by_rules(draft: ArticleDraft, root: Element | None, facts: Facts) -> Decision:
    """Set the verdicts of all passages by rules alone, and return what the scorer thinks of them.

    Where the scorer is uncertain, the rules choose once more, with the help of readability.
    """
    clear_alternative_texts(draft)
    likely = choose_and_score(draft, frozenset(), facts)
    if root is not None and uncertainty(draft, likely) > MOST_UNCERTAINTY:
        readable = _readable_regions(root, draft.regions)
        likely |= choose_and_score(draft, readable, facts) if readable else {}
    return Decision({passage: passage.verdict for passage in draft.passages}, likely)


def _readable_regions(root: Element, regions: list[Region]) -> frozenset[int]:
    # It takes 27 ms to load, which a command that extracts a single page rarely needs.
    from annotator.extract.choice.readability import readable_regions

    return readable_regions(root, regions)


def choose_and_score(
    draft: ArticleDraft, readable: frozenset[int], facts: Facts
) -> dict[int, float]:
    """Let the rules choose, given the regions that readability keeps, and score the passages."""
    measure_chosen(draft.passages, draft.regions, readable or named_bodies(draft.regions))
    containers = residue_containers(draft.regions)
    likely = _scored(draft, readable, containers, facts)
    named = suspects(draft.passages, containers)
    before = {name: suspect.likelihood(draft.passages, likely) for name, suspect in named.items()}
    # An article cut into containers that are named like sidebars or paywalls: the scorer reads
    # the page once more without the name, and believes it if it then takes the prose for text.
    tried = frozenset(name for name, mean in before.items() if mean >= named[name].possible)
    if not tried:
        return likely
    likely = _scored(draft, readable, residue_containers(draft.regions, tried), facts)
    doubted = frozenset(
        name
        for name in tried
        if before[name] >= named[name].likely
        or named[name].likelihood(draft.passages, likely) >= LIKELY_WITHOUT
    )
    if doubted == tried:
        return likely
    return _scored(draft, readable, residue_containers(draft.regions, doubted), facts)


def _scored(
    draft: ArticleDraft, readable: frozenset[int], containers: list[Rule | None], facts: Facts
) -> dict[int, float]:
    choose(draft, readable, containers)
    return score(draft, containers, facts)
