"""From landmark to landmark, wherever the reader is, and back to where one came from."""

from bisect import bisect_left

from annotator.model import Article
from annotator.reading.navigation.jump_list import Jumps
from annotator.tui.notifications import hint
from annotator.tui.reader.article.pointer import MouseView


class JumpingView(MouseView):
    """A view that goes to marks, matches, links, headings and sentences worth a check."""

    def __init__(self, *, width: int) -> None:
        super().__init__(width=width)
        self._jumps = Jumps()

    def show(self, article: Article, *, offset: int = 0) -> None:
        """Show an article from `offset` on, with nowhere to go back to."""
        super().show(article, offset=offset)
        self._jumps = Jumps()

    def jump_to(self, offset: int) -> None:
        """Go to a place that is somewhere else, so that one can come back."""
        self.leave(self._standing_at())
        self.go_to(offset)

    def leave(self, offset: int) -> None:
        """Keep a place to come back to."""
        self._jumps = self._jumps.left(offset)

    def action_jump_back(self, count: int) -> None:
        """Go back to where one jumped from, or onward again."""
        here = self._standing_at()
        self._jumps, there = self._jumps.gone(here, self._times(count))
        if there == here:
            return
        if self.mode == "read":
            self._cursor = self._cursor.at(there)
            self._choose(None)
            self._scroll(self._settled(self._layout.place(there).line if there else 0))
        else:
            self.go_to(there)

    def action_edge(self, side: int) -> None:
        """Go to one end of the article, or as many per cent into it as were asked for."""
        self.leave(self._standing_at())
        super().action_edge(side)

    def action_next_mark(self, count: int) -> None:
        """Go to a mark further on."""
        stood = self.current_mark or ""
        mark = self._highlights.step(self._here(), self._times(count), beyond=stood)
        if mark is not None:
            self.jump_to(mark.span.start)
            self._choose(mark.id)

    def action_match(self, count: int) -> None:
        """Go to a match further on; past the last one to the first."""
        matches = self._matches
        times = self._times(count)
        if not matches:
            return
        self._match = matches[self._next_match(times) % len(matches)]
        self.jump_to(self._match.start)

    def action_heading(self, count: int) -> None:
        """Go to the start of a section; to the top of the screen while reading."""
        offset = self._landmarks.heading(self._standing_at(), self._times(count))
        if offset is None:
            return
        self.leave(self._standing_at())
        if self.mode == "read":
            self._scroll(self._settled(self._layout.place(offset).line))
        else:
            self.go_to(offset)

    def action_link(self, count: int) -> None:
        """Go to a link further on, and show it."""
        link = self._landmarks.link(self._here(), self._times(count))
        if link is not None:
            self.jump_to(link.start)
            self._point_at(link if self.mode == "read" else None)

    def action_worthy(self, count: int) -> None:
        """Put the cursor on a sentence that is worth a check."""
        here = self._standing_at() if self.mode != "read" else self.first_offset - (count > 0)
        offset = self._landmarks.worthy(here, self._times(count))
        if offset is None:
            where = "Below" if count > 0 else "Above"
            hint(self, f"{where} here no sentence stands out as worth a check.")
            return
        self.leave(self._standing_at())
        if self.mode == "read":
            self._enter("sentence")
        self.go_to(offset)

    def _next_match(self, count: int) -> int:
        if self._match in self._matches:
            return self._matches.index(self._match) + count
        before = bisect_left(self._matches, self._here(), key=lambda match: match.start)
        return before + count - 1 if count > 0 else before + count

    def _standing_at(self) -> int:
        """Return what to come back to: the cursor, or what is at the top of the screen."""
        return self._cursor.offset if self.mode != "read" else self.first_offset

    def _here(self) -> int:
        """Return where the next mark, match or link is looked for from."""
        if self.mode != "read":
            return self._cursor.offset
        mark = self._chosen_mark()
        shown = mark.span if mark else self._pointed
        return shown.start if shown and shown.overlaps(self._visible()) else self.first_offset
