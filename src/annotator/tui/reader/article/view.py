"""The reading view: an article to read, to move through and to mark."""

from typing import ClassVar

from textual.binding import BindingType
from textual.scroll_view import ScrollView

from annotator.model import Span
from annotator.reading.navigation.cursor import Mode
from annotator.reading.navigation.units import Unit
from annotator.tui.keys.key import bindings, places_of_actions
from annotator.tui.reader.article.messages import (
    MarkOpened,
    MarkReached,
    ModeChanged,
    Moved,
    PassageMarked,
)
from annotator.tui.reader.article.painter import PaintedMark
from annotator.tui.reader.article.removed import RemovedView
from annotator.tui.reader.keys import VIEW_KEYS

__all__ = [
    "ArticleView",
    "MarkOpened",
    "MarkReached",
    "ModeChanged",
    "Moved",
    "PaintedMark",
    "PassageMarked",
]

DEFAULT_WIDTH = 72  # characters a line that are read with ease: Bringhurst's upper end

_NEEDS_A_MARK = {"open_mark", "leave_mode"}  # while reading; otherwise the screen has their keys

_PLACES = places_of_actions(VIEW_KEYS)


class ArticleView(RemovedView, ScrollView, can_focus=True):
    """An article with its marks. It is given values by `show…` and reports by messages."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings(VIEW_KEYS))

    def __init__(self, *, width: int = DEFAULT_WIDTH, shows_worth: bool = False) -> None:
        super().__init__(width=width)
        self._shows_worth = shows_worth

    def show_as(self, *, width: int, shows_worth: bool) -> None:
        """Set the article as other settings have it, with the same text at the top."""
        self._column, self._shows_worth = width, shows_worth
        self._set_type()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let a key do only what it means in this mode."""
        places = _PLACES.get(action)
        if places is None:
            return super().check_action(action, parameters)
        if action in _NEEDS_A_MARK and self.mode == "read":
            is_to_let_go = self._count > 0 or self._pointed is not None
            return self.current_mark is not None or (action == "leave_mode" and is_to_let_go)
        if "removed" in places:
            return self.mode == "read" and self.is_unfolded
        return "anywhere" in places or self.mode in places

    def action_toggle_mode(self, mode: Mode) -> None:
        """Enter a mode, or leave it if in it."""
        self._count = 0
        self._enter("read" if self.mode == mode else mode)

    def action_leave_mode(self) -> None:
        """Let go of the count or selection, or else leave the mode, or else the chosen mark."""
        if self._count:
            self._count = 0
        elif self._cursor.is_selecting:
            self._move(self._cursor.released())
        elif self.mode != "read":
            self._enter("read")
        else:
            self._pointed = None
            self._choose(None)

    def action_select(self, unit: Unit) -> None:
        """Begin to select by letters or sentences, or let go."""
        self._move(self._cursor.selecting(unit))

    def action_other_end(self) -> None:
        """Move the caret to the other end of what is selected."""
        self._move(self._cursor.turned())

    def action_grow(self) -> None:
        """Select the next larger unit: word, sentence, paragraph."""
        self._move(self._cursor.grown())

    def action_shrink(self) -> None:
        """Select the next smaller unit."""
        self._move(self._cursor.shrunk())

    def action_mark_or_open(self) -> None:
        """Mark the passage as a claim, or open the mark that the cursor is in.

        A selection is always marked: who selects words within a mark wants
        them marked as well. A sentence or a bare caret inside a mark opens it.
        """
        mark, span = self._mark_under_cursor(), self._enter_span()
        has_selected = self.mode == "caret" and self._cursor.is_selecting
        is_inside = mark and span and mark.span.start <= span.start and span.end <= mark.span.end
        if mark and is_inside and not has_selected:
            self.post_message(MarkOpened(mark.id))
        else:
            self._mark("")

    def action_open_mark(self) -> None:
        """Open the mark that was jumped to or clicked last."""
        if (mark := self.current_mark) is not None:
            self.post_message(MarkOpened(mark))

    def action_mark_kind(self, key: int) -> None:
        """Mark the passage as the kind of that digit."""
        self._mark(str(key))

    def action_mark_like_last(self) -> None:
        """Mark the passage like the last one, tags included."""
        self._mark(None)

    def _mark(self, kind_key: str | None) -> None:
        span = self.passage
        if span is not None:
            self.post_message(PassageMarked(span, kind_key))
            self._move(self._cursor.released())

    def _enter_span(self) -> Span | None:
        """Return what Enter is meant for: the letter at a bare caret, otherwise the passage."""
        if self.mode == "caret" and not self._cursor.is_selecting:
            return self._units.at(self._cursor.offset, "character")
        return self.passage
