"""A list with a cursor, painted line by line, so that ten thousand rows cost no more than ten."""

from collections.abc import Sequence
from typing import ClassVar, Literal

from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Offset, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from annotator.tui.keys.groups import bindings, keys_of
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.rows import Row, Stack, paint
from annotator.tui.messages import ValueMessage
from annotator.tui.theming import PartStyles

_FIRST_WIDTH = 60  # cells, until the size is known


class Listing(PartStyles, ScrollView, can_focus=True, inherit_bindings=False):
    """Rows, one of them under the cursor, which stays on its row when the rows change.

    It takes `clicks` on a row to choose it; with two, the first moves the cursor there.
    """

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(keys_of("list")))

    class Chosen(ValueMessage):
        """A row was chosen with Enter or the mouse."""

        listing: "Listing"
        key: str

    class CursorMoved(Message):
        """The cursor was moved to another row."""

    def __init__(
        self,
        keymap: Keymap,
        *,
        clicks: Literal[1, 2] = 1,
        id: str | None = None,  # noqa: A002  Textual's name for it
    ) -> None:
        super().__init__(id=id)
        self._clicks = clicks
        keymap.bind(self, keys_of("list"))
        self._stack = Stack()
        self._cursor: int | None = None

    @property
    def key(self) -> str:
        """The key of the row under the cursor; empty if there is none."""
        return "" if self._cursor is None else self._stack.key(self._cursor)

    @property
    def cursor_screen_offset(self) -> Offset:
        """The place on the screen of the row under the cursor, for the terminal's own."""
        top = self._cursor_top if self._stack.count else 0
        lines = range(top, self._stack.bottom(self._cursor or 0)) if self._stack.count else ()
        first = next((y for y in lines if self._is_chosen(y)), top)
        return self.content_region.offset + Offset(0, first - self.scroll_offset.y)

    def show(self, rows: Sequence[Row], *, at: str | None = None) -> None:
        """Show `rows`, with the cursor on the one with key `at`, or else on the first.

        If `at` is `None`, the cursor stays on its row, or where that was, and the
        row stays on its line of the screen.
        """
        key, index = (self.key, self._cursor or 0) if at is None else (at, 0)
        stack = Stack(rows, self.size.width or _FIRST_WIDTH)
        place = stack.keyed(key)
        cursor = place if place is not None else stack.nearest(index)
        self.show_layout(stack, cursor, keeps_line=at is None)

    def show_layout(self, layout: Stack, cursor: int | None, *, keeps_line: bool) -> None:
        """Show the rows of a layout, the cursor on one, on the same line as before if asked."""
        line, offset = self._cursor_top - self.scroll_offset.y, self.scroll_offset.y
        self._stack, self._cursor = layout, cursor
        self._update_size()
        if keeps_line and (offset or not 0 <= line < self.size.height):
            # At the top, stay there, so that new rows above come into view.
            self.scroll_to(y=self._cursor_top - line if offset else 0, animate=False, force=True)

    def action_cursor(self, by: int) -> None:
        """Move the cursor by rows, past headings."""
        if self._cursor is not None:
            self._move(self._stack.next(self._cursor, by))

    def action_page(self, by: int) -> None:
        """Move the cursor by pages."""
        self._move(self._stack.near(self._cursor_top + by * max(1, self.size.height - 1)))

    def action_edge(self, side: int) -> None:
        """Move the cursor to the first or the last row."""
        self._move(self._stack.nearest(0 if side < 0 else self._stack.count - 1))

    def action_choose(self) -> None:
        """Report that the row under the cursor was chosen."""
        if self.key:
            self.post_message(self.Chosen(self, self.key))

    def render_line(self, y: int) -> Strip:
        y += self.scroll_offset.y
        style = self._cursor_style() if self._is_chosen(y) else None
        return paint(self, "listing", self._stack.line(y), style)

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the row that was clicked on, and choose it."""
        index = self._stack.at(event.y + self.scroll_offset.y)
        if index is not None and self._stack.key(index):
            self._move(index)
            if event.chain >= self._clicks:
                self.action_choose()

    def on_resize(self) -> None:
        """Wrap the rows to the new width."""
        self._stack = self._stack.in_width(self.size.width)
        self._update_size()

    def _is_chosen(self, y: int) -> bool:
        """Return whether a line is of the row under the cursor, and not the empty one above it."""
        return self._stack.at(y) == self._cursor and bool(self._stack.line(y))

    @property
    def _cursor_top(self) -> int:
        return self._stack.top(self._cursor or 0)

    def _update_size(self) -> None:
        self.virtual_size = Size(self.size.width, self._stack.height)
        if self.styles.height is not None and self.styles.height.is_auto:
            self.refresh(layout=True)
        self._move(self._cursor)

    def _move(self, index: int | None) -> None:
        if index is not None and index != self._cursor:
            self._cursor = index
            self.post_message(self.CursorMoved())
        if self._cursor is not None and self.size.height:
            self._reveal(self._cursor)
        self.refresh()

    def _reveal(self, index: int) -> None:
        is_first = self._stack.next(index, -1) is None  # then show the headings above it as well
        top = 0 if is_first else self._stack.top(index)
        bottom = self._stack.bottom(index)
        if top < self.scroll_offset.y:  # forced, since a short list was not to be scrolled
            self.scroll_to(y=top, animate=False, force=True)
        elif bottom > self.scroll_offset.y + self.size.height:
            self.scroll_to(y=bottom - self.size.height, animate=False, force=True)

    def _cursor_style(self) -> Style:
        is_active = self.has_focus or not self.can_focus  # otherwise an input passes keys to it
        name = "listing--cursor" if is_active else "listing--cursor-blurred"
        return self.get_component_rich_style(name, partial=True)
