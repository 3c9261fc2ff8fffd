"""Dates that users type: any usual way to write one is kept as ISO 8601, or refused in words.

A date may leave out the day, or the month and the day: `2024-05-12`, `2024-05`, `2024`. Dates such
as `3/5/2024`, which one half of the world reads as March and the other as May, are refused.
"""

import re
from datetime import date

from annotator.errors import InvalidInput
from annotator.model.data_file import word_table
from annotator.model.labels import MONTHS
from annotator.model.text import clean_line

MAX_QUOTED = 40  # characters of a refused date

_DECEMBER = 12

# Compiled with the first date: a start needs none of them.
_YEAR_FIRST = (
    r"(?P<year>\d{4})(?:(?P<between>[-/.])(?P<month>\d{1,2})"
    r"(?:(?P=between)(?P<day>\d{1,2})(?:[T ]\d{1,2}:\d\d.*)?)?)?"
)
_EAST_ASIAN = (
    r"(?P<year>\d{4}) ?[年년](?: ?(?P<month>\d{1,2}) ?[月월](?: ?(?P<day>\d{1,2}) ?[日일])?)?"
)
_DAY_FIRST = r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})"
_EITHER_FIRST = r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})"
_MONTH_AND_YEAR = r"(\d{1,2})[./-](\d{4})"
_DAY_AND_NAME = (
    r"(?:(\d{1,2})(?:st|nd|rd|th|er|º|ª)?\.? (?:of |de )?)?([^\W\d_]{3,12})\.?,? (?:de )?(\d{4})"
)
_NAME_AND_DAY = r"([^\W\d_]{3,12})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})"

# In some forty languages, in the cases in which dates have them.
MONTH_OF = {
    word: month
    for month, row in word_table(__package__ or "", "months.tsv").items()
    for word in row["names"].split()
}


def normalise_date(text: str) -> str:
    """Return a date as ISO 8601, with or without day and month; empty for an empty one.

    Raises `InvalidInput` for what is not a date, or could be two.
    """
    written = clean_line(text).strip()
    if not written:
        return ""
    year, month, day = _parts(written)
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        raise _refused(written) from None
    return "-".join([f"{year:04}", *(f"{part:02}" for part in (month, day) if part is not None)])


def is_future(iso: str, today: date) -> bool:
    """Return whether a day, or all of a month or year, is after `today`; False for other text."""
    return re.fullmatch(_YEAR_FIRST, iso) is not None and iso > today.isoformat()[: len(iso)]


def _parts(written: str) -> tuple[int, int | None, int | None]:
    """Return year, month and day, as far as they are given."""
    if match := re.fullmatch(_YEAR_FIRST, written) or re.fullmatch(_EAST_ASIAN, written):
        month, day = (int(match[part]) if match[part] else None for part in ("month", "day"))
        return int(match["year"]), month, day
    if match := re.fullmatch(_DAY_FIRST, written):
        return int(match[3]), int(match[2]), int(match[1])
    if match := re.fullmatch(_EITHER_FIRST, written):
        return _either(written, int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(_MONTH_AND_YEAR, written):
        return int(match[2]), int(match[1]), None
    lower = written.lower()
    if match := re.fullmatch(_DAY_AND_NAME, lower):
        return int(match[3]), _month(match[2], written), int(match[1]) if match[1] else None
    if match := re.fullmatch(_NAME_AND_DAY, lower):
        return int(match[3]), _month(match[1], written), int(match[2])
    raise _refused(written)


def _either(written: str, one: int, other: int, year: int) -> tuple[int, int, int]:
    if one > _DECEMBER or one == other:
        return year, other, one
    if other > _DECEMBER:
        return year, one, other
    readings = sorted((f"{year}-{one:02}-{other:02}", f"{year}-{other:02}-{one:02}"))
    raise InvalidInput(f"“{written}” could be two dates.", f"Write {' or '.join(readings)}.")


def _month(name: str, written: str) -> int:
    short = MONTH_OF.get(name)
    if short:
        return MONTHS.index(short) + 1
    raise _refused(written)


def _refused(written: str) -> InvalidInput:
    shown = clean_line(written, limit=MAX_QUOTED)
    return InvalidInput(
        f"“{shown}” is not a date.", "Write it as 2024-05-12; the day or the month can be left out."
    )
