"""Which requests are refused before their body is read.

Any page on the web can make a browser send a request to this computer. So a request must name a
host of the server (a web site can make its own name lead here), must not come from a web page, and
must have the token.
"""

import hmac
from collections import deque
from collections.abc import Callable, Sequence
from time import monotonic

from annotator.serve.http import Incoming, Refused, Route

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
MAX_WRONG = 20  # tokens in a minute; guesses beyond that are not even compared with words
MAX_A_MINUTE = 1200  # requests

_EXTENSIONS = ("chrome-extension://", "moz-extension://", "safari-web-extension://")
_MINUTE = 60.0  # seconds


class Rate:
    """How often something may happen in a minute."""

    def __init__(self, most: int) -> None:
        self._times = deque[float](maxlen=most)

    @property
    def is_full(self) -> bool:
        """Whether one more would be too many."""
        is_full = len(self._times) == self._times.maxlen
        return is_full and monotonic() - self._times[0] < _MINUTE

    def is_over(self) -> bool:
        """Count one more, and return whether that is too many."""
        is_over = self.is_full
        if not is_over:
            self._times.append(monotonic())
        return is_over


class RequestChecks:
    """The checks of a server at a port, whose token now is what `token` returns.

    `allowed` are other hosts that lead here, by a proxy.
    """

    def __init__(self, port: int, token: Callable[[], str], *, allowed: Sequence[str] = ()) -> None:
        self.hosts = {f"{name}:{port}" for name in LOOPBACK} | {host.lower() for host in allowed}
        self.token, self.requests, self.wrong = token, Rate(MAX_A_MINUTE), Rate(MAX_WRONG)

    def check(self, request: Incoming, route: Route | None) -> None:
        """Raise `Refused` for a request of a stranger; `route` is None for an unknown path."""
        if not self.is_host(request.field("host")):
            raise Refused(421, "This server does not answer for that host name.")
        if request.method == "OPTIONS" or not self.is_from_here(request, route):
            raise Refused(403, "Requests of web pages are not accepted.")
        self.admit(request, route)
        if self.requests.is_over():
            raise Refused(429, "Too many requests. Wait for a minute.", Retry_After="60")

    def admit(self, request: Incoming, route: Route | None) -> None:
        """Raise `Refused` for a request without the token that its route needs."""
        scheme, _, given = request.field("authorization").partition(" ")
        is_known = scheme.lower() in {"bearer", "token"} and self.is_token(given.strip())
        if not is_known and (route is None or route.needs_token):
            raise self.wrong_token()

    def log_in(self, _request: Incoming, password: str) -> None:
        """Raise `Refused` for a program that does not give the token as its password."""
        if not self.is_token(password):
            raise self.wrong_token()

    def is_host(self, host: str) -> bool:
        """Return whether a host is this server."""
        return host.lower() in self.hosts

    def wrong_token(self) -> Refused:
        """Count a wrong token, and return what it is answered with."""
        if self.wrong.is_over():
            return Refused(429, "Too many wrong tokens. Wait for a minute.", Retry_After="60")
        hint = "The token is missing or wrong. See: annotator serve --token"
        return Refused(401, hint, WWW_Authenticate="Bearer")

    def is_token(self, text: str) -> bool:
        """Return whether a text is the token, in a time that tells nothing about it."""
        return hmac.compare_digest(text.encode("utf-8", "replace"), self.token().encode())

    def is_own(self, origin: str) -> bool:
        """Return whether an origin is that of the pages of this server."""
        scheme, _, host = origin.lower().partition("://")
        return scheme in {"http", "https"} and self.is_host(host)

    def is_from_here(self, request: Incoming, route: Route | None) -> bool:
        """Return whether no page on the web has made the browser send a request."""
        origin, site = request.fields.get("origin"), request.field("sec-fetch-site").lower()
        if origin is None:
            is_opened = bool(route and route.for_all_pages) and request.method == "GET"
            return is_opened or site in {"", "none", "same-origin"}
        is_own_page = bool(route and route.for_own_pages) and self.is_own(origin)
        return is_own_page or origin.startswith(_EXTENSIONS)
