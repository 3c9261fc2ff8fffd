"""Trees over flat arrays: what was learned from pages, evaluated in plain Python."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from pkgutil import get_data

WEIGHTS = "forest.json"


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees in one array of nodes; a node is a split, or with a `feature` below zero a leaf.

    A split goes on at `left`, or one node further if the feature is greater
    than `value`; the value of a leaf is what its tree adds to the log-odds.
    """

    roots: tuple[int, ...]
    feature: tuple[int, ...]
    left: tuple[int, ...]
    value: tuple[float, ...]

    def probability(self, features: Sequence[float]) -> float:
        """Return how likely it is that a passage with these features is of the article."""
        feature, left, value = self.feature, self.left, self.value
        odds = 0.0
        for root in self.roots:
            node = root
            asked = feature[node]
            while asked >= 0:
                node = left[node] + (features[asked] > value[node])
                asked = feature[node]
            odds += value[node]
        return 1 / (1 + exp(-odds))


@cache
def learned_forest() -> Forest:
    """Return the forest that comes with the program."""
    data = get_data(__package__ or "", WEIGHTS)
    return read_forest(json.loads(data or b"{}"))


def read_forest(plain: dict[str, Iterable[float]]) -> Forest:
    """Return the forest that a file of weights holds."""
    return Forest(
        roots=tuple(map(int, plain["roots"])),
        feature=tuple(map(int, plain["feature"])),
        left=tuple(map(int, plain["left"])),
        value=tuple(map(float, plain["value"])),
    )
