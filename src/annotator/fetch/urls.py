"""Checking addresses before they are fetched: http or https, a plain host, no hidden characters."""

import ipaddress
import re
from urllib.parse import urljoin

from annotator import model
from annotator.errors import AddressRefused, FetchError, InvalidAddress
from annotator.model.text import clean_line

MAX_ADDRESS = 8 * 1024  # characters; what servers commonly take

_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]+):", re.IGNORECASE)
_OPAQUE_SCHEMES = ("about", "data", "file", "http", "https", "javascript", "mailto", "view-source")
_HIDDEN = re.compile(
    "[\x00-\x20\x7f-\xa0\xad\u061c\u1680\u2000-\u200b\u200e\u200f\u2028-\u202f\u205f-\u206f\u3000"
    "\ufeff\ufff9-\ufffb]"  # but not the joiners, which Persian and Hindi addresses need
)
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*\.?")
_BARE_HOST = re.compile(r"(?P<host>\w[\w-]*(?:\.[\w-]+)*\.(?P<last>[\w-]+))(?:[:/?#]|\Z)")
_FILE_SUFFIXES = frozenset(
    ("htm", "html", "json", "markdown", "md", "mhtml", "pdf", "rst", "text", "txt", "xhtml", "xml")
)
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
_MAX_PORT = 65535
_HINT = "Check the address."


def looks_like_address(source: str) -> bool:
    """Whether `source` was meant as an address rather than as the name of a file."""
    scheme = _SCHEME.match(source)
    if not scheme:
        return False
    return scheme[1].lower() in _OPAQUE_SCHEMES or source.startswith("//", scheme.end())


def complete_address(source: str) -> str:
    """Return the https address of `example.org/story`; empty if `source` is not like that.

    A name without a slash that ends like a file, such as `notes.md`, is one.
    """
    bare = _BARE_HOST.match(source)
    if not bare or _HIDDEN.search(source):
        return ""
    host, last = bare["host"], bare["last"].lower()
    is_file_name = host == source and last in _FILE_SUFFIXES
    is_host = last.isalpha() or last.startswith("xn--") or _is_ip(host)
    return f"https://{source}" if is_host and not is_file_name else ""


def check_address(url: str) -> str:
    """Return the address to fetch for `url`: its host in ASCII, no fragment.

    Raises `InvalidAddress` for text that is not an address, and `AddressRefused`
    for a scheme other than http and https or an address with a password.
    """
    url = url.strip()
    if len(url) > MAX_ADDRESS:
        raise _invalid(url, f"is longer than {MAX_ADDRESS} characters")
    if _HIDDEN.search(url):
        raise _invalid(url, "contains spaces or control characters")
    if "\\" in url:
        raise _invalid(url, "contains a backslash")
    _check_scheme(url)
    return _canonical(url)


def follow(address: str, location: str) -> str:
    """Return the address that `address` redirects to. Raises the errors of `check_address`."""
    try:
        return check_address(urljoin(address, location.strip().replace(" ", "%20")))
    except ValueError as error:
        raise InvalidAddress(
            f"{shown(address)} redirects to something that is not an address.", _HINT
        ) from error
    except FetchError as error:
        problem = f"{shown(address)} redirects elsewhere. {error.message}"
        raise type(error)(problem, "Look at the page in a browser.") from error


def shown(address: str) -> str:
    """Return `address` in a form that is safe to print, without tokens in it."""
    return clean_line(model.secrets.without_secrets(address))


def _invalid(url: str, why: str) -> InvalidAddress:
    return InvalidAddress(f"The address “{clean_line(url, limit=100)}” {why}.", _HINT)


def _check_scheme(url: str) -> None:
    scheme = _SCHEME.match(url)
    if not url:
        raise InvalidAddress("The address is empty.", "Use an address that begins with https://.")
    if not scheme or not looks_like_address(url):
        name = clean_line(url, limit=100)
        example = f"https://{name}" if _BARE_HOST.match(name) else "https://example.org/article"
        raise InvalidAddress(f"“{name}” is not a web address.", f"Write it in full, as {example}.")
    if scheme[1].lower() == "file":
        raise AddressRefused("This is a file:// address.", "Use the plain path instead.")
    if scheme[1].lower() not in {"http", "https"}:
        raise AddressRefused(
            f"Unsupported address type “{clean_line(scheme[0])}”.",
            "Use an address that begins with https://.",
        )


def _canonical(url: str) -> str:
    from annotator.fetch.httpx_import import httpx

    try:
        parsed = httpx.URL(url)
        host, port = parsed.raw_host.decode("ascii"), parsed.port
    except (httpx.InvalidURL, ValueError) as error:
        raise _invalid(url, "is not valid") from error
    if parsed.userinfo:
        raise AddressRefused(
            f"The address of {clean_line(host)} contains a user name or a password.",
            "Leave out the part before the @.",
        )
    if not _is_host(host):
        raise _invalid(url, "has no valid host")
    if port is not None and not 0 < port <= _MAX_PORT:
        raise _invalid(url, "has an invalid port")
    return str(parsed.copy_with(fragment=None))


def _is_host(host: str) -> bool:
    if ":" in host:
        return _is_ip(host) and "%" not in host
    if not _HOST.fullmatch(host):
        return False
    labels = host.rstrip(".").split(".")
    # 127.1, 2130706433 and 0x7f000001 are the loopback address in disguise.
    if _NUMBER.fullmatch(labels[-1]):
        return _is_ip(host)
    return all(_is_readable(label) for label in labels if label.startswith("xn--"))


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_readable(label: str) -> bool:
    try:
        return label.removeprefix("xn--").encode("ascii").decode("punycode").isprintable()
    except UnicodeError:
        return False
