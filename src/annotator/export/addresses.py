"""Addresses that may stand in a document: nothing that runs, nothing that ends its quotes."""

import re
from urllib.parse import quote, urlsplit

LONGEST = 4096  # characters; longer ones are data, not addresses

_SCHEMES = frozenset({"http", "https", "mailto"})
_UNFIT = re.compile(
    "[\x00-\x20\x7f-\x9f\\\\\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_KEPT = ":/?#@!$&'*+,;=-._~%[]"  # parentheses, quotes and angle brackets are encoded


def safe_href(address: str) -> str:
    """Return `address` encoded for a link, or nothing if it is not for the web or for mail."""
    address = address.strip()
    if len(address) > LONGEST or _UNFIT.search(address):
        return ""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        ascii_host = host if host.isascii() else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return ""
    scheme = parts.scheme.lower()
    if scheme not in _SCHEMES or (scheme != "mailto" and not host):
        return ""
    if ascii_host != host:
        netloc = parts.netloc.rpartition("@")[2]
        address = address.replace(parts.netloc, _with_host(netloc, ascii_host), 1)
    return quote(_LONE_PERCENT.sub("%25", address), safe=_KEPT)


def host_of(address: str) -> str:
    """Return the host that `address` names, without `www.`, or nothing."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def _with_host(netloc: str, host: str) -> str:
    _, colon, port = netloc.rpartition(":")
    return f"{host}:{port}" if colon and port.isdigit() else host
