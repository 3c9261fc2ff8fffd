"""The cursor of the reading view: its mode, the passage that it selects, and the mark it is on."""

from collections.abc import Callable, Iterable

from annotator.model import Article, Span
from annotator.reading.navigation.highlights import Highlights
from annotator.reading.navigation.motions import Cursor, Mode, passage, selection
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
    def emphasized(self) -> Span | None:
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
    def search_start(self) -> int:
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
    def current_mark(self) -> PaintedMark | None:
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
        mark, span = self.current_mark, self.caret or self.passage
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
            self.move_to(self._visible_start())

    def go_to(self, offset: int) -> None:
        """Bring a place into view, with the cursor; a mark that starts there is chosen."""
        marks = [mark for mark in self.marks.at(offset) if mark.span.start == offset]
        self._chosen = marks[0].id if marks else None
        self.pointed = None
        self.move_to(offset)
        if self.mode == "read":
            self._viewport.reveal(self.units.at(offset, "sentence"))
            self._changed()

    def return_to(self, offset: int) -> None:
        """Scroll a place to the top of the screen, with no mark chosen."""
        self.cursor = self.cursor.at(offset)
        self.choose(None)
        layout = self._viewport.layout
        self._viewport.scroll_to(layout.place(offset).line if offset else 0)

    def move_to(self, offset: int) -> None:
        """Move the cursor; a selection grows or shrinks with it."""
        self.move(self.cursor.at(offset))

    def step(self, unit: Unit, count: int) -> None:
        """Move the cursor by letters, words, sentences or paragraphs."""
        self.move_to(self.units.step(self.cursor.offset, unit, count))

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

    def release_at(self, offset: int) -> None:
        """Move the cursor, and drop a selection."""
        self.move(self.cursor.released().at(offset))

    def choose(self, identity: str | None) -> None:
        """Let keys act on the mark of that id, or on none."""
        self._chosen = identity
        if mark := self._visible_choice:
            self._viewport.reveal(mark.span)
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

    def release(self) -> None:
        """Drop the selection; the cursor stays."""
        self.move(self.cursor.released())


def _misfit(mark: Span, passage_: Span) -> tuple[int, int]:
    """Return how badly a mark fits a passage: the letters that they do not share, the length."""
    shared = min(mark.end, passage_.end) - max(mark.start, passage_.start)
    return len(passage_) - shared, len(mark)
