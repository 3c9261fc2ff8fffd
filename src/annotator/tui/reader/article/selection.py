"""An article with a cursor in it: reading, on a sentence, or on a letter."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from annotator.model import Article, Span
from annotator.reading.navigation.cursor import Cursor, Mode, passage, selection
from annotator.reading.navigation.highlights import Highlights
from annotator.reading.navigation.units import Unit, Units
from annotator.tui.reader.article.messages import MarkReached, ModeChanged
from annotator.tui.reader.article.painter import PaintedMark, Scene
from annotator.tui.reader.article.row_renderer import EMPTY
from annotator.tui.reader.article.sharpness import SharpPage

if TYPE_CHECKING:
    from annotator.reading.navigation.article_links import Hint
    from annotator.reading.navigation.landmarks import Landmarks


class CursorView(SharpPage):
    """What is shown over the text, and where the cursor stands in it."""

    def __init__(self, *, width: int) -> None:
        super().__init__(width=width)
        self._units = Units(EMPTY)
        self._cursor = Cursor()
        self._highlights: Highlights[PaintedMark] = Highlights()
        self._matches: tuple[Span, ...] = ()
        self._match: Span | None = None
        self._hints: tuple[Hint, ...] = ()  # the numbers of links, while one is chosen
        self._chosen: str | None = None  # the mark jumped to or clicked last
        self._pointed: Span | None = None  # what is shown while reading, where there is no cursor
        self._shows_worth = False
        self._landmarks_of: Landmarks | None = None

    def show(self, article: Article, *, offset: int = 0) -> None:
        """Show an article from `offset` on, with no marks yet."""
        mode = self._cursor.mode
        self._units = Units(article)
        self._cursor = Cursor(offset=offset)
        self._highlights, self._matches = Highlights(), ()
        self._match = self._chosen = self._pointed = self._landmarks_of = None
        self._open(article, offset)
        if mode != "read":
            self.post_message(ModeChanged("read"))

    def show_marks(
        self, marks: Iterable[PaintedMark], *, gone: Iterable[str] | None = None
    ) -> None:
        """Show these marks in place of those of some ids, or else of all shown before."""
        new = (mark for mark in marks if len(mark.span))
        shown = self._highlights
        self._highlights = Highlights(new) if gone is None else shown.exchanged(gone, new)
        self._draw()

    def show_matches(self, matches: Sequence[Span]) -> None:
        """Show where a search found something, in place of what was shown before."""
        self._matches = tuple(matches)
        self._match = None
        self._draw()

    def go_to(self, offset: int) -> None:
        """Bring a place into view, and the cursor to it if there is one."""
        marks = [mark for mark in self._highlights.at(offset) if mark.span.start == offset]
        self._chosen = marks[0].id if marks else None
        self._pointed = None
        if self.mode == "read":
            self._cursor = self._cursor.at(offset)
            self._reveal(self._units.at(offset, "sentence"))
            self._draw()
        else:
            self._move(self._cursor.at(offset))

    def action_show_worth(self) -> None:
        """Show in the margin which sentences are worth a check, or show it no more."""
        self._shows_worth = not self._shows_worth
        self._draw()
        self.refresh()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Let go of a chosen mark when it is out of sight."""
        super().watch_scroll_y(old_value, new_value)
        if self._scene.current is not None:
            self._draw()

    @property
    def mode(self) -> Mode:
        """Whether the keys scroll, or move a cursor by sentences or letters."""
        return self._cursor.mode

    @property
    def passage(self) -> Span | None:
        """What a mark would cover now; nothing while reading."""
        return passage(self._cursor, self._units)

    @property
    def current_mark(self) -> str | None:
        """The id of the mark that keys work on: under the cursor, or chosen and visible."""
        mark = self._mark_under_cursor() if self.mode != "read" else self._chosen_mark()
        return mark.id if mark else None

    @property
    def selected_text(self) -> str:
        """The text of the sentence or selection; empty while nothing is selected."""
        span = self.passage
        is_held = self.mode == "sentence" or self._cursor.is_selecting
        return span.of(self.article.text) if span and is_held else ""

    def _enter(self, mode: Mode) -> None:
        """Change the mode, the cursor brought to what is visible."""
        was = self.mode
        self._pointed = None
        self._cursor = self._cursor.entering(mode)
        if mode != "read":
            self._move(self._cursor.at(self._visible_start()))
        self._draw()
        if mode != was:
            self.post_message(ModeChanged(mode))
            self.refresh_bindings()

    def _choose(self, identity: str | None) -> None:
        """Let keys work on a mark, or on none."""
        self._chosen = identity
        self._draw()

    def _point_at(self, span: Span | None) -> None:
        """Show a passage while there is no cursor to show it."""
        self._pointed = span
        self._draw()

    @property
    def _landmarks(self) -> "Landmarks":
        """What there is to go to; most people's first key is another one."""
        if self._landmarks_of is None:
            from annotator.reading.navigation.landmarks import Landmarks

            self._landmarks_of = Landmarks(self._units)
        return self._landmarks_of

    def _move(self, cursor: Cursor) -> None:
        """Put the cursor somewhere else and show it."""
        unit: Unit = "character" if cursor.mode == "caret" else "sentence"
        standing = self._units.at(cursor.offset, unit)
        if not len(standing):  # between two blocks
            standing = self._units.at(self._units.step(cursor.offset, unit, 1), unit)
        if standing.start != cursor.offset:
            cursor = cursor.at(standing.start)
        self._cursor = cursor
        self._reveal(standing)
        self._draw()

    def _draw(self) -> None:
        """Show what is so now."""
        cursor, caret = self._cursor, None
        current = self.current_mark
        if current != self._scene.current:
            self.post_message(MarkReached(current))
        if cursor.mode == "caret":
            caret = self._units.at(cursor.offset, "character")
        self._show(
            Scene(
                self._highlights,
                self._matches,
                self._match,
                current,
                sentence=self.passage if cursor.mode == "sentence" else None,
                selection=self._held(cursor),
                caret=caret,
                worthiness=self._landmarks.worthiness if self._shows_worth else None,
                hints=self._hints,
            )
        )

    def _held(self, cursor: Cursor) -> Span | None:
        """Return what is selected, or pointed at while reading."""
        return selection(cursor, self._units) if cursor.mode == "caret" else self._pointed

    def _visible_start(self) -> int:
        """Return the cursor's offset if one sees it, otherwise the first sentence begun in view."""
        visible = self._visible()
        if self._cursor.offset in visible:
            return self._cursor.offset
        chosen = self._chosen_mark()
        if chosen:
            return chosen.span.start
        first = self._units.at(visible.start, "sentence")
        if first.start >= visible.start:
            return first.start
        following = self._units.step(visible.start, "sentence", 1)
        return following if following in visible else visible.start

    @property
    def _standing(self) -> int | None:
        return None if self.mode == "read" else self._cursor.offset

    def _chosen_mark(self) -> PaintedMark | None:
        mark = self._highlights.get(self._chosen) if self._chosen else None
        return mark if mark and mark.span.overlaps(self._visible()) else None

    def _mark_under_cursor(self) -> PaintedMark | None:
        """Return the mark that fits the passage best; the chosen one if it is among them."""
        if self.mode == "caret" and not self._cursor.is_selecting:
            marks = self._highlights.at(self._cursor.offset)
        else:
            span = self.passage or Span(0, 0)
            touching = self._highlights.touching(span.start, span.end)
            marks = tuple(sorted(touching, key=lambda mark: _misfit(mark.span, span)))
        chosen = next((mark for mark in marks if mark.id == self._chosen), None)
        return chosen or next(iter(marks), None)


def _misfit(mark: Span, passage_: Span) -> tuple[int, int]:
    shared = min(mark.end, passage_.end) - max(mark.start, passage_.start)
    return len(passage_) - shared, len(mark)
