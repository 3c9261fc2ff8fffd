"""Gradient-boosted decision trees, evaluated in plain Python.

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
boosting machine" (2001). `benchmarks/train_scorer.py` learns these with
LightGBM, which is not needed to evaluate them.

For more than half of the passages the first half of the trees is so sure that the
others change no verdict, and they are not asked. QuickScorer (Lucchese et al., SIGIR
2015), which keeps the leaves of all trees as bits of one integer, is a third
faster than walking, and takes five times the code.
"""

import json
from collections.abc import Sequence
from functools import cache
from math import exp
from pkgutil import get_data
from typing import Any, NamedTuple

WEIGHTS = "forest.json"
SURE = 3.0  # log-odds; a probability beyond .05 or .95


class Forest(NamedTuple):
    """Trees, with the nodes of all of them in parallel lists.

    A node with a `feature` below zero is a leaf, and `value` is the number that
    it adds. Any other node is a question, and `value` is the threshold: `left` is
    the index of the node for features up to it, and the next index is that of
    the node for larger ones.
    """

    roots: list[int]
    feature: list[int]
    value: list[float]
    left: list[int]

    def probability(self, features: Sequence[float]) -> float:
        """Return how likely a passage with these features belongs to the article."""
        roots, feature, value, left = self
        half = len(roots) // 2
        log_odds = 0.0
        for part in (roots[:half], roots[half:]):
            for root in part:
                node = root
                while (asked := feature[node]) >= 0:
                    node = left[node] + (features[asked] > value[node])
                log_odds += value[node]
            if abs(log_odds) > SURE:
                break
        return 1 / (1 + exp(-log_odds))


@cache
def learned_forest() -> Forest:
    """Return the forest that comes with the program."""
    return read_forest(json.loads(get_data(__package__ or "", WEIGHTS) or b"{}"))


def read_forest(plain: dict[str, Any]) -> Forest:
    """Return the forest in the content of a file of weights."""
    return Forest(plain["roots"], plain["feature"], plain["value"], plain["left"])
