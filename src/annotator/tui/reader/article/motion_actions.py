"""The actions of the keys that move: through the article, the cursor, and its selection."""

from functools import partial
from typing import TYPE_CHECKING

from annotator.reading.navigation.units import Unit
from annotator.tui.notifications import hint
from annotator.tui.reader.article.messages import BeginningReached, PlaceNamed, PlaceSought

if TYPE_CHECKING:
    from textual.widget import Widget

    from annotator.tui.reader.article.cursor_motions import CursorMotions, LetterPrompt
    from annotator.tui.reader.article.navigator import Navigator
    from annotator.tui.reader.article.selection import Selection
    from annotator.tui.reader.article.viewport import Viewport

    Base = Widget
else:
    Base = object  # one more class of widgets takes as long to make as ten modules

BEFORE_THE_JUMP = "'`"  # names of the place where the last jump began, as in vim


class MotionActions(Base):
    """Actions of `ArticleView`, nearly all of them one call of its parts. It has the count."""

    _viewport: "Viewport"
    _selection: "Selection"
    _cursor: "CursorMotions"
    _navigator: "Navigator"
    _prompt: "LetterPrompt"
    _count: int

    def _times(self, count: int) -> int:
        """Return `count` times the count that was typed, which is used up."""
        typed, self._count = self._count, 0
        return max(1, typed) * count

    # motions in every mode

    def action_line(self, count: int) -> None:
        """Scroll by lines."""
        self._viewport.scroll_by(self._times(count))

    def action_page(self, count: int) -> None:
        """Go by screens."""
        self._navigator.scroll_pages(self._times(count))

    def action_half_page(self, count: int) -> None:
        """Go by half a screen."""
        self._navigator.scroll_half_pages(self._times(count))

    def action_edge(self, side: int) -> None:
        """Go to one end of the article; with a count, to that many per cent of it."""
        percent, self._count = self._count, 0
        self._navigator.go_to_edge(side, percent)

    def action_line_number(self, number: int) -> None:
        """Go to a line of the article, counted from 1."""
        offset = self._viewport.offset_of_line(number - 1)
        self._navigator.return_to(offset)

    def action_paragraph(self, count: int) -> None:
        """Go to the start of a paragraph."""
        self._navigator.step_paragraph(self._times(count))

    def action_heading(self, count: int) -> None:
        """Go to a heading."""
        self._navigator.step_heading(self._times(count))

    def action_link(self, count: int) -> None:
        """Go to a link, and show it."""
        self._navigator.step_link(self._times(count))

    def action_worthy(self, count: int) -> None:
        """Put the cursor on a sentence that is worth a check."""
        if not self._navigator.step_worthy(self._times(count)):
            where = "Below" if count > 0 else "Above"
            hint(self, f"{where} here no sentence stands out as worth a check.")

    def action_next_mark(self, count: int) -> None:
        """Go to a mark."""
        self._navigator.step_mark(self._times(count))

    def action_match(self, count: int) -> None:
        """Go to a match; after the last one comes the first."""
        if not self._navigator.step_match(self._times(count)):
            hint(self, "Nothing was found. Find words in the text first.")

    def action_jump_back(self, count: int) -> None:
        """Go back to where a jump began, or forward again."""
        if not self._navigator.go_back(self._times(count)) and count < 0:
            self.post_message(BeginningReached())

    def action_name_place(self) -> None:
        """Wait for a letter, and give it to this place, or the mark at hand, as its name."""
        self._prompt.ask("name place", partial(self._name_place, self._selection.search_start))

    def _name_place(self, offset: int, letter: str) -> None:
        self.post_message(PlaceNamed(letter, offset))

    def action_go_to_place(self) -> None:
        """Wait for the letter of a place; the key itself stands for the place before the jump."""
        self._prompt.ask("go to place", self._go_to_place)

    def _go_to_place(self, letter: str) -> None:
        if letter not in BEFORE_THE_JUMP:
            self.post_message(PlaceSought(letter))
        elif not self._navigator.jump_to_before():
            hint(self, "No jump to go back from.")

    # motions of the sentence mode

    def action_sentence(self, count: int) -> None:
        """Go to a sentence, and drop a selection."""
        self._cursor.step_sentence(self._times(count))

    def action_extend_sentence(self, count: int) -> None:
        """Select more sentences, or fewer."""
        self._cursor.extend_sentence(self._times(count))

    # motions and selections of the caret mode

    def action_caret_page(self, count: int) -> None:
        """Move the caret by screens."""
        self._navigator.scroll_pages(self._times(count))

    def action_caret_character(self, count: int) -> None:
        """Move the caret by letters."""
        self._cursor.step("character", self._times(count))

    def action_caret_word(self, count: int) -> None:
        """Move the caret to the start of a word."""
        self._cursor.step("word", self._times(count))

    def action_caret_sentence(self, count: int) -> None:
        """Move the caret to the start of a sentence."""
        self._cursor.step("sentence", self._times(count))

    def action_caret_word_end(self) -> None:
        """Move the caret to the end of a word."""
        self._cursor.go_to_word_end()

    def action_caret_line(self, count: int) -> None:
        """Move the caret by lines, and keep its column as far as possible."""
        self._cursor.step_line(self._times(count))

    def action_caret_line_edge(self, side: int) -> None:
        """Move the caret to one end of its line."""
        self._cursor.go_to_line_edge(side)

    def action_caret_find(self, side: int) -> None:
        """Wait for a letter, and move the caret to it within the paragraph."""
        self._cursor.await_letter(self._times(side))

    def action_caret_find_again(self) -> None:
        """Move the caret to the letter that was looked for last, once more."""
        self._cursor.find_again(self._times(1))

    def action_select(self, unit: Unit) -> None:
        """Begin to select by letters or sentences, or stop it."""
        self._cursor.toggle_selecting(unit)

    def action_other_end(self) -> None:
        """Move the caret to the other end of the selection."""
        self._cursor.swap_ends()

    def action_grow(self) -> None:
        """Select the next larger unit: word, sentence, paragraph."""
        self._cursor.grow()

    def action_shrink(self) -> None:
        """Select the next smaller unit."""
        self._cursor.shrink()
