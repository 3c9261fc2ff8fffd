"""What the screens call things."""

from collections.abc import Iterator
from datetime import date, datetime

from annotator.model import Access, ArticleRecord

ACCESS: dict[Access, str] = {
    "full": "",
    "partial": "partial",
    "paywalled": "paywalled",
    "consent_wall": "consent wall",
    "error_page": "error page",
    "no_article": "no article",
}


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun, `1 mark` and `2 marks`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def origin(record: ArticleRecord) -> Iterator[str]:
    """Give where and when an article appeared and how long it takes, as far as is known."""
    if record.site_name:
        yield record.site_name
    if record.published:
        yield long_date(record.published)
    yield f"{record.minutes} min"


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
