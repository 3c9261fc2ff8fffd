"""The guards of a library in a browser: a cookie for the user's own one, or a password.

Nothing here changes anything, so that a request of another page could only read; and it cannot,
for lack of the cookie, which no other site can send, or of the password.
"""

import hmac
import ipaddress
import secrets
from base64 import b64decode
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import sha256

from annotator.serve.http import Incoming, Refused, Route
from annotator.serve.request_checks import LOOPBACK, Rate, RequestChecks

READING = ("GET", "HEAD")
MAX_WRONG = 5  # passwords that one computer may try in a minute
MAX_CLIENTS = 1000  # whose wrong passwords are counted one by one
MIN_PASSWORD = 8  # characters
SEALED = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class PageChecks(RequestChecks):
    """The checks of pages at a port of this computer, or of an `address` that it has.

    `guard` refuses strangers.
    """

    def __init__(self, port: int, guard: Callable[[Incoming], None], address: str = "") -> None:
        super().__init__(port, str, allowed=[f"{address}:{port}"] if address else ())
        self._port, self._guard, self._is_open = str(port), guard, bool(address)

    def admit(self, request: Incoming, _route: Route | None) -> None:
        """Raise `Refused` for a request that is not to read, and for one of a stranger."""
        if request.method not in READING:
            raise Refused(405, "These pages can only be read.", Allow=", ".join(READING))
        self._guard(request)

    def is_host(self, host: str) -> bool:
        """Return whether a host is this one; any address is, but no name that leads here."""
        name, _, port = host.rpartition(":")
        with suppress(ValueError):
            ipaddress.ip_address(name.strip("[]"))
            if self._is_open and port == self._port:
                return True
        return super().is_host(host)

    def is_from_here(self, request: Incoming, _route: Route | None) -> bool:
        """Return whether a page of these, or the user, has asked; any page may lead here."""
        is_opened = request.field("sec-fetch-mode") == "navigate"
        is_opened &= request.field("sec-fetch-dest") in {"", "document"}
        is_foreign = request.field("sec-fetch-site") in {"cross-site", "same-site"}
        is_own = "origin" not in request.fields or self.is_own(request.field("origin"))
        return is_own and (is_opened or not is_foreign)


class CookieGuard:
    """Lets one browser in at a time: whichever opens the address gets a cookie, once.

    When that is used up, `tell` hears the next one.
    """

    def __init__(self, port: int, tell: Callable[[str], None]) -> None:
        self._name = f"annotator-{port}"  # since a cookie is sent to every port of a host
        self._home = f"http://{LOOPBACK[0]}:{port}/"
        self._cookie, self._token = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        self._tell = tell

    @property
    def address(self) -> str:
        """The address that lets a browser in."""
        return f"{self._home}?token={self._token}"

    def admit(self, request: Incoming) -> None:
        """Raise `Refused` for a request without the cookie, and without the token for one."""
        cookies = (part.strip().partition("=") for part in request.field("cookie").split(";"))
        given = [value for name, _, value in cookies if name == self._name]
        if not (any(_is_same(one, self._cookie) for one in given) or self._has_token(request)):
            raise Refused(403, "Open the address that annotator printed last, in this browser.")

    def enter(self, request: Incoming) -> Mapping[str, str]:
        """Return the header fields that lead on from an address with a token; none for others."""
        fields = {"Location": "/"} if "token" in request.query else {}
        if self._has_token(request):
            cookie = f"{self._name}={self._cookie}; Path=/; HttpOnly; SameSite=Strict"
            fields["Set-Cookie"] = cookie
            self._token = secrets.token_urlsafe(32)
            self._tell(self.address)
        return fields

    def _has_token(self, request: Incoming) -> bool:
        return request.path == "/" and _is_same(request.query.get("token", ""), self._token)


class PasswordGuard:
    """Lets browsers in that send the password; a computer that guesses has to wait."""

    def __init__(self, password: str) -> None:
        self.password = password
        self._wrong: dict[str, Rate] = {}

    def admit(self, request: Incoming) -> None:
        """Raise `Refused` for a request without the password, and for one after many guesses."""
        scheme, _, given = request.field("authorization").partition(" ")
        try:
            password = b64decode(given, validate=True).decode().partition(":")[2]
        except ValueError:
            password = ""
        is_basic = scheme.lower() == "basic"
        self.let_in(request, password if is_basic else "", is_given=bool(given))

    def let_in(self, request: Incoming, password: str, *, is_given: bool = True) -> None:
        """Raise `Refused` if this is not the password, and after many guesses."""
        # Of an IPv6 address only the network counts: a computer has all addresses of its own.
        client = ":".join(request.peer.split(":")[:4])
        if client not in self._wrong and len(self._wrong) >= MAX_CLIENTS:
            client = "others"
        wrong = self._wrong.setdefault(client, Rate(MAX_WRONG))
        if wrong.is_full:
            raise Refused(429, "Too many wrong passwords. Wait for a minute.", Retry_After="60")
        if not _is_same(password, self.password):
            if is_given:
                wrong.is_over()
            challenge = 'Basic realm="annotator", charset="UTF-8"'
            raise Refused(401, "The password is missing or wrong.", WWW_Authenticate=challenge)

    def enter(self, _request: Incoming) -> Mapping[str, str]:
        """Return no fields: addresses have no password."""
        return {}


def _is_same(text: str, secret: str) -> bool:
    """Return whether a text is a secret, in a time that tells nothing about it."""
    digests = (sha256(value.encode("utf-8", "replace")).digest() for value in (text, secret))
    return hmac.compare_digest(*digests)
