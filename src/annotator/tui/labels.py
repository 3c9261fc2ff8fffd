"""What the screens call things."""

from collections.abc import Iterator
from datetime import datetime

from annotator.model import ArticleRecord
from annotator.model.labels import MONTHS, long_date


def origin(record: ArticleRecord) -> Iterator[str]:
    """Give where and when an article appeared and how long it takes, as far as is known."""
    if record.site_name:
        yield record.site_name
    if record.published:
        yield long_date(record.published)
    yield f"{record.minutes} min"


def short_date(moment: datetime, now: datetime) -> str:
    """Return a day of this year as `12 May`, an earlier one as `May 2023`, today's as `today`."""
    day, today = moment.astimezone().date(), now.astimezone().date()
    month = MONTHS[day.month - 1]
    if day == today:
        return "today"
    return f"{day.day} {month}" if day.year == today.year else f"{month} {day.year}"
