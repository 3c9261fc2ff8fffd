"""An article as a source in a bibliography: its type, its authors, its dates, its key.

Every format of bibliographies is written from a `Reference`, so that all of them agree.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final, Literal

from msgspec import Struct
from nameparser import HumanName

from annotator.export.hyperlinks import host_of, safe_href
from annotator.model import ArticleRecord
from annotator.model.data_file import wordings
from annotator.model.identity import is_web_address
from annotator.model.organisations import is_agency
from annotator.model.text import is_latin

ReferenceType = Literal[
    "newspaper", "magazine", "blog", "encyclopedia", "journal", "webpage", "document"
]

KEY_DIGITS: Final = 6  # of the article's id: a key must not change when sources are added
MAX_WORD: Final = 20  # characters of a name in a key
MAX_NAME: Final = 5  # words of a name; a longer one is a department or a list

_WORDINGS = wordings(__package__, "sources.toml")
_TYPES: Final[tuple[ReferenceType, ...]] = ("encyclopedia", "blog", "newspaper", "magazine")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?!\d)")
_NOT_IN_A_KEY = re.compile(r"[^a-z0-9]+")
_UNFOLDED = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d"})


class Author(Struct, frozen=True):
    """A person by the parts of the name, or an organisation, which has a `literal` name only.

    A name that cannot be divided with certainty, such as a Chinese one, is literal as well.
    """

    literal: str = ""
    family: str = ""
    given: str = ""
    particle: str = ""  # "van der", before the family name
    suffix: str = ""  # "Jr."


class Reference(Struct, frozen=True, kw_only=True):
    """An article as bibliographies name it; what is unknown is empty.

    `issued` and `accessed` are year, month and day, as far as they are known.
    """

    key: str
    type: ReferenceType
    title: str
    authors: tuple[Author, ...] = ()
    site: str = ""
    url: str = ""
    issued: tuple[int, ...] = ()
    accessed: tuple[int, ...] = ()
    language: str = ""
    abstract: str = ""
    tags: tuple[str, ...] = ()
    doi: str = ""


def reference_of(record: ArticleRecord) -> Reference:
    """Return an article as a source."""
    authors = tuple(split_name(name, record.site_name) for name in record.byline if name.strip())
    is_on_the_web = is_web_address(record.url)
    host, added = host_of(record.url), record.added.astimezone()
    issued = date_parts(record.published)
    author = (authors[0].family or authors[0].literal) if authors else ""
    return Reference(
        key=_key((author, record.site_name, host), issued, record.id),
        type=_type(record.site_name, host, record.known_doi) if is_on_the_web else "document",
        title=record.title,
        authors=authors,
        site=record.site_name or host,
        url=safe_href(record.url) if is_on_the_web else "",
        issued=issued,
        accessed=(added.year, added.month, added.day),
        language=record.language,
        abstract=record.excerpt,
        tags=record.tags,
        doi=record.known_doi,
    )


def split_name(name: str, site_name: str = "") -> Author:
    """Return a name with its parts, or as a whole if it is that of an organisation."""
    name = " ".join(name.split())
    # In a script without capitals a name often begins with the family.
    has_case = is_latin(name) or any(letter.isupper() for letter in name)
    if is_corporate(name, site_name) or " " not in name or not has_case:
        return Author(literal=name)
    parts = HumanName(name)
    family, particle = _without_particle(parts.last)
    given = f"{parts.first} {parts.middle}".strip()
    if not family or not given:
        return Author(literal=name)
    return Author("", family, given, particle, parts.suffix)


def is_corporate(name: str, site_name: str = "") -> bool:
    """Return whether a name is that of an organisation, as far as its words say so."""
    lower = name.lower()
    is_site = bool(site_name) and lower == site_name.lower()
    is_many = len(name.split()) > MAX_NAME
    return is_site or is_agency(name) or bool(re.search(_WORDINGS["corporate"], lower)) or is_many


def date_parts(iso: str) -> tuple[int, ...]:
    """Return year, month and day of an ISO 8601 date, as far as it has them."""
    match = _DATE.match(iso)
    return tuple(int(part) for part in match.groups() if part) if match else ()


def _type(site_name: str, host: str, doi: str) -> ReferenceType:
    names = (site_name.lower(), host.lower())
    kinds = (kind for kind in _TYPES if any(re.search(_WORDINGS[kind], name) for name in names))
    return "journal" if doi else next(kinds, "webpage")


def _without_particle(family: str) -> tuple[str, str]:
    """Return a family name, and the words in lower case before it."""
    words = family.split()
    first = next((at for at, word in enumerate(words) if not word[:1].islower()), 0)
    return " ".join(words[first:]), " ".join(words[:first])


def _key(names: Iterable[str], issued: tuple[int, ...], article_id: str) -> str:
    """Return a key of the first of these names that has Latin letters."""
    word = next(filter(None, map(_plain, names)), "source")
    year = f"{issued[0]:04}" if issued else ""
    return f"{word}{year}-{_NOT_IN_A_KEY.sub('', article_id.lower())[:KEY_DIGITS]}"


def _plain(name: str) -> str:
    """Return the Latin letters of a name without their accents, and its digits."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(_UNFOLDED))
    return _NOT_IN_A_KEY.sub("", plain.encode("ascii", "ignore").decode())[:MAX_WORD]
