"""What a place must have to be taken for the passage: each threshold, reached and missed."""

import pytest

from annotator.anchoring.candidates import MOST_EXACT, FoldedTarget, exact_places
from annotator.anchoring.scoring import (
    PLAIN_WEIGHTS,
    REPEATED_WEIGHTS,
    SHORT_WEIGHTS,
    TWIN_WEIGHTS,
    _Case,
    _is_certain,
    _is_vacated,
    _score,
)
from annotator.anchoring.similarity import (
    ContextSimilarity,
    PlaceEvidence,
    is_respelled,
    share_kept,
)

LONG = "the bank lent 300 million to farmers"
OTHER_WORDS = "a loan of 300 million went to growers"
OTHER_NUMBER = "the bank lent 500 million to farmers"
SHORT = "lent 300 million"
HAIR = 0.001


def sought(words=LONG, *, occurrences=1, has_twins=False, sides=("before", "after")):
    return FoldedTarget(words, *sides, *sides, 0, occurrences, has_twins)


def place(similarity=1.0, mean=1.0, *, best=None, far=1.0, distance=0, at=(0, 10)):
    near = ContextSimilarity(mean if best is None else best, mean)
    return PlaceEvidence(at, similarity, near, ContextSimilarity(far, far), distance)


def is_certain(target, best, *others, passage=LONG, count=1, is_vacated=False):
    best = PlaceEvidence((0, len(passage)), best.similarity, best.near, best.far, best.distance)
    text = passage + " and so on" * 1000
    return _is_certain(_Case(target, text, best, others, count, is_vacated))


def test_the_only_exact_place_of_a_quote_that_was_there_once_is_certain():
    assert is_certain(sought(), place(1.0, 0.0), is_vacated=True)


@pytest.mark.parametrize(("best", "answer"), [(0.5, True), (0.5 - HAIR, False)])
def test_an_exact_quote_that_now_occurs_more_often_needs_a_side(best, answer):
    assert is_certain(sought(), place(1.0, 0.3, best=best), count=2) == answer


@pytest.mark.parametrize(("mean", "answer"), [(0.85, True), (0.85 - HAIR, False)])
def test_a_short_exact_quote_needs_both_sides(mean, answer):
    assert is_certain(sought(SHORT), place(1.0, mean, best=1.0), count=2) == answer


def test_nothing_is_certain_while_the_old_place_holds_something_else():
    assert not is_certain(sought(), place(0.95), is_vacated=True)
    assert not is_certain(sought(), place(1.0), count=2, is_vacated=True)


@pytest.mark.parametrize(
    ("similarity", "mean", "best"),
    [(0.9, 0.5, 0.65), (0.7, 0.7, 0.0), (0.5, 0.93, 0.0)],
)
def test_a_reworded_quote_needs_words_or_context(similarity, mean, best):
    reached = place(similarity, mean, best=best)
    assert is_certain(sought(), reached, passage=OTHER_WORDS)
    fewer_words = place(similarity - HAIR, mean, best=best)
    less_context = place(similarity, mean - HAIR, best=best - HAIR)
    assert not is_certain(sought(), fewer_words, passage=OTHER_WORDS)
    assert not is_certain(sought(), less_context, passage=OTHER_WORDS)


@pytest.mark.parametrize(
    ("similarity", "mean", "answer"),
    [(0.75, 0.7, True), (0.75 - HAIR, 1.0, False), (0.99, 0.7 - HAIR, False)],
)
def test_a_reworded_quote_with_another_number_needs_both(similarity, mean, answer):
    assert is_certain(sought(), place(similarity, mean), passage=OTHER_NUMBER) == answer


@pytest.mark.parametrize(("similarity", "answer"), [(0.9, True), (0.9 - HAIR, False)])
def test_a_quote_with_a_corrected_typo_needs_no_context(similarity, answer):
    typo = LONG.replace("farmers", "farmres")
    assert is_certain(sought(), place(similarity, 0.0), passage=typo) == answer


def test_a_reworded_quote_of_five_letters_is_never_certain():
    assert not is_certain(sought("words"), place(0.99), passage="wards")
    assert is_certain(sought("wordss"), place(0.99), passage="wardss")


