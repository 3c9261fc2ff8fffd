"""The view of the list: a query, and the grouping and order of the marks that match."""

from collections.abc import Mapping
from typing import get_args

from msgspec import Struct
from msgspec.structs import replace

from annotator.model.query import EVERYTHING, Query
from annotator.tui.typed_query import read_typed
from annotator.usecases.marks.claims import Grouping, Order

GROUPINGS: tuple[tuple[Grouping, str, str], ...] = (  # with a key and a label
    ("article", "a", "Article"),
    ("speaker", "s", "Speaker"),
    ("tag", "t", "Tag"),
    ("status", "u", "Status"),
    ("kind", "k", "Kind"),
    ("site", "w", "Web site"),
    ("day", "d", "Day when they were marked"),
    ("none", "n", "Nothing"),
)
ORDERS: tuple[Order, ...] = get_args(Order)
QUERIES = (  # offered first, since every library has their marks
    ("Claims", "has:claim"),
    ("Open claims", "status:open"),
    ("Disputed claims", "status:disputed"),
    ("Marked in the last 7 days", "marked:week"),
    ("Marks with a note", "has:note"),
    ("Marks with a link", "has:link"),
)

_SORTED: Mapping[Order, tuple[str, str]] = {  # the second one when reversed
    "place": ("newest article first", "oldest article first"),
    "created": ("newest first", "oldest first"),
    "modified": ("last changed first", "last changed last"),
    "status": ("by status", "by status, reversed"),
    "speaker": ("by speaker, A–Z", "by speaker, Z–A"),
    "quote": ("by words, A–Z", "by words, Z–A"),
}


class ClaimsView(Struct, frozen=True):
    """A query as it was typed and as it was understood, a grouping and an order.

    `problem` says how to mend the text, if anything is wrong with it, and `mistake` also what;
    `query` has the rest.
    """

    text: str = ""
    query: Query = EVERYTHING
    problem: str = ""
    mistake: str = ""
    grouping: Grouping = "article"
    order: Order = "place"
    is_reversed: bool = False

    @property
    def is_filtered(self) -> bool:
        """Whether there is a query."""
        return bool(self.text.strip())

    @property
    def arrangement(self) -> str:
        """The grouping and the order, in words."""
        order = _SORTED[self.order][self.is_reversed]
        if self.grouping == "none":
            return f"sorted {order}" if order.startswith("by ") else order
        return f"by {self.grouping}, {order}"

    def typed(self, text: str) -> "ClaimsView":
        """Return the view with another query."""
        query, error = read_typed(text)
        problem = (error.hint or error.message) if error else ""
        mistake = f"{error.message} {error.hint}".strip() if error else ""
        return replace(self, text=text.strip(), query=query, problem=problem, mistake=mistake)

    def sorted_next(self, step: int) -> "ClaimsView":
        """Return the view in the next order, or for a negative step in reverse."""
        if step < 0:
            return replace(self, is_reversed=not self.is_reversed)
        order = ORDERS[(ORDERS.index(self.order) + 1) % len(ORDERS)]
        return replace(self, order=order, is_reversed=False)
