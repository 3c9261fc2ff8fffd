"""Moves from place to place in an article, and back to where a jump began."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from annotator.model import Span
from annotator.reading import navigation
from annotator.reading.navigation import motions
from annotator.reading.navigation.motions import JumpList
from annotator.tui.reader.article.selection import Selection
from annotator.tui.reader.article.viewport import Viewport

if TYPE_CHECKING:
    from annotator.reading.navigation.landmarks import Landmarks, Worthiness


class _Stop(NamedTuple):
    """A match of a search: a passage of the text, or a removed one by its index."""

    offset: int
    removal: int | None
    span: Span | None = None


class Navigator:
    """Pages, paragraphs, headings, links, marks, matches and removed passages to go to.

    While reading, a motion scrolls; in the other modes it moves the cursor. `changed`
    is called when other matches are to be shown.
    """

    def __init__(
        self, viewport: Viewport, selection: Selection, changed: Callable[[], None]
    ) -> None:
        self._matches: tuple[Span, ...] = ()
        self._stops: tuple[_Stop, ...] = ()  # the matches, those in removed passages included
        self._match_index: int | None = None  # of the one gone to last
        self._is_hidden = False  # until the next match is gone to
        self._viewport = viewport
        self._selection = selection
        self._changed = changed
        self._jumps = JumpList()
        self._before: int | None = None  # where the last jump began
        self._landmarks_found: Landmarks | None = None

    def open(self) -> None:
        """Forget the matches and jumps of the last article."""
        self._matches, self._stops, self._match_index = (), (), None
        self._is_hidden = False
        self._jumps, self._before, self._landmarks_found = JumpList(), None, None

    @property
    def worthiness(self) -> "Worthiness":
        """The sentences that are worth a check."""
        return self._landmarks.worthiness

    @property
    def _landmarks(self) -> "Landmarks":
        if self._landmarks_found is None:
            self._landmarks_found = navigation.landmarks.Landmarks(self._selection.units)
        return self._landmarks_found

    def show_matches(self, matches: Sequence[Span], removed: Sequence[int] = ()) -> None:
        """Show what a search found, in the order of the text, and in which removed passages."""
        self._matches, self._match_index, self._is_hidden = tuple(matches), None, False
        offset_of = self._viewport.offset_of_removal
        beside = [_Stop(offset_of(index), index) for index in removed]
        stops = [*beside, *(_Stop(m.start, None, m) for m in matches)]
        # A removed passage comes before the text at its place.
        self._stops = tuple(sorted(stops, key=lambda stop: (stop.offset, stop.removal is None)))
        self._changed()

    def hide_matches(self) -> None:
        """Show no matches until the next one is gone to."""
        self._is_hidden = True
        self._changed()

    # jumps

    def jump_to(self, offset: int) -> None:
        """Go to a place, and remember the present one to come back to."""
        self._leave()
        self._selection.go_to(offset)

    def go_back(self, count: int) -> bool:
        """Go back to where a jump began if `count` is negative, or forward again.

        Returns whether there was such a place.
        """
        here = self._selection.position
        self._jumps, there = self._jumps.moved(here, count)
        if there == here:
            return False
        self._go_back_to(there)
        return True

    def jump_to_before(self) -> bool:
        """Go to where the last jump began, so that the next call leads back here.

        Returns whether there was a jump.
        """
        there, here = self._before, self._selection.position
        if there is None:
            return False
        self.return_to(there)
        self._before = here
        return True

    def return_to(self, offset: int) -> None:
        """Go to a place as it was: while reading, at the top of the screen."""
        self._leave()
        self._go_back_to(offset)

    def _go_back_to(self, offset: int) -> None:
        if self._selection.mode == "read":
            self._selection.return_to(offset)
        else:
            self._selection.go_to(offset)

    def _leave(self) -> None:
        self._before = self._selection.position
        self._jumps = self._jumps.pushed(self._before)

    # motions by the screen

    def scroll_rows(self, rows: int) -> None:
        """Scroll by rows, and keep the cursor, if it is seen, on its row of the screen."""
        if self._selection.mode == "read":
            self._viewport.scroll_by(rows)
            return
        cursor = self._selection.cursor
        place = motions.rows(self._viewport.layout, cursor.offset, rows, cursor.goal)
        self._viewport.scroll_by(rows)
        self._selection.move(cursor.on_line(*place))

    # motions by the text

    def go_to_edge(self, side: int, percent: int = 0) -> None:
        """Go to the start of the article, to its end if `side` is positive, or into it."""
        self._leave()
        if self._selection.mode != "read":
            self._selection.move_to(motions.edge(self._selection.units, side))
            if side < 0:
                self._viewport.scroll_to(0)
        elif percent:
            self._viewport.scroll_to_percent(percent)
        else:
            self._viewport.scroll_to_edge(side)

    def step_paragraph(self, count: int) -> None:
        """Go to the start of a paragraph."""
        if self._selection.mode == "read":
            start = self._selection.units.step(self._viewport.first_offset, "paragraph", count)
            self._scroll_to_offset(start)
        else:
            self._selection.step("paragraph", count)

    def step_heading(self, count: int) -> None:
        """Go to a heading."""
        offset = self._landmarks.heading(self._selection.position, count)
        if offset is None:
            return
        self._leave()
        if self._selection.mode == "read":
            self._scroll_to_offset(offset)
        else:
            self._selection.go_to(offset)

    def _scroll_to_offset(self, offset: int) -> None:
        self._viewport.scroll_to(self._viewport.layout.place(offset).line)

    def step_link(self, count: int) -> None:
        """Go to a link, and show it."""
        link = self._landmarks.link(self._selection.search_start, count)
        if link is not None:
            self.jump_to(link.start)
            self._selection.point_at(link if self._selection.mode == "read" else None)

    def step_worthy(self, count: int) -> bool:
        """Put the cursor on a sentence that is worth a check; return whether there is one."""
        here = self._selection.position
        if self._selection.mode == "read" and count > 0:
            here -= 1  # the sentence at the top of the screen counts as well
        offset = self._landmarks.worthy(here, count)
        if offset is None:
            return False
        self._leave()
        if self._selection.mode == "read":
            self._selection.enter("sentence")
        self._selection.go_to(offset)
        return True

    # motions by what lies over the text

    def step_mark(self, count: int) -> None:
        """Go to a mark, and choose it."""
        current = self._selection.current_mark
        beyond = current.id if current else ""
        mark = self._selection.marks.step(self._selection.search_start, count, beyond=beyond)
        if mark is not None:
            self.jump_to(mark.span.start)
            self._selection.choose(mark.id)

    @property
    def matches(self) -> tuple[Span, ...]:
        """The matches that are shown."""
        return () if self._is_hidden else self._matches

    @property
    def match(self) -> Span | None:
        """The match gone to last, if it is shown."""
        is_shown = self._match_index is not None and not self._is_hidden
        return self._stops[self._match_index or 0].span if is_shown else None

    @property
    def match_number(self) -> tuple[int, int] | None:
        """The number of the match gone to last, 0 for none, and of how many; None without any."""
        index, shown = self._match_index, self._stops and not self._is_hidden
        return (0 if index is None else index + 1, len(self._stops)) if shown else None

    def step_match(self, count: int) -> bool:
        """Go to a match, after the last one to the first; return whether there are any."""
        stops, self._is_hidden = self._stops, False
        if not stops:
            return False
        if self._match_index is not None:
            index = self._match_index + count
        else:
            before = bisect_left(stops, self._selection.search_start, key=lambda stop: stop.offset)
            index = before + count - (count > 0)
        self._match_index = index % len(stops)
        stop = stops[self._match_index]
        if stop.removal is None:
            self.jump_to(stop.offset)
        else:
            self.reveal_removal(stop.removal)
        return True

    def step_removal(self, count: int) -> None:
        """Go to a removed passage, if they are shown."""
        if self._viewport.shows_removals:
            self._leave()
            self._viewport.step_removal(count)

    def reveal_removal(self, index: int) -> None:
        """Show removed passages where they stood, and go to the one of that index."""
        self._leave()
        self._viewport.reveal_removal(index)
