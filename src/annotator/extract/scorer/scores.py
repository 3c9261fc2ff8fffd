"""How likely each passage of a page is to be of its article."""

from collections.abc import Sequence

from annotator.extract.passages import Draft, Rule
from annotator.extract.scorer.features import Features
from annotator.extract.scorer.forest import Forest, learned_forest
from annotator.extract.scorer.view import View, look

AROUND = 10  # passages before and after what was chosen that may be of the article, too
MOST_SCORED = 2_000  # passages of a page: what is beyond is left to the rules


def score(
    draft: Draft,
    readable: frozenset[int],
    boxes: Sequence[Rule | None],
    *,
    excerpt: str = "",
) -> dict[int, float]:
    """Return a probability for each passage with a text, by its index among the draft's.

    The rules have chosen before; `readable` are the regions that readability
    keeps, and `boxes` tells for each region whether it is residue as a whole.
    Passages far from all that was chosen have none, unless they are prose.
    """
    view = look(draft, readable, boxes, excerpt)
    return score_view(view, learned_forest())


def score_view(view: View, forest: Forest) -> dict[int, float]:
    """Return the probabilities of the passages of a page that are worth to be scored."""
    features = Features(view)
    return {
        view.glimpses[position].index: forest.probability(features.at(position))
        for position in positions_to_score(view)
    }


def positions_to_score(view: View) -> list[int]:
    """Return where the passages stand that may be of the article."""
    chosen = [
        position
        for position, glimpse in enumerate(view.glimpses)
        if glimpse.is_readable or glimpse.is_ruled
    ]
    first, last = (chosen[0], chosen[-1]) if chosen else (0, len(view.glimpses))
    return [
        position
        for position, glimpse in enumerate(view.glimpses)
        if glimpse.is_prose or first - AROUND <= position <= last + AROUND
    ][:MOST_SCORED]
