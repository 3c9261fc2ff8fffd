"""Lists of all marks: narrowed by a query, grouped, in an order, and loaded in parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, get_args

from annotator.model.vocabulary import MarkGrouping, MarkOrder
from annotator.store import MarkView, questions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from annotator.model import Annotation, Relation
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
    return library.ask(
        questions.mark_table.list_marks(query, MarkView(grouping, order, is_reversed), limit)
    )


def load_marks(library: Library, numbers: Sequence[int]) -> tuple[Marked, ...]:
    """Return the marks of a part of a list, in its order, without those that were deleted."""
    return library.ask(questions.marks.load_marks(numbers))


def is_shared(library: Library) -> bool:
    """Whether several people made marks in the library, so that it matters who made which."""
    return len(library.ask(questions.names.mark_authors())) > 1


class IncomingLink(NamedTuple):
    """A link of another mark to a mark."""

    relation: Relation
    note: str
    mark: Annotation


class LinkEnds(NamedTuple):
    """The other ends of the links of marks: quotes by id, and links from elsewhere by target."""

    quotes: Mapping[str, str]
    backlinks: Mapping[str, Sequence[IncomingLink]]


def link_ends(library: Library, marks: Sequence[Annotation]) -> LinkEnds:
    """Return what is at the other ends of the links of these marks, as far as it is marked."""
    ids = {mark.id for mark in marks}
    targets = {link.target for mark in marks for link in mark.links}
    linked = library.ask(questions.links.linked_marks(tuple(targets), targets=tuple(ids)))
    backlinks: dict[str, list[IncomingLink]] = {}
    for _, mark in linked:
        for link in mark.links:
            if link.target in ids:
                made = IncomingLink(link.relation, link.note, mark)
                backlinks.setdefault(link.target, []).append(made)
    return LinkEnds({mark.id: mark.quote for _, mark in linked}, backlinks)
