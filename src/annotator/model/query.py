"""Search queries as values, which `query_parser` makes from the text that a user types.

A query is matched against articles or marks. A part about articles (`site`)
matches a mark if it matches its article; a part about marks (`kind`) matches an
article if it matches one of its marks. Several parts about marks side by side
must match the same mark.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from annotator.model.vocabulary import ClaimType, Confidence, ReadState, Status

FieldName = Literal[
    "tag",
    "kind",
    "status",
    "speaker",
    "by",
    "proposed",
    "type",
    "confidence",
    "verdict",
    "site",
    "author",
    "article",
    "doi",
    "is",
    "has",
]

FIELDS: tuple[str, ...] = (*get_args(FieldName), "added", "marked", "said")
VALUES: dict[str, tuple[str, ...]] = {
    "is": (*get_args(ReadState), "partial", "orphaned", "reworded", "proposed"),
    "has": (
        "note",
        "claim",
        "speaker",
        "date",
        "verdict",
        "link",
        "support",
        "opposition",
        "same",
        "tag",
        "mark",
        "doi",
    ),
    "status": get_args(Status),
    "type": get_args(ClaimType),
    "confidence": get_args(Confidence),
}
DAYS_OF: dict[str, int] = {"today": 1, "week": 7, "month": 30, "year": 365}


@dataclass(frozen=True, slots=True)
class Words:
    """Consecutive words in any of their forms; with `is_begun` the last one is a prefix."""

    text: str
    is_begun: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A filter such as `kind:claim`.

    `tag` matches a tag and those below it; `status` that of a claim, which is
    open by default; `site` its name or host; `author`, `speaker` and `by` part of a
    name, `proposed` that of a program; `verdict` part of it; `article` the
    beginning of its id, `doi` of its DOI; the others one of
    `VALUES`.
    """

    name: FieldName
    value: str


@dataclass(frozen=True, slots=True)
class Added:
    """Articles that were added from `since` until just before `until`, both UTC."""

    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class MarkedOn:
    """Marks that were made on a day from `since` until just before `until`.

    With `last`, on one of the last so many days, today included. Days begin at midnight
    where the user is.
    """

    since: date | None = None
    until: date | None = None
    last: int = 0


@dataclass(frozen=True, slots=True)
class SaidOn:
    """Claims with a date from `since` until just before `until`, either of them empty if open.

    A bound has as much of a date as is compared, `2026` or `2026-03`: the date of a claim
    may lack the day.
    """

    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Not:
    """Everything that `part` does not match."""

    part: "Query"


@dataclass(frozen=True, slots=True)
class Every:
    """Everything that all parts match; without parts, everything."""

    parts: "tuple[Query, ...]" = ()


@dataclass(frozen=True, slots=True)
class Either:
    """Everything that at least one part matches."""

    parts: "tuple[Query, ...]"


Leaf = Words | Field | Added | MarkedOn | SaidOn
Query = Leaf | Not | Every | Either

EVERYTHING = Every()

CURLY_QUOTES = "“”„«»"  # typed in place of straight ones

_OF_SYNTAX = frozenset('()"' + CURLY_QUOTES)
_SYMBOLS = frozenset("#%&@*")  # punctuation in Unicode, but part of names and numbers


def every(*parts: Query) -> Query:
    """Return a query that matches what all `parts` match, without needless nesting."""
    flat: list[Query] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, Every) else [part])
    return flat[0] if len(flat) == 1 else Every(tuple(flat))


def as_filter(field: str, value: str) -> str:
    """Return a filter as it is typed, in quotation marks if the value needs them."""
    words = "".join(
        " " if character in CURLY_QUOTES or character == '"' else character for character in value
    ).split()
    is_word = words == [value] and not _OF_SYNTAX & set(value) and not value.startswith("//")
    return f"{field}:{value}" if is_word else f'{field}:"{" ".join(words)}"'


def is_symbol(character: str) -> bool:
    """Return whether a character makes a different word, as the signs of `C++` do."""
    return character in _SYMBOLS or unicodedata.category(character).startswith("S")


def leaves(query: Query, *, with_excluded: bool = True) -> Iterator[Leaf]:
    """Yield the parts of a query that have no parts themselves, also what it excludes."""
    if isinstance(query, Not):
        if with_excluded:
            yield from leaves(query.part)
    elif isinstance(query, Every | Either):
        for part in query.parts:
            yield from leaves(part, with_excluded=with_excluded)
    else:
        yield query
