"""The actions of the keys that move: through the article, the cursor, and its selection.

The motions of caret mode are those of vim.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual import events

from annotator.reading.navigation import motions
from annotator.reading.navigation.units import Unit
from annotator.tui.frame.notifications import hint
from annotator.tui.reader.article import messages

if TYPE_CHECKING:
    from textual.widget import Widget

    from annotator.tui.reader.article.navigator import Navigator
    from annotator.tui.reader.article.selection import Selection
    from annotator.tui.reader.article.viewport import Viewport

    Base = Widget
else:
    Base = object  # one more class of widgets takes as long to make as ten modules

KEPT_ROWS = 2  # of a screen that stay in view when paging, so that the eye finds its place
BEFORE_THE_JUMP = "'`"  # names of the place where the last jump began, as in vim


class LetterPrompt:
    """Takes the next letter that is typed. `changed` is called when it begins or stops to wait.

    `activity` says in two words what the letter is for; it is empty while none is awaited.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        self.activity = ""
        self._changed = changed
        self._then: Callable[[str], None] | None = None

    def ask(self, activity: str, then: Callable[[str], None]) -> None:
        """Call `then` with the next letter typed."""
        self.activity, self._then = activity, then
        self._changed()

    def take_key(self, event: events.Key) -> bool:
        """Pass a letter on, if one is awaited; any other key cancels. Return whether it was."""
        then = self._then
        if then is None:
            return False
        self.activity, self._then = "", None
        self._changed()
        if event.is_printable and event.character:
            then(event.character)
        return True


