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
boosting machine" (2001). `benchmarks/cleaning/train_scorer.py` learns these with
LightGBM, which is not needed to evaluate them.

The trees become two Python functions, which takes 8 ms once in a process and makes
them three times as fast as a walk over lists of nodes. For more than half of the
passages the first half of the trees is so sure that the others change no verdict,
and they are not asked.
"""

import json
from collections.abc import Callable, Sequence
from functools import cache
from math import exp
from pkgutil import get_data
from typing import Any, NamedTuple

WEIGHTS = "forest.json"
SURE = 3.0  # log-odds; a probability beyond .05 or .95

_Sum = Callable[[Sequence[float]], float]


class Forest(NamedTuple):
    """Two functions from features to log-odds: of the first half of the trees, and of the rest."""

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
