"""Words for values, as users see them."""

from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest

from annotator.model import Access, Relation
from annotator.model.labels import (
    ACCESS,
    bar,
    count,
    long_date,
    period_title,
    relation_name,
    relation_words,
    short_date,
)
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


def test_a_day_of_this_year_is_written_without_its_year():
    now = datetime(2026, 3, 14, 12, tzinfo=UTC)
    assert short_date(now - timedelta(hours=1), now) == "today"
    assert short_date(datetime(2026, 1, 5, 12, tzinfo=UTC), now) == "5 Jan"
    assert short_date(datetime(2025, 3, 14, 12, tzinfo=UTC), now) == "Mar 2025"


@pytest.mark.parametrize("relation", get_args(Relation))
def test_a_relation_is_named_as_either_end_has_it(relation):
    assert relation_name(relation, is_back=False) == relation
    assert (relation_name(relation, is_back=True) == relation) == (relation == "same-as")
    assert relation_words(relation, is_back=False).split()[0] in {
        "supports",
        "opposes",
        "says",
        "gives",
        "is",
    }
    same = relation_words(relation, is_back=True) == relation_words(relation, is_back=False)
    assert same == (relation == "same-as")


def test_a_relation_is_said_in_words():
    assert relation_words("supports", is_back=True) == "is supported by"
    assert relation_words("source-of", is_back=True) == "has its source in"
    assert relation_name("informs", is_back=True) == "informed-by"
