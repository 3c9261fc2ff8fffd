"""Which failures pass by themselves, and how long to wait before trying again."""

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from annotator.errors import FetchError, ServerAnswered
from annotator.fetch.client import httpx

LONGEST_WAIT = 86_400  # seconds; a server that says more than a day means "no"

_PASSING_STATUSES = frozenset({429, 502, 503, 504})
_MAX_HEADER = 40  # characters; a date has 29


def retry_after(value: str, *, now: datetime) -> int | None:
    """Return the seconds that `Retry-After` asks for, at most a day; none if unreadable."""
    value = value.strip()
    if not value or len(value) > _MAX_HEADER:
        return None
    if value.isascii() and value.isdigit():
        return min(int(value), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(value)
        seconds = (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return max(0, min(int(seconds), LONGEST_WAIT))


def is_passing(error: FetchError) -> bool:
    """Tell whether the same request may well succeed in a moment."""
    if isinstance(error, ServerAnswered):
        return error.status in _PASSING_STATUSES
    if not isinstance(error.__cause__, httpx.ConnectError | httpx.ConnectTimeout):
        return False
    lasting = (ssl.SSLError, socket.gaierror)
    return not any(isinstance(cause, lasting) for cause in causes_of(error))


def causes_of(error: BaseException) -> Iterator[BaseException]:
    """Yield what `error` was raised from, the nearest first."""
    cause = error.__cause__ or error.__context__
    while cause:
        yield cause
        cause = cause.__cause__ or cause.__context__
