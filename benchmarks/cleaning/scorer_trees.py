"""Learning trees from pages with LightGBM, and writing them as plain arrays.

LightGBM and numpy are not dependencies of the program; install them with
`pip install lightgbm numpy`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from scorer_corpora import Sample
from scorer_pages import Guess, Page, Take

ROUNDS = 160
PARAMETERS = {
    "objective": "cross_entropy",
    "learning_rate": 0.1,
    "num_leaves": 7,
    "min_data_in_leaf": 50,  # every page is there twice
    "feature_fraction": 0.25,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "max_bin": 63,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}

# All pages have the same weight, however long their articles.
SEGMENT_WEIGHT = 0.12  # of a passage with a segment; a page has about six
PSEUDO_WEIGHT = 0.3  # of the predictions of other folds for passages without a segment
TRUE = 0.5  # probability above which a passage counts as part of the article
SHORT = 4  # tokens that the shortest passage counts for
SMALL_PAGE = 80  # tokens, so that a passage of a short note does not weigh as much as an article

Key = tuple[str, int]
Row = tuple[list[float], float, float]


@dataclass(frozen=True, slots=True)
class Trees:
    """A learned model."""

    booster: Any

    def predict(self, features: Sequence[Sequence[float]]) -> list[float]:
        """Return the probability of each passage."""
        return list(map(float, self.booster.predict(features))) if features else []

    def gains(self) -> list[float]:
        """Return the share of each feature in the total gain of the trees."""
        gains = [float(gain) for gain in self.booster.feature_importance("gain")]
        return [gain / sum(gains) for gain in gains]


def learn(
    pages: Sequence[Page],
    guesses: Mapping[Key, Guess] | None = None,
    *,
    seed: int = 1,
    columns: Sequence[int] | None = None,
) -> Trees:
    """Learn from pages; `guesses` are probabilities of passages without a label.

    The posts of a thread are read whatever the scorer thinks of them, and resemble the
    comments below an article, so nothing is learned from threads.
    """
    numpy, lightgbm = import_module("numpy"), import_module("lightgbm")
    articles = (page for page in pages if page.thread is None)
    known = guesses or {}
    rows = [row for page in articles for row in _rows(page, known.get(key_of(page.sample)))]
    features = numpy.array([row[0] for row in rows], dtype=numpy.float32)
    if columns is not None:
        features = features[:, list(columns)]
    labels = numpy.array([row[1] for row in rows])
    weights = numpy.array([row[2] for row in rows])
    data = lightgbm.Dataset(features, labels, weight=weights / weights.mean())
    return Trees(lightgbm.train(PARAMETERS | {"seed": seed}, data, num_boost_round=ROUNDS))


def key_of(sample: Sample) -> Key:
    """Return the key of a page among all pages."""
    return sample.corpus, sample.number


def plain_trees(models: Sequence[Trees]) -> dict[str, list[float]]:
    """Return the trees as arrays of nodes, the mean of several models.

    `annotator.extract.choice.scorer.features` reads them.
    """
    plain: dict[str, list[float]] = {"roots": [], "feature": [], "left": [], "value": []}
    for model in models:
        for tree in model.booster.dump_model()["tree_info"]:
            plain["roots"].append(len(plain["feature"]))
            _add_tree(tree["tree_structure"], plain, 1 / len(models))
    return plain


def _rows(page: Page, guess: Guess | None) -> Iterator[Row]:
    """Yield features, label and weight of each passage with a label."""
    for number, take in enumerate(page.takes):
        yield from _rows_of(page.sample, take, guess[number] if guess else None)


def _rows_of(sample: Sample, take: Take, guesses: Sequence[float] | None) -> Iterator[Row]:
    is_partial = sample.truth.is_partial
    known = take.labels
    if is_partial and guesses is not None:
        known = [g if k is None else k for k, g in zip(known, guesses, strict=True)]
    lengths = zip(known, take.lengths, strict=True)
    true = sum(length for label, length in lengths if label is not None and label >= TRUE)
    rows = zip(take.features, take.labels, known, take.lengths, strict=True)
    for features, certain, label, length in rows:
        share = (length + SHORT) / (true + SMALL_PAGE)
        if certain is not None:
            yield features, certain, SEGMENT_WEIGHT if is_partial else share
        elif label is not None:
            yield features, label, PSEUDO_WEIGHT * share


def _add_tree(root: dict[str, Any], plain: dict[str, list[float]], share: float) -> None:
    """Add the nodes of a tree, the two below a split side by side."""
    waiting = [(root, _new_node(plain))]
    while waiting:
        node, at = waiting.pop()
        if "leaf_value" in node:
            plain["value"][at] = float(f"{node['leaf_value'] * share:.4g}")
            continue
        plain["feature"][at] = node["split_feature"]
        plain["value"][at] = float(f"{node['threshold']:.7g}")
        left, right = _new_node(plain), _new_node(plain)
        plain["left"][at] = left
        waiting += [(node["left_child"], left), (node["right_child"], right)]


def _new_node(plain: dict[str, list[float]]) -> int:
    plain["feature"].append(-1)
    plain["left"].append(0)
    plain["value"].append(0.0)
    return len(plain["feature"]) - 1
