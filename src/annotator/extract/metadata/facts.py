"""Facts about an article from one source, and strings of metadata in plain form."""

import html
import re

from msgspec import Struct
from msgspec.structs import replace

from annotator.extract.dom.mojibake import fix_mojibake
from annotator.model.text import clean_line


class Facts(Struct, frozen=True):
    """Facts from one source, empty where it has none.

    Dates are in ISO 8601. The byline has names of people only; agencies and other
    organisations that sign the article are in `organisations`.
    """

    title: str = ""
    byline: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    site_name: str = ""
    published: str = ""
    modified: str = ""
    language: str = ""
    excerpt: str = ""
    lead_image: str = ""
    canonical_url: str = ""
    is_free: bool | None = None
    paid_parts: tuple[str, ...] = ()  # CSS selectors of the parts that are not free
    kinds: frozenset[str] = frozenset()
    body: str = ""  # the text of the article in the metadata, used only for comparison

    def filled_from(self, other: "Facts") -> "Facts":
        """Return these facts, with gaps filled from a source that is trusted less."""
        missing = {
            name: getattr(other, name)
            for name in self.__struct_fields__
            if getattr(self, name) in ("", (), None, frozenset())
        }
        return replace(self, **missing)


MAX_EXCERPT = 600

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")


def plain(value: object, limit: int = 300) -> str:
    """Return a string of metadata on one line, without tags and entities; empty if not a string."""
    if not isinstance(value, str):
        return ""
    text = value[: limit * 20]
    for _ in range(2):
        if "&" not in text:
            break
        text = html.unescape(text)
    return clean_line(fix_mojibake(_TAG.sub("", text)), limit=limit)
