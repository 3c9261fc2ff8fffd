"""Dates in the many forms that pages write them, converted to ISO 8601."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from annotator.model.data_file import wordings
from annotator.model.dates import MONTH_OF
from annotator.model.text import clean_line

EARLIEST_YEAR = 1900
LATEST_YEAR = 2100
_MOST_CHARACTERS = 80  # a longer string has more than a date

_EAST_ASIAN = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_HAS_YEAR = re.compile(r"(?:19|20)\d\d")
_HAS_TIME = re.compile(r"\d{1,2}[:h.]\d{2}|\d\s?[ap]\.?m\b|T\d{2}", re.IGNORECASE)
_WORDINGS = wordings(__package__, "wordings.toml")
_LABEL = re.compile(_WORDINGS["date-label"], re.IGNORECASE)
_IN_ADDRESS = re.compile(_WORDINGS["date-in-address"])
_ZERO = re.compile(r"\b(?:GMT|UTC)(?=[+-]\d)")  # the parser inverts the sign of an offset after it
_YEAR_FIRST = re.compile(r"\s*(?:19|20)\d\d[-/.]")
_AMBIGUOUS = re.compile(r"(?<!\d)(?:0?[1-9]|1[0-2])[/-](?:0?[1-9]|1[0-2])[/-](?:19|20)\d\d")
_WORD = re.compile(r"(?<=\d)(?:st|nd|rd|th|er|º|ª)\b|[^\W\d_]+\.?(?:[^\W\d_]\.?)?")
_DAY_SECONDS = 86_400
_ZONES = {
    "GMT": 0, "UTC": 0, "Z": 0, "WET": 0, "BST": 1, "WEST": 1, "CET": 1, "MEZ": 1, "CEST": 2,
    "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3, "IST": 5.5, "HKT": 8, "SGT": 8, "JST": 9, "KST": 9,
    "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "EST": -5, "EDT": -4, "ET": -5, "CST": -6,
    "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
_DAY_COMES_SECOND = frozenset({"en", "en-us", "en-ph"})


def iso(value: object, *, language: str = "") -> str:
    """Return a date in ISO 8601, with a time only if the zone is known; empty if not a date."""
    text = clean_line(value, limit=_MOST_CHARACTERS)
    if not text or text.endswith("…"):
        return ""
    moment = _moment(text, language)
    if moment is None or not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
        return ""
    has_zone = moment.tzinfo is not None and bool(_HAS_TIME.search(text) or _EPOCH.fullmatch(text))
    return moment.isoformat(timespec="seconds") if has_zone else moment.date().isoformat()


def first_date(values: Iterable[object], *, language: str = "") -> str:
    """Return the first of the values that is a date, in ISO 8601."""
    return next((date for value in values if (date := iso(value, language=language))), "")


def date_in_address(url: str) -> str:
    """Return the date in a URL such as those of news sites, empty if there is none."""
    match = _IN_ADDRESS.search(url[:2_000])
    return iso("-".join(match.groups())) if match else ""


def is_before(earlier: str, later: str) -> bool:
    """Return whether an ISO date is before another, by time if both have one, else by day."""
    moments = [datetime.fromisoformat(date) for date in (earlier, later) if "T" in date]
    if len(moments) == len((earlier, later)):
        return moments[0] < moments[1]
    return earlier[:10] < later[:10]


def _moment(text: str, language: str) -> datetime | None:
    if _EPOCH.fullmatch(text):
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(text[:10]))
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    if match := _EAST_ASIAN.search(text):
        text = "-".join(match.groups())
    return _from_words(_LABEL.sub("", text), language) if _HAS_YEAR.search(text) else None


def _from_words(text: str, language: str) -> datetime | None:
    """Return the moment that words name, None if they leave out the day, month or year.

    The parser fills in whatever is left out from a default, so the results for
    two different defaults differ if something was.
    """
    from dateutil import parser  # 6 ms to load, and most pages have ISO dates

    plain = _WORD.sub(_understood, _ZERO.sub("", text))
    is_day_first = not (language.lower() in _DAY_COMES_SECOND or _YEAR_FIRST.match(plain))
    if not language and _AMBIGUOUS.search(plain):
        return None
    moments = []
    for default in (datetime(2001, 1, 1), datetime(2002, 2, 2)):  # noqa: DTZ001 - without a zone on purpose
        try:
            moment = parser.parse(
                plain, dayfirst=is_day_first, yearfirst=False, default=default, tzinfos=_zone
            )
        except (ValueError, OverflowError, TypeError, AttributeError):
            return None
        moments.append(moment)
    return moments[0] if moments[0] == moments[1] else None


def _understood(match: re.Match[str]) -> str:
    """Return a word of a date in the form that the parser knows, a space for any other word."""
    word = match.group()
    month = MONTH_OF.get(word.lower().rstrip("."))
    if month:
        return f" {month} "
    half = word.lower().replace(".", "")
    return word if half in {"am", "pm", "t"} or word in _ZONES else " "


def _zone(name: str | None, seconds: int | None) -> tzinfo | None:
    if seconds is not None:
        is_possible = abs(seconds) < _DAY_SECONDS
        return timezone(timedelta(seconds=seconds)) if is_possible else None
    hours = _ZONES.get(name or "")
    return None if hours is None else timezone(timedelta(hours=hours))
