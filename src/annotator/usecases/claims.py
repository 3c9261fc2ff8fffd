"""Lists of all marks: narrowed by a query, grouped, in an order, and loaded in parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from annotator.model.vocabulary import MarkGrouping, MarkOrder
from annotator.store import MarkView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.model.query import Query
    from annotator.store import Library, Marked, MarkListing

Grouping = MarkGrouping
Order = MarkOrder

GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)
ORDERS: tuple[Order, ...] = get_args(Order)


def list_marks(
    library: Library,
    query: Query,
    *,
    grouping: Grouping = "article",
    order: Order = "place",
    is_reversed: bool = False,
    limit: int | None = None,
) -> MarkListing:
    """Return the marks that match, as numbers that `load_marks` takes, with their groups.

    The first list of a library with 100,000 marks takes a fifth of a second, later ones a
    tenth of that. With a `limit`, the first one may hold only the first groups that have
    so many marks, and is then not whole.
    """
    return library.list_marks(query, MarkView(grouping, order, is_reversed), limit)


def load_marks(library: Library, numbers: Sequence[int]) -> tuple[Marked, ...]:
    """Return the marks of a part of a list, in its order, without those that were deleted."""
    return library.load_marks(numbers)
