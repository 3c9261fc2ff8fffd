"""The list of marks: a hundred thousand rows, of which those near the screen are loaded.

The list knows the number of each mark in the index, and where groups begin. As all rows
have the same height, that is enough to scroll anywhere; the marks themselves are asked
for when they come near, and shown as they arrive.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec.structs import replace
from textual.message import Message

from annotator.model import Annotation
from annotator.store import Marked, MarkGroup, MarkListing
from annotator.tui.claims import rows
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.rows import Line, Stack
from annotator.tui.messages import ValueMessage

_FIRST_WIDTH = 60  # cells, until the size is known
_AHEAD = 120  # rows that are loaded above and below the screen
_KEPT = 2_000  # rows that stay loaded
_PATIENCE = 0.06  # seconds that a row stays empty before it says that it is being loaded
_HEADING_LINES = 2  # with the empty one above, which the first has not
_WAITING = "…"
_GONE = "This mark is gone: another program has changed or deleted it."
_NOTHING = MarkListing((), (), 0)


class MarkLayout(Stack):
    """The layout of a list of marks, in groups with headings. The key of a row is its index."""

    def __init__(self, listing: MarkListing, painter: "MarkList", width: int) -> None:
        super().__init__(width=width)
        self._listing = listing
        self._painter = painter
        is_grouped = any(group.key or group.label for group in listing.groups)
        self._groups = listing.groups if is_grouped else ()
        self._starts = [group.start for group in self._groups]
        self._tops = [
            group.start * rows.ROW_LINES + max(0, place * _HEADING_LINES - 1)
            for place, group in enumerate(self._groups)
        ]

    @property
    def count(self) -> int:
        """The number of rows."""
        return len(self._listing.numbers)

    @property
    def height(self) -> int:
        """The lines of all rows and headings together."""
        return self.bottom(self.count - 1) if self.count else 0

    def in_width(self, width: int) -> "MarkLayout":
        """Return the same rows at another width."""
        return MarkLayout(self._listing, self._painter, width)

    def key(self, index: int) -> str:
        return str(index)

    def top(self, index: int) -> int:
        """Return the first line of a row, or of the heading above it."""
        place = self._place(index)
        if place >= 0 and self._starts[place] == index:
            return self._tops[place]
        return self._first_line(index)

    def bottom(self, index: int) -> int:
        """Return the line below a row."""
        return self._first_line(index) + rows.ROW_LINES

    def at(self, y: int) -> int | None:
        """Return the index of the row that line `y` belongs to; None for a heading."""
        index = self._index_at(y)
        return index if index is not None and y >= self._first_line(index) else None

    def near(self, y: int) -> int | None:
        """Return the row at line `y`, or else the nearest."""
        return self._index_at(max(0, min(y, self.height - 1)))

    def line(self, y: int) -> Line:
        """Return line `y`, counted over all rows."""
        index = self._index_at(y)
        if index is None:
            return ()
        within = y - self._first_line(index)
        if within >= 0:
            return self._painter.row(index, self.width)[within]
        if within == -1:
            return self._painter.heading(self._groups[self._place(index)], self.width)
        return ()

    def keyed(self, key: str) -> int | None:
        """Return the index of the row with that key."""
        return int(key) if key.isdigit() and int(key) < self.count else None

    def next(self, index: int, by: int) -> int | None:
        """Return the next row from `index`, in steps of `by`."""
        return index + by if 0 <= index + by < self.count else None

    def nearest(self, index: int) -> int | None:
        """Return the row at `index`, or else the nearest."""
        return max(0, min(index, self.count - 1)) if self.count else None

    def _place(self, index: int) -> int:
        """Return the place of the group of a row among the groups; -1 without groups."""
        return bisect_right(self._starts, index) - 1

    def _first_line(self, index: int) -> int:
        place = self._place(index)
        headings = place * _HEADING_LINES + 1 if place >= 0 else 0
        return index * rows.ROW_LINES + headings

    def _index_at(self, y: int) -> int | None:
        """Return the row at line `y`; for a heading, the row below it."""
        if not 0 <= y < self.height:
            return None
        place = bisect_right(self._tops, y) - 1
        if place < 0:
            return y // rows.ROW_LINES
        start = self._starts[place]
        return start + max(0, (y - self._first_line(start)) // rows.ROW_LINES)


class MarkList(Listing):
    """The marks of a listing. A message requests the rows that come near the screen."""

    class Wanted(ValueMessage):
        """The marks with these numbers are needed."""

        numbers: Sequence[int]

    class Reached(Message):
        """The mark under the cursor is another one, or has changed."""

    def __init__(self, keymap: Keymap, *, id: str | None = None) -> None:  # noqa: A002  Textual's name for it
        super().__init__(keymap, clicks=2, id=id)
        self._listing = _NOTHING
        self._style: rows.RowStyle | None = None
        self._marks: dict[int, Marked] = {}
        self._asked: set[int] = set()
        self._revised: dict[int, str] = {}  # remarks on marks that were edited
        self._fits: Mapping[str, str] = {}
        self._gone: set[int] = set()
        self._selected: set[int] = set()
        self._places: Mapping[str, int] = {}
        self._targets: frozenset[str] = frozenset()
        self._shows_waiting = False
        self._reached: tuple[int, Marked | None] = (-1, None)

    @property
    def listing(self) -> MarkListing:
        """The numbers and groups of the marks."""
        return self._listing

    @property
    def index(self) -> int:
        """The place of the row under the cursor."""
        return int(self.key or 0)

    @property
    def number(self) -> int | None:
        """The number of the mark under the cursor; None if there is none."""
        return self._listing.numbers[self.index] if self._listing.numbers else None

    @property
    def current(self) -> Marked | None:
        """The mark under the cursor, if there is one and it is loaded."""
        return None if self.number is None else self._marks.get(self.number)

    @property
    def selected(self) -> Sequence[int]:
        """The numbers of the selected marks, each once, in the order of the list."""
        chosen = self._selected
        if not chosen:
            return ()
        return tuple(dict.fromkeys(number for number in self._listing.numbers if number in chosen))

    @property
    def revised(self) -> Mapping[int, Marked]:
        """The marks that have changed since they were listed, by number."""
        return {number: self._marks[number] for number in self._revised}

    @property
    def loaded(self) -> dict[int, Marked]:
        """The marks that are loaded, by number."""
        return dict(self._marks)

    def marked(self, numbers: Iterable[int]) -> dict[int, Marked]:
        """Return those of these marks that are loaded, by number."""
        return {number: self._marks[number] for number in numbers if number in self._marks}

    def show_listing(
        self,
        listing: MarkListing,
        marks: Mapping[int, Marked],
        style: rows.RowStyle,
        *,
        at: int | None = None,
    ) -> None:
        """Show a listing, of which some marks are loaded, the cursor on the row `at`.

        If that is None, the cursor is put on the first row and the list scrolled there;
        otherwise the cursor stays on its line of the screen.
        """
        self._listing, self._style, self._marks = listing, style, dict(marks)
        self._asked, self._revised, self._gone = set(), {}, set()
        if self._selected:
            self._selected &= set(listing.numbers)
        layout = MarkLayout(listing, self, self.size.width or _FIRST_WIDTH)
        if at is None:
            self.show_layout(layout, layout.nearest(0), keeps_line=False)
            self.scroll_to(y=0, animate=False)
        else:
            self.show_layout(layout, layout.nearest(at), keeps_line=True)
        self._ask()

    def extend(self, listing: MarkListing) -> None:
        """Show a whole listing after its first part."""
        self._listing = listing
        layout = MarkLayout(listing, self, self.size.width or _FIRST_WIDTH)
        self.show_layout(layout, layout.nearest(self.index), keeps_line=True)
        self._ask()

    def put(self, numbers: Iterable[int], marks: Mapping[int, Marked]) -> None:
        """Show marks that were asked for; those of `numbers` that are not among them are gone."""
        wanted = set(self._asked)
        gone = [number for number in numbers if number in wanted and number not in marks]
        self._marks.update({key: marked for key, marked in marks.items() if key in wanted})
        self._gone.update(gone)
        self._shows_waiting = False
        self._forget_far_rows()
        self.refresh()
        self._report()

    def revise(self, marks: Iterable[Annotation]) -> None:
        """Show these marks as they are now, each in the row where it was."""
        changed = {mark.id: mark for mark in marks}
        for number, (record, mark) in [*self._marks.items()]:
            new = changed.get(mark.id)
            if new is not None:
                self._marks[number] = Marked(record, new)
                self._revised[number] = ""
        self.refresh()
        self._report()

    def remark(self, words: Mapping[int, str]) -> None:
        """Show a remark in the rows of revised marks."""
        self._revised.update({key: remark for key, remark in words.items() if key in self._revised})
        self.refresh()

    def drop(self, ids: Collection[str]) -> bool:
        """Remove the rows of deleted marks, as far as they are loaded; the cursor goes on.

        Returns whether all were.
        """
        gone = {number for number, marked in self._marks.items() if marked.annotation.id in ids}
        index, listing = self.index, without(self._listing, gone)
        index -= sum(number in gone for number in self._listing.numbers[:index])
        self._listing = listing
        self._selected -= gone
        layout = MarkLayout(listing, self, self.size.width or _FIRST_WIDTH)
        self.show_layout(layout, layout.nearest(index), keeps_line=False)
        self._ask()
        return len(gone) == len(ids)

    def show_linked(self, places: Mapping[str, int], targets: frozenset[str]) -> None:
        """Show for each mark, by its id, how many make the same claim, and which are linked to."""
        self._places, self._targets = places, targets
        self.refresh()

    def show_fits(self, remarks: Mapping[str, str]) -> None:
        """Show remarks, by the ids of marks, on those that the text has reworded or lost."""
        self._fits = remarks
        self.refresh()

    def toggle(self) -> None:
        """Select the row under the cursor, or deselect it, and go on to the next."""
        if self.number is not None:
            self._selected ^= {self.number}
            self.action_cursor(1)

    def select_all(self) -> None:
        """Select all rows, or none if all are selected."""
        everything = set(self._listing.numbers)
        self._selected = set() if self._selected == everything else everything
        self.refresh()

    def deselect(self) -> None:
        """Select nothing."""
        self._selected = set()
        self.refresh()

    def row(self, index: int, width: int) -> Sequence[Line]:
        """Return the lines of a row."""
        number = self._listing.numbers[index]
        marked = self._marks.get(number)
        if marked is None or self._style is None:
            waiting = _WAITING if self._shows_waiting else ""
            return rows.waiting_lines(_GONE if number in self._gone else waiting, width)
        remark = self._revised.get(number) or self._fits.get(marked.annotation.id, "")
        places = self._places.get(marked.annotation.id, 1)
        is_target = marked.annotation.id in self._targets
        extra = rows.RowExtra(number in self._selected, remark, places, is_target)
        return rows.mark_lines(marked, self._style, width, extra)

    def heading(self, group: MarkGroup, width: int) -> Line:
        """Return the line of a heading."""
        return rows.heading_line(group, self._style, width) if self._style else ()

    def watch_scroll_y(self, old: float, new: float) -> None:
        """Ask for the rows that come near."""
        super().watch_scroll_y(old, new)
        self._ask()

    def on_resize(self) -> None:
        """Ask for the rows that have come into view."""
        self._ask()

    def _move(self, index: int | None) -> None:
        super()._move(index)
        self._report()

    def _report(self) -> None:
        reached = (self.number if self.number is not None else -1, self.current)
        if reached != self._reached:
            self._reached = reached
            self.post_message(self.Reached())

    def _ask(self) -> None:
        """Ask for rows near the screen that are missing, once the first of them are close."""
        near = self._numbers_near(_AHEAD // 2)
        if all(number in self._marks or number in self._asked for number in near):
            return
        wanted = [
            number
            for number in self._numbers_near(_AHEAD)
            if number not in self._marks and number not in self._asked
        ]
        self._asked.update(wanted)
        self.post_message(self.Wanted(wanted))
        self.set_timer(_PATIENCE, self._show_waiting)

    def _show_waiting(self) -> None:
        if any(number not in self._marks for number in self._numbers_near(0)):
            self._shows_waiting = True
            self.refresh()

    def _numbers_near(self, ahead: int) -> Sequence[int]:
        """Return the numbers of the rows on the screen, and of so many above and below."""
        first = self._stack.near(self.scroll_offset.y)
        last = self._stack.near(self.scroll_offset.y + self.size.height)
        if first is None or last is None:
            return ()
        return self._listing.numbers[max(0, first - ahead) : last + 1 + ahead]

    def _forget_far_rows(self) -> None:
        if len(self._marks) > _KEPT:
            kept = {*self._numbers_near(_AHEAD), *self._revised, *self._selected}
            self._marks = {key: marked for key, marked in self._marks.items() if key in kept}
            self._asked &= self._marks.keys()


def without(listing: MarkListing, gone: Collection[int]) -> MarkListing:
    """Return a listing without some marks, and without the groups that are empty then."""
    numbers: list[int] = []
    groups = []
    for group in listing.groups:
        start = len(numbers)
        within = listing.numbers[group.start : group.start + group.count]
        numbers += [number for number in within if number not in gone]
        if len(numbers) > start:
            groups.append(replace(group, start=start, count=len(numbers) - start))
    return MarkListing(numbers, tuple(groups), listing.total - len(gone))
