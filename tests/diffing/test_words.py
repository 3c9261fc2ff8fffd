import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.diffing.words import MOST_WORDS, changed, differences, in_short, words_of

TEXTS = st.text(st.sampled_from("ab 1.,%\n“”'—石三" + string.ascii_letters), max_size=60)


def pairs(then: str, now: str) -> list[tuple[str, str]]:
    return [(piece.then.strip(), piece.now.strip()) for piece in changed(differences(then, now))]


def test_a_changed_word_is_a_piece_of_its_own():
    assert pairs("It rose in a year.", "It rose within a year.") == [("in", "within")]


def test_changed_numbers_come_first():
    then = "The old mayor said that rents rose by 3 percent."
    now = "The new mayor said that rents rose by 5 percent."
    assert pairs(then, now) == [("3", "5"), ("old", "new")]


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        ("It cost $3 million.", "It cost $3 billion.", ("million", "billion")),
        ("It fell by 3.5% today.", "It fell by 35% today.", ("3.5%", "35%")),
        ("Two thirds agreed.", "Three quarters agreed.", ("Two thirds", "Three quarters")),
        ("石炭は三割", "石炭は四割", ("三", "四")),
    ],
)
def test_numbers_are_recognised_in_digits_and_in_words(then, now, expected):
    [piece] = changed(differences(then, now))
    assert (piece.then.strip(), piece.now.strip()) == expected
    assert piece.has_other_numbers


def test_a_number_that_stays_has_not_changed():
    [piece] = changed(differences("About 40 people", "Nearly 40 people"))
    assert not piece.has_other_numbers


def test_an_inserted_number_is_a_changed_number():
    [piece] = changed(differences("People came.", "People came, 300 of them."))
    assert piece.has_other_numbers


def test_typography_does_not_count():
    assert pairs("“It’s” a  test – yes…", '"It\'s" a test - yes…') == []


def test_a_capital_counts():
    assert pairs("the Grid", "the grid") == [("Grid", "grid")]


def test_a_stray_word_does_not_hold_a_rewritten_passage_together():
    then, now = "He was sceptical of everything", "She remained hopeful of whatever"
    assert pairs(then, now) == [(then, now)]


def test_texts_too_long_to_align_are_one_piece():
    long = "word " * (MOST_WORDS + 1)
    [piece] = differences(long, f"{long} more")
    assert not piece.is_same
    assert differences(long, long)[0].is_same


@given(TEXTS, TEXTS)
def test_the_pieces_join_to_the_two_passages(then, now):
    pieces = differences(then, now)
    assert "".join(piece.then for piece in pieces) == then
    assert "".join(piece.now for piece in pieces) == now


@given(TEXTS, TEXTS)
def test_pieces_that_are_the_same_have_the_same_words(then, now):
    for piece in differences(then, now):
        if piece.is_same:
            assert words_of(piece.then) == words_of(piece.now)


@given(TEXTS)
def test_a_passage_does_not_differ_from_itself(text):
    assert changed(differences(text, text)) == ()


def test_a_summary_names_what_was_added_and_removed():
    assert in_short(changed(differences("It fell", "It fell at all"))) == "added: at all"
    assert in_short(changed(differences("It fell at all", "It fell"))) == "removed: at all"
