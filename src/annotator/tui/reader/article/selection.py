"""The cursor of the reading view: its mode, the passage that it selects, and the mark it is on."""

from collections.abc import Callable, Iterable

from textual import events

from annotator.model import Article, Span
from annotator.reading.navigation import motions
from annotator.reading.navigation.cursor import Cursor, Mode, passage, selection
from annotator.reading.navigation.highlights import Highlights
from annotator.reading.navigation.units import Unit, Units
from annotator.tui.reader.article.scene import PaintedMark
from annotator.tui.reader.article.viewport import EMPTY, Viewport


class Selection:
    """A cursor in the text of a viewport, moved by units, lines or letters.

    While the mode is `read` there is no cursor to see. Keys then act on the mark
    that was chosen last, by a click or a jump, as long as it is on the screen.
    `changed` is called whenever something looks different.
    """

    def __init__(self, viewport: Viewport, changed: Callable[[], None]) -> None:
        self.units = Units(EMPTY)
        self.cursor = Cursor()
        self.marks: Highlights[PaintedMark] = Highlights()
        self.pointed: Span | None = None  # a passage shown in read mode
        self._viewport = viewport
        self._changed = changed
        self._chosen: str | None = None  # the id of the mark jumped to or clicked last
        self._awaited = 0  # how many times to look for the next letter typed, and which way
        self._sought = ("", 1)  # the letter looked for last, and which way

    def open(self, article: Article, offset: int) -> None:
        """Go to `offset` of another article that has no marks yet."""
        self.units, self.cursor = Units(article), Cursor(offset=offset)
        self.marks = Highlights()
        self._chosen = self.pointed = None

    def show_marks(self, marks: Iterable[PaintedMark], gone: Iterable[str] | None) -> None:
        """Show marks in place of those with the ids `gone`, or of all that are shown."""
        new = (mark for mark in marks if len(mark.span))
        self.marks = Highlights(new) if gone is None else self.marks.exchanged(gone, new)
        self._changed()

    # what is selected

    @property
    def mode(self) -> Mode:
        """Whether keys scroll, or move a cursor by sentences or letters."""
        return self.cursor.mode

    @property
    def passage(self) -> Span | None:
        """The passage that a mark would cover now: a selection or a sentence."""
        return passage(self.cursor, self.units)

    @property
    def is_selecting(self) -> bool:
        """Whether letters are selected in caret mode."""
        return self.mode == "caret" and self.cursor.is_selecting

    @property
    def caret(self) -> Span | None:
        """The letter at the caret, in caret mode."""
        if self.mode != "caret":
            return None
        return self.units.at(self.cursor.offset, "character")

    @property
    def highlighted(self) -> Span | None:
        """The selection in caret mode, or the passage that is pointed at while reading."""
        return selection(self.cursor, self.units) if self.mode == "caret" else self.pointed

    @property
    def offset(self) -> int | None:
        """The place of the cursor; `None` while reading."""
        return None if self.mode == "read" else self.cursor.offset

    @property
    def position(self) -> int:
        """The place of the cursor, or of the text at the top of the screen while reading."""
        return self._viewport.first_offset if self.mode == "read" else self.cursor.offset

    @property
    def focus(self) -> int:
        """The place from which the next mark, match or link is looked for.

        While reading, that is the chosen mark or the passage pointed at, if the
        screen shows it.
        """
        if self.mode != "read":
            return self.cursor.offset
        mark = self._visible_choice
        shown = mark.span if mark else self.pointed
        is_visible = shown is not None and shown.overlaps(self._viewport.visible)
        return shown.start if shown and is_visible else self._viewport.first_offset

    @property
    def mark(self) -> PaintedMark | None:
        """The mark that keys act on: the one that fits the passage best, or the chosen one."""
        if self.mode == "read":
            return self._visible_choice
        if self.mode == "caret" and not self.cursor.is_selecting:
            marks = self.marks.at(self.cursor.offset)
        else:
            span = self.passage or Span(0, 0)
            touching = self.marks.touching(span.start, span.end)
            marks = tuple(sorted(touching, key=lambda mark: _misfit(mark.span, span)))
        chosen = next((mark for mark in marks if mark.id == self._chosen), None)
        return chosen or next(iter(marks), None)

    @property
    def enclosing_mark(self) -> PaintedMark | None:
        """The mark around the sentence or the bare caret.

        `None` while letters are selected: a selection inside a mark is there to
        become a mark of its own.
        """
        mark, span = self.mark, self.caret or self.passage
        if mark is None or span is None or self.is_selecting:
            return None
        return mark if mark.span.start <= span.start and span.end <= mark.span.end else None

    @property
    def _visible_choice(self) -> PaintedMark | None:
        mark = self.marks.get(self._chosen) if self._chosen else None
        return mark if mark and mark.span.overlaps(self._viewport.visible) else None

    # moving

    def enter(self, mode: Mode) -> None:
        """Change the mode, and bring the cursor to text on the screen."""
        self.pointed = None
        self.cursor = self.cursor.entering(mode)
        if mode == "read":
            self._changed()
        else:
            self.go_on(self._visible_start())

    def go_to(self, offset: int) -> None:
        """Bring a place into view, with the cursor; a mark that starts there is chosen."""
        marks = [mark for mark in self.marks.at(offset) if mark.span.start == offset]
        self._chosen = marks[0].id if marks else None
        self.pointed = None
        self.go_on(offset)
        if self.mode == "read":
            self._viewport.reveal(self.units.at(offset, "sentence"))
            self._changed()

    def return_to(self, offset: int) -> None:
        """Scroll a place to the top of the screen, with no mark chosen."""
        self.cursor = self.cursor.at(offset)
        self.choose(None)
        layout = self._viewport.layout
        self._viewport.scroll_to(layout.place(offset).line if offset else 0)

    def go_on(self, offset: int) -> None:
        """Move the cursor; a selection grows or shrinks with it."""
        self.move(self.cursor.at(offset))

    def move(self, cursor: Cursor) -> None:
        """Put the cursor at the start of a letter or sentence, and bring that into view."""
        if cursor.mode == "read":
            self.cursor = cursor
            return
        unit: Unit = "character" if cursor.mode == "caret" else "sentence"
        piece = self.units.at(cursor.offset, unit)
        if not len(piece):  # the cursor is between two blocks
            piece = self.units.at(self.units.step(cursor.offset, unit, 1), unit)
        if piece.start != cursor.offset:
            cursor = cursor.at(piece.start)
        self.cursor = cursor
        self._viewport.reveal(piece)
        self._changed()

    def step_to(self, offset: int) -> None:
        """Move the cursor, and drop a selection."""
        self.move(self.cursor.released().at(offset))

    def choose(self, identity: str | None) -> None:
        """Let keys act on the mark of that id, or on none."""
        self._chosen = identity
        self._changed()

    def point_at(self, span: Span | None) -> None:
        """Show a passage in read mode, where the cursor is hidden."""
        self.pointed = span
        self._changed()

    def leave(self) -> None:
        """Drop the selection, or else leave the mode, or else drop the chosen mark."""
        if self.cursor.is_selecting:
            self.move(self.cursor.released())
        elif self.mode != "read":
            self.enter("read")
        else:
            self.pointed = None
            self.choose(None)

    def _visible_start(self) -> int:
        """Return the cursor's place if it is on the screen, or else the first sentence there."""
        visible = self._viewport.visible
        if self.cursor.offset in visible:
            return self.cursor.offset
        chosen = self._visible_choice
        if chosen:
            return chosen.span.start
        first = self.units.at(visible.start, "sentence")
        if first.start >= visible.start:
            return first.start
        following = self.units.step(visible.start, "sentence", 1)
        return following if following in visible else visible.start

    # keys of the sentence mode

    def step_sentence(self, count: int) -> None:
        """Go to a sentence, and drop a selection."""
        self.step_to(self.units.step(self.cursor.offset, "sentence", count))

    def extend_sentence(self, count: int) -> None:
        """Select more sentences, or fewer."""
        cursor = self.cursor if self.cursor.is_selecting else self.cursor.selecting("sentence")
        self.move(cursor.at(self.units.step(cursor.offset, "sentence", count)))

    # keys of the caret mode

    def step(self, unit: Unit, count: int) -> None:
        """Move by letters, words, sentences or paragraphs."""
        self.go_on(self.units.step(self.cursor.offset, unit, count))

    def step_line(self, count: int) -> None:
        """Move by lines of text, and keep the column as far as possible."""
        cursor = self.cursor
        offset, goal = motions.line(self._viewport.layout, cursor.offset, count, cursor.goal)
        self.move(cursor.on_line(offset, goal))

    def scroll_rows(self, rows: int) -> None:
        """Scroll by rows, and keep the cursor on its row of the screen."""
        cursor = self.cursor
        offset, goal = motions.rows(self._viewport.layout, cursor.offset, rows, cursor.goal)
        self._viewport.scroll_by(rows)
        self.move(cursor.on_line(offset, goal))

    def go_to_word_end(self) -> None:
        """Move to the end of a word."""
        self.go_on(motions.word_end(self.units, self.cursor.offset))

    def go_to_line_edge(self, side: int) -> None:
        """Move to the start of the line, or to its end if `side` is positive."""
        self.go_on(motions.line_edge(self._viewport.layout, self.cursor.offset, side))

    def go_to_edge(self, side: int) -> None:
        """Move to the start of the article, or to its end if `side` is positive."""
        self.go_on(motions.edge(self.units, side))
        if side < 0:
            self._viewport.scroll_to(0)

    def await_letter(self, count: int) -> None:
        """Look for the next letter typed, `count` times, backwards if negative."""
        self._awaited = count

    def take_key(self, event: events.Key) -> bool:
        """Go to the letter of a key, if a letter is awaited; return whether it was."""
        count, self._awaited = self._awaited, 0
        if count and event.is_printable and event.character:
            self._sought = (event.character, 1 if count > 0 else -1)
            self._find(count)
        return count != 0

    def find_again(self, count: int) -> None:
        """Go to the letter that was looked for last, in the same direction."""
        self._find(self._sought[1] * count)

    def _find(self, count: int) -> None:
        found = motions.character(self.units, self.cursor.offset, self._sought[0], count)
        if found is not None:
            self.go_on(found)

    # selecting

    def select(self, span: Span) -> None:
        """Enter caret mode with a passage selected, and the caret at its end."""
        self.enter("caret")
        cursor = self.cursor.at(span.start).selecting("character")
        self.move(cursor.at(self.units.step(span.end, "character", -1)))

    def select_between(self, start: int, end: int) -> None:
        """Enter caret mode with the letters between two places selected, the caret at `end`."""
        if self.mode != "caret":
            self.enter("caret")
        self.move(Cursor("caret", end).selecting("character", start))

    def select_unit(self, unit: Unit, offset: int) -> None:
        """Enter caret mode with the word, sentence or paragraph at a place selected."""
        self.enter("caret")
        self.move(Cursor("caret", offset).selecting(unit))

    def toggle_selecting(self, unit: Unit) -> None:
        """Begin to select by letters or sentences, or stop it."""
        self.move(self.cursor.selecting(unit))

    def swap_ends(self) -> None:
        """Move the caret to the other end of the selection."""
        self.move(self.cursor.turned())

    def grow(self) -> None:
        """Select the next larger unit: word, sentence, paragraph."""
        self.move(self.cursor.grown())

    def shrink(self) -> None:
        """Select the next smaller unit."""
        self.move(self.cursor.shrunk())

    def release(self) -> None:
        """Drop the selection; the cursor stays."""
        self.move(self.cursor.released())


def _misfit(mark: Span, passage_: Span) -> tuple[int, int]:
    """Return how badly a mark fits a passage: the letters that they do not share, the length."""
    shared = min(mark.end, passage_.end) - max(mark.start, passage_.start)
    return len(passage_) - shared, len(mark)
