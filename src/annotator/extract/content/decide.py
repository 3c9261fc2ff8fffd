"""What of a page is its article: the rules choose, the scorer looks again, and a third is asked.

readability-lxml is the third. It costs more than all the rest of cleaning and on
most pages tells nothing new, so that it is asked where the scorer is in doubt.
"""

from collections.abc import Mapping
from typing import NamedTuple

from annotator.extract.content.density import measure_chosen
from annotator.extract.content.rules import choose
from annotator.extract.content.scorer import doubt, judge_by, score, silence_alternatives
from annotator.extract.html.dom import Element
from annotator.extract.metadata import Facts
from annotator.extract.passages import Draft, Passage, Rule
from annotator.extract.residue.containers import named_bodies, residue_containers

MOST_DOUBT = 0.05  # share of the text: a third of all pages have more


class Decision(NamedTuple):
    """Who decided: the verdicts of the rules alone, and how likely the scorer finds passages."""

    ruled: Mapping[Passage, Rule | None]
    likely: Mapping[Passage, float]


NO_DECISION = Decision({}, {})  # on a page without HTML, all of which is its article


def decide(draft: Draft, root: Element, facts: Facts) -> Decision:
    """Give a verdict on every passage of a page that is not of its article."""
    silence_alternatives(draft)
    likely = consider(draft, frozenset(), facts)
    if doubt(draft, likely) > MOST_DOUBT and (readable := _readable(draft, root)):
        likely |= consider(draft, readable, facts)
    ruled = {passage: passage.verdict for passage in draft.passages}
    judge_by(draft, likely)
    return Decision(ruled, {draft.passages[at]: likely[at] for at in likely})


def _readable(draft: Draft, root: Element) -> frozenset[int]:
    from annotator.extract.content.readability import readable_regions

    return readable_regions(root, draft.regions)


def consider(draft: Draft, readable: frozenset[int], facts: Facts) -> dict[int, float]:
    """Let the rules choose, perhaps from what readability keeps, and score the passages then."""
    measure_chosen(draft.passages, draft.regions, readable or named_bodies(draft.regions))
    boxes = residue_containers(draft.regions)
    choose(draft, readable, boxes)
    return score(draft, boxes, facts)
