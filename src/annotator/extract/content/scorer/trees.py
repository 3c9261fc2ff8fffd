"""Trees learned from pages, evaluated in plain Python.

No tree is walked from its root. Each of its leaves is a bit, in their order
from the left; a split whose feature is greater than its value rules out the
leaves on its left; and the leaf that is reached is the first that no split
rules out. The bits of all trees stand in one integer, and what a value of a
feature leaves of them is worked out beforehand, so that a passage costs a
search and an `and` for each feature, half of what walking costs. Features come
in parts, of which many are alike on many passages: what is left by such a part
is remembered.
"""

import json
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from math import exp, inf
from operator import and_, getitem
from pkgutil import get_data
from struct import Struct
from typing import Any, NamedTuple

WEIGHTS = "forest.json"

_LANES = {8: "B", 16: "H", 32: "I", 64: "Q"}  # bits for the leaves of a tree, and how to read them

MOST_KNOWN = 1_000  # values of a part that are remembered

Question = tuple[float, list[float], list[int]]
Part = tuple[float, ...] | bytes


class Forest(NamedTuple):
    """Trees, by what they ask of each feature and what their leaves add to the log-odds.

    A question is the least value that a feature is compared with, all such
    values, and the leaves that are left, by how many of the values it exceeds.
    """

    questions: "Questions"
    leaves: list[dict[int, float]]  # of each tree, by their bits
    firsts: int  # the bits of the first leaves of all trees
    every: int
    lanes: Struct

    def probabilities(self, rows: Sequence[Sequence[Part]]) -> list[float]:
        """Return how likely it is that passages with these features are of the article.

        A part of all passages is asked before the next, so that what it leaves
        stays at hand.
        """
        left = [self.every] * len(rows)
        first = 0
        for column in zip(*rows, strict=True):
            width = len(column[0])
            self.questions.about(first, width).narrow(left, column)
            first += width
        return list(map(self._probability, left))

    def _probability(self, left: int) -> float:
        reached = left & ~(left - self.firsts)  # of each tree the lowest bit that is left
        bits = self.lanes.unpack(reached.to_bytes(self.lanes.size, "little"))
        return 1 / (1 + exp(-sum(map(getitem, self.leaves, bits))))


class Questions:
    """What a forest asks of each feature, and of parts of several in a row."""

    def __init__(self, each: Sequence[Question], every: int) -> None:
        self._each = each
        self._every = every
        self._about: dict[tuple[int, int], _Answers] = {}

    def about(self, first: int, width: int) -> "_Answers":
        """Return what is asked of some features in a row."""
        answers = self._about.get((first, width))
        if answers is None:
            asked = enumerate(self._each[first : first + width])
            answers = _Answers([(at, *each) for at, each in asked if each[0] < inf], self._every)
            self._about[first, width] = answers
        return answers


class _Answers:
    """The leaves that are left by the values of a part, remembered by these."""

    def __init__(
        self, questions: list[tuple[int, float, list[float], list[int]]], every: int
    ) -> None:
        self._questions = questions
        self._every = every
        self._known: dict[Part, int] = {}

    def narrow(self, left: list[int], parts: Sequence[Part]) -> None:
        """Take from what is left of each passage the leaves that its part rules out."""
        known = self._known
        if len(known) > MOST_KNOWN:
            known.clear()
        for passage, part in enumerate(parts):
            leaves = known.get(part)
            if leaves is None:
                leaves = self._every
                for at, least, values, stay in self._questions:
                    value = part[at]
                    if value > least:
                        leaves &= stay[bisect_left(values, value)]
                known[part] = leaves
            left[passage] &= leaves


@cache
def learned_forest() -> Forest:
    """Return the forest that comes with the program."""
    data = get_data(__package__ or "", WEIGHTS)
    return read_forest(json.loads(data or b"{}"))


def read_forest(plain: dict[str, Any]) -> Forest:
    """Return the forest that a file of weights holds.

    Its trees are in one array of nodes. A node is a split, or with a `feature`
    below zero a leaf. A split goes on at `left`, or one node further if the
    feature is greater than `value`; the value of a leaf is what its tree adds.
    """
    trees = [_Tree(plain, root) for root in plain["roots"]]
    most = max(len(tree.leaves) for tree in trees)
    lane = next(bits for bits in _LANES if bits >= most)
    every = (1 << lane * len(trees)) - 1
    ruled_out: dict[int, dict[float, int]] = {}
    for number, tree in enumerate(trees):
        for feature, value, leaves in tree.splits:
            of_feature = ruled_out.setdefault(feature, {})
            of_feature[value] = of_feature.get(value, 0) | leaves << lane * number
    return Forest(
        questions=Questions(
            [_question(ruled_out.get(i, {}), every) for i in range(max(ruled_out) + 1)], every
        ),
        leaves=[{1 << i: value for i, value in enumerate(tree.leaves)} for tree in trees],
        firsts=sum(1 << lane * number for number in range(len(trees))),
        every=every,
        lanes=Struct(f"<{len(trees)}{_LANES[lane]}"),
    )


class _Tree:
    """The leaves of a tree from the left, and its splits with the leaves that they rule out."""

    def __init__(self, plain: dict[str, Any], root: int) -> None:
        self.leaves: list[float] = []
        self.splits: list[tuple[int, float, int]] = []
        self._read(plain, root)

    def _read(self, plain: dict[str, Any], node: int) -> int:
        """Take a node and what is below it; return the bits of its leaves."""
        feature, value = plain["feature"][node], plain["value"][node]
        if feature < 0:
            self.leaves.append(value)
            return 1 << len(self.leaves) - 1
        first = plain["left"][node]
        left, right = self._read(plain, first), self._read(plain, first + 1)
        self.splits.append((feature, value, left))
        return left | right


def _question(ruled_out: dict[float, int], every: int) -> Question:
    values = sorted(ruled_out)
    left = accumulate((~ruled_out[value] for value in values), and_, initial=every)
    return values[0] if values else inf, values, list(left)
