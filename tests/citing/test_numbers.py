"""Which numbers of a draft are those of its source, and which differ from them."""

import pytest

from annotator.citing.differences import Numbers, compared, is_said, said_near
from annotator.citing.restating import _is_about_it
from annotator.similarity import Wording
from annotator.similarity.comparison import compare
from annotator.similarity.figures import Figure
from annotator.similarity.reading import read

HAIR = 0.001


def numbers(draft, source, *, is_sure=False):
    """Return the numbers that are equal, and those that differ."""
    pairs = compared(read(Wording(draft)), read(Wording(source)), is_sure=is_sure)
    equal = [(one.text, two.text) for one, two in pairs.equal]
    return equal, [(one.text, two.text) for one, two in pairs.other]


@pytest.mark.parametrize(
    ("draft", "source", "pairs"),
    [
        ("It has 640 cars.", "There were 640 cars.", [("640", "640")]),
        ("It has 600 cars and 640 boats.", "640 were there.", [("640", "640")]),
        ("It took ten minutes.", "It took ten seconds.", []),
        ("The ten cars came.", "The ten boats came.", []),
        ("It cost 7 euros for cars.", "For boats it was 7 euros.", [("7 euros", "7 euros")]),
        ("The 13 cars came.", "The 13 boats came.", []),
        ("The 968 cars came.", "The 968 boats came.", [("968", "968")]),
    ],
)
def test_a_number_is_the_same_if_it_counts_the_same_or_is_long(draft, source, pairs):
    assert numbers(draft, source)[0] == pairs


@pytest.mark.parametrize(
    ("draft", "source", "pairs"),
    [
        ("It has 640 cars.", "There were 460 cars.", [("640", "460")]),
        ("It has 640 cars.", "There were 460 boats.", []),
        ("It cost 83 euros.", "It cost 38 euros.", [("83 euros", "38 euros")]),
        ("It has 5 cars.", "It has 250 cars.", [("5", "250")]),
        ("It has 5 cars.", "It has 300 cars.", []),
    ],
)
def test_a_number_that_counts_the_same_replaces_another_of_its_size(draft, source, pairs):
    assert numbers(draft, source)[1] == pairs


def test_the_only_numbers_that_are_left_differ_in_sentences_about_the_same():
    draft, source = "It has 640 cars.", "There were 460 boats."
    assert numbers(draft, source, is_sure=True)[1] == [("640", "460")]
    assert numbers(f"{draft} And 77 dogs.", f"{source} And 99 cats.", is_sure=True)[1] == []


def test_a_number_has_one_partner_and_turned_digits_come_first():
    draft, source = "It has 640 cars.", "It had 460 cars, or 650 cars."
    assert numbers(draft, source)[1] == [("640", "460")]
    draft, source = "It has 640 cars, or 700 cars.", "It had 640 cars."
    assert numbers(draft, source) == ([("640", "640")], [])


def figure(value, digits=3):
    return Figure(value, "", digits, is_rough=False, text=str(value))


@pytest.mark.parametrize(("one", "two", "answer"), [(3, 3, True), (3, 2, False), (2, 3, False)])
def test_a_number_of_three_digits_on_both_sides_is_no_chance(one, two, answer):
    assert Numbers(((figure(640, one), figure(640, two)),), ()).is_precise == answer


@pytest.mark.parametrize(
    ("draft", "source", "answer"),
    [
        (figure(640), figure(460), True),
        (figure(640), figure(461), False),
        (figure(64, 2), figure(46, 2), False),
        (figure(640, 3), figure(460, 2), False),
    ],
)
def test_turned_digits_are_a_slip(draft, source, answer):
    assert Numbers((), ((draft, source),)).is_slip == answer


def test_a_number_that_is_beside_the_passage_does_not_differ():
    mine = read(Wording("It has 640 cars."))
    numbers = compared(mine, read(Wording("There were 460 cars.")), is_sure=False)
    assert numbers.without(mine, read(Wording("Of 640 cars, 460 were red."))).other == ()
    assert numbers.without(mine, read(Wording("Of 641 cars, 460 were red."))) == numbers


