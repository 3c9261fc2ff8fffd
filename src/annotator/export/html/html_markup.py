"""The templates of pages, and text as HTML.

Everything that is not `Markup` is escaped, wherever it is written: to forget it somewhere is no
hole, it would show as text.
"""

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import cache
from pkgutil import get_data
from typing import Final

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape

from annotator.export.collection import linked_ends
from annotator.export.filenames import block_id, shortened
from annotator.export.hyperlinks import host_of, safe_href
from annotator.model import Claim
from annotator.model.claim import filled_fields
from annotator.model.identity import doi_address
from annotator.model.labels import STATUS_GLYPHS, count, long_date, page_words

MOST_WORDS: Final = 160  # characters of the words of a mark at the other end of a link

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_BREAK: Final = Markup("<br>\n")


@cache
def environment() -> Environment:
    """Return what renders the templates of pages."""
    templates = Environment(
        loader=FunctionLoader(lambda name: own_file(f"templates/{name}")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters |= {
        "bdi": lambda text: Markup("<bdi>{}</bdi>").format(text) if text else text,
        "block_id": block_id,
        "counted": count,
        "doi_address": doi_address,
        "facts": facts,
        "glyph": STATUS_GLYPHS.__getitem__,
        "host": host_of,
        "page_words": page_words,
        "href": safe_href,
        "lines": lambda text: lines(text.strip()),
        "sha256": sha256,
        "short": lambda text: shortened(text, MOST_WORDS),
    }
    templates.globals |= {"link": link, "linked_ends": linked_ends, "time": time}
    return templates


@cache
def own_file(name: str) -> str:
    """Return a file of this folder."""
    return (get_data(__package__, name) or b"").decode("utf-8").replace("\r\n", "\n")


def joined(parts: Iterable[str]) -> Markup:
    """Return pieces of HTML and of text as HTML."""
    return Markup().join(parts)


def lines(text: str) -> Markup:
    """Return a text, or HTML, with its line breaks."""
    written = escape(text)
    return written.replace("\n", _BREAK) if "\n" in written else written


def link(address: str, words: str) -> Markup:
    """Return a text, or HTML, as a link if the address is safe, else as it is."""
    href = safe_href(address)
    if not href:
        return escape(words)
    return Markup('<a href="{}" rel="noopener noreferrer nofollow">{}</a>').format(href, words)


def time(published: str) -> Markup:
    """Return a date as an element, with the date itself for programs if it is one."""
    date = published[:10]
    shown = escape(long_date(date)) if date else Markup()
    is_date = shown and _DATE.fullmatch(date)
    return (
        Markup('<time datetime="{}" dir="ltr">{}</time>').format(date, shown) if is_date else shown
    )


def facts(claim: Claim | None) -> Iterator[tuple[str, str]]:
    """Yield the labels and values of a claim but for its status; nothing of another mark."""
    for field, value in filled_fields(claim):
        if field.name != "status":  # that is in its head
            yield field.label, long_date(value) if field.is_date else value


def sha256(text: str) -> str:
    """Return the digest of a text as the policy of a page names it."""
    return b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
