"""The options that save the query of a list of marks with a name, and find it again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from annotator import usecases
from annotator.cli.completing import complete_saved_query
from annotator.cli.output import console
from annotator.errors import InvalidInput
from annotator.model.query import EVERYTHING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.model.query import Query
    from annotator.store import Library

saved_option = click.option(
    "--saved",
    default="",
    metavar="NAME",
    shell_complete=complete_saved_query,
    help="Only what the saved query of that name finds.",
)
save_option = click.option(
    "--save", "save_as", default="", metavar="NAME", help="Save the query under this name."
)


def saved_query(library: Library, name: str) -> Query:
    """Return the query that is saved under a name; everything for no name."""
    if not name:
        return EVERYTHING
    from annotator.model.query_parser import parse  # most lists do without it

    return parse(usecases.queries.saved_queries.find_query(library, name).query)


def save_words(library: Library, words: Sequence[str], name: str) -> None:
    """Save the query that words on the command line make, and report it; not without a name."""
    if not name:
        return
    query = " ".join(words)
    if not query.strip():
        raise InvalidInput("The query to save is missing.", "Write it before --save.")
    saved = usecases.queries.saved_queries.save_query(library, name, query, now=datetime.now(UTC))
    console.tell(f"Saved as “{saved.name}”. To find it again:  --saved NAME")
