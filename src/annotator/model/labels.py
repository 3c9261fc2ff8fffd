"""Words that users see for values of the model, in one table each."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from msgspec import Struct, UnsetType

from annotator.model.periods import Period, PeriodName
from annotator.model.vocabulary import Access, Relation, Status

MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")


class AccessLabel(Struct, frozen=True):
    """The names of a state of completeness, all empty for a complete article.

    `short` fits a column. `sentence` describes a page that was just fetched, and
    `note` the article in an exported note. `advice` says what to do instead, for
    pages that hold no article.
    """

    short: str = ""
    sentence: str = ""
    note: str = ""
    advice: str = ""
    holds_article: bool = True


ACCESS: Mapping[Access, AccessLabel] = {
    "full": AccessLabel(),
    "partial": AccessLabel(
        short="partial",
        sentence="Only part of the article is available.",
        note="Only part of the article was available.",
    ),
    "paywalled": AccessLabel(
        short="paywalled",
        sentence="Only the part before the paywall is available.",
        note="The rest of the article is behind a paywall.",
    ),
    "consent_wall": AccessLabel(
        short="consent wall",
        sentence="The page asks for consent and may not contain the article.",
        note="The page asked for consent instead of showing the article.",
        advice="Answer it in a browser, save the page there, and add the file.",
        holds_article=False,
    ),
    "error_page": AccessLabel(
        short="error page",
        sentence="This looks like an error page.",
        note="The page was an error message, not the article.",
        advice="Check the address.",
        holds_article=False,
    ),
    "no_article": AccessLabel(
        short="no article",
        sentence="This page is not an article.",
        note="The page was not an article: it listed others, or showed a video.",
        advice="Add the address of an article instead.",
        holds_article=False,
    ),
}


# Of a mark to what it is linked to, in words; seen from the other end; and so for programs.
_RELATIONS: Mapping[Relation, tuple[str, str, str]] = {
    "supports": ("supports", "is supported by", "supported-by"),
    "opposes": ("opposes", "is opposed by", "opposed-by"),
    "same-as": ("says the same as", "says the same as", "same-as"),
    "informs": ("gives context to", "gets context from", "informed-by"),
    "source-of": ("is the source of", "has its source in", "sourced-from"),
}
RELATIONS: Mapping[str, str] = {name: words for name, (words, _, _) in _RELATIONS.items()}
BACK_RELATIONS: Mapping[str, str] = {name: words for name, (_, words, _) in _RELATIONS.items()}
BACK_NAMES: Mapping[Relation, str] = {name: back for name, (_, _, back) in _RELATIONS.items()}

SIMILAR: Mapping[str, str] = {  # what a mark does that is suggested for another
    "same": "may say the same",
    "contradicts": "may contradict it",
    "meaning": "may say the same, by meaning",
    "related": "is on the same subject",
}

PERIOD_NAMES: Mapping[PeriodName, str] = {
    "week": "7 days",
    "month": "30 days",
    "quarter": "13 weeks",
    "year": "12 months",
    "all": "from the beginning",
}


def page_words(pages: str | UnsetType) -> str:
    """Return labels of pages as they are cited: `p. 14`, `pp. 14–15`; empty if there are none."""
    return f"{'pp.' if '–' in pages else 'p.'} {pages}" if pages else ""


def relation_name(relation: Relation, *, is_back: bool) -> str:
    """Return the name of a relation for programs, with `is_back` as the other end has it."""
    return BACK_NAMES[relation] if is_back else relation


def relation_words(relation: Relation, *, is_back: bool) -> str:
    """Return a relation in words, with `is_back` as the other end has it."""
    return (BACK_RELATIONS if is_back else RELATIONS)[relation]


NOT_GROUPED: Mapping[str, str] = {  # the group of the marks that have none of what groups them
    "tag": "No tag",
    "speaker": "No speaker",
    "author": "No author",
    "site": "No site",
}
STATUS_GLYPHS: Mapping[Status, str] = {  # one cell each, told apart without their colours
    "open": "○",
    "checking": "◐",
    "supported": "✓",
    "disputed": "≠",
    "refuted": "✗",
    "unverifiable": "⊘",
}


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: `1 mark`, `2 marks`, `1,024 marks`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def bar(number: int, most: int, cells: int) -> str:
    """Return a bar whose length is to `cells` as `number` is to `most`, in eighths of a cell."""
    eighths = round(number * cells * 8 / most) if most else 0
    full, rest = divmod(max(eighths, int(number > 0)), 8)
    return "█" * full + _EIGHTHS[rest]


def long_date(iso: str) -> str:
    """Return an ISO 8601 date as `12 May 2024`; any other text as it is."""
    try:
        day = date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(moment: datetime, now: datetime) -> str:
    """Return a day of this year as `12 May`, an earlier one as `May 2023`, today's as `today`."""
    day, today = moment.astimezone().date(), now.astimezone().date()
    month = MONTHS[day.month - 1]
    if day == today:
        return "today"
    return f"{day.day} {month}" if day.year == today.year else f"{month} {day.year}"


def period_title(period: Period, *, is_latest: bool) -> str:
    """Return the first and last day of a period, with its name if it is the latest."""
    days = f"{long_date(period.since.isoformat())} – {long_date(period.last.isoformat())}"
    name = PERIOD_NAMES[period.name]
    if period.name == "all":
        return f"{name.capitalize()}: {days}"
    return f"Last {name}: {days}" if is_latest else days
