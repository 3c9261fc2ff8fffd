"""How likely each passage of a page is to be of its article."""

from collections.abc import Mapping, Sequence

from annotator.extract.metadata.facts import Facts
from annotator.extract.passages import Draft, Rule
from annotator.extract.scorer.features import Features
from annotator.extract.scorer.forest import Forest, learned_forest
from annotator.extract.scorer.view import View, look

AROUND = 10  # passages before and after what was chosen that may be of the article, too
MOST_SCORED = 2_000  # passages of a page: what is beyond is left to the rules


def score(draft: Draft, boxes: Sequence[Rule | None], facts: Facts) -> dict[int, float]:
    """Return a probability for each passage with a text, by its index among the draft's.

    The rules have chosen before; `boxes` tells for each region whether it is
    residue as a whole. Passages far from all that was chosen have none, unless
    they are prose.
    """
    return score_view(look(draft, boxes, facts), learned_forest())


def score_view(view: View, forest: Forest) -> dict[int, float]:
    """Return the probabilities of the passages of a page that are worth to be scored."""
    features = Features(view)
    positions = positions_to_score(view)
    likely = forest.probabilities([features.parts(position) for position in positions])
    return {view.glimpses[at].index: value for at, value in zip(positions, likely, strict=True)}


def positions_to_score(view: View) -> list[int]:
    """Return where the passages stand that may be of the article."""
    chosen = [position for position, glimpse in enumerate(view.glimpses) if glimpse.is_ruled]
    first, last = (chosen[0], chosen[-1]) if chosen else (0, len(view.glimpses))
    return [
        position
        for position, glimpse in enumerate(view.glimpses)
        if glimpse.is_prose or first - AROUND <= position <= last + AROUND
    ][:MOST_SCORED]


def doubt(draft: Draft, likely: Mapping[int, float]) -> float:
    """Return how much text may be judged wrongly, as a share of what is likely to be the article.

    A page of which nothing is likely is all doubt.
    """
    wrong = right = 0.0
    for index, probability in likely.items():
        length = len(draft.passages[index].text)
        wrong += length * min(probability, 1 - probability)
        right += length * probability
    return wrong / right if right else 1.0
