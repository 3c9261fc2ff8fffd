"""Addresses as a page writes them, made whole, and refused where they could do harm."""

import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from annotator.model.text import clean_text

MAX_LENGTH = 8_192  # browsers and servers refuse longer ones

_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\x9f<>\"\\^`{|}\s]")
_WHOLE = re.compile(
    r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?:[/?#](?:[\w/?#&=+,;:@!$'()*~.-]|"
    r"%[0-9A-Fa-f]{2})*)?",
    re.ASCII,
)
_CONTROL = re.compile(r"[\x00-\x1f]+")
_SCHEMES = frozenset({"http", "https", "mailto"})


def absolute(href: str, base: str) -> str:
    """Return `href` as a whole address of the web or of mail, or nothing."""
    if not href or href.startswith("#"):
        return ""
    if len(href) <= MAX_LENGTH and _WHOLE.fullmatch(href):
        return href
    return _joined(_without_blanks(href), base)


@lru_cache(maxsize=4096)
def _joined(href: str, base: str) -> str:
    if not href or href.startswith("#") or len(href) > MAX_LENGTH:
        return ""
    try:
        whole = urljoin(base, href)
        parts = urlsplit(whole)
    except ValueError:
        return ""
    if parts.scheme.lower() not in _SCHEMES or len(whole) > MAX_LENGTH:
        return ""
    if parts.scheme.lower() != "mailto" and not parts.netloc:
        return ""
    return clean_text(_FORBIDDEN.sub(_percent, whole))


def fragment(href: str, base: str) -> str:
    """Return what follows `#` in a link to the same page, or nothing."""
    before, sign, after = href.strip().partition("#")
    is_same = bool(sign) and (not before or before == base.partition("#")[0])
    return after if is_same else ""


def _without_blanks(href: str) -> str:
    return _CONTROL.sub("", href[: MAX_LENGTH + 100]).strip()


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode("utf-8", "replace"))
