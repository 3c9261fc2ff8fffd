"""Dates of exports as moments in UTC: seconds, milliseconds and microseconds, ISO 8601, others.

What is not a date gives None: a format then says so in the remarks of its item, with
`moment_or_remark`.
"""

import re
from datetime import UTC, datetime, timedelta

from dateutil import parser

from annotator.model.text import clean_line

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MAX_LENGTH = 60  # characters; the longest dates have a weekday and the name of a zone
_SECONDS, _MILLISECONDS, _MICROSECONDS = 1e11, 1e14, 1e17  # numbers above are finer units
_ZONE_NAME = re.compile(r"\b(?:GMT|UTC)(?=[+-]\d)")  # dateutil reads GMT+1 as west of Greenwich
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_DAY_FIRST = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?\d{4}\b")  # dots are written so, slashes by some
_DAY = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?(?!\d)")
_ISO = re.compile(r"-?\d{1,4}(?:-\d\d?)*")
_DEFAULT = datetime(1970, 1, 1)  # noqa: DTZ001  the zone comes from the text, or is UTC
_LATEST = datetime(2200, 1, 1, tzinfo=UTC)


def moment(value: str | float | None) -> datetime | None:
    """Return the moment that a number or a text is, in UTC; None if it is none.

    A text without a zone is taken for UTC. Numbers are seconds, or finer if they are large.
    """
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _of_number(float(value))
    text = value.strip()
    if not text or len(text) > _MAX_LENGTH:
        return None
    if _YEAR.fullmatch(text):
        return _plausible(_DEFAULT.replace(year=int(text)))
    try:
        return _of_number(float(text))
    except ValueError:
        return _of_text(text)


def moment_or_remark(value: str | float | None, remarks: list[str]) -> datetime | None:
    """Return the moment, and add a remark for what is neither empty nor a date."""
    when = moment(value)
    if when is None and value not in (None, "", 0, "0"):
        remarks.append(f"“{clean_line(str(value), limit=40)}” is not a date.")
    return when


def iso_date(value: str | float | None) -> str:
    """Return the day of a moment as ISO 8601, a year or a month alone; empty if it is none.

    Unlike a moment it may be before computers.
    """
    text = value.strip() if isinstance(value, str) else ""
    if _YEAR.fullmatch(text):
        return text
    if (day := _DAY.match(text)) and "01" <= day[2] <= "12":
        return day[0] if "01" <= (day[3] or "01") <= "31" else day[0][:7]
    when = moment(value)
    return when.date().isoformat() if when else ""


def published_or_remark(value: str, remarks: list[str]) -> str:
    """Return a date as `iso_date` does, of “Spring 2020” the year; add a remark for no date."""
    day = value if _ISO.fullmatch(value) else iso_date(value) or "".join(_YEAR.findall(value)[:1])
    if value and not day:
        remarks.append(f"“{clean_line(value, limit=40)}” is not a date.")
    return day


def _of_number(number: float) -> datetime | None:
    if not 0 < number < 1e20:  # noqa: PLR2004  nanoseconds are below
        return None
    for limit, unit in ((_SECONDS, 1.0), (_MILLISECONDS, 1e3), (_MICROSECONDS, 1e6)):
        if number < limit:
            return _plausible(EPOCH + timedelta(seconds=number / unit))
    return _plausible(EPOCH + timedelta(seconds=number / 1e9))


def _of_text(text: str) -> datetime | None:
    text = _ZONE_NAME.sub("", text)
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        try:
            is_day_first = _DAY_FIRST.match(text) is not None
            when = parser.parse(text, default=_DEFAULT, dayfirst=is_day_first)
        except (ValueError, OverflowError, TypeError, AttributeError):
            return None
    return _plausible(when)


def _plausible(when: datetime) -> datetime | None:
    """Return the moment in UTC, None for one before computers or far in the future."""
    try:
        utc = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return utc if EPOCH < utc < _LATEST else None
