"""Moves the cursor of the reading view, and grows or shrinks what it selects."""

from collections.abc import Callable
from functools import partial

from textual import events

from annotator.reading.navigation import motions
from annotator.reading.navigation.units import Unit, Units
from annotator.tui.reader.article.selection import Selection
from annotator.tui.reader.article.viewport import Viewport


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


class CursorMotions:
    """The motions of sentence mode and, in the manner of vim, of caret mode.

    Most take how often to go on, backwards if that is negative.
    """

    def __init__(self, viewport: Viewport, selection: Selection, prompt: LetterPrompt) -> None:
        self._viewport = viewport
        self._selection = selection
        self._prompt = prompt
        self._sought = ("", 1)  # the letter looked for last, and which way

    @property
    def _offset(self) -> int:
        return self._selection.cursor.offset

    @property
    def _units(self) -> Units:
        return self._selection.units

    # by sentences

    def step_sentence(self, count: int) -> None:
        """Go to a sentence, and drop a selection."""
        self._selection.release_at(self._units.step(self._offset, "sentence", count))

    def extend_sentence(self, count: int) -> None:
        """Select more sentences, or fewer."""
        cursor = self._selection.cursor
        if not cursor.is_selecting:
            cursor = cursor.selecting("sentence")
        self._selection.move(cursor.at(self._units.step(cursor.offset, "sentence", count)))

    # by letters and lines

    def step(self, unit: Unit, count: int) -> None:
        """Move by letters, words, sentences or paragraphs."""
        self._selection.move_to(self._units.step(self._offset, unit, count))

    def step_line(self, count: int) -> None:
        """Move by lines of text, and keep the column as far as possible."""
        cursor = self._selection.cursor
        offset, goal = motions.line(self._viewport.layout, cursor.offset, count, cursor.goal)
        self._selection.move(cursor.on_line(offset, goal))

    def scroll_rows(self, rows: int) -> None:
        """Scroll by rows, and keep the cursor on its row of the screen."""
        cursor = self._selection.cursor
        offset, goal = motions.rows(self._viewport.layout, cursor.offset, rows, cursor.goal)
        self._viewport.scroll_by(rows)
        self._selection.move(cursor.on_line(offset, goal))

    def go_to_word_end(self) -> None:
        """Move to the end of a word."""
        self._selection.move_to(motions.word_end(self._units, self._offset))

    def go_to_line_edge(self, side: int) -> None:
        """Move to the start of the line, or to its end if `side` is positive."""
        self._selection.move_to(motions.line_edge(self._viewport.layout, self._offset, side))

    def go_to_edge(self, side: int) -> None:
        """Move to the start of the article, or to its end if `side` is positive."""
        self._selection.move_to(motions.edge(self._units, side))
        if side < 0:
            self._viewport.scroll_to(0)

    # to a letter that is typed

    def await_letter(self, count: int) -> None:
        """Look for the next letter typed, `count` times, backwards if negative."""
        self._prompt.ask("find letter", partial(self._look_for, count))

    def _look_for(self, count: int, letter: str) -> None:
        self._sought = (letter, 1 if count > 0 else -1)
        self._find(count)

    def find_again(self, count: int) -> None:
        """Go to the letter that was looked for last, in the same direction."""
        self._find(self._sought[1] * count)

    def _find(self, count: int) -> None:
        match = motions.character(self._units, self._offset, self._sought[0], count)
        if match is not None:
            self._selection.move_to(match)

    # selecting

    def toggle_selecting(self, unit: Unit) -> None:
        """Begin to select by letters or sentences, or stop it."""
        self._selection.move(self._selection.cursor.selecting(unit))

    def swap_ends(self) -> None:
        """Move the caret to the other end of the selection."""
        self._selection.move(self._selection.cursor.turned())

    def grow(self) -> None:
        """Select the next larger unit: word, sentence, paragraph."""
        self._selection.move(self._selection.cursor.grown())

    def shrink(self) -> None:
        """Select the next smaller unit."""
        self._selection.move(self._selection.cursor.shrunk())
