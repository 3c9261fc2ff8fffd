"""Queries that are saved in the library, with names, so that a key or a command finds them again.

A name or a query from a file that another program changed is cleaned as it is read.
"""

from collections.abc import Mapping
from datetime import datetime
from operator import attrgetter

from msgspec import Struct

from annotator.errors import InvalidInput, NotInLibrary
from annotator.model.query_parser import MAX_LENGTH, parse
from annotator.model.text import clean_line
from annotator.store import SAVED_QUERIES, Library

MAX_NAME = 60  # characters; a list shows it on one line with its query


class SavedQuery(Struct, frozen=True):
    """A query as it was typed, and its name."""

    name: str
    query: str


def saved_queries(library: Library) -> tuple[SavedQuery, ...]:
    """Return the saved queries by name."""
    return tuple(sorted(_by_key(library).values(), key=attrgetter("name")))


def save_query(library: Library, name: str, query: str, *, now: datetime) -> SavedQuery:
    """Save a query under a name, in place of an earlier one of that name.

    Raises `InvalidInput` without a name, `InvalidQuery` for a query that cannot be parsed.
    """
    saved = SavedQuery(_clean_name(name), clean_line(query, limit=MAX_LENGTH + 1))
    if not saved.name:
        raise InvalidInput("A saved query needs a name.", "Give it one word or a few.")
    parse(saved.query)
    library.catalog.put(SAVED_QUERIES, {saved.name: saved.query}, now=now)
    return saved


def forget_query(library: Library, name: str, *, now: datetime) -> SavedQuery:
    """Remove a saved query and return it; raises `NotInLibrary` if there is none of that name."""
    wanted = _clean_name(name)
    for key, saved in _by_key(library).items():
        if saved.name == wanted:
            library.catalog.put(SAVED_QUERIES, {key: None}, now=now)
            return saved
    raise NotInLibrary(f"No query is saved as “{wanted}”.", "Choose one of those that are.")


def _by_key(library: Library) -> Mapping[str, SavedQuery]:
    found = library.catalog.values(SAVED_QUERIES)
    return {
        key: SavedQuery(_clean_name(key), clean_line(query, limit=MAX_LENGTH))
        for key, query in found.items()
    }


def _clean_name(name: str) -> str:
    return clean_line(name, limit=MAX_NAME)
