"""The contents of a report: the page, what cleaning made of it, and why, as values.

The page is without what is private in it: tokens, hidden fields, scripts, e-mail
addresses. What cleaning looks at stays as it was: text, structure, names of classes,
and the metadata for search engines.
"""

import re
from datetime import date
from typing import Literal
from urllib.parse import urlsplit, urlunsplit

from msgspec import Struct
from msgspec.structs import replace

from annotator import __version__
from annotator.model import NO_OVERRIDES, Overrides, Page, PassageDecision, Removal
from annotator.model.extraction import EXTRACTOR, NO_ALTERNATES, AlternateVersions, Completeness
from annotator.model.multipart import is_joined, join, split
from annotator.model.page import HTML
from annotator.model.secrets import HIDDEN, PARAMETER, PRIVATE_NAME, SIGNED_IN, SIGNED_TOKEN
from annotator.model.site_rules import SiteRule

ISSUES = "https://github.com/annotator-tui/annotator/issues/new?template=page.yml"
NO_COMPLETENESS = Completeness()

KEPT_HEADERS = frozenset({"content-language", "content-type", "x-robots-tag"})
NOBODY = "someone@example.org"

_RANDOM = re.compile(r"(?<=[?&;#])([\w.-]+=)(?=[^&#]*\d)(?=[^&#]*[A-Za-z])([\w%+/=.~-]{20,})")
_QUOTE = r"(?:\"|&quot;|&#34;)"
_IN_JSON = re.compile(
    rf"({_QUOTE}(?:{PRIVATE_NAME}){_QUOTE}\s{{0,9}}:\s{{0,9}}{_QUOTE})((?:(?!{_QUOTE})[^<>\\]){{1,4000}})",
    re.IGNORECASE,
)
_EMAIL = re.compile(
    r"[\w.+%-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,5}(?!(?:png|jpe?g|gif|svg|webp|avif|js|css)\b)"
    r"[a-z]{2,24}\b",
    re.IGNORECASE,
)
_LOCAL = re.compile(r"file:(?://|%2f%2f)[^\s\"'<>)]*[/\\]", re.IGNORECASE)
_INLINE_DATA = re.compile(r"data:[\w.+/-]{1,100};base64,[A-Za-z0-9+/=%]{200,}")

# What is in quotation marks may have brackets: some sites keep whole pages in an attribute.
_WITHIN = r"(?:[^<>\"']++|\"[^\"]{0,200000}+\"|'[^']{0,200000}+')*+"
# A script that is a comment ends with it, if it writes another script.
_WRITER = r"<!--(?:[^<]|<(?!/?script|!--))*+<script(?:[^-]|-(?!->))*+-->"
_CODE = rf"[^<]*+(?:(?:{_WRITER}|<(?!/script))[^<]*+)*+"
_ELEMENT = re.compile(
    rf"(?P<script><script\b(?P<kind>{_WITHIN})>)(?P<code>{_CODE})(?P<end></script\s{{0,9}}>|\Z)|"
    rf"<!--.*?(?:-->|\Z)|"
    rf"(?P<area><textarea\b{_WITHIN}>)(?P<typed>.*?)(?=</textarea|\Z)|"
    rf"(?P<tag><(?P<name>[a-zA-Z][\w-]{{0,50}})\s{_WITHIN}>)",
    re.IGNORECASE | re.DOTALL,
)
_READ_SCRIPTS = re.compile(r"ld\+json|math/|text/template", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"(\s[^\s=<>\"'/]{1,200}+)(\s{0,9}=\s{0,9}(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"']++))"
)
_PRIVATE_ATTRIBUTE = re.compile(rf"nonce|integrity|on[a-z]+|data-(?:{PRIVATE_NAME})", re.IGNORECASE)
_PRIVATE_META = re.compile(
    rf"\s(?:name|property|id|http-equiv)\s{{0,9}}=\s{{0,9}}[\"']?(?:{PRIVATE_NAME}|set-cookie)"
    r"[\"'\s>/]",
    re.IGNORECASE,
)
_TYPED = frozenset({"value", "placeholder"})


