"""All features of a passage in one order, and the probabilities that follow from them.

Their names are in `feature_names.toml`, for those who learn.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from math import exp
from pkgutil import get_data
from typing import Any, NamedTuple

from annotator.extract.choice.scorer.page_view import (
    FAR,
    PageView,
    PassageView,
    signature_of,
    view_page,
)
from annotator.extract.choice.scorer.region_features import RegionFeatures
from annotator.extract.choice.scorer.text_features import kind_features, text_features
from annotator.extract.metadata.facts import Facts
from annotator.extract.passages import ArticleDraft, Rule

NEAR = 12  # passages; the largest distance from the ends of the choice
LEAST_OF_TITLE = 9  # letters of a line that is a part of the title
LEAST_OF_EXCERPT = 21
AROUND = 10  # passages before and after the choice of the rules that are scored, too
MOST_SCORED = 2_000  # passages of a page; the rest is left to the rules

WEIGHTS = "forest.json"
SURE = 3.0  # log-odds; a probability beyond .05 or .95

_Sum = Callable[[Sequence[float]], float]


class Forest(NamedTuple):
    """Gradient-boosted decision trees, as functions: of the first half of them, and of the rest.

    A tree asks one question at a time, "is feature 12 greater than 0.4?", goes to
    the right if so and to the left if not, and ends at a leaf that holds a number.
    The numbers of all trees are added up. The sum is the log-odds that a passage
    belongs to the article: 0 is a probability of one half, 2.2 is 0.9, -2.2 is 0.1.

        link_share > 0.45?            A paragraph with few links that ends like a
         ├─ no:  ends > 0.5?          sentence gains 0.21, a menu of links loses
         │        ├─ no:  -0.03       0.34. One tree says little; each next tree
         │        └─ yes: +0.21       was learned to correct the sum of those
         └─ yes: -0.34                before it.

    Such trees are described in Friedman, "Greedy function approximation: a gradient
    boosting machine" (2001). `benchmarks/cleaning/train_scorer.py` learns these with
    LightGBM, which is not needed to evaluate them.

    The trees become two Python functions, which takes 8 ms once in a process and makes
    them three times as fast as a walk over lists of nodes. For more than half of the
    passages the first half of the trees is so sure that the others change no verdict,
    and they are not asked.
    """

    first: _Sum
    rest: _Sum

    def probability(self, features: Sequence[float]) -> float:
        """Return how likely a passage with these features belongs to the article."""
        log_odds = self.first(features)
        if -SURE <= log_odds <= SURE:
            log_odds += self.rest(features)
        return 1 / (1 + exp(-log_odds))


@cache
def learned_forest() -> Forest:
    """Return the forest that comes with the program."""
    return read_forest(json.loads(get_data(__package__ or "", WEIGHTS) or b"{}"))


def read_forest(plain: dict[str, Any]) -> Forest:
    """Return the forest in the content of a file of weights.

    Its lists have an entry for each node of all trees. A node with a `feature` below
    zero is a leaf, and `value` is the number that it adds. Any other node is a
    question, and `value` is the threshold: `left` is the index of the node for
    features up to it, and the next index is that of the node for larger ones.
    """
    trees = [_source(plain, root) for root in plain["roots"]]
    half = len(trees) // 2
    return Forest(_compiled(trees[:half]), _compiled(trees[half:]))


def _source(plain: dict[str, Any], node: int) -> str:
    """Return a tree as an expression. Whatever the file holds, it consists of numbers."""
    asked, value = int(plain["feature"][node]), float(plain["value"][node])
    if asked < 0:
        return repr(value)
    left = plain["left"][node]
    return f"({_source(plain, left + 1)} if f[{asked}] > {value} else {_source(plain, left)})"


def _compiled(trees: list[str]) -> _Sum:
    function: _Sum = eval(f"lambda f: {' + '.join(trees) or '0.0'}", {})  # noqa: S307 - of numbers
    return function


class Features:
    """The features of the passages of a page."""

    def __init__(self, page: PageView) -> None:
        self._page = page
        self._regions = RegionFeatures(page)

    def at(self, position: int) -> list[float]:
        """Return the features of a passage, in the order of their families."""
        view = self._page.passages[position]
        region = view.passage.region
        return [
            *text_features(view),
            *kind_features(view.passage),
            *self._regions.at(region),
            self._page.containers[region.index] is not None,
            *self._position(position),
            *self._repeats(view),
            *self._choice(position, view),
        ]

    def _position(self, position: int) -> Iterator[float]:
        page = self._page
        has_title = page.title_at >= 0
        yield position / len(page.passages)
        yield page.characters_before[position] / page.total
        yield _within(FAR, position - page.title_at) if has_title else -FAR - 1
        yield position > page.title_at
        yield page.since_prose[position]
        yield page.until_prose[position]
        yield page.prose_before[position] / (page.paragraphs or 1)
        yield page.paragraphs
        yield len(page.passages)

    def _repeats(self, view: PassageView) -> Iterator[float]:
        key, excerpt = view.key, self._page.excerpt
        yield self._page.repeats[key]
        yield len(key) >= LEAST_OF_TITLE and key in self._page.title
        yield bool(excerpt) and len(key) >= LEAST_OF_EXCERPT and (key in excerpt or excerpt in key)

    def _choice(self, position: int, view: PassageView) -> Iterator[float]:
        """Yield what the rules chose: the passage, those around it, those like it."""
        ruled = self._page.ruled
        siblings = self._page.siblings[view.parent]
        alike = self._page.alike[signature_of(view.passage)]
        yield view.is_ruled
        yield ruled.share
        yield _within(NEAR, position - ruled.first)
        yield _within(NEAR, ruled.last - position)
        yield siblings.ruled / siblings.characters
        yield alike.ruled / alike.characters
        yield alike.passages
        yield alike.prose / alike.passages
        yield alike.linked / alike.characters
        yield alike.characters / alike.passages


def _within(limit: int, distance: int) -> int:
    return max(-limit, min(limit, distance))


def score(draft: ArticleDraft, containers: Sequence[Rule | None], facts: Facts) -> dict[int, float]:
    """Return the probabilities of passages, by their indices in `draft.passages`.

    The rules have chosen before. `containers` gives for each region the rule that
    calls it residue as a whole, if any. Passages without text have no
    probability, nor have those far from all that was chosen, unless they are prose.
    """
    page, forest = view_page(draft, containers, facts), learned_forest()
    features = Features(page)
    return {
        page.passages[at].index: forest.probability(features.at(at))
        for at in positions_to_score(page)
    }


def positions_to_score(page: PageView) -> list[int]:
    """Return the positions of the passages that may belong to the article."""
    chosen = [at for at, view in enumerate(page.passages) if view.is_ruled]
    first, last = (chosen[0], chosen[-1]) if chosen else (0, len(page.passages))
    return [
        at
        for at, view in enumerate(page.passages)
        if view.is_prose or first - AROUND <= at <= last + AROUND
    ][:MOST_SCORED]


def uncertainty(draft: ArticleDraft, likely: Mapping[int, float]) -> float:
    """Return the expected share of misjudged text, relative to the text likely in the article.

    It is 1 for a page on which nothing is likely.
    """
    wrong = right = 0.0
    for index, probability in likely.items():
        length = len(draft.passages[index].text)
        wrong += length * min(probability, 1 - probability)
        right += length * probability
    return wrong / right if right else 1.0