@pytest.mark.parametrize(
    ("similarity", "mean", "answer"),
    [(0.6, 0.75, True), (0.6 - HAIR, 0.89, False), (1 - HAIR, 0.75 - HAIR, False)],
)
def test_a_short_reworded_quote_needs_more(similarity, mean, answer):
    passage = "gave them 300 million"
    assert is_certain(sought(SHORT), place(similarity, mean), passage=passage) == answer


@pytest.mark.parametrize(
    ("similarity", "mean", "answer"), [(0.6, 0.85, True), (0.6, 0.85 - HAIR, False)]
)
def test_a_short_quote_with_another_number_needs_more_yet(similarity, mean, answer):
    passage = "gave them 500 million"
    assert is_certain(sought(SHORT), place(similarity, mean), passage=passage) == answer


@pytest.mark.parametrize(
    ("passage", "mean", "answer"),
    [
        ("lent 300 and 50", 0.9, True),  # two of three words
        ("300 and 50 of them", 0.9, False),  # one of three
        ("lent 300 and 50", 0.9 - HAIR, False),
    ],
)
def test_a_short_quote_may_be_replaced_between_its_neighbours(passage, mean, answer):
    assert is_certain(sought(SHORT), place(0.1, mean), passage=passage) == answer


def test_half_of_the_words_of_a_short_quote_are_enough():
    passage = "lent them more and more money"
    assert share_kept("lent money", passage) == 1
    assert share_kept("lent 3 million euros", passage) == 0.25
    assert is_certain(sought("lent 3 million more"), place(0.1, 0.9), passage=passage)


# One of several occurrences.


@pytest.mark.parametrize(
    ("mean", "rival", "answer"),
    [
        (0.85, 0.64, True),
        (0.85 - HAIR, 0.0, False),
        (0.85, 0.65 + HAIR, False),
        (0.95, 0.75 - HAIR, True),
        (0.95, 0.75 + HAIR, False),
    ],
)
def test_a_repeated_quote_is_told_by_its_neighbours(mean, rival, answer):
    best, other = place(1.0, mean, far=0.0), place(1.0, rival, far=0.0)
    assert is_certain(sought(occurrences=2), best, other, count=2) == answer


@pytest.mark.parametrize(
    ("far", "rival", "count", "answer"),
    [
        (0.55, 0.4, 2, True),
        (0.55 - HAIR, 0.0, 2, False),
        (0.6, 0.45 + HAIR, 2, False),
        (0.8, 0.6, 1, True),
        (0.8 - HAIR, 0.0, 1, False),
    ],
)
def test_or_by_its_wider_context_which_must_be_closer_if_one_is_gone(far, rival, count, answer):
    best, other = place(1.0, 0.0, far=far), place(1.0, 0.0, far=rival)
    assert is_certain(sought(occurrences=2), best, other, count=count) == answer


@pytest.mark.parametrize(
    ("far", "rival", "answer"),
    [(0.96, 0.92, True), (0.96, 0.94, False), (0.95 - HAIR, 0.0, False)],
)
def test_a_passage_with_twins_is_told_by_an_unchanged_context(far, rival, answer):
    best = place(far=far, distance=5000)
    twin = place(far=rival, distance=9000, at=(50, 60))
    assert is_certain(sought(has_twins=True), best, twin, count=2) == answer


@pytest.mark.parametrize(
    ("far", "rival", "answer"),
    [(0.96, 0.7, True), (0.96, 0.72, False), (0.995, 0.96, True), (0.995, 0.97, False)],
)
def test_a_twin_that_is_nearer_takes_a_clear_lead(far, rival, answer):
    best = place(far=far, distance=5000)
    nearer = place(far=rival, distance=10, at=(50, 60))
    assert is_certain(sought(has_twins=True), best, nearer, count=2) == answer


@pytest.mark.parametrize(
    ("distance", "twin", "far", "answer"),
    [
        (100, 300, 0.7, True),
        (100, 299, 0.7, False),
        (1024, 3072, 0.7, True),
        (1025, 5000, 0.7, False),
        (100, 300, 0.7 - HAIR, False),
    ],
)
def test_or_a_passage_is_much_nearer_than_any_twin(distance, twin, far, answer):
    best = place(far=far, distance=distance)
    other = place(0.5, 0.85, far=0.69, distance=twin, at=(50, 60))
    assert is_certain(sought(has_twins=True), best, other, count=2) == answer


# The old place of a deleted passage.


