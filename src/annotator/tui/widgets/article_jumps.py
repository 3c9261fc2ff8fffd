"""From mark to mark and from match to match, wherever the reader is."""

from bisect import bisect_left

from annotator.tui.widgets.article_mouse import MouseView


class JumpingView(MouseView):
    """A view that finds the next mark and the next match."""

    def action_next_mark(self, count: int) -> None:
        """Go to a mark further on."""
        stood = self.current_mark or ""
        mark = self._highlights.step(self._here(), self._times(count), beyond=stood)
        if mark is not None:
            self.go_to(mark.span.start)
            self._choose(mark.id)

    def action_match(self, count: int) -> None:
        """Go to a match further on; past the last one to the first."""
        matches = self._matches
        if not matches:
            return
        self._match = matches[self._next_match(self._times(count)) % len(matches)]
        self.go_to(self._match.start)

    def _next_match(self, count: int) -> int:
        if self._match in self._matches:
            return self._matches.index(self._match) + count
        before = bisect_left(self._matches, self._here(), key=lambda match: match.start)
        return before + count - 1 if count > 0 else before + count

    def _here(self) -> int:
        """Return where the next mark or match is looked for from."""
        mark = self._chosen_mark()
        if self.mode != "read":
            return self._cursor.offset
        return mark.span.start if mark else self.first_offset
