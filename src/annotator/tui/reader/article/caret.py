"""The keys that move a cursor: by sentences, or as a caret in the manner of vim."""

from textual import events

from annotator.model import Span
from annotator.reading.navigation import motions
from annotator.reading.navigation.units import Unit
from annotator.tui.reader.article.motions import PagingView


class CaretView(PagingView):
    """An article with a cursor that keys move."""

    def __init__(self, *, width: int) -> None:
        super().__init__(width=width)
        self._awaiting = 0  # how many times the next letter typed is looked for, and which way
        self._sought = ("", 1)  # the letter looked for last, and which way

    def on_key(self, event: events.Key) -> None:
        """Take the letter that is to be found."""
        times, self._awaiting = self._awaiting, 0
        if not times:
            return
        event.stop()
        event.prevent_default()
        if event.is_printable and event.character:
            self._sought = (event.character, 1 if times > 0 else -1)
            self._find(times)

    def action_sentence(self, count: int) -> None:
        """Go to a sentence, letting go of those that were held."""
        offset = self._units.step(self._cursor.offset, "sentence", self._times(count))
        self._move(self._cursor.released().at(offset))

    def action_extend_sentence(self, count: int) -> None:
        """Take one sentence more, or fewer."""
        held = self._cursor if self._cursor.is_selecting else self._cursor.selecting("sentence")
        self._move(held.at(self._units.step(held.offset, "sentence", self._times(count))))

    def show_selection(self, span: Span) -> None:
        """Enter caret mode with a passage selected, and the caret at its end."""
        self._enter("caret")
        held = self._cursor.at(span.start).selecting("character")
        self._move(held.at(self._units.step(span.end, "character", -1)))

    def action_caret_page(self, count: int) -> None:
        """Move the caret by screens."""
        self.action_page(count)

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

    def action_caret_find(self, side: int) -> None:
        """Wait for a letter, and move the caret to it within the paragraph."""
        self._awaiting = self._times(side)

    def action_caret_find_again(self) -> None:
        """Move the caret to the letter that was looked for last, once more."""
        self._find(self._times(self._sought[1]))

    def _find(self, times: int) -> None:
        letter, _ = self._sought
        found = motions.character(self._units, self._cursor.offset, letter, times)
        if found is not None:
            self._move(self._cursor.at(found))

    def _step(self, unit: Unit, count: int) -> None:
        offset = self._units.step(self._cursor.offset, unit, self._times(count))
        self._move(self._cursor.at(offset))
