"""Ids of articles, derived from their address or text: the same on every machine."""

import hashlib
import re
from collections.abc import Mapping
from typing import TypeVar
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from annotator.errors import AmbiguousId, NotInLibrary
from annotator.model.text import clean_line

T = TypeVar("T")

ID_LENGTH = 16  # hexadecimal digits; at a million articles one chance in 37 million of a clash

_TRACKING = (  # compiled when an address has a query
    r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_hs(?:enc|mi)|mkt_tok|ref_src|"
    r"cmpid|ito|smid|smtyp|ns_\w+|__twitter_impression|guccounter|guce_\w+|at_(?:medium|campaign)\w*"
)
_DOI = r"10\.\d{4,9}(?:\.\d+)*/"
_PLAIN_IN_PATH = "/:;()[]@!$&'*+,="
_PORTS = {"http": 80, "https": 443}


def normalise_url(url: str) -> str:
    """Return `url` without the parts that do not identify the page.

    Scheme and host are in lower case; the default port, the fragment and
    parameters that only track readers are dropped; the other parameters are
    sorted. An address that cannot be parsed is returned as it is.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return url.strip()
    if not host:
        return url.strip()
    scheme = parts.scheme.lower()
    if ":" in host:
        host = f"[{host}]"
    if port is not None and port != _PORTS.get(scheme):
        host = f"{host}:{port}"
    return urlunsplit((scheme, host, parts.path or "/", _identifying(parts.query), ""))


def id_of_url(url: str) -> str:
    """Return the id of the article at `url`, the same for http and https."""
    return _digest("url", re.sub(r"^https?:", "", normalise_url(url)))


def id_of_text(text: str) -> str:
    """Return the id of an article without an address."""
    return _digest("text", text)


def id_of_article(url: str, text: str) -> str:
    """Return the id of an article: by its address on the web, or else by its text."""
    return id_of_url(url) if is_web_address(url) else id_of_text(text)


def doi_in(text: str) -> str:
    """Return the DOI that a text is, names or leads to, as `10.1000/182`; empty if there is none.

    Of addresses only those of doi.org are one: publishers write more behind it.
    """
    text = clean_line(text)
    if is_web_address(text):
        match = re.fullmatch(rf"https?://(?:www\.|dx\.)?doi\.org/({_DOI}\S+)", unquote(text))
        return clean_line(match[1]) if match else ""
    if whole := re.fullmatch(rf"(?:doi:\s*)?({_DOI}\S+<\S+>\S+)", text, re.IGNORECASE):
        return whole[1]  # as Wiley gave them once: 10.1002/(SICI)1097-4571(1999)50:1<1::AID>3.0
    match = re.search(rf"\b({_DOI}[^\s\"<>]+)", text)
    doi = match[1].rstrip(".,;:") if match else ""
    while doi.endswith(")") and doi.count(")") > doi.count("("):
        doi = doi[:-1].rstrip(".,;:")
    return doi


def doi_address(doi: str) -> str:
    """Return the address at which a DOI is looked for."""
    return f"https://doi.org/{quote(doi, safe=_PLAIN_IN_PATH)}"


def is_web_address(url: str) -> bool:
    """Return whether `url` is an http or https address."""
    return url[:8].lower().startswith(("http://", "https://"))


def only_one(values: Mapping[str, T], prefix: str, missing: str, hint: str) -> T:
    """Return the only value whose id begins with `prefix`, or whose id is exactly that.

    Raises `NotInLibrary` with these words if there is none, `AmbiguousId` if there are several.
    """
    wanted = prefix.strip().lower()
    matching = {key: value for key, value in values.items() if wanted and key.startswith(wanted)}
    if wanted in matching:
        return matching[wanted]
    if len(matching) > 1:
        raise AmbiguousId.of(clean_line(prefix), matching)
    if not matching:
        raise NotInLibrary(missing, hint)
    return next(iter(matching.values()))


def _identifying(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = sorted(pair for pair in pairs if not re.fullmatch(_TRACKING, pair[0].lower()))
    return urlencode(kept, errors="replace")  # a word of a command may have bytes that are no text


def _digest(kind: str, value: str) -> str:
    return hashlib.sha256(f"{kind}:{value}".encode("utf-8", "replace")).hexdigest()[:ID_LENGTH]
