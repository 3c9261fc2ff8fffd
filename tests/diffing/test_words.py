import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.diffing.words import (
    MOST_WORDS,
    changed,
    differences,
    in_short,
    marked_up,
    wording_now,
    wording_then,
    words_of,
)

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


def test_a_summary_has_each_change_in_its_order():
    pieces = changed(differences("A red cat sat.", "A blue cat sat down."))
    assert in_short(pieces) == "red → blue; added: down"


def test_a_text_of_the_most_words_is_aligned():
    long = "word " * MOST_WORDS
    assert pairs(long, f"other {long[5:]}") == [("word", "other")]


def test_one_long_text_is_enough_for_one_piece():
    assert len(differences("word", "word " * (MOST_WORDS + 1))) == 1


@pytest.mark.parametrize(
    ("between", "count"),
    [("and", 1), ("and in the", 1), ("and in the big", 2)],
)
def test_up_to_three_equal_words_are_changed_with_longer_ones_around_them(between, count):
    then = f"Everybody sceptical {between} dissatisfied altogether"
    now = f"Somebody hopeful {between} contented nonetheless"
    assert len(pairs(then, now)) == count


def test_equal_words_that_are_longer_than_one_of_the_changes_stay():
    assert pairs("a stay b", "c stay d") == [("a", "c"), ("b", "d")]
    assert pairs("everything stay b", "whatever stay d") == [("everything", "whatever"), ("b", "d")]
    assert pairs("a stay everything", "c stay whatever") == [("a", "c"), ("everything", "whatever")]


def test_words_as_long_as_the_change_beside_them_are_changed_with_it():
    assert pairs("abcd stay efgh", "ijkl stay mnop") == [("abcd stay efgh", "ijkl stay mnop")]


def test_equal_words_at_an_end_stay():
    assert pairs("and sceptical", "and hopeful") == [("sceptical", "hopeful")]
    assert pairs("sceptical and", "hopeful and") == [("sceptical", "hopeful")]


def test_a_changed_number_is_shown_by_itself():
    then, now = "of 300000 or so sceptical", "of 500000 or so convinced"
    assert pairs(then, now) == [("300000", "500000"), ("sceptical", "convinced")]
    then, now = "sceptical or so 300000", "convinced or so 500000"
    assert pairs(then, now) == [("300000", "500000"), ("sceptical", "convinced")]


def shown(stretches) -> str:
    return "".join(stretch.text for stretch in stretches)


@pytest.mark.parametrize(
    ("then", "now", "both", "old", "new"),
    [
        (
            "rose by 3 percent",
            "rose by 5.5 percent",
            "rose by [-3-] {+5.5+} percent",
            "rose by [-3-] percent",
            "rose by {+5.5+} percent",
        ),
        ("It fell.", "It fell at all.", "It fell {+at all+}.", "It fell.", "It fell {+at all+}."),
        (
            "It fell at all now.",
            "It fell now.",
            "It fell [-at all-] now.",
            "It fell [-at all-] now.",
            "It fell now.",
        ),
        (
            "It fell at all, twice.",
            "It fell",
            "It fell [-at all, twice.-]",
            "It fell [-at all, twice.-]",
            "It fell",
        ),
        ("石炭は三割", "石炭は四割", "石炭は[-三-] {+四+}割", "石炭は[-三-]割", "石炭は{+四+}割"),
    ],
)
def test_both_wordings_are_marked_up_with_their_spaces(then, now, both, old, new):
    pieces = differences(then, now)
    assert shown(marked_up(pieces)) == both
    assert shown(wording_then(pieces)) == old
    assert shown(wording_now(pieces)) == new


def test_what_is_gone_and_what_is_new_has_a_sign_and_spaces_have_none():
    stretches = list(marked_up(differences("by 3 percent", "by 5 percent")))
    assert [(stretch.text, stretch.sign) for stretch in stretches] == [
        ("by ", "same"),
        ("[-3-]", "gone"),
        (" ", "same"),
        ("{+5+}", "new"),
        (" ", "same"),
        ("percent", "same"),
    ]


def test_a_wording_that_is_marked_up_ends_like_the_newer_one():
    assert [stretch.text for stretch in marked_up(differences("It fell ", "It fell"))] == [
        "It fell"
    ]
    [same, _gone] = marked_up(differences("It fell at all", "It fell"))
    assert same.text == "It fell "