@pytest.mark.parametrize(
    ("sentence", "beside", "known"),
    [
        ("It has 640 cars.", "Nobody knows.", []),
        ("It has 640 cars.", "There were 640 cars.", ["640"]),
        ("It has 640 cars.", "There were 640 boats in the harbour.", []),
        ("It has 12 cars.", "The 12 cars came.", ["12"]),
        ("It cost 7 euros.", "Nobody knows.", []),
    ],
)
def test_a_number_is_known_from_another_place_by_the_words_around_it(sentence, beside, known):
    figures = said_near(read(Wording(sentence)), read(Wording(beside)))
    assert [figure.text for figure in figures] == known


# How much of a sentence an article must have, by what is common.

PAIR = (figure(640), figure(640))
ROUND = (figure(20, 1), figure(20, 1))
OTHER = (figure(640), figure(999))


def is_about_it(sentence, source, numbers, *, covered, shared=3):
    mine, theirs = read(Wording(sentence)), read(Wording(source))
    return _is_about_it(mine, compare(mine, theirs), numbers, (covered, shared))


@pytest.mark.parametrize(
    ("sentence", "source", "numbers", "least"),
    [
        ("It has 640 cars.", "There were 640.", Numbers((PAIR,), ()), 0.34),
        ("It has 20 cars.", "There were 20.", Numbers((ROUND,), ()), 0.45),
        ("Cars came in 2018.", "In 2018 they came.", Numbers((), ()), 0.45),
        ("Cars came.", "They came.", Numbers((), ()), 0.62),
        ("It has 640 cars.", "There were 999.", Numbers((), (OTHER,)), 0.44),
    ],
)
def test_the_share_that_must_be_there_depends_on_the_numbers(sentence, source, numbers, least):
    assert is_about_it(sentence, source, numbers, covered=least)
    assert not is_about_it(sentence, source, numbers, covered=least - HAIR)


@pytest.mark.parametrize(
    ("numbers", "fewest"),
    [
        (Numbers((), ()), 3),
        (Numbers((ROUND,), ()), 2),
        (Numbers((PAIR,), ()), 1),
        (Numbers((), (OTHER,)), 2),
        (Numbers((), ((figure(640), figure(460)),)), 1),
    ],
)
def test_three_things_must_be_common_of_which_numbers_are_some(numbers, fewest):
    sentence, source = "The cars came.", "The cars went."
    assert is_about_it(sentence, source, numbers, covered=1.0, shared=fewest)
    assert not is_about_it(sentence, source, numbers, covered=1.0, shared=fewest - 1)


def test_a_number_that_the_source_lacks_speaks_against_it_unless_it_is_one_or_two():
    nothing, source = Numbers((), ()), "The cars came."
    assert not is_about_it("The 3 cars came.", source, nothing, covered=1.0)
    assert is_about_it("The 2 cars came.", source, nothing, covered=1.0)


def test_two_amounts_that_differ_are_those_of_something_else():
    source, numbers = "The cars came.", Numbers((), (OTHER,))
    assert not is_about_it("The 640 cars had 77 wheels.", source, numbers, covered=1.0)
    assert is_about_it("The 640 cars had 5 wheels.", source, numbers, covered=1.0)


def test_two_equal_amounts_with_a_unit_are_no_coincidence_however_small():
    few, long = figure(5)._replace(unit="km"), figure(7)._replace(unit="h")
    assert Numbers(((few, few), (long, long)), ()).is_several
    assert not Numbers(((few, few), (figure(5), figure(5))), ()).is_several
    assert Numbers(((few, few), (figure(13), figure(13))), ()).is_several


def test_a_share_is_said_by_both_of_its_numbers_and_an_amount_only_with_its_unit():
    share = figure(13)._replace(unit="%", parts=(3, 23))
    assert is_said(share, [figure(3), figure(23)])
    assert not is_said(share, [figure(3)])
    assert not is_said(figure(5)._replace(unit="m"), [figure(5)])
    assert is_said(figure(23), [share])
    assert is_said(figure(5), [figure(5)])
    assert not is_said(figure(5), [])


def test_two_amounts_that_differ_are_of_the_same_if_a_year_is_equal():
    numbers = Numbers((), (OTHER,))
    assert is_about_it(
        "The 640 cars had 77 wheels in 2018.", "The cars came in 2018.", numbers, covered=1.0
    )
    assert not is_about_it("It has 5 km and 7 kg of cars.", "The cars came.", numbers, covered=1.0)
