"""Links: addresses that are safe to write into a document, and links to a passage of a page.

A link to a passage is a text fragment, `https://…#:~:text=[prefix-,]start[,end][,-suffix]`,
as specified at https://wicg.github.io/scroll-to-text-fragment. A browser that does
not know them opens the page at its top.
"""

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

from annotator.model import Target
from annotator.model.identity import is_web_address

MOST_WORDS = 10  # of a passage that is written out; of a longer one only its ends are
END_WORDS = 5
MOST_CHARACTERS = 60  # of a passage without spaces, as in Japanese
END_CHARACTERS = 16
FEW_WORDS = 4  # a passage this short may occur elsewhere, so its neighbours are added
CONTEXT_WORDS = 4
KNOWN_UNIQUE = 32  # characters of context that are stored for a passage that occurs once

_DIRECTIVE = ":~:"

# The encoding of each byte: a hundred thousand marks have millions of bytes.
_ENCODED = tuple(
    chr(byte) if chr(byte).isascii() and chr(byte).isalnum() else f"%{byte:02X}"
    for byte in range(256)
)
LONGEST = 4096  # characters; longer ones are data, not addresses
_SCHEMES = frozenset({"http", "https", "mailto"})
_UNFIT = re.compile(
    "[\x00-\x20\x7f-\x9f\\\\\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_UNENCODED = ":/?#@!$&'*+,;=-._~%[]"  # parentheses, quotes and angle brackets are encoded


def deep_link(url: str, target: Target) -> str:
    """Return a link to a passage of the page `url`, or an empty string if that is not on the web.

    In a file with pages it leads to the page, as RFC 8118 says.

    The neighbours of the passage are part of the link where the words alone may
    not be enough: if they are few, or if they are repeated on the page.
    """
    href = safe_href(url) if is_web_address(url) else ""
    if not href:
        return ""
    page, _, fragment = href.partition("#")
    kept = fragment.partition(_DIRECTIVE)[0]
    if target.page_number:
        return f"{page}#page={target.page_number}"
    quote = target.quote
    words = quote.exact.split()
    if not words:
        return href
    parts = [_encoded(part) for part in _ends(quote.exact)]
    is_repeated = max(len(quote.prefix), len(quote.suffix)) > KNOWN_UNIQUE
    if is_repeated or len(words) <= FEW_WORDS:
        before, after = _last_words(quote.prefix), _first_words(quote.suffix)
        parts = [
            *([f"{_encoded(before)}-"] if before else []),
            *parts,
            *([f"-{_encoded(after)}"] if after else []),
        ]
    return f"{page}#{kept}{_DIRECTIVE}text={','.join(parts)}"


def _ends(exact: str) -> tuple[str, ...]:
    """Return the passage, or its first and last words if it is long or crosses a block."""
    words = exact.split()
    lines = [line.split() for line in exact.split("\n") if line.strip()]
    is_long = len(words) > MOST_WORDS
    if is_long or (len(lines) > 1 and len(words) > 1):
        return " ".join(lines[0][:END_WORDS]), " ".join(lines[-1][-END_WORDS:])
    passage = " ".join(words)
    if len(passage) > MOST_CHARACTERS and not passage.isascii() and len(words) <= FEW_WORDS:
        return passage[:END_CHARACTERS].strip(), passage[-END_CHARACTERS:].strip()
    return (passage,)


def _last_words(prefix: str) -> str:
    """Return the last whole words of the last line of `prefix`."""
    line = prefix.rstrip().rpartition("\n")[2]
    words = line.split()
    is_cut = len(line) == len(prefix.rstrip()) and not prefix[:1].isspace()
    return " ".join((words[1:] if is_cut and len(words) > 1 else words)[-CONTEXT_WORDS:])


def _first_words(suffix: str) -> str:
    """Return the first whole words of the first line of `suffix`."""
    line = suffix.lstrip().partition("\n")[0]
    words = line.split()
    is_cut = len(line) == len(suffix.lstrip()) and not suffix[-1:].isspace()
    return " ".join((words[:-1] if is_cut and len(words) > 1 else words)[:CONTEXT_WORDS])


def _encoded(text: str) -> str:
    """Return `text` percent-encoded except for ASCII letters and digits, as browsers do it."""
    return "".join([_ENCODED[byte] for byte in text.encode("utf-8", "replace")])


@lru_cache(maxsize=64)  # the marks of an article have the same address
def safe_href(address: str) -> str:
    """Return `address` encoded for a link, or an empty string if it is not for web or mail."""
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
        _, colon, port = parts.netloc.rpartition("@")[2].rpartition(":")
        own = f"{ascii_host}:{port}" if colon and port.isdigit() else ascii_host
        address = address.replace(parts.netloc, own, 1)
    return quote(_LONE_PERCENT.sub("%25", address), safe=_UNENCODED)


def host_of(address: str) -> str:
    """Return the host of `address` without `www.`, or an empty string."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")
