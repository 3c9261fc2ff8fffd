"""Dates as a person reads them: in words, and no longer than they need to be."""

from datetime import date, datetime

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def long_date(iso: str) -> str:
    """Return an ISO date as `12 May 2024`; what is no date comes back as it is."""
    try:
        day = date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_date(moment: datetime, now: datetime) -> str:
    """Return a day of this year as `12 May`, an earlier one as `May 2023`, today's as `today`."""
    day, today = moment.astimezone().date(), now.astimezone().date()
    month = _MONTHS[day.month - 1]
    if day == today:
        return "today"
    return f"{day.day} {month}" if day.year == today.year else f"{month} {day.year}"
