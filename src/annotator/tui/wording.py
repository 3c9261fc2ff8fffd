"""What the screens call things."""

from collections.abc import Iterator

from annotator.model import Access, ArticleRecord
from annotator.tui.dates import long_date

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