@pytest.mark.parametrize(
    ("similarity", "mean", "answer"),
    [(0.2 - HAIR, 0.9, True), (0.2, 0.9, False), (0.2 - HAIR, 0.9 - HAIR, False)],
)
def test_other_words_between_the_old_neighbours_show_that_it_was_deleted(similarity, mean, answer):
    best, gap = place(0.9, 0.2, at=(50, 60)), place(similarity, mean, at=(0, 5))
    assert _is_vacated(sought(), [best, gap]) == answer


def test_without_a_neighbour_on_one_side_nothing_shows_that():
    gap = place(0.1, 1.0, at=(0, 5))
    assert not _is_vacated(sought(sides=("", "after")), [place(0.9, 0.2, at=(50, 60)), gap])
    assert not _is_vacated(sought(sides=("before", "")), [place(0.9, 0.2, at=(50, 60)), gap])


def test_of_a_repeated_passage_the_likeliest_place_decides():
    assert _is_vacated(sought(occurrences=2), [place(0.2 - HAIR)])
    assert not _is_vacated(sought(occurrences=2), [place(0.2)])


@pytest.mark.parametrize(
    ("likely", "similarity", "mean", "answer"),
    [
        ((0, 20), 0.5, 0.95, False),
        ((0, 20), 0.5 - HAIR, 0.95, True),
        ((0, 20), 0.5, 0.95 - HAIR, True),
        ((6, 20), 0.5, 0.95, True),
        ((0, 9), 0.5, 0.95, True),
    ],
)
def test_a_part_of_a_likely_place_does_not_speak_against_it(likely, similarity, mean, answer):
    best, part = place(similarity, mean, at=likely), place(0.1, 0.95, at=(5, 10))
    assert _is_vacated(sought(), [best, part]) == answer


# The order of places.


@pytest.mark.parametrize(
    ("target", "weights", "apart"),
    [
        (sought(), PLAIN_WEIGHTS, 1000),
        (sought("a" * 23), SHORT_WEIGHTS, 1000),
        (sought("a" * 24), PLAIN_WEIGHTS, 1000),
        (sought(occurrences=2), REPEATED_WEIGHTS, 1000),
        (sought(occurrences=2, has_twins=True), TWIN_WEIGHTS, 2560),
    ],
)
def test_each_kind_of_evidence_has_its_weight(target, weights, apart):
    assert sum(weights) == pytest.approx(1)
    words, neighbours, context, position = weights
    assert _score(target, place(1, 0, far=0, distance=9999), 1000) == pytest.approx(words)
    assert _score(target, place(0, 1, far=0, distance=9999), 1000) == pytest.approx(neighbours)
    assert _score(target, place(0, 0, far=1, distance=9999), 1000) == pytest.approx(context)
    nearer = _score(target, place(0, 0, far=0, distance=apart // 4), 1000)
    assert nearer == pytest.approx(position * 3 / 4)


def test_the_better_side_counts_a_little_more_than_both():
    one_side = place(0, 0.5, best=1.0, far=0, distance=9999)
    assert _score(sought(), one_side, 1000) == pytest.approx(0.4 * (0.55 + 0.45 / 2))


# Typos.


@pytest.mark.parametrize(
    ("words", "passage", "answer"),
    [
        ("the farst of May", "the first of May", True),
        ("they lent it", "they sold it", False),
        ("an old town", "a old town", True),
        ("the town is old", "the town is not old", False),
        ("the town is not old", "the town is old", False),
        ("the town is old", "the town is old now", False),
        ("the town is old", "not the town is old", False),
        ("in 1999 at once", "in 1998 at once", False),
        ("a" * 4001, "a" * 4001, False),
        ("a" * 4000, "a" * 4000, True),
        ("abcdefghi in", "abcdefxyz in", True),  # three of nine letters
        ("abcdefgh in", "abcdexyz in", False),  # three of eight
    ],
)
def test_a_typo_changes_a_third_of_a_word_at_most(words, passage, answer):
    assert is_respelled(words, passage) == answer


def test_of_more_occurrences_than_are_tried_those_nearest_to_the_old_position_are():
    call = "hear, hear"
    text = f"{call} " * 150
    starts = [number * len(f"{call} ") for number in range(150)]
    target = FoldedTarget(call, "", "", "", "", starts[140], 150, has_twins=True)
    tried = sorted(exact_places(target, text))
    assert tried == [(start, start + len(call)) for start in starts[-MOST_EXACT:]]
