"""The keys that move a cursor: by sentences, or as a caret in the manner of vim."""

from annotator.model import Span
from annotator.reading import motions
from annotator.reading.units import Unit
from annotator.tui.widgets.article_motions import PagingView


class CaretView(PagingView):
    """An article with a cursor that keys move."""

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

    def action_other_end(self) -> None:
        """Move the caret to the other end of what is selected."""
        self._move(self._cursor.turned())

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

    def _step(self, unit: Unit, count: int) -> None:
        offset = self._units.step(self._cursor.offset, unit, self._times(count))
        self._move(self._cursor.at(offset))
