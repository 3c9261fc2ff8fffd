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

Walking 120 trees takes about 2.5 ms a page. QuickScorer (Lucchese et al.,
SIGIR 2015), which keeps the leaves of all trees as bits of one integer, was
tried: it saves about 0.9 ms and needs three times the code.
"""

import json
from collections.abc import Sequence
from functools import cache
from math import exp
from pkgutil import get_data
from typing import Any, NamedTuple

WEIGHTS = "forest.json"


class Split(NamedTuple):
    """A question, with the nodes for values up to the threshold and for those above.

    A node is another split, or a leaf, which is a number.
    """

    feature: int
    threshold: float
    low: "Split | float"
    high: "Split | float"


class Forest:
    """Trees, each given by its root."""

    def __init__(self, roots: Sequence[Split | float]) -> None:
        self._roots = roots

    def probability(self, features: Sequence[float]) -> float:
        """Return how likely a passage with these features belongs to the article."""
        log_odds = 0.0
        for root in self._roots:
            node = root
            while isinstance(node, Split):
                feature, threshold, low, high = node
                node = high if features[feature] > threshold else low
            log_odds += node
        return 1 / (1 + exp(-log_odds))


@cache
def learned_forest() -> Forest:
    """Return the forest that comes with the program."""
    return read_forest(json.loads(get_data(__package__ or "", WEIGHTS) or b"{}"))


def read_forest(plain: dict[str, Any]) -> Forest:
    """Return the forest of a file of weights.

    All its trees are in one array of nodes. A node with a `feature` below zero
    is a leaf, and its `value` is what it adds. Any other is a split, whose
    `value` is the threshold: `left` is the index of the node for values up to
    it, and the next index is that for values above it.
    """
    return Forest([_node(plain, root) for root in plain["roots"]])


def _node(plain: dict[str, Any], index: int) -> Split | float:
    feature, value = plain["feature"][index], plain["value"][index]
    if feature < 0:
        return float(value)
    left = plain["left"][index]
    return Split(feature, float(value), _node(plain, left), _node(plain, left + 1))
