"""Network failures as a `FetchError`, and which of them to retry."""

import socket
import ssl
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from annotator.errors import FetchError, ServerAnswered, TimedOut
from annotator.fetch.httpx_import import httpx
from annotator.fetch.private_networks import host_of
from annotator.fetch.urls import shown
from annotator.model.text import clean_line

TRY_LATER = "Try again later, or save the page in a browser and add the file."

_SAVE_IT = "Look at the page in a browser; if you trust it, save it there and add the file."


@contextmanager
def as_fetch_error(address: str) -> Iterator[None]:
    """Raise any network failure in the context as a `FetchError` about `address`."""
    try:
        yield
    except httpx.TimeoutException as error:
        raise TimedOut(f"{_server(address)} did not respond.", TRY_LATER) from error
    except httpx.ProxyError as error:
        raise FetchError(
            f"The proxy refused: {clean_line(str(error))}.", "Check the proxy's settings."
        ) from error
    except httpx.ConnectError as error:
        raise _no_connection(error, address) from error
    except httpx.NetworkError as error:
        raise FetchError(f"The connection to {_server(address)} was lost.", TRY_LATER) from error
    except socket.gaierror as error:
        raise _no_such_host(address) from error
    except (httpx.HTTPError, httpx.InvalidURL, zlib.error, OSError, ValueError) as error:
        raise FetchError(
            f"The response of {_server(address)} cannot be read.", TRY_LATER
        ) from error


def _no_connection(error: Exception, address: str) -> FetchError:
    causes = tuple(causes_of(error))
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return _no_such_host(address)
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            why = clean_line(cause.verify_message).rstrip(".")
            problem = f"The certificate of {_server(address)} is not valid: {why}."
            return FetchError(problem, _SAVE_IT)
        if isinstance(cause, ssl.SSLError):
            problem = f"{_server(address)} does not offer a secure connection."
            return FetchError(problem, "Check whether the address should begin with http://.")
    problem = f"{_server(address)} refused the connection."
    return FetchError(problem, "Check the address, or try again later.")


def _no_such_host(address: str) -> FetchError:
    problem = f"No server named {_server(address)} was found."
    return FetchError(problem, "Check the address, and whether you are online.")


def _server(address: str) -> str:
    return shown(host_of(address))


LONGEST_WAIT = 86_400  # seconds; a server that says more than a day means no

_PASSING_STATUSES = frozenset({429, 502, 503, 504})
_MAX_HEADER = 40  # characters; a date has 29


def retry_after(value: str, *, now: datetime) -> int | None:
    """Return the seconds of a `Retry-After` header, at most a day, or None if unreadable."""
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


def is_transient(error: FetchError) -> bool:
    """Whether the same request is likely to succeed soon."""
    if isinstance(error, ServerAnswered):
        return error.status in _PASSING_STATUSES
    if not isinstance(error.__cause__, httpx.ConnectError | httpx.ConnectTimeout):
        return False
    lasting = (ssl.SSLError, socket.gaierror)
    return not any(isinstance(cause, lasting) for cause in causes_of(error))


def causes_of(error: BaseException) -> Iterator[BaseException]:
    """Yield the causes of `error`, the nearest cause first."""
    cause = error.__cause__ or error.__context__
    while cause:
        yield cause
        cause = cause.__cause__ or cause.__context__
