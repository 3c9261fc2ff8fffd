"""The view of the list of claims: a query with its grouping and order, and its marks.

These are loaded in threads, so that no key waits for the library.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, get_args

from msgspec import Struct
from msgspec.structs import replace

from annotator.model import Annotation
from annotator.model.query import EVERYTHING, Query
from annotator.store import Library, Marked, MarkListing, questions
from annotator.tui.widgets.typed_query import read_typed
from annotator.usecases.marks.claims import Grouping, Order, list_marks, load_marks

GROUPINGS: tuple[tuple[Grouping, str, str], ...] = (  # with a key and a label
    ("article", "a", "Article"),
    ("speaker", "s", "Speaker"),
    ("author", "b", "Who marked it"),
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
_FIRST = 100  # rows; more than fit on a screen
_AROUND = 60  # rows that are loaded with a listing, above and below the cursor


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


class ListPlace(NamedTuple):
    """A place for the cursor: a mark, by its number or itself, or else a row."""

    number: int | None = None
    mark: Annotation | None = None
    row: int = 0


class Listed(NamedTuple):
    """A listing with the marks around a row, which is where the cursor shall be.

    The row is that of `place`. One that `continues` is the whole of what was shown as a
    first part.
    """

    view: ClaimsView
    listing: MarkListing
    marks: Mapping[int, Marked]
    at: int | None = None
    place: ListPlace | None = None
    continues: bool = False

    def row_for(self, number: int | None) -> int | None:
        """Return the row for the cursor, which is on the mark with that number by now.

        If it was moved while the listing was read, it stays on the mark that it was moved to.
        """
        is_moved = self.place is not None and number != self.place.number
        if not is_moved or number is None or number not in self.listing.numbers:
            return self.at
        return _nearest(self.listing, number, self.at or 0)


class ClaimsLoader:
    """Answers the latest wish: one that is still waiting when the next one comes is dropped."""

    def __init__(self, library: Library, show: Callable[[Listed], None]) -> None:
        self._library = library
        self._show = show
        self._wanted: tuple[ClaimsView, ListPlace | None] | None = None
        self._idle = asyncio.Event()
        self._idle.set()

    async def list(self, view: ClaimsView, place: ListPlace | None = None) -> None:
        """Show the marks of a view: the first rows as soon as they are known, then all.

        With a place, all are shown at once, with the cursor there. It returns when all are
        shown, or those of a later wish.
        """
        self._wanted = (view, place)
        if not self._idle.is_set():
            await self._idle.wait()
            return
        self._idle.clear()
        try:
            while (wanted := self._wanted) is not None:
                await self._answer(*wanted)
                if self._wanted is wanted:
                    self._wanted = None
        except BaseException:
            self._wanted = None
            raise
        finally:
            self._idle.set()

    async def load(self, numbers: Sequence[int]) -> dict[int, Marked]:
        """Return those of these marks that still exist, by number."""
        return await asyncio.to_thread(_load, self._library, numbers)

    async def outside(self, view: ClaimsView, numbers: Iterable[int]) -> frozenset[int]:
        """Return those of these marks that are not in a view any more."""
        listing = await asyncio.to_thread(_listing, self._library, view)
        return frozenset(numbers).difference(listing.numbers)

    def is_outdated(self, shown: Listed) -> bool:
        """Return whether the library has other marks than are shown. This reads it at once."""
        # a list that is narrowed as one types looks less often
        self._library.ask(questions.marks.mark_counts())
        listing = _listing(self._library, shown.view)
        if list(listing.numbers) != list(shown.listing.numbers):
            return True
        return _load(self._library, tuple(shown.marks)) != shown.marks

    async def _answer(self, view: ClaimsView, place: ListPlace | None) -> None:
        wanted = self._wanted
        listed = await asyncio.to_thread(self._list, view, place)
        if self._wanted is not wanted:
            return
        self._show(listed)
        if not listed.listing.is_whole:
            whole = await asyncio.to_thread(_listing, self._library, view)
            if self._wanted is wanted:
                self._show(Listed(view, whole, listed.marks, continues=True))

    def _list(self, view: ClaimsView, place: ListPlace | None) -> Listed:
        listing = _listing(self._library, view, _FIRST if place is None else None)
        at = None if place is None else self._row(view, listing, place)
        near = at or 0
        marks = _load(self._library, listing.numbers[max(0, near - _AROUND) : near + _AROUND])
        return Listed(view, listing, marks, at, place)

    def _row(self, view: ClaimsView, listing: MarkListing, place: ListPlace) -> int:
        """Return the row of a place; that of a mark is known only among those of its article."""
        if place.number is not None and place.number in listing.numbers:
            return _nearest(listing, place.number, place.row)
        mark = place.mark
        if mark is not None and view.grouping == "article":
            for group in listing.groups:
                if group.key == mark.article_id:
                    numbers = listing.numbers[group.start : group.start + group.count]
                    return group.start + _place_of(mark, numbers, _load(self._library, numbers))
        return place.row


def _nearest(listing: MarkListing, number: int, row: int) -> int:
    """Return the row of a mark, which may be in several groups: the one next to `row`."""
    rows = (at for at, other in enumerate(listing.numbers) if other == number)
    return min(rows, key=lambda at: abs(at - row))


def _place_of(mark: Annotation, numbers: Sequence[int], marks: Mapping[int, Marked]) -> int:
    ids = [marks[number].annotation.id if number in marks else "" for number in numbers]
    return ids.index(mark.id) if mark.id in ids else 0


def _listing(library: Library, view: ClaimsView, limit: int | None = None) -> MarkListing:
    return list_marks(
        library,
        view.query,
        grouping=view.grouping,
        order=view.order,
        is_reversed=view.is_reversed,
        limit=limit,
    )


def _load(library: Library, numbers: Sequence[int]) -> dict[int, Marked]:
    """Return the marks by number. Which of them are gone is found by halving."""
    wanted = tuple(dict.fromkeys(numbers))
    marks = load_marks(library, wanted)
    if len(marks) == len(wanted):
        return dict(zip(wanted, marks, strict=True))
    if len(wanted) <= 1:
        return {}
    half = len(wanted) // 2
    return _load(library, wanted[:half]) | _load(library, wanted[half:])
