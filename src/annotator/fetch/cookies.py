"""The user's own cookies, sent only to the hosts that they belong to."""

import warnings
from collections.abc import Iterable
from http.cookiejar import Cookie, CookieJar, DefaultCookiePolicy, LoadError, MozillaCookieJar
from pathlib import Path

from annotator.errors import FetchError
from annotator.model.text import clean_line


def read_cookies(path: Path | None) -> CookieJar:
    """Return the cookies of a Netscape cookies file, or an empty jar for none.

    A cookie for `example.org` goes to that host alone; one for `.example.org`
    to the hosts below it too, as its file says.
    """
    # Python's own rule would send a host's cookie to every host below it.
    policy = DefaultCookiePolicy(strict_ns_domain=DefaultCookiePolicy.DomainStrictNonDomain)
    jar = CookieJar(policy)
    for cookie in _in_file(path) if path else ():
        jar.set_cookie(_adapted(cookie))
    return jar


def _adapted(cookie: Cookie) -> Cookie:
    if cookie.expires == 0:  # how browsers' exports write a cookie of the session
        cookie.expires = None
    if "." not in cookie.domain:  # how Python's rules call a host without a dot
        cookie.domain += ".local"
    return cookie


def _in_file(path: Path) -> Iterable[Cookie]:
    name, jar = clean_line(str(path)), MozillaCookieJar()
    if not path.is_file():
        raise FetchError(f"No such cookies file: {name}.", "Check its path.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it prints a traceback for a bad line
            jar.load(str(path), ignore_discard=True, ignore_expires=True)
    except (LoadError, ValueError) as error:  # ValueError for binary data
        raise FetchError(
            f"{name} is not a Netscape cookies file.",
            "It must begin with “# Netscape HTTP Cookie File”, as browser extensions write it.",
        ) from error
    except OSError as error:
        raise FetchError(f"{name} cannot be read: {error.strerror}.", "Check the file.") from error
    return jar
