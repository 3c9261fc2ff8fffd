"""Opening a link outside: in a graphical browser or the one that the reader named."""

import os
import sys
import webbrowser
from collections.abc import Mapping

from annotator.errors import AddressRefused, AnnotatorError
from annotator.model.text import clean_line

SCHEMES = ("http://", "https://", "mailto:")

_LONGEST = 8_192  # characters; servers take no more


def open_outside(url: str, environment: Mapping[str, str] = os.environ) -> None:
    """Open `url` in a browser; raises `AnnotatorError` when it may not or cannot be opened.

    A browser of the terminal would draw over the screen, so without a display
    and without `$BROWSER` the address is told instead.
    """
    check_link(url)
    if not _has_browser(environment) or not webbrowser.open(url):
        raise AnnotatorError("There is no browser to open this page in.", f"Its address is {url}")


def draws_here(environment: Mapping[str, str] = os.environ) -> bool:
    """Tell whether `$BROWSER` would take the terminal, there being no display for it."""
    return bool(environment.get("BROWSER")) and not _has_display(environment)


def check_link(url: str) -> None:
    """Raise `AddressRefused` unless `url` is one that a browser may be given."""
    is_plain = url.isprintable() and " " not in url and len(url) <= _LONGEST
    if not (is_plain and url.lower().startswith(SCHEMES)):
        raise AddressRefused(
            f"“{clean_line(url, limit=80)}” is no address for a browser.",
            "Addresses that begin with http, https or mailto can be opened.",
        )


def _has_browser(environment: Mapping[str, str]) -> bool:
    return _has_display(environment) or bool(environment.get("BROWSER"))


def _has_display(environment: Mapping[str, str]) -> bool:
    names = ("DISPLAY", "WAYLAND_DISPLAY")
    return sys.platform == "darwin" or any(environment.get(name) for name in names)
