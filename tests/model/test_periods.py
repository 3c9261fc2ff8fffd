from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from annotator.model.periods import PERIODS, day_of, midnight, period

NEW_YEAR = date(2027, 1, 1)  # a Friday
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("name", "step", "count", "since", "last"),
    [
        ("week", "day", 7, date(2026, 12, 26), NEW_YEAR),
        ("month", "day", 30, date(2026, 12, 3), NEW_YEAR),
        ("quarter", "week", 13, date(2026, 10, 5), date(2027, 1, 3)),
        ("year", "month", 12, date(2026, 2, 1), date(2027, 1, 31)),
        ("all", "month", 8, date(2026, 6, 1), date(2027, 1, 31)),
    ],
)
def test_a_period_ends_today_also_on_new_year_s_day(name, step, count, since, last):
    found = period(name, NEW_YEAR, first=date(2026, 6, 20))
    assert (found.step, len(found.starts), found.since, found.last) == (step, count, since, last)


@pytest.mark.parametrize("name", PERIODS[:-1])
@pytest.mark.parametrize("today", [NEW_YEAR, date(2028, 2, 29), date(2026, 3, 31)])
def test_an_earlier_period_ends_where_the_later_one_begins(name, today):
    for back in range(5):
        assert period(name, today, back=back + 1).until == period(name, today, back=back).since


def test_many_years_are_counted_by_year():
    found = period("all", NEW_YEAR, first=date(2019, 5, 5))
    assert found.step == "year"
    assert found.starts == tuple(date(year, 1, 1) for year in range(2019, 2028))


def test_all_of_a_library_that_began_in_the_future_is_this_month():
    assert period("all", NEW_YEAR, first=date(2031, 1, 1)).starts == (NEW_YEAR,)


def test_a_day_begins_at_midnight_of_its_zone():
    assert midnight(NEW_YEAR, BERLIN) == datetime(2026, 12, 31, 23, tzinfo=UTC)
    assert day_of(datetime(2026, 12, 31, 23, tzinfo=UTC), BERLIN) == NEW_YEAR
    assert day_of(datetime(2026, 12, 31, 22, 59, tzinfo=UTC), BERLIN) == date(2026, 12, 31)


def test_a_day_may_have_23_hours():
    edges = period("week", date(2026, 3, 29), back=0).edges(BERLIN)
    lengths = [later - earlier for earlier, later in pairwise(edges)]
    assert lengths == [timedelta(hours=24)] * 6 + [timedelta(hours=23)]


def test_all_is_this_month_if_nothing_was_before():
    whole = period("all", NEW_YEAR, first=None)
    assert (whole.since, whole.last) == (date(2027, 1, 1), date(2027, 1, 31))


def test_three_years_of_months_are_counted_by_month_and_one_more_by_year():
    begin = date(2024, 2, 1)
    assert period("all", NEW_YEAR, first=begin).step == "month"
    assert len(period("all", NEW_YEAR, first=begin).starts) == 36
    years = period("all", NEW_YEAR, first=date(2024, 1, 31))
    assert (years.step, years.since, years.last) == ("year", date(2024, 1, 1), date(2027, 12, 31))
