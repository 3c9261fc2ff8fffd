"""The walls: which requests are refused before anything is read of their body.

Any page on the web can make its reader's browser send a request to this computer. So a request
must know the name of the door (else it may come from a page whose name was bent to lead here),
must not come from a page, and must hold the token.
"""

import hmac
from collections import deque
from collections.abc import Callable
from time import monotonic

from msgspec import Struct

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


class Walls(Struct, frozen=True):
    """The walls of a door whose names, with their ports, are `hosts`.

    `token` returns the token that is valid now.
    """

    hosts: frozenset[str]
    token: Callable[[], str]
    requests: Rate
    wrong_tokens: Rate

    @classmethod
    def of(
        cls,
        port: int,
        token: Callable[[], str],
        *,
        names: tuple[str, ...] = LOOPBACK,
        allowed: tuple[str, ...] = (),
        a_minute: int = MAX_A_MINUTE,
    ) -> "Walls":
        """Return the walls of a door at a port; `allowed` are hosts of a proxy before it."""
        hosts = {f"{name}:{port}" for name in names} | {host.lower() for host in allowed}
        return cls(frozenset(hosts), token, Rate(a_minute), Rate(MAX_WRONG))

    def check(self, request: Incoming, route: Route | None) -> None:
        """Raise `Refused` for a request of a stranger; `route` is None for an unknown path."""
        if request.field("host").lower() not in self.hosts:
            raise Refused(421, "This door has another name.")
        self._check_origin(request, route)
        if request.method == "OPTIONS":
            raise Refused(403, "Pages on the web may not ask here.")
        if (route is None or route.needs_token) and not self.holds_token(request):
            raise self.wrong_token()
        if self.requests.is_over():
            raise Refused(429, "Too many requests. Wait for a minute.", Retry_After="60")

    def holds_token(self, request: Incoming) -> bool:
        """Return whether a request holds the token."""
        scheme, _, given = request.field("authorization").partition(" ")
        return scheme.lower() in {"bearer", "token"} and self.is_token(given.strip())

    def wrong_token(self) -> Refused:
        """Count a wrong token, and return what it is answered with."""
        if self.wrong_tokens.is_over():
            return Refused(429, "Too many wrong tokens. Wait for a minute.", Retry_After="60")
        hint = "The token is missing or wrong. See: annotator serve --token"
        return Refused(401, hint, WWW_Authenticate="Bearer")

    def is_token(self, text: str) -> bool:
        """Return whether a text is the token, in a time that tells nothing about it."""
        return hmac.compare_digest(text.encode("utf-8", "replace"), self.token().encode())

    def is_own(self, origin: str) -> bool:
        """Return whether an origin is that of the pages of this door."""
        scheme, _, host = origin.lower().partition("://")
        return scheme in {"http", "https"} and host in self.hosts

    def _check_origin(self, request: Incoming, route: Route | None) -> None:
        origin, site = request.field("origin"), request.field("sec-fetch-site").lower()
        if "origin" in request.fields:
            is_known = origin.startswith(_EXTENSIONS)
            is_known |= bool(route and route.for_own_pages and self.is_own(origin))
        else:
            is_opened = bool(route and route.for_all_pages) and request.method == "GET"
            is_known = is_opened or site in {"", "none", "same-origin"}
        if not is_known:
            raise Refused(403, "Pages on the web may not ask here.")
