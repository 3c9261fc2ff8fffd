"""What cleaning removed, folded open in the midst of the article, and from piece to piece of it."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events

from annotator.model import Article, Removal
from annotator.reading.layout.inline_removals import Lines, Unfolded
from annotator.tui.notifications import hint
from annotator.tui.reader.article.messages import RemovedReached
from annotator.tui.reader.article.navigator import JumpingView


class RemovedView(JumpingView):
    """A view that can show what stood on the page and is no part of the article."""

    def __init__(self, *, width: int) -> None:
        super().__init__(width=width)
        self._removals: Sequence[Removal] = ()
        self._is_open = False

    def show(self, article: Article, *, offset: int = 0, removals: Sequence[Removal] = ()) -> None:
        """Show an article from `offset` on, with no marks yet."""
        self._removals = removals
        super().show(article, offset=offset)

    @property
    def is_unfolded(self) -> bool:
        """Whether what was removed is shown; never where nothing was."""
        return self._is_open and bool(self._removals)

    @property
    def current_removed(self) -> int | None:
        """The removed passage that keys work on, by its place among them, while one sees it."""
        layout = self._layout
        if not isinstance(layout, Unfolded) or layout.current is None:
            return None
        lines = layout.lines_of_removed(layout.current)
        top = self.scroll_offset.y
        is_visible = lines.start < top + self.size.height and lines.stop > top
        return layout.current if is_visible else None

    def action_fold_removed(self) -> None:
        """Fold open what was removed, or away; the text at the top stays there."""
        if not self._removals:
            hint(self, "Nothing was removed from this page.")
            return
        self._is_open = not self._is_open
        self._set_type(anew=True)
        self.post_message(RemovedReached())

    def action_removed(self, count: int) -> None:
        """Go to a removed passage further on."""
        times = self._times(count)
        layout = self._layout
        if not isinstance(layout, Unfolded):
            return
        self.leave(self._standing_at())
        last = len(self._removals) - 1
        index = max(0, min(self._piece_before(layout, times) + times, last))
        self._settled(layout.lines_of_removed(index).start)
        self._reveal_lines(layout.lines_of_removed(index))
        self._stand_on(layout, index)

    def on_click(self, event: events.Click) -> None:
        """Let keys work on the removed passage that was clicked."""
        layout = self._layout
        if not isinstance(layout, Unfolded) or self._has_dragged or self._is_on_note(event):
            return
        index = layout.removed_at(self._place_under(event).line)
        if index is None:
            return
        self._stand_on(layout, index)
        if event.chain > 1:
            event.prevent_default()  # there is no word of the article to select

    def _stand_on(self, layout: Unfolded, index: int) -> None:
        layout.current = index
        self.refresh()
        self.post_message(RemovedReached())

    def _lay(self, width: int) -> Lines:
        layout = super()._lay(width)
        if not self.is_unfolded or isinstance(layout, Unfolded):
            return layout
        unfolded = Unfolded(layout, self._removals, measure=cell_len)
        before = self._layout
        if isinstance(before, Unfolded) and before.current is not None:
            unfolded.current = min(before.current, len(self._removals) - 1)
        return unfolded

    def _piece_before(self, layout: Unfolded, count: int) -> int:
        """Return the removed passage that one stands on, or between which one stands."""
        if self.current_removed is not None:
            return self.current_removed
        top = self.scroll_offset.y
        starts = [layout.lines_of_removed(each).start for each in range(len(self._removals))]
        above = sum(start < top for start in starts)
        return above - 1 if count > 0 else above
