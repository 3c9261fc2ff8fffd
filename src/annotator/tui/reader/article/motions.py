"""The keys that go through an article: they scroll while reading, and take the cursor along."""

from annotator.reading.navigation import motions
from annotator.tui.reader.article.selection import CursorView

KEPT_ROWS = 2  # of a screen that paging keeps in view, so that the eye finds its place
MAX_COUNT = 9999  # what people type before a motion; more is a key that got stuck


class PagingView(CursorView):
    """An article that keys page through. A count typed before a motion repeats it."""

    def __init__(self, *, width: int) -> None:
        super().__init__(width=width)
        self._count = 0

    def action_count(self, digit: int) -> None:
        """Take a digit of the count for the next motion."""
        self._count = min(self._count * 10 + digit, MAX_COUNT)

    def key_0(self) -> None:
        """Take a nought within a count."""
        self._count = min(self._count * 10, MAX_COUNT)

    def action_line(self, count: int) -> None:
        """Scroll by lines."""
        self._scroll(self.scroll_offset.y + self._times(count))

    def action_page(self, count: int) -> None:
        """Go by screens, a line or two kept in view."""
        self._go_rows(self._times(count) * max(1, self.size.height - KEPT_ROWS))

    def action_half_page(self, count: int) -> None:
        """Go by half a screen."""
        self._go_rows(self._times(count) * max(1, self.size.height // 2))

    def action_edge(self, side: int) -> None:
        """Go to one end of the article; with a count, as many per cent into it."""
        percent, self._count = self._count, 0
        if percent and self.mode == "read":
            self._settled(self._layout.height)
            self._scroll(self._settled(self._layout.height * min(percent, 100) // 100))
        elif self.mode == "read":
            self._settled(self._layout.height if side > 0 else 0)
            self._scroll(self.virtual_size.height if side > 0 else 0)
        else:
            self._move(self._cursor.at(motions.edge(self._units, side)))
            if side < 0:
                self._scroll(0)

    def action_paragraph(self, count: int) -> None:
        """Go to the start of a paragraph; to the top of the screen while reading."""
        times = self._times(count)
        if self.mode != "read":
            self._move(self._cursor.at(self._units.step(self._cursor.offset, "paragraph", times)))
            return
        offset = self._units.step(self.first_offset, "paragraph", times)
        self._scroll(self._settled(self._layout.place(offset).line))

    def _go_rows(self, rows: int) -> None:
        """Scroll, and take the cursor along on its row of the screen."""
        cursor = self._cursor
        if self.mode != "read":
            offset, goal = motions.rows(self._layout, cursor.offset, rows, cursor.goal)
            cursor = cursor.on_line(offset, goal)
        self._scroll(self.scroll_offset.y + rows)
        if self.mode != "read":
            self._move(cursor)

    def _times(self, count: int) -> int:
        """Return `count` as often as was asked for."""
        times, self._count = max(1, self._count), 0
        return times * count
