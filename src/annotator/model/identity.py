"""Ids that two machines agree on without asking each other."""

import hashlib
import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

ID_LENGTH = 16  # hexadecimal digits; at a million articles one chance in 37 million of a clash

_TRACKING = (  # compiled when there is an address to tell
    r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_hs(?:enc|mi)|mkt_tok|ref_src|"
    r"cmpid|ito|smid|smtyp|ns_\w+|__twitter_impression|guccounter|guce_\w+|at_(?:medium|campaign)\w*"
)
_PORTS = {"http": 80, "https": 443}


def normalise_url(url: str) -> str:
    """Return `url` without what does not name the page.

    The scheme and host in lower case, no default port, no fragment, no
    parameters that only track readers, the rest of the query in order. An
    address that cannot be parsed comes back as it is.
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
    return urlunsplit((scheme, host, parts.path or "/", _telling_query(parts.query), ""))


def id_of_url(url: str) -> str:
    """Return the id of the article at `url`, the same for http and https."""
    return _digest("url", re.sub(r"^https?:", "", normalise_url(url)))


def id_of_text(text: str) -> str:
    """Return the id of an article that has no address."""
    return _digest("text", text)


def is_web_address(url: str) -> bool:
    """Tell whether `url` names a page of the web."""
    return url[:8].lower().startswith(("http://", "https://"))


def _telling_query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = sorted(pair for pair in pairs if not re.fullmatch(_TRACKING, pair[0].lower()))
    return urlencode(kept)


def _digest(kind: str, value: str) -> str:
    return hashlib.sha256(f"{kind}:{value}".encode("utf-8", "replace")).hexdigest()[:ID_LENGTH]
