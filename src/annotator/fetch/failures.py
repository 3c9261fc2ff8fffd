"""Network failures as a `FetchError`, and which of them to retry."""

import errno
import socket
import ssl
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from annotator.errors import FetchError, PrivateNetwork, ServerAnswered, SignInFirst, TimedOut
from annotator.fetch.httpx_import import httpx
from annotator.fetch.private_networks import SIGN_IN_HINT, host_of
from annotator.fetch.urls import shown
from annotator.model.text import clean_line

TRY_LATER = "Try again later, or save the page in a browser and add the file."

_CERTIFICATE_HINT = (
    f"{SIGN_IN_HINT} Otherwise check the clock of this computer, and look at the page in a browser."
)
_PROXY_HINT = "Check the variables http_proxy, https_proxy and all_proxy, or ask who runs it."
_OFFLINE_HINT = "Check your connection to the network, and try again."
_NO_ROUTE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL})


@contextmanager
def as_fetch_error(address: str, *, proxy: str | None = None) -> Iterator[None]:
    """Raise any network failure in the context as a `FetchError` about `address`.

    `proxy` is the proxy that the request goes through, if there is one.
    """
    try:
        yield
    except httpx.TimeoutException as error:
        raise TimedOut(f"{_server(address)} did not respond.", TRY_LATER) from error
    except httpx.ProxyError as error:
        raise FetchError(
            f"The proxy refused: {clean_line(str(error)).rstrip('.')}.", _PROXY_HINT
        ) from error
    except httpx.ConnectError as error:
        raise _no_connection(error, address, proxy) from error
    except (httpx.NetworkError, httpx.RemoteProtocolError) as error:
        # The server may also have closed the connection before the end of its response.
        is_cut = "closed connection" in str(error) or "disconnected" in str(error)
        if isinstance(error, httpx.RemoteProtocolError) and not is_cut:
            raise _unreadable(address) from error
        raise FetchError(f"The connection to {_server(address)} was lost.", TRY_LATER) from error
    except socket.gaierror as error:
        raise _no_such_host(error, address) from error
    except (httpx.HTTPError, httpx.InvalidURL, zlib.error, OSError, ValueError) as error:
        raise _unreadable(address) from error


def _unreadable(address: str) -> FetchError:
    return FetchError(f"The response of {_server(address)} cannot be read.", TRY_LATER)


def _no_connection(error: Exception, address: str, proxy: str | None) -> FetchError:
    causes = tuple(causes_of(error))
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            why = clean_line(cause.verify_message).rstrip(".")
            problem = f"The certificate of {_server(address)} is not valid: {why}."
            return FetchError(problem, _CERTIFICATE_HINT)
        if isinstance(cause, ssl.SSLError):
            problem = f"{_server(address)} does not offer a secure connection."
            return FetchError(problem, "Check whether the address should begin with http://.")
    if proxy:  # all that follows is then about the proxy, not about the server
        problem = f"The proxy {_server(proxy)} cannot be reached."
        return FetchError(problem, _PROXY_HINT)
    unknown = next((problem for problem in causes if isinstance(problem, socket.gaierror)), None)
    if unknown is not None:
        return _no_such_host(unknown, address)
    if any(isinstance(problem, OSError) and problem.errno in _NO_ROUTE for problem in causes):
        problem = f"There is no way to {_server(address)} from here."
        hint = f"{_OFFLINE_HINT} A server with an IPv6 address alone needs a network with IPv6."
        return FetchError(problem, hint)
    problem = f"{_server(address)} refused the connection."
    return FetchError(problem, "Check the address, or try again later.")


def _no_such_host(error: socket.gaierror, address: str) -> FetchError:
    if error.errno == socket.EAI_AGAIN:  # the network's name server did not answer
        problem = f"You seem to be offline: the name {_server(address)} cannot be looked up."
        return FetchError(problem, _OFFLINE_HINT)
    problem = f"No server named {_server(address)} was found."
    return FetchError(problem, "Check the address, and whether you are online.")


def _server(address: str) -> str:
    return shown(host_of(address))


LONGEST_WAIT = 86_400  # seconds; a server that says more than a day means no

_PASSING_STATUSES = frozenset({429, 502, 503, 504})
_STATUSES_OF_THE_DAY = frozenset({407, 408, 425, 429})
_SERVER_ERROR = HTTPStatus.INTERNAL_SERVER_ERROR
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


def may_pass(error: FetchError) -> bool:
    """Whether the same request may succeed on another day, or in another network.

    A page that is gone, or is not an article, stays so.
    """
    if isinstance(error, ServerAnswered):
        return error.status in _STATUSES_OF_THE_DAY or error.status >= _SERVER_ERROR
    if isinstance(error, TimedOut | SignInFirst | PrivateNetwork):
        return True
    return type(error) is FetchError and isinstance(error.__cause__, httpx.TransportError | OSError)


def causes_of(error: BaseException) -> Iterator[BaseException]:
    """Yield the causes of `error`, the nearest cause first, and each of a group of causes."""
    cause = error.__cause__ or error.__context__
    while cause:
        yield cause
        if isinstance(cause, BaseExceptionGroup):
            for exception in cause.exceptions:
                yield exception
                yield from causes_of(exception)
        cause = cause.__cause__ or cause.__context__
