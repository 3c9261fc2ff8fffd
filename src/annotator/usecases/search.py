"""Searching articles and marks at once, the best first, with the passages that fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.errors import InvalidInput
from annotator.model.query import EVERYTHING, Query

if TYPE_CHECKING:
    from annotator.store import Found, Library

BEST = 20  # of each; more than a screen holds


def search(library: Library, query: Query, *, limit: int = BEST) -> Found:
    """Return the articles and the marks that fit best, at most `limit` of each."""
    if query == EVERYTHING:
        raise InvalidInput(
            "Say what to look for.", "Words, or a field such as tag:energy or is:unread."
        )
    return library.search(query, limit=limit)
