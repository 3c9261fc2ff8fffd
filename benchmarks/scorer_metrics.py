"""Precision and recall of article texts, given the truth of a corpus.

A text is compared by its shingles of four tokens, as in the
article-extraction-benchmark; precision and recall are means over pages. All
segments of a corpus have the same weight.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import mean

from scorer_corpora import Truth
from scorer_labels import SHINGLE, TOKEN

Pair = tuple[Truth, str]


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


def quality_of(pairs: Iterable[Pair]) -> Quality:
    """Return the quality of the texts of a corpus, given with their truths."""
    pairs = list(pairs)
    return (_of_segments if pairs[0][0].is_partial else _of_texts)(pairs)


def _of_texts(pairs: list[Pair]) -> Quality:
    precisions, recalls = [], []
    for truth, text in pairs:
        want, got = _shingles(truth.text), _shingles(text)
        hit = (want & got).total()
        if got:
            precisions.append(hit / got.total())
        recalls.append(hit / want.total() if want else 1.0)
    return Quality(mean(precisions or [0.0]), mean(recalls))


def _of_segments(pairs: list[Pair]) -> Quality:
    found = wrong = wanted = 0
    for truth, text in pairs:
        folded = _fold(text)
        found += sum(_fold(segment) in folded for segment in truth.present)
        wrong += sum(_fold(segment) in folded for segment in truth.absent)
        wanted += len(truth.present)
    return Quality(found / max(1, found + wrong), found / max(1, wanted))


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = TOKEN.findall(text)
    places = range(max(1, len(tokens) - SHINGLE + 1)) if tokens else ()
    return Counter(tuple(tokens[at : at + SHINGLE]) for at in places)


def _fold(text: str) -> str:
    return " ".join(text.split())
