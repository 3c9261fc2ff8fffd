"""Dates of entries: those of letters (RFC 822), of ISO 8601, and what people write in their place.

One that cannot be read is none, and never now.
"""

from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from annotator.model.text import clean_line

_LONGEST: Final = 60  # characters
_YEARS: Final = range(1970, 2100)
_HOURS: Final = {
    "UT": 0, "Z": 0, "BST": 1, "CET": 1, "MET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3,
    "IST": 5.5, "SGT": 8, "HKT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12,
    "AST": -4, "AKST": -9, "HST": -10,
}  # fmt: skip


def moment(text: str) -> datetime | None:
    """Return the moment that a date names, in UTC without a zone; None for other text."""
    written = clean_line(text)
    if not written or len(written) > _LONGEST:
        return None
    read = _iso(written) or _of_letters(written) or _in_words(written)
    if read is None or read.year not in _YEARS:
        return None
    with suppress(OverflowError, ValueError):
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    return None


def _iso(written: str) -> datetime | None:
    with suppress(ValueError):
        return datetime.fromisoformat(written)
    return None


def _of_letters(written: str) -> datetime | None:
    if written.lower().endswith(("am", "pm")):  # which that parser passes over
        return None
    last = written.rpartition(" ")[2]
    if last in _HOURS:
        minutes = round(_HOURS[last] * 60)
        sign, (hours, rest) = "-" if minutes < 0 else "+", divmod(abs(minutes), 60)
        written = f"{written[: -len(last)]}{sign}{hours:02}{rest:02}"
    with suppress(ValueError, TypeError, IndexError, OverflowError):
        return parsedate_to_datetime(written)
    return None


def _in_words(written: str) -> datetime | None:
    from dateutil import parser  # slow to load, and few feeds need it

    if not any(character.isdigit() for character in written):
        return None
    with suppress(ValueError, OverflowError, TypeError):
        # A part that is missing would be today's: two tries show whether one is.
        tries = {
            parser.parse(written, default=datetime(*day, tzinfo=UTC))
            for day in ((2000, 1, 1), (2001, 2, 2))
        }
        return tries.pop() if len(tries) == 1 else None
    return None
