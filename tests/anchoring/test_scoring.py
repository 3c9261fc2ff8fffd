"""The example that the scoring module explains, with its numbers."""

import pytest

from annotator.anchoring import anchor, describe
from annotator.anchoring.normalization import fold
from annotator.anchoring.scoring import _evidence, _fold_target, _score
from annotator.model import Anchored, Orphan, Span

QUOTE = "Prices rose by 3 percent in the last year."
TEXT = f"The report came out in May. {QUOTE} Wages did not follow them."
REWORDED = TEXT.replace("3 percent", "5.5 percent")
DELETED = (
    "The report came out in May. Wages did not follow them. "
    "In the north, rents rose by 3 percent in the last year. Nobody knew why."
)


@pytest.fixture
def target():
    start = TEXT.index(QUOTE)
    return describe(TEXT, Span(start, start + len(QUOTE)))


def scores(target, text, words):
    """Return score, similarity of words, and mean of both sides of the place with these words."""
    folded = fold(text)
    sought = _fold_target(target, folded)
    place = folded.text.index(words), folded.text.index(words) + len(words)
    [found] = [
        each
        for each in _evidence(sought, folded.text)
        if folded.text[slice(*each.place)].strip() == folded.text[slice(*place)]
    ]
    score = _score(sought, found, len(folded.text))
    return tuple(round(each, 3) for each in (score, found.similarity, found.near.mean))


def test_a_sentence_with_another_number_is_found_as_changed(target):
    words = "prices rose by 5.5 percent in the last year."
    assert scores(target, REWORDED, words) == (0.963, 0.932, 1.0)
    assert anchor(target, REWORDED) == Anchored(Span(28, 72), "changed")


def test_a_deleted_sentence_is_not_put_on_a_similar_one(target):
    words = "rents rose by 3 percent in the last year."
    assert scores(target, DELETED, words) == (0.625, 0.905, 0.201)
    assert isinstance(anchor(target, DELETED), Orphan)
