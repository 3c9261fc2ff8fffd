"""Targets of links: URLs made absolute and checked, and fragments within the page."""

import re
from functools import lru_cache
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from annotator.extract.dom.elements import Element, attribute, text_of
from annotator.model.text import clean_text

MAX_LENGTH = 8_192  # browsers and servers refuse longer ones

_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\x9f<>\"\\^`{|}\s]")
# Most links are complete URLs or plain absolute paths (without `//` or `/.`), which need no
# parsing; only characters that a URL may have fit these patterns.
_IN_STEP = r"[\w?&=+,;:@!$'()*~-]*"
_IN_ADDRESS = r"[\w/?#&=+,;:@!$'()*~.-]*"
_WHOLE = re.compile(
    r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?"
    rf"(?:[/?#]{_IN_ADDRESS}(?:%[0-9A-Fa-f]{{2}}{_IN_ADDRESS})*)?",
    re.ASCII,
)
_OF_THE_SITE = re.compile(
    rf"/(?![/.]){_IN_STEP}(?:(?:%[0-9A-Fa-f]{{2}}|[/.](?![/.])){_IN_STEP})*", re.ASCII
)
_PERMALINK = re.compile("[#¶§🔗⚓\ufe0f\u200b\ue000-\uf8ff]*")
_CONTROL = re.compile(r"[\x00-\x1f]+")
_SCHEMES = frozenset({"http", "https", "mailto"})


def absolute(href: str, base: str) -> str:
    """Return `href` as an absolute http, https or mailto URL, empty if it is none of these."""
    if not href or href.startswith("#"):
        return ""
    if len(href) <= MAX_LENGTH and _WHOLE.fullmatch(href):
        return href
    if href[0] == "/" and len(href) <= MAX_LENGTH // 2 and _OF_THE_SITE.fullmatch(href):
        return f"{site}{href}" if (site := _site_of(base)) else ""
    return _joined(_CONTROL.sub("", href[: MAX_LENGTH + 100]).strip(), base)


@lru_cache(maxsize=4096)
def _joined(href: str, base: str) -> str:
    if not href or href.startswith("#") or len(href) > MAX_LENGTH:
        return ""
    try:
        whole = urljoin(base, href)
    except ValueError:
        return ""
    parts = parts_of(whole)
    scheme = parts.scheme.lower()
    if (
        scheme not in _SCHEMES
        or len(whole) > MAX_LENGTH
        or not (parts.netloc or scheme == "mailto")
    ):
        return ""
    return clean_text(_FORBIDDEN.sub(lambda sign: quote(sign[0]), whole))


@lru_cache(maxsize=64)
def _site_of(base: str) -> str:
    """Return the root URL of a page's site without a slash, empty for a file."""
    return _joined("/", base).removesuffix("/")


def fragment(href: str, base: str) -> str:
    """Return the part after `#` of a link to the same page, empty for other links."""
    before, sign, after = href.strip().partition("#")
    return after if sign and (not before or _is_page(before, base)) else ""


def leads_within(element: Element) -> bool:
    """Return whether a link leads to a place in its own page."""
    return attribute(element, "href").startswith("#")


def is_permalink(element: Element) -> bool:
    """Return whether a link in a heading is the permalink sign for the heading itself."""
    return "#" in (element.get("href") or "") and bool(_PERMALINK.fullmatch(text_of(element, 20)))


def _is_page(href: str, base: str) -> bool:
    """Return whether a URL is that of the page, absolute or relative."""
    page = base.partition("#")[0]
    return href == page or (":" not in href and page.endswith(f"/{href.lstrip('/')}"))


def parts_of(url: str) -> SplitResult:
    """Return the parts of a URL, all empty for what is none, such as `http://[`."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")
