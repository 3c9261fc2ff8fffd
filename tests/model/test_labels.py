"""Words for values, as users see them."""

from datetime import date
from typing import get_args

import pytest

from annotator.model import Access
from annotator.model.labels import ACCESS, bar, count, long_date, period_title
from annotator.model.periods import period


def test_every_state_of_completeness_has_its_words():
    assert tuple(ACCESS) == get_args(Access)


@pytest.mark.parametrize("access", [each for each in get_args(Access) if each != "full"])
def test_an_incomplete_article_has_a_short_label_and_two_sentences(access):
    label = ACCESS[access]
    assert label.short
    assert label.sentence.endswith(".")
    assert label.note.endswith(".")


def test_pages_without_an_article_come_with_advice():
    assert all(bool(label.advice) is not label.holds_article for label in ACCESS.values())


def test_a_complete_article_needs_no_words():
    assert ACCESS["full"].short == ACCESS["full"].sentence == ACCESS["full"].note == ""


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 marks"), (1, "1 mark"), (2, "2 marks"), (1024, "1,024 marks")]
)
def test_a_number_comes_with_its_noun(number, text):
    assert count(number, "mark") == text


def test_an_irregular_plural_is_given():
    assert count(2, "entry", "entries") == "2 entries"


@pytest.mark.parametrize(
    ("iso", "text"),
    [("2024-05-02", "2 May 2024"), ("2024-05-02T10:00:00Z", "2 May 2024"), ("soon", "soon")],
)
def test_a_date_is_written_out(iso, text):
    assert long_date(iso) == text


def test_a_period_is_named_by_its_days():
    week = period("week", date(2027, 1, 1))
    days = "26 Dec 2026 – 1 Jan 2027"
    assert period_title(week, is_latest=True) == f"Last 7 days: {days}"
    assert period_title(week, is_latest=False) == days
    always = period("all", date(2027, 1, 1), first=date(2026, 12, 5))
    assert period_title(always, is_latest=True) == "From the beginning: 1 Dec 2026 – 31 Jan 2027"


def test_a_bar_of_a_small_number_is_never_empty():
    assert bar(1, 100_000, 10) == "▏"
    assert bar(0, 10, 10) == ""
    assert bar(10, 10, 3) == "███"
