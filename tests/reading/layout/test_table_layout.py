"""The widths of the columns of a table."""

import pytest

from annotator.model import Article, Block
from annotator.reading.layout.engine import Layout
from annotator.reading.layout.table_layout import COMFORTABLE, LONGEST_WORD, SHORT, fitted


def test_columns_that_fit_are_as_wide_as_they_are():
    assert fitted([10, 20], [5, 5], 30) == [10, 20]


def test_short_columns_are_wrapped_last():
    assert fitted([SHORT, SHORT, 200], [5, 5, 9], 2 * SHORT + 12)[:2] == [SHORT, SHORT]
    assert fitted([SHORT + 1, SHORT, 200], [5, 5, 9], 2 * SHORT + 8)[0] <= SHORT


def test_they_are_wrapped_before_words_are_broken():
    widths = fitted([SHORT, SHORT, 200], [5, 5, 9], 25)
    assert sum(widths) == 25
    assert all(width >= word for width, word in zip(widths, (5, 5, 9), strict=True))


def test_a_table_whose_words_do_not_fit_is_wider_than_the_page():
    assert fitted([200, 40], [LONGEST_WORD + 9, 18], 30) == [COMFORTABLE, COMFORTABLE]
    assert fitted([12, 40], [12, 18], 20) == [12, COMFORTABLE]


@pytest.mark.parametrize(("words", "is_wider"), [("水" * 60, False), ("w" * 120, True)])
def test_words_of_wide_letters_are_broken_and_do_not_widen_a_table(words, is_wider):
    table = Block("table", "\t".join([words] * 3))
    layout = Layout(Article("x", "", "", blocks=(table,)), 40)
    windows = [layout.row(line).window for line in range(layout.height)]
    assert any(windows) is is_wider