class Metadata(Struct, frozen=True):
    """The metadata that were found on a page."""

    title: str = ""
    byline: tuple[str, ...] = ()
    site_name: str = ""
    published: str = ""
    modified: str = ""
    language: str = ""
    excerpt: str = ""
    lead_image: str = ""
    canonical_url: str = ""


class Circumstances(Struct, frozen=True):
    """Versions, rules and choices that decide, beside the page, how it comes out.

    `rules` are the user's own rules for the site, `choices` the passages that the user
    restored and removed, and `has_cookies` says whether pages are fetched with cookies.
    """

    version: str = __version__
    extractor: str = EXTRACTOR
    python: str = ""
    system: str = ""
    has_cookies: bool = False
    rules: tuple[SiteRule, ...] = ()
    choices: Overrides = NO_OVERRIDES


class PageReport(Struct, frozen=True, kw_only=True):
    """A report. `error` is the message if no article could be made of the page.

    `is_same_as_fetched` says whether the page as fetched, with what was private in it,
    came out in the same way.
    """

    format: Literal["annotator page report"] = "annotator page report"
    page: Page
    made: date
    text: str = ""
    metadata: Metadata = Metadata()
    completeness: Completeness = NO_COMPLETENESS
    offers: AlternateVersions = NO_ALTERNATES
    removals: tuple[Removal, ...] = ()
    reasons: tuple[PassageDecision, ...] = ()
    error: str = ""
    is_same_as_fetched: bool = True
    circumstances: Circumstances = Circumstances()


def redacted(page: Page) -> Page:
    """Return a page without what is private in it, each part of a joined one."""
    if not is_joined(page):
        return _redacted(page)
    parts, missing = split(page)
    return join([_redacted(part) for part in parts], missing=redacted_address(missing))


def redacted_address(url: str) -> str:
    """Return an address without a password, tokens and folders of this computer.

    A parameter whose value looks made up by a machine counts as a token.
    """
    if url.startswith("file:"):
        return _LOCAL.sub("file:///", url)
    try:
        parts = urlsplit(SIGNED_IN.sub("", url, count=1))
    except ValueError:
        return ""
    bare = urlunsplit(parts._replace(fragment="" if "=" in parts.fragment else parts.fragment))
    return _text(_RANDOM.sub(rf"\1{HIDDEN}", bare))


def _redacted(page: Page) -> Page:
    html = _INLINE_DATA.sub("data:,", page.html)
    if page.media_type == HTML:
        html = _ELEMENT.sub(_without_secrets, html)
    headers = tuple(each for each in page.headers if each[0] in KEPT_HEADERS)
    return replace(page, url=redacted_address(page.url), html=_text(html), headers=headers)


def _text(text: str) -> str:
    """Return a text without tokens in addresses, e-mail addresses and local folders."""
    text = PARAMETER.sub(rf"\1{HIDDEN}", text)
    text = _IN_JSON.sub(rf"\1{HIDDEN}", text)
    text = SIGNED_IN.sub("", text)
    text = SIGNED_TOKEN.sub(HIDDEN, text)
    return _LOCAL.sub("file:///", _EMAIL.sub(NOBODY, text) if "@" in text else text)


def _without_secrets(match: re.Match[str]) -> str:
    """Return an element without private attributes, a script without its code."""
    if match["script"]:
        code = match["code"] if _READ_SCRIPTS.search(match["kind"]) else ""
        return f"{_without_values(match['script'])}{code}{match['end']}"
    if match["area"]:
        return match["area"]
    tag = match["tag"]
    if not tag:
        return ""  # a comment
    name = match["name"].lower()
    if name in {"input", "button"}:
        return _without_values(tag, _TYPED)
    is_private = name == "meta" and _PRIVATE_META.search(tag)
    return _without_values(tag, frozenset({"content"} if is_private else ()))


def _without_values(tag: str, names: frozenset[str] = frozenset()) -> str:
    """Return a tag with empty values of private attributes, and of those with these names."""

    def emptied(attribute: re.Match[str]) -> str:
        name = attribute[1].strip().lower()
        is_private = name in names or _PRIVATE_ATTRIBUTE.fullmatch(name)
        return f'{attribute[1]}=""' if is_private else attribute[0]

    return _ATTRIBUTE.sub(emptied, tag)