class MotionActions(Base):
    """Actions of `ArticleView`, nearly all of them one call of its parts.

    It has the count, and the letter that was looked for last, with the direction.
    """

    viewport: "Viewport"
    selection: "Selection"
    navigator: "Navigator"
    _prompt: "LetterPrompt"
    _count: int
    _sought: tuple[str, int]

    def _times(self, count: int) -> int:
        """Return `count` times the count that was typed, which is used up."""
        typed, self._count = self._count, 0
        return max(1, typed) * count

    # motions in every mode

    def action_line(self, count: int) -> None:
        """Scroll by lines."""
        self.viewport.scroll_by(self._times(count))

    def action_page(self, count: int) -> None:
        """Go by screens, with a line or two kept in view."""
        if count > 0 and self.viewport.progress >= 1:
            self.post_message(messages.EndReached())
        rows = max(1, self.viewport.size.height - KEPT_ROWS)
        self.navigator.scroll_rows(self._times(count) * rows)

    def action_half_page(self, count: int) -> None:
        """Go by half a screen."""
        rows = max(1, self.viewport.size.height // 2)
        self.navigator.scroll_rows(self._times(count) * rows)

    def action_edge(self, side: int) -> None:
        """Go to one end of the article; with a count, to that many per cent of it."""
        percent, self._count = self._count, 0
        self.navigator.go_to_edge(side, percent)

    def action_line_number(self, number: int) -> None:
        """Go to a line of the article, counted from 1."""
        offset = self.viewport.offset_of_line(number - 1)
        self.navigator.return_to(offset)

    def action_paragraph(self, count: int) -> None:
        """Go to the start of a paragraph."""
        self.navigator.step_paragraph(self._times(count))

    def action_heading(self, count: int) -> None:
        """Go to a heading."""
        self.navigator.step_heading(self._times(count))

    def action_link(self, count: int) -> None:
        """Go to a link, and show it."""
        self.navigator.step_link(self._times(count))

    def action_worthy(self, count: int) -> None:
        """Put the cursor on a sentence that is worth a check."""
        if not self.navigator.step_worthy(self._times(count)):
            where = "Below" if count > 0 else "Above"
            hint(self, f"{where} here no sentence stands out as worth a check.")

    def action_next_mark(self, count: int) -> None:
        """Go to a mark."""
        self.navigator.step_mark(self._times(count))

    def action_match(self, count: int) -> None:
        """Go to a match; after the last one comes the first."""
        if not self.navigator.step_match(self._times(count)):
            hint(self, "There is no match to go to. Find words in the text first.")

    def action_jump_back(self, count: int) -> None:
        """Go back to where a jump began, or forward again."""
        if not self.navigator.go_back(self._times(count)) and count < 0:
            self.post_message(messages.BeginningReached())

    def action_name_place(self) -> None:
        """Wait for a letter, and give it to this place, or the mark at hand, as its name."""
        self._prompt.ask("name place", partial(self._name_place, self.selection.search_start))

    def _name_place(self, offset: int, letter: str) -> None:
        self.post_message(messages.PlaceNamed(letter, offset))

    def action_go_to_place(self) -> None:
        """Wait for the letter of a place; the key itself stands for the place before the jump."""
        self._prompt.ask("go to place", self._go_to_place)

    def _go_to_place(self, letter: str) -> None:
        if letter not in BEFORE_THE_JUMP:
            self.post_message(messages.PlaceSought(letter))
        elif not self.navigator.jump_to_before():
            hint(self, "No jump to go back from.")

    # motions of the sentence mode

    def action_sentence(self, count: int) -> None:
        """Go to a sentence, and drop a selection."""
        selection = self.selection
        offset = selection.units.step(selection.position, "sentence", self._times(count))
        selection.release_at(offset)

    def action_extend_sentence(self, count: int) -> None:
        """Select more sentences, or fewer."""
        selection, cursor = self.selection, self.selection.cursor
        if not cursor.is_selecting:
            cursor = cursor.selecting("sentence")
        offset = selection.units.step(cursor.offset, "sentence", self._times(count))
        selection.move(cursor.at(offset))

    # motions and selections of the caret mode

    def action_caret_page(self, count: int) -> None:
        """Move the caret by screens."""
        self.action_page(count)

    def action_caret_step(self, unit: Unit, count: int) -> None:
        """Move the caret by letters, words or sentences; letters in the direction of the screen."""
        if unit == "character" and self.viewport.runs_left(self.selection.position):
            count = -count
        self.selection.step(unit, self._times(count))

    def action_caret_word_end(self) -> None:
        """Move the caret to the end of a word."""
        selection = self.selection
        selection.move_to(motions.word_end(selection.units, selection.position))

    def action_caret_line(self, count: int) -> None:
        """Move the caret by lines, and keep its column as far as possible."""
        cursor, times = self.selection.cursor, self._times(count)
        place = motions.line(self.viewport.layout, cursor.offset, times, cursor.goal)
        self.selection.move(cursor.on_line(*place))

    def action_caret_line_edge(self, side: int) -> None:
        """Move the caret to one end of its line."""
        selection = self.selection
        offset = motions.line_edge(self.viewport.layout, selection.position, side)
        selection.move_to(offset)

    def action_caret_find(self, side: int) -> None:
        """Wait for a letter, and move the caret to it within the paragraph."""
        self._prompt.ask("find letter", partial(self._look_for, self._times(side)))

    def _look_for(self, count: int, letter: str) -> None:
        self._sought = (letter, 1 if count > 0 else -1)
        self._find(count)

    def action_caret_find_again(self) -> None:
        """Move the caret to the letter that was looked for last, once more."""
        self._find(self._times(self._sought[1]))

    def _find(self, count: int) -> None:
        selection, (letter, _) = self.selection, self._sought
        match = motions.character(selection.units, selection.position, letter, count)
        if match is not None:
            selection.move_to(match)

    def action_select(self, unit: Unit) -> None:
        """Begin to select by letters or sentences, or stop it."""
        self.selection.move(self.selection.cursor.selecting(unit))

    def action_other_end(self) -> None:
        """Move the caret to the other end of the selection."""
        self.selection.move(self.selection.cursor.turned())

    def action_grow(self) -> None:
        """Select the next larger unit: word, sentence, paragraph."""
        self.selection.move(self.selection.cursor.grown())

    def action_shrink(self) -> None:
        """Select the next smaller unit."""
        self.selection.move(self.selection.cursor.shrunk())
