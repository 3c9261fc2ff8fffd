"""The numbers of two statements in pairs."""

import pytest

from annotator.similarity import Wording
from annotator.similarity.figures import Figure
from annotator.similarity.pairing import paired
from annotator.similarity.reading import read


def pairs(one, other, **options):
    readings = (read(Wording(text, language="en")) for text in (one, other))
    return [
        [(mine.figure.text, theirs.figure.text) for mine, theirs in some]
        for some in paired(*readings, Figure.is_equal, **options)
    ]


def test_the_closest_numbers_are_a_pair_and_each_has_one_partner():
    one = "The mill has 1.8 million cars and 1,830,000 boats."
    other = "There are 1,830,000 boats and 1.8 million cars in the mill."
    assert pairs(one, other)[0] == [("1.8 million", "1.8 million"), ("1,830,000", "1,830,000")]


@pytest.mark.parametrize(
    ("options", "different"),
    [({}, [("640", "460")]), ({"is_sure": False}, [])],
)
def test_numbers_that_are_left_alone_differ_if_the_statements_are_about_the_same(
    options, different
):
    assert pairs("It has 640 cars.", "There were 460 boats.", **options) == [[], different]


def test_short_numbers_are_equal_by_chance_unless_they_count_the_same():
    assert pairs("The ten cars came.", "The ten boats came.", is_strict=True)[0] == []
    assert pairs("The ten cars came.", "The ten boats came.")[0] == [("ten", "ten")]
