"""The keys that move: through the page while reading, with the cursor otherwise."""

from annotator.reading import motions
from annotator.reading.units import Unit
from annotator.tui.widgets.article_cursor import CursorPage

MAX_COUNT = 9999  # what people type before a motion; more is a key that got stuck


class MotionPage(CursorPage):
    """An article that keys move through. A count typed before a motion repeats it."""

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

    def action_page(self, share: float) -> None:
        """Scroll by screens, a line or two kept in view; the cursor goes along."""
        lines = round(self._times(1) * share * max(1, self.size.height - 2))
        if self.mode == "read":
            self._scroll(self.scroll_offset.y + lines)
            return
        offset, goal = motions.rows(self._layout, self._cursor.offset, lines, self._cursor.goal)
        self._scroll(self.scroll_offset.y + lines)
        self._move(self._cursor.on_line(offset, goal))

    def action_edge(self, side: int) -> None:
        """Go to one end of the article."""
        self._count = 0
        if self.mode == "read":
            self._scroll(self._settled(self._layout.height if side > 0 else 0))
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

    def action_sentence(self, count: int) -> None:
        """Go to a sentence, letting go of those that were held."""
        offset = self._units.step(self._cursor.offset, "sentence", self._times(count))
        self._move(self._cursor.released().at(offset))

    def action_extend_sentence(self, count: int) -> None:
        """Take one sentence more, or fewer."""
        held = self._cursor if self._cursor.is_selecting else self._cursor.selecting("sentence")
        self._move(held.at(self._units.step(held.offset, "sentence", self._times(count))))

    def action_caret_character(self, count: int) -> None:
        """Move the caret by letters."""
        self._step("character", count)

    def action_caret_word(self, count: int) -> None:
        """Move the caret to the start of a word."""
        self._step("word", count)

    def action_caret_sentence(self, count: int) -> None:
        """Move the caret to the start of a sentence."""
        self._step("sentence", count)

    def action_caret_word_end(self) -> None:
        """Move the caret to the end of a word."""
        self._move(self._cursor.at(motions.word_end(self._units, self._cursor.offset)))

    def action_caret_line(self, count: int) -> None:
        """Move the caret by lines, making for the column that it came from."""
        cursor = self._cursor
        offset, goal = motions.line(self._layout, cursor.offset, self._times(count), cursor.goal)
        self._move(cursor.on_line(offset, goal))

    def action_caret_line_edge(self, side: int) -> None:
        """Move the caret to one end of its line."""
        self._move(self._cursor.at(motions.line_edge(self._layout, self._cursor.offset, side)))

    def _step(self, unit: Unit, count: int) -> None:
        offset = self._units.step(self._cursor.offset, unit, self._times(count))
        self._move(self._cursor.at(offset))

    def _times(self, count: int) -> int:
        """Return `count` as often as was asked for."""
        times, self._count = max(1, self._count), 0
        return times * count
