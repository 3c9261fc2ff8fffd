"""The choice of an article's passages: rules, then the scorer, then readability if needed.

readability-lxml costs as much as the rest of cleaning and usually adds nothing,
so it is asked only where the scorer is uncertain, which is a third of all pages.
"""

from collections.abc import Mapping
from typing import NamedTuple

from annotator.extract.content.density import measure_chosen
from annotator.extract.content.rules import choose, restore_standfirst
from annotator.extract.content.scorer import (
    apply_probabilities,
    clear_alternative_texts,
    score,
    uncertainty,
)
from annotator.extract.html.dom import Element
from annotator.extract.metadata import Facts
from annotator.extract.passages import ArticleDraft, Passage, Region, Rule
from annotator.extract.residue.containers import (
    doubtful_names,
    named_bodies,
    residue_containers,
)

MOST_UNCERTAINTY = 0.05  # share of the text


class Decision(NamedTuple):
    """The verdicts of the rules alone, and the probabilities of the scorer."""

    ruled: Mapping[Passage, Rule | None]
    likely: Mapping[Passage, float]


NO_DECISION = Decision({}, {})  # for a source that is not HTML, all of which is the article


def decide(draft: ArticleDraft, root: Element, facts: Facts) -> Decision:
    """Set the verdict of every passage that does not belong to the article."""
    clear_alternative_texts(draft)
    likely = choose_and_score(draft, frozenset(), facts)
    if uncertainty(draft, likely) > MOST_UNCERTAINTY:
        readable = _readable_regions(root, draft.regions)
        likely |= choose_and_score(draft, readable, facts) if readable else {}
    ruled = {passage: passage.verdict for passage in draft.passages}
    apply_probabilities(draft, likely)
    restore_standfirst(draft, facts.excerpt)
    return Decision(ruled, {draft.passages[at]: likely[at] for at in likely})


def _readable_regions(root: Element, regions: list[Region]) -> frozenset[int]:
    # It takes 27 ms to load, which a command that extracts a single page rarely needs.
    from annotator.extract.content.readability import readable_regions

    return readable_regions(root, regions)


def choose_and_score(
    draft: ArticleDraft, readable: frozenset[int], facts: Facts
) -> dict[int, float]:
    """Let the rules choose, given the regions that readability keeps, and score the passages."""
    measure_chosen(draft.passages, draft.regions, readable or named_bodies(draft.regions))
    containers = residue_containers(draft.regions)
    choose(draft, readable, containers)
    likely = score(draft, containers, facts)
    if doubted := doubtful_names(draft.passages, containers, likely):
        containers = residue_containers(draft.regions, doubted)
        choose(draft, readable, containers)
        likely = score(draft, containers, facts)
    return likely
