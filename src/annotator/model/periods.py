"""Periods of days for statistics, each cut into days, weeks, months or years.

Days are those of a calendar on the wall: they begin at midnight in a time zone, and some
have 23 or 25 hours. A period ends with the day that it is asked for, so that on 1 January
the last twelve months are not an empty year.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Literal, get_args

from msgspec import Struct

PeriodName = Literal["week", "month", "quarter", "year", "all"]
Step = Literal["day", "week", "month", "year"]

PERIODS: tuple[PeriodName, ...] = get_args(PeriodName)

_DAYS, _WEEKS, _MONTHS = 30, 13, 12  # of a month, a quarter, a year
_MANY_MONTHS = 36  # from here on years are counted
_WEEK = 7


class Period(Struct, frozen=True):
    """Days from the first of `starts` until just before `until`, cut at the `starts`."""

    name: PeriodName
    step: Step
    starts: tuple[date, ...]
    until: date

    @property
    def since(self) -> date:
        """The first day."""
        return self.starts[0]

    @property
    def last(self) -> date:
        """The last day."""
        return self.until - timedelta(days=1)

    def edges(self, zone: tzinfo | None = None) -> tuple[datetime, ...]:
        """Return the moments at which its parts begin, and the one at which the last ends."""
        return tuple(midnight(day, zone) for day in (*self.starts, self.until))


def period(name: PeriodName, today: date, *, first: date | None = None, back: int = 0) -> Period:
    """Return the period that ends with `today`, or the one that is `back` periods earlier.

    `first` is the day on which `all` begins.
    """
    until = today + timedelta(days=1)
    if name == "week":
        return _of_days(name, until - timedelta(days=_WEEK * back), _WEEK)
    if name == "month":
        return _of_days(name, until - timedelta(days=_DAYS * back), _DAYS)
    if name == "quarter":
        monday = today - timedelta(days=today.weekday() + _WEEK * _WEEKS * back)
        weeks = [monday - timedelta(days=_WEEK * week) for week in reversed(range(_WEEKS))]
        return Period(name, "week", tuple(weeks), monday + timedelta(days=_WEEK))
    month = today.replace(day=1)
    if name == "year":
        end = _months_later(month, 1 - _MONTHS * back)
        return Period(name, "month", tuple(_months(_months_later(end, -_MONTHS), end)), end)
    begin, end = min(first or today, today).replace(day=1), _months_later(month, 1)
    if (end.year - begin.year) * _MONTHS + end.month - begin.month <= _MANY_MONTHS:
        return Period(name, "month", tuple(_months(begin, end)), end)
    years = tuple(date(year, 1, 1) for year in range(begin.year, today.year + 1))
    return Period(name, "year", years, date(today.year + 1, 1, 1))


def midnight(day: date, zone: tzinfo | None = None) -> datetime:
    """Return the moment at which a day begins in a zone, by default that of this computer."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def day_of(moment: datetime, zone: tzinfo | None = None) -> date:
    """Return the day of a moment in a zone, by default that of this computer."""
    return moment.astimezone(zone).date()


def _of_days(name: PeriodName, until: date, count: int) -> Period:
    days = (until - timedelta(days=day) for day in range(count, 0, -1))
    return Period(name, "day", tuple(days), until)


def _months(begin: date, end: date) -> Iterator[date]:
    while begin < end:
        yield begin
        begin = _months_later(begin, 1)


def _months_later(month: date, count: int) -> date:
    years, index = divmod(month.month - 1 + count, _MONTHS)
    return date(month.year + years, index + 1, 1)
