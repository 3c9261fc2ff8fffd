"""Queries that are saved in the library, with names, so that a key or a command finds them again.

A name or a query from a file that another program changed is cleaned as it is read.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from operator import attrgetter

from msgspec import Struct

from annotator.errors import InvalidInput, InvalidQuery, NotInLibrary
from annotator.model import tags
from annotator.model.query import Field, leaves
from annotator.model.query_parser import MAX_LENGTH, parse
from annotator.model.text import clean_line
from annotator.store import SAVED_QUERIES, Library, questions

MAX_NAMED = 3  # queries in a sentence
MAX_NAME = 60  # characters; a list shows it on one line with its query


class SavedQuery(Struct, frozen=True):
    """A query as it was typed, and its name."""

    name: str
    query: str


def saved_queries(library: Library) -> tuple[SavedQuery, ...]:
    """Return the saved queries by name."""
    return tuple(sorted(_by_key(library).values(), key=attrgetter("name")))


def find_query(library: Library, name: str) -> SavedQuery:
    """Return the query that is saved under a name, in capitals or not.

    Raises `NotInLibrary` if there is none.
    """
    wanted, known = _clean_name(name).casefold(), saved_queries(library)
    saved = next((query for query in known if query.name.casefold() == wanted), None)
    if saved is None:
        names = ", ".join(f"“{query.name}”" for query in known) or "none yet"
        raise NotInLibrary(f"No query is saved as “{_clean_name(name)}”.", f"Saved: {names}.")
    return saved


def queries_with_lost_tags(library: Library, names: Sequence[str]) -> tuple[SavedQuery, ...]:
    """Return the saved queries that ask for one of these tags, or one below it, which is gone."""
    queries = saved_queries(library)
    in_use = (
        {tag.key for tag in library.ask(questions.names.tag_counts())}
        if queries and names
        else set()
    )
    return tuple(
        query
        for query in queries
        if any(
            tags.is_within(tag, name) and tags.key(tag) not in in_use
            for tag in _tags_in(query.query)
            for name in names
        )
    )


def still_asked(queries: Sequence[SavedQuery]) -> str:
    """Return a sentence about saved queries that ask for a tag that is gone; empty for none."""
    if not queries:
        return ""
    named = ", ".join(f"“{query.name}”" for query in queries[:MAX_NAMED])
    more = f" and {len(queries) - MAX_NAMED} more" if len(queries) > MAX_NAMED else ""
    return f"A saved query still asks for the old name: {named}{more}."


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


def _tags_in(text: str) -> Sequence[str]:
    try:
        parts = [*leaves(parse(text))]
    except InvalidQuery:
        return ()
    return [part.value for part in parts if isinstance(part, Field) and part.name == "tag"]


def _by_key(library: Library) -> Mapping[str, SavedQuery]:
    values = library.catalog.values(SAVED_QUERIES)
    return {
        key: SavedQuery(_clean_name(key), clean_line(query, limit=MAX_LENGTH))
        for key, query in values.items()
    }


def _clean_name(name: str) -> str:
    return clean_line(name, limit=MAX_NAME)
