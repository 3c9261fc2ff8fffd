"""What a person looks for, as values: the parts that `query_language` reads from what they type.

A query is asked of articles or of marks. A part that is about articles
(`site`) holds for a mark if it holds for its article; a part that is about
marks (`kind`) holds for an article if it holds for one of its marks, and
several such parts beside each other for one and the same mark.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from annotator.model.vocabulary import ReadState, Status

FieldName = Literal["tag", "kind", "status", "site", "author", "speaker", "is", "has"]

FIELDS: tuple[str, ...] = (*get_args(FieldName), "added")
VALUES: dict[str, tuple[str, ...]] = {
    "is": (*get_args(ReadState), "partial", "orphaned", "reworded"),
    "has": ("note", "claim", "link", "tag", "mark"),
    "status": get_args(Status),
}


@dataclass(frozen=True, slots=True)
class Words:
    """These words, one after the other, in any of their forms; `is_begun` leaves the end open."""

    text: str
    is_begun: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """What is said under a name.

    A `tag` or one below it; the `kind` of a mark; the `status` of a claim, open
    if nothing is said of it; the name or host of a `site`; a part of the name
    of an `author` or `speaker`; what an article or mark `is` or `has`, as in
    `VALUES`.
    """

    name: FieldName
    value: str


@dataclass(frozen=True, slots=True)
class Added:
    """An article that came into the library from `since` until just before `until`, in UTC."""

    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Not:
    """What `part` does not hold for."""

    part: "Query"


@dataclass(frozen=True, slots=True)
class Every:
    """What all parts hold for; all there is if there are none."""

    parts: "tuple[Query, ...]" = ()


@dataclass(frozen=True, slots=True)
class Either:
    """What one of the parts holds for."""

    parts: "tuple[Query, ...]"


Leaf = Words | Field | Added
Query = Leaf | Not | Every | Either

EVERYTHING = Every()

_SYMBOLS = frozenset("#%&@*")  # punctuation, says Unicode, but part of a name or a number


def every(*parts: Query) -> Query:
    """Return what all of `parts` hold for, without needless nesting."""
    flat: list[Query] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, Every) else [part])
    return flat[0] if len(flat) == 1 else Every(tuple(flat))


def is_symbol(character: str) -> bool:
    """Tell whether a word is another one without this sign, as `C++` is without its signs."""
    return character in _SYMBOLS or unicodedata.category(character).startswith("S")


def leaves(query: Query) -> Iterator[Leaf]:
    """Yield the parts of a query that hold no others."""
    if isinstance(query, Not):
        yield from leaves(query.part)
    elif isinstance(query, Every | Either):
        for part in query.parts:
            yield from leaves(part)
    else:
        yield query
