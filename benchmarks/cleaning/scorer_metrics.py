"""Precision and recall of article texts, given the truth of a corpus, with intervals.

A text is compared by its shingles of four tokens, as in the
article-extraction-benchmark; precision and recall are means over pages. All
segments of a corpus have the same weight.
"""

import random
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from scorer_corpora import Truth, as_read
from scorer_labels import SHINGLE, TOKEN

RESAMPLES = 1_000
MISSED = 0.025  # share of the resamples beyond either end of an interval

Pair = tuple[Truth, str]
Interval = tuple[float, float]


class Score(NamedTuple):
    """What a page adds to precision, `right / kept`, and recall, `found / wanted`."""

    right: float = 0.0
    kept: float = 0.0
    found: float = 0.0
    wanted: float = 0.0

    @property
    def f1(self) -> float:
        """F1 of the page, 1 where nothing is wanted and nothing kept."""
        return _f1(self) if self.kept or self.wanted else 1.0

    @property
    def recall(self) -> float:
        """The share of the truth that is there."""
        return self.found / self.wanted if self.wanted else 1.0


@dataclass(frozen=True, slots=True)
class Quality:
    """Precision and recall of the texts of a corpus."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def score_of(truth: Truth, text: str) -> Score:
    """Return what a page with this text adds to the quality of its corpus."""
    text = as_read(text)
    return _of_segments(truth, text) if truth.is_partial else _of_text(truth.text, text)


def quality_of(pairs: Iterable[Pair]) -> Quality:
    """Return the quality of the texts of a corpus, given with their truths."""
    return quality_of_scores([score_of(truth, text) for truth, text in pairs])


def quality_of_scores(scores: Sequence[Score]) -> Quality:
    """Return the quality of a corpus by the scores of its pages."""
    right, kept, found, wanted = map(sum, zip(*scores, strict=True))
    return Quality(right / kept if kept else 0.0, found / wanted if wanted else 1.0)


def word_f1_of(truth: str, text: str) -> float:
    """Return the F1 of single words in lower case, each as often as it is there.

    WCXB's tables have its mean over pages.
    """
    want, got = (Counter(TOKEN.findall(as_read(each).lower())) for each in (truth, text))
    total = want.total() + got.total()
    return 2 * (want & got).total() / total if total else 1.0


class Bootstrap:
    """Intervals of F1 over what would be measured on other pages of the same kind.

    Groups are drawn again with replacement: pages, or whole sites. The same
    groups are drawn for all cleaners, so that their difference is of the same pages.
    """

    def __init__(self, groups: Sequence[Hashable]) -> None:
        numbers = {group: number for number, group in enumerate(dict.fromkeys(groups))}
        self._group_of = [numbers[group] for group in groups]
        self._size = len(numbers)
        chance = random.Random(1)
        size = max(2, self._size)  # an `itemgetter` of one place returns no tuple
        draws = (chance.choices(range(self._size), k=size) for _ in range(RESAMPLES))
        self._draws: list[Callable[[Sequence[float]], tuple[float, ...]]] = [
            itemgetter(*drawn) for drawn in draws
        ]

    def f1s(self, scores: Sequence[Score]) -> list[float]:
        """Return F1 of each draw."""
        totals = [[0.0] * self._size for _ in Score._fields]
        for group, score in zip(self._group_of, scores, strict=True):
            for column, value in zip(totals, score, strict=True):
                column[group] += value
        return [_f1(Score(*(sum(draw(column)) for column in totals))) for draw in self._draws]


def interval_of(values: Iterable[float]) -> Interval:
    """Return the ends of the middle 95 % of values."""
    ordered = sorted(values)
    out = int(MISSED * len(ordered))
    return ordered[out], ordered[-1 - out]


def _f1(total: Score) -> float:
    precision = total.right / total.kept if total.kept else 0.0
    recall = total.found / total.wanted if total.wanted else 1.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _of_text(truth: str, text: str) -> Score:
    want, got = _shingles_of_truth(truth), _shingles(text)
    hit = (want & got).total()
    right = hit / got.total() if got else 0.0
    return Score(right, float(bool(got)), hit / want.total() if want else 1.0, 1.0)


def _of_segments(truth: Truth, text: str) -> Score:
    folded = _fold(text)
    found = sum(_fold(segment) in folded for segment in truth.present)
    wrong = sum(_fold(segment) in folded for segment in truth.absent)
    return Score(found, found + wrong, found, len(truth.present))


@lru_cache(maxsize=2)
def _shingles_of_truth(text: str) -> Counter[tuple[str, ...]]:
    return _shingles(text)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = TOKEN.findall(text)
    places = range(max(1, len(tokens) - SHINGLE + 1)) if tokens else ()
    return Counter(tuple(tokens[at : at + SHINGLE]) for at in places)


def _fold(text: str) -> str:
    return " ".join(text.split())
